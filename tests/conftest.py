"""What several test files share: the ledger of the samples, and the desk over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import dragoman
from dragoman.app import read_path
from dragoman.web.site import site

REPORTS = Path(dragoman.__file__).parent / "data" / "samples" / "reports"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the samples. It is shared: a test that writes works on a copy."""
    path = tmp_path_factory.mktemp("desk") / "samples.db"
    read_path(REPORTS, path)
    return path


@pytest.fixture(scope="session")
def desk(samples: Path) -> Iterator[TestClient]:
    """A client of the desk over the samples."""
    with dragoman.open(samples) as ledger, TestClient(site(ledger), base_url="http://127.0.0.1") as client:
        yield client
