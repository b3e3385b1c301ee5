"""What several test files share: the ledger of the samples, the desk over it, and places for ledgers of each engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import dragoman
from dragoman.app import read_path
from dragoman.web.site import site
from engines import Cluster, NoServer, Place, cluster

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


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL server; where there is none to be had, what needs it is skipped with the reason."""
    started = cluster()
    try:
        made = started.__enter__()
    except NoServer as fault:
        pytest.skip(f"no PostgreSQL: {fault}")
    yield made
    started.__exit__(None, None, None)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Cluster | None:
    """Each engine that a ledger can have: the server of PostgreSQL, None for SQLite."""
    made: Cluster | None = request.getfixturevalue("server") if request.param == "postgresql" else None
    return made


@pytest.fixture
def place(engine: Cluster | None, tmp_path: Path) -> Iterator[Place]:
    """Where a test keeps its ledgers, once for each engine."""
    made = Place(tmp_path, engine)
    yield made
    made.clear()


@pytest.fixture(scope="module")
def places(engine: Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Place]]:
    """As `place`, for what several tests of a file share: a function that gives a new one."""
    made: list[Place] = []

    def new() -> Place:
        made.append(Place(tmp_path_factory.mktemp("place"), engine))
        return made[-1]

    yield new
    for one in made:
        one.clear()
