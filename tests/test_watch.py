"""Following feeds: what they announce is read once, what fails costs only itself, and nothing is asked for in vain."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman import watch
from dragoman.cli import cli
from dragoman.errors import SkipItem, StopRun
from dragoman.records import Document
from dragoman.sources import feed
from dragoman.sources.client import Client
from dragoman.sources.given import Given
from dragoman.sources.paths import read_paths
from dragoman.sources.polite import Polite
from dragoman.store import Store, open_store
from feed_server import Site, report, rss, serve

DAY = 1_741_345_200.0  # 2025-03-07T11:00Z
A = "Norway delivered forty trucks to Ukraine on Tuesday. The ministry in Oslo confirmed the delivery to reporters."
B = "Sweden asked Denmark to extradite a banker. The request was made in Stockholm on Monday, officials said there."
C = "Kenya recalled its ambassador from Djibouti on Monday. The foreign ministry spoke of remarks about a port."
HOSTILE_XML = [
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]><rss><channel><title>x</title></channel></rss>',
    '<!doctype opml [<!entity a "b">]><opml><body><outline xmlUrl="http://a.example/&a;"/></body></opml>',
    "<rss>", "<rss><channel>", "<opml/>", "<urlset><url><loc>", "<feed>" + "<a>" * 50_000, "<rss" + " a='b'" * 90_000, "<rss><channel>" + "<a " * 300_000,
    "<html><body>no feed</body></html>", "", "{}", '{"version": "https://jsonfeed.org/version/1.1", "items": 5}', "[" * 100_000,
    '{"version": "https://jsonfeed.org/version/1.1", "items": [1, null, {"url": 5}]}',
]  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        served.pages["/robots.txt"] = b""
        yield served


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "ledger.db") as opened:
        yield opened


class Clock:
    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


Rounds = Callable[..., watch.Round]


@pytest.fixture
def rounds(store: Store) -> Iterator[Rounds]:
    """Return a function that makes a round, each by a new client, an hour after the last."""
    clock = Clock()
    with Client(allow_private=True, seconds=3.0, stall=1.0) as client:

        def go(*feeds: str, wait: float = 3600.0, **plan: object) -> watch.Round:
            asking = Polite(client, clock=clock, sleep=clock.sleep)
            done = watch.Watch(watch.Plan(feeds, **plan), store, asking, clock=clock).round()  # type: ignore[arg-type]
            clock.now += wait
            return done

        yield go


def texts(store: Store) -> list[str]:
    return [s.document.text.split("\n\n")[-1] for s in store.documents()]


# ---------------------------------------------------------------- rounds
def test_what_is_announced_is_read_once(site: Site, store: Store, rounds: Rounds) -> None:
    site.pages |= {"/feed": rss(site, ("/a", "A"), ("/b", "B")), "/a": report(A), "/b": report(B)}
    first = rounds(f"{site.at}/feed")
    assert (first.announced, first.fetched, first.outcome.read) == (2, 2, 2)
    assert sorted(texts(store)) == [A, B]
    [one, _] = store.documents()
    assert (one.document.published, one.document.published_basis) == ("2025-03-07T10:00:00Z", "feed")
    site.pages["/feed"] = rss(site, ("/c", "C"), ("/a", "A again"), ("/b#part", "B"))
    site.pages["/c"] = report(
        C, '<meta property="article:published_time" content="2025-03-05"><link rel="canonical" href="/story/c">'
    )
    second = rounds(f"{site.at}/feed")
    assert (second.announced, second.outcome.read) == (1, 1)
    assert site.paths().count("/a") == 1
    [newest] = [s.document for s in store.documents() if C in s.document.text]
    assert (newest.published, newest.url) == ("2025-03-05", f"{site.at}/story/c")  # the page outranks the feed


def test_an_unchanged_feed_is_not_sent_again(site: Site, rounds: Rounds) -> None:
    def page(_handler: object, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        status, told, body = rss(site, ("/a", "A"))
        if (
            headers.get("if-none-match") == '"v1"'
            and headers.get("if-modified-since") == "Fri, 07 Mar 2025 10:00:00 GMT"
        ):
            return 304, {}, b""
        return status, told | {"etag": '"v1"', "last-modified": "Fri, 07 Mar 2025 10:00:00 GMT"}, body

    site.pages |= {"/feed": page, "/a": report(A)}
    done = [rounds(f"{site.at}/feed") for _ in range(3)]
    assert [(d.unchanged, d.outcome.read) for d in done] == [(0, 1), (1, 0), (1, 0)]
    assert "if-none-match" not in dict(site.asked)["/a"]


def test_a_feed_is_not_asked_before_its_time(site: Site, rounds: Rounds) -> None:
    site.pages["/feed"] = rss(site)
    assert [rounds(f"{site.at}/feed", wait=w, every=900.0).feeds for w in (60.0, 600.0, 0.0)] == [1, 0, 1]


def test_a_feed_that_fails_costs_only_itself(site: Site, store: Store, rounds: Rounds) -> None:
    site.pages |= {"/feed": rss(site, ("/a", "A")), "/a": report(A), "/broken": (500, {}, b"")}
    for n, xml in enumerate(HOSTILE_XML):
        site.pages[f"/{n}"] = (200, {"content-type": "application/xml"}, xml.encode())
    feeds = [f"{site.at}/{n}" for n in ("broken", "missing", *range(len(HOSTILE_XML)))]
    done = rounds(*feeds, f"{site.at}/feed", "http://nowhere.invalid/feed")
    assert done.failed >= 13
    assert texts(store) == [A]
    state = store.feed(f"{site.at}/broken")
    assert (state.failures, state.fault) == (1, "the server answered 500")
    asked = site.paths().count("/broken")
    rounds(*feeds, wait=0.0)
    assert site.paths().count("/broken") == asked + 1
    rounds(*feeds, wait=0.0)
    assert site.paths().count("/broken") == asked + 1  # twice as long after the second failure
    assert store.feed(f"{site.at}/broken").failures == 2


def test_articles_that_fail_cost_only_themselves(site: Site, store: Store, rounds: Rounds) -> None:
    site.pages |= {
        "/feed": rss(site, ("/gone", "1"), ("/down", "2"), ("/big", "3"), ("/pdf", "4"), ("/empty", "5"), ("/a", "6"),
                     ("/closed", "7"), more="<item><title>no link</title></item><item><link>javascript:x()</link></item>"),
        "/gone": (410, {}, b""), "/down": (502, {}, b""), "/big": b"x" * 20_000_001, "/pdf": b"%PDF-1.7 ...", "/a": report(A),
        "/empty": b"<html><body></body></html>", "/robots.txt": b"User-agent: *\nDisallow: /closed",
    }  # fmt: skip
    done = rounds(f"{site.at}/feed")
    assert (done.announced, done.outcome.read, done.given_up) == (7, 1, 3)
    assert texts(store) == [A]
    assert sorted(r.where for r in store.rejected()) == [f"{site.at}/empty", f"{site.at}/pdf"]
    site.pages["/down"] = report(B)
    assert rounds(f"{site.at}/feed").outcome.read == 1
    assert site.paths().count("/gone") == 1


def test_what_stays_down_is_given_up(site: Site, rounds: Rounds) -> None:
    site.pages |= {"/feed": rss(site, ("/down", "1")), "/down": (502, {}, b"")}
    done = [rounds(f"{site.at}/feed", wait=86_400.0, max_age=None) for _ in range(watch.TRIES + 2)]
    assert sum(d.given_up for d in done) == 1
    assert site.paths().count("/down") == watch.TRIES


def test_a_busy_host_is_asked_later(site: Site, store: Store, rounds: Rounds) -> None:
    site.pages |= {
        "/feed": rss(site, ("/a", "A"), ("/b", "B")),
        "/a": (429, {"retry-after": "1800"}, b""),
        "/b": report(B),
    }
    rounds(f"{site.at}/feed")
    assert site.paths().count("/a") + site.paths().count("/b") <= 2
    assert "/b" not in site.paths()[site.paths().index("/a") :]
    site.pages["/a"] = report(A)
    rounds(f"{site.at}/feed")
    assert sorted(texts(store)) == [A, B]


def test_a_round_that_is_broken_off_goes_on(site: Site, store: Store, rounds: Rounds) -> None:
    """The feed is unchanged when it is asked again: what waited is in the ledger."""
    site.pages |= {"/feed": rss(site, ("/a", "A"), ("/b", "B")), "/a": report(A)}

    def breaks(_handler: object, _headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        raise_once.append(1)
        return 200, {}, report(B)

    raise_once: list[int] = []
    site.pages["/b"] = breaks
    real = store.note_article

    def killed(article: object) -> None:
        if raise_once and len(raise_once) == 1:
            raise KeyboardInterrupt
        real(article)  # type: ignore[arg-type]

    store.note_article = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        rounds(f"{site.at}/feed")
    store.note_article = real  # type: ignore[method-assign]
    site.pages["/feed"] = (304, {}, b"")
    rounds(f"{site.at}/feed")
    assert sorted(texts(store)) == [A, B]


def test_old_and_foreign_articles_are_left(site: Site, rounds: Rounds) -> None:
    site.pages["/feed"] = rss(site, ("/a", "A"), day="Fri, 07 Feb 2025 10:00:00 +0000")
    foreign = site.pages["/feed"][2].replace(b"<item>", b"<language>de-DE</language><item>").replace(b"Feb", b"Mar")  # type: ignore[index]
    site.pages["/de"] = (200, {}, foreign)
    assert rounds(f"{site.at}/feed", f"{site.at}/de").announced == 0
    assert rounds(f"{site.at}/feed", max_age=None).announced == 1


def test_the_words_of_the_feed_alone(site: Site, store: Store, rounds: Rounds) -> None:
    more = f"<item><link>{site.at}/a</link><title>Trucks</title><description><![CDATA[<p>{A}</p><script>x</script>]]></description></item>"
    site.pages["/feed"] = rss(site, ("/b", "no words"), more=more)
    done = rounds(f"{site.at}/feed", articles=False)
    assert (done.outcome.read, site.paths()) == (1, ["/robots.txt", "/feed"])
    [kept] = store.documents()
    assert (kept.document.text, kept.document.url, kept.document.publisher) == (A, f"{site.at}/a", "Harbour Post")


def test_a_sitemap_of_news(site: Site, store: Store, rounds: Rounds) -> None:
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    news = (
        "<news:news><news:publication><news:name>Harbour Post</news:name><news:language>{}</news:language></news:publication>"
        "<news:publication_date>2025-03-07T08:00:00+01:00</news:publication_date><news:title>T</news:title></news:news>"
    )
    inner = "".join(f"<url><loc>{site.at}/{p}</loc>{news.format(lang)}</url>" for p, lang in (("a", "en"), ("b", "fr")))
    site.pages |= {
        "/index.xml": f"<sitemapindex {spaces}><sitemap><loc>{site.at}/news.xml</loc></sitemap><sitemap><loc>{site.at}/none.xml</loc></sitemap></sitemapindex>".encode(),
        "/news.xml": f"<?xml version='1.0' encoding='UTF-8'?><urlset {spaces}>{inner}</urlset>".encode(),
        "/a": report(A),
    }
    assert rounds(f"{site.at}/index.xml").outcome.read == 1
    [kept] = store.documents()
    assert kept.document.published == "2025-03-07T08:00:00+01:00"


# ---------------------------------------------------------------- formats
@pytest.mark.parametrize("xml", HOSTILE_XML)
def test_hostile_feeds_are_one_rejection(tmp_path: Path, xml: str) -> None:
    (tmp_path / "a.xml").write_text(xml)
    found = list(read_paths([tmp_path / "a.xml"]))
    assert found
    assert all(isinstance(f, SkipItem) for f in found)


FORMS = {
    "rss": "<rss version='2.0'><channel><title>Post</title><item><link>/a</link><pubDate>Fri, 07 Mar 2025 10:00:00 GMT</pubDate><description>{}</description></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><link href='/a'/><published>2025-03-07T10:00:00Z</published><content type='html'>&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>",
    "rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Post</title></channel><item><link>/a</link><dc:date>2025-03-07T10:00:00Z</dc:date><description>{}</description></item></rdf:RDF>",
    "json": '{{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{{"url": "/a", "date_published": "2025-03-07T10:00:00Z", "content_html": "<p>{}</p>"}}]}}',
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_forms_of_feeds(tmp_path: Path, form: str, encoding: str) -> None:
    words = A.replace("Oslo", "Tromsø")
    head = "" if form == "json" else f"<?xml version='1.0' encoding='{encoding}'?>\n<!-- x -->"
    path = tmp_path / "feed"
    path.write_bytes((head + FORMS[form].format(words)).encode("utf-8" if form == "json" else encoding))
    [found] = read_paths([path], Given(at="https://post.example/feed"))
    assert isinstance(found, Document), found
    assert (found.text, found.url, found.published, found.publisher) == (
        words,
        "https://post.example/a",
        "2025-03-07T10:00:00Z",
        "Post",
    )


def test_text_of_markup() -> None:
    assert (
        feed.plain("<p>One &amp; two.</p><p>Three<br>four.</p><!-- x --><ul><li>five</ul>")
        == "One & two.\n\nThree\nfour.\n\nfive"
    )
    assert feed.plain("2 < 3 and\nno markup") == "2 < 3 and\nno markup"
    assert feed.plain("<p>" * 5000 + "deep") in ("deep", "")


# ---------------------------------------------------------------- the command
def test_lists_of_feeds(tmp_path: Path) -> None:
    outlines = "".join(f"<outline text='x'><outline xmlUrl='https://a.example/{n}'/></outline>" for n in (1, 2, 1))
    (tmp_path / "a.opml").write_text(
        f"<?xml version='1.0'?><opml version='2.0'><body>{outlines}<outline xmlUrl='file:///x'/></body></opml>"
    )
    (tmp_path / "a.txt").write_text("# mine\nhttps://a.example/3 a comment\n\nhttps://a.example/1\n")
    names = [str(tmp_path / "a.opml"), str(tmp_path / "a.txt"), "https://a.example/4"]
    assert watch.addresses(names) == tuple(f"https://a.example/{n}" for n in (1, 2, 3, 4))
    bomb = tmp_path / "bomb.opml"
    bomb.write_text(HOSTILE_XML[3])
    for wrong, said in ((bomb, "entities"), (tmp_path / "none.txt", "can't be read"), (tmp_path, "can't be read")):
        with pytest.raises(StopRun, match=said):
            watch.addresses([str(wrong)])
    with pytest.raises(StopRun, match="only http"):
        watch.addresses(["file:///etc/passwd"])


def test_the_commands(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/feed": rss(site, ("/a", "A")), "/a": report(A), "/b": report(B)}
    ledger = str(tmp_path / "ledger.db")
    options = ["--store", ledger, "--allow-private"]
    run = CliRunner().invoke
    first = run(cli, ["watch", f"{site.at}/feed", "--once", "--delay", "0s", "--max-age", "any", *options])
    assert first.exit_code == 0, first.output
    assert "1 feed asked, 0 unchanged, 0 failed, 1 new article, 1 read, 0 rejected, 0 given up" in first.stderr
    assert "/feed: 1 entries, 1 new" in first.stderr
    page = run(cli, ["read", f"{site.at}/b", *options])
    assert "1 document read" in page.stderr
    refused = run(cli, ["read", f"{site.at}/b", "--store", ledger])
    assert refused.exit_code == 1
    assert "inside this network: --allow-private allows that" in refused.stderr
    for wrong in (["--every", "soon"], ["--max-age", "1y"]):
        assert "is no time" in run(cli, ["watch", f"{site.at}/feed", "--once", *wrong, *options]).stderr
