"""How long the pages of the desk take over a large ledger, as a page and as JSON, for pairs of all ranks.

PYTHONPATH=evals/scenario:scripts python scripts/pages_bench.py big.db
"""

import argparse
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.testclient import TestClient

from desk_bench import busiest, chosen
from dragoman.answer.ledger import Ledger
from dragoman.store import tables as t
from dragoman.web.site import site

PAIRS = 25
Spent = tuple[float, float, int]  # milliseconds by the clock and of CPU, bytes


def addresses(ledger: Ledger, many: int) -> dict[str, list[str]]:
    """Return what is asked, by name."""
    pairs = [(a, b) for a, b, _ in chosen(busiest(ledger), many)]
    few = pairs[:: max(1, len(pairs) // 8)]
    with ledger.store.engine.connect() as connection:
        events = list(connection.execute(select(t.events.c.id).order_by(t.events.c.id).limit(many)).scalars())
        reports = list(connection.execute(select(t.documents.c.id).order_by(t.documents.c.id).limit(many)).scalars())
        people = select(t.actors.c.name).where(t.actors.c.role == "president").distinct()
        leaders = sorted(connection.execute(people).scalars())[:5]
    month, year = ({"since": that, "until": that} for that in _stretches(ledger))

    def of(path: str, **more: str) -> list[str]:
        return [at(path, a=a, b=b, **more) for a, b in pairs]

    return {
        "/": ["/"] * 5,
        "/pulse": ["/pulse"] * 5,
        "/dyad": of("/dyad"),
        "/dyad of a year": of("/dyad", **year),
        "/brief": of("/brief"),
        "/search": [at("/search", q=q) for q in _words(leaders)],
        "/events": ["/events"] * 5,
        "/events of two": [at("/events", between=p) for p in pairs],
        "/events of one, one type": [at("/events", party=a, type="SANCTION") for a, _ in few],
        "/events of a place, a month": [at("/events", place=a, **month) for a, _ in few],
        "/event/{id}": [f"/event/{i}" for i in events],
        "/document/{id}": [f"/document/{i}" for i in reports],
        "/documents": ["/documents"] * 3,
        "/documents of an outlet": [at("/documents", outlet="Outlet 7")] * 3,
        "/sources": ["/sources"] * 2,
        "/actors": ["/actors"] * 2,
        "/actor": [at("/actor", name=n) for n in leaders],
        "/actor, a state": [at("/actor", name=a) for a, _ in few[:4]],
        "/map": ["/map"] * 3,
        "/map of a month": [at("/map", **month)] * 3,
        "/network": ["/network"] * 3,
        "/network of a month": [at("/network", **month)] * 3,
        "/dossiers": [at("/dossiers", a=a, b=b) for a, b in few],
        "/flows": [at("/flows", a=a, b=b) for a, b in few],
        "/contacts": [at("/contacts", a=a, b=b) for a, b in few],
        "/dossiers of all": ["/dossiers"] * 2,
        "/flows of all": ["/flows"] * 2,
        "/contacts of all": ["/contacts"] * 2,
    }


def _stretches(ledger: Ledger) -> tuple[str, str]:
    """Return the month before the last day of publication, and its year."""
    span = ledger.published_span()
    assert span is not None
    before = date.fromisoformat(f"{span[1][:7]}-01") - timedelta(days=1)
    return f"{before:%Y-%m}", f"{before:%Y}"


def _words(leaders: Sequence[str]) -> list[str]:
    return ["met", '"signed with"', "harb", "bread winter", "sanction", "zzzz", *leaders, "russia", "airport agreement"]


def at(path: str, **query: str | tuple[str, ...]) -> str:
    """Return an address."""
    return f"{path}?{urlencode(query, doseq=True)}"


def main(where: Path, many: int, only: Sequence[str], longest: float) -> None:
    with Ledger.open(where, create=False) as ledger:
        asked = addresses(ledger, many)
        desk = TestClient(site(ledger), base_url="http://localhost")
        print("| page | asked | HTML p50 | p95 | p95 CPU | KiB | JSON p50 | p95 | p95 CPU |\n|" + "---|" * 9)
        for name, some in asked.items():
            if only and name not in only:
                continue
            html, plain = (_timed(desk, some, form, longest) for form in ("html", "json"))
            page = (*_sums(html), max(s[2] for s in html) / 1024, *_sums(plain))
            print(f"| {name} | {len(html)}, {len(plain)} | " + " | ".join(f"{x:,.0f}" for x in page) + " |", flush=True)


def _timed(desk: TestClient, addresses: Sequence[str], form: str, longest: float) -> list[Spent]:
    """Ask one address after another, until they have taken too long together."""
    found: list[Spent] = []
    first = time.perf_counter()
    for address in addresses:
        began, busy = time.perf_counter(), time.process_time()
        answer = desk.get(address, headers={"accept": {"html": "text/html", "json": "application/json"}[form]})
        assert answer.status_code == 200, f"{address}: {answer.text[:300]}"
        spent = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)
        found.append((*spent, len(answer.content)))
        if time.perf_counter() - first > longest:
            break
    return found


def _sums(spent: Sequence[Spent]) -> tuple[float, float, float]:
    """Return p50 and p95 by the clock, and p95 of CPU."""
    clock, cpu = sorted(s[0] for s in spent), sorted(s[1] for s in spent)
    i = min(len(clock) - 1, int(0.95 * len(clock)))
    return median(clock), clock[i], cpu[i]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--only", action="append", default=[], help="a page by its name above; may be repeated")
    parser.add_argument("--longest", type=float, default=20.0, help="seconds for all askings of one page in one form")
    given = parser.parse_args()
    main(given.ledger, given.pairs, given.only, given.longest)
