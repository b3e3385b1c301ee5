"""What several test files share: the ledger of the samples, and the desk over it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dragoman
from dragoman.app import read_path

if TYPE_CHECKING:
    from starlette.testclient import TestClient

REPORTS = Path(dragoman.__file__).parent / "data" / "samples" / "reports"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the samples. It is shared: a test that writes works on a copy."""
    path = tmp_path_factory.mktemp("desk") / "samples.db"
    read_path(REPORTS, path)
    return path


@pytest.fixture(scope="session")
def desk(samples: Path) -> Iterator["TestClient"]:
    """A client of the desk over the samples."""
    pytest.importorskip("starlette", reason="the desk needs the extra [web]")
    from starlette.testclient import TestClient  # noqa: PLC0415 - of the extra

    from dragoman.web.site import site  # noqa: PLC0415

    with dragoman.open(samples) as ledger, TestClient(site(ledger), base_url="http://127.0.0.1") as client:
        yield client
