"""The command that follows feeds: `watch`. How it is done lives in watch and sources/polite."""

import re
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from dragoman.cli.options import store_option
from dragoman.errors import StopRun

if TYPE_CHECKING:
    from dragoman.sources.polite import Polite
    from dragoman.watch import Round

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@click.command(
    short_help="Follow feeds into the ledger.",
    epilog="""\b
Examples:
  dragoman watch feeds.opml
  dragoman watch feeds.txt --once                          for cron
  dragoman watch https://harbour.example/rss --every 1h --max-age 2d
  dragoman watch https://harbour.example/news-sitemap.xml --once --store harbour.db
""",
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@store_option
@click.option("--once", is_flag=True, help="One round, then end.")
@click.option("--every", default="15m", show_default=True, metavar="TIME", help="Between two rounds: 90s, 15m, 2h, 1d.")
@click.option(
    "--max-age", default="7d", show_default=True, metavar="TIME", help="Older articles are left; `any`: none."
)
@click.option("--no-articles", is_flag=True, help="Read what the feeds themselves tell, fetch no articles.")
@click.option("--delay", default="2s", show_default=True, metavar="TIME", help="Between two requests to a host.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside this network, too.")
def watch(
    feeds: tuple[str, ...],
    store: str,
    *,
    once: bool,
    every: str,
    max_age: str,
    no_articles: bool,
    delay: str,
    allow_private: bool,
) -> None:
    """Follow feeds: RSS, Atom, RDF, JSON Feed and news sitemaps, by address, OPML or a list of an address a line.

    Their new articles are fetched and read into the ledger: as robots.txt allows, with pauses, and never twice. Ctrl+C
    ends it; the next call goes on where it was.
    """
    from dragoman import watch as following  # noqa: PLC0415 - loads the parser
    from dragoman.answer.ledger import Ledger  # noqa: PLC0415

    pause, age = seconds(every, "--every"), None if max_age == "any" else seconds(max_age, "--max-age")
    plan = following.Plan(following.addresses(feeds), every=pause, max_age=age, articles=not no_articles)
    with Ledger.open(store) as ledger, ExitStack() as stack:
        client = polite(stack, allow_private=allow_private, delay=seconds(delay, "--delay"))
        watching = following.Watch(plan, ledger.store, client, lambda line: click.echo(line, err=True))
        try:
            while True:
                begun = time.monotonic()
                click.echo(f"{summary(watching.round())} → {store}", err=True)
                if once:
                    return
                time.sleep(max(0.0, pause - (time.monotonic() - begun)))
        except KeyboardInterrupt:
            click.echo("ended; the next call goes on here", err=True)


def polite(stack: ExitStack, *, allow_private: bool, delay: float | None = None) -> "Polite":
    """Return a polite client, closed with `stack`; StopRun where its packages are missing."""
    try:
        from dragoman.sources.client import Client  # noqa: PLC0415 - of the extra
        from dragoman.sources.polite import DELAY, Polite  # noqa: PLC0415
    except ModuleNotFoundError as fault:
        raise StopRun(f"fetching needs {fault.name}; install it with `pip install 'dragoman[feeds]'`") from fault
    client = stack.enter_context(Client(allow_private=allow_private))
    return Polite(client, delay=DELAY if delay is None else delay)


def seconds(said: str, option: str) -> float:
    """Return the seconds of "90s", "15m", "2h" or "7d"; StopRun for anything else."""
    m = re.fullmatch(r"(\d{1,6})([smhd]?)", said.strip())
    if not m:
        raise StopRun(f"{option}: {said!r} is no time; write it as 90s, 15m, 2h or 7d")
    return float(m[1]) * _UNITS[m[2] or "s"]


def summary(done: "Round") -> str:
    """Return what a round came to, in one line."""
    from dragoman.answer.words import count  # noqa: PLC0415 - with the rest of `answer`

    parts = (
        count(done.feeds, "feed") + " asked",
        f"{done.unchanged} unchanged",
        f"{done.failed} failed",
        count(done.announced, "new article"),
        f"{done.outcome.read} read",
        f"{len(done.outcome.rejected)} rejected",
        f"{done.given_up} given up",
    )
    return ", ".join(parts)
