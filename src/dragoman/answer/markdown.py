"""An explanation, an opened event and an actor as Markdown. What they say is decided elsewhere."""

from dragoman.answer.event import Opened
from dragoman.answer.explain import Explanation
from dragoman.answer.identities import OpenedActor, actor_lines
from dragoman.answer.words import count, parties_words


def explanation(answer: Explanation) -> str:
    """Return an explanation as Markdown."""
    m = answer.mention
    parts = [
        f"# {m.act}: {plain(parties_words(m.actors, m.recipients))}",
        "",
        f"{m.status}, {m.certainty} · `{m.id}`",
        "",
    ]
    parts += ["> " + plain(answer.sentence), "", "| part | words | read as | at |", "| --- | --- | --- | --- |"]
    parts += [f"| {k.label} | {_cell(k.text)} | {_cell(k.value or '')} | {k.start}–{k.end} |" for k in answer.marks]
    parts += [
        "",
        f"Confidence {answer.confidence:.2f}",
        "",
        "| ingredient | found | log-odds |",
        "| --- | --- | ---: |",
    ]
    parts += [f"| {_cell(i.name)} | {_cell(i.value)} | {i.weight:+.2f} |" for i in answer.ingredients]
    return "\n".join([*parts, "", *(f"- {name}: {plain(value)}" for name, value in answer.facts()), ""])


def event(answer: Opened) -> str:
    """Return an opened event as Markdown."""
    e = answer.event
    when = e.when.edtf if e.when else "undated"
    parts = [f"# {e.act}: {plain(parties_words(e.actors, e.recipients))}", "", f"{when}, {e.status} · `{e.id}`", ""]
    parts += ["| told | outlet | origin | says | status | words |", "| --- | --- | --- | --- | --- | --- |"]
    parts += [
        f"| {(x.published or '')[:10]} | {_cell(x.publisher or '')} | {_cell(x.origin)} | {_cell(', '.join(x.says))} "
        f"| {x.status} | {_cell(x.said)} |"
        for x in answer.told
    ]
    if e.disagreements:
        parts += ["", "## Where they differ", ""]
        parts += [
            f"- {d.field}: {plain(v.value)} ({plain(', '.join(v.sources))}; {count(v.origins, 'origin')}, "
            f"since {(v.first_told or 'an unknown day')[:10]})"
            for d in e.disagreements
            for v in d.versions
        ]
    return "\n".join([*parts, ""])


def actor(answer: OpenedActor) -> str:
    """Return an opened actor as Markdown."""
    a = answer.actor
    parts = [f"# {plain(a.name)}", "", f"{a.country or ''} {a.kind} · `{a.id}`", ""]
    events: list[str] = []
    for title, lines in actor_lines(answer):
        parts += [f"## {title.capitalize()}", "", *(f"- {plain(x)}" for x in lines), ""]
    for e in answer.events:
        when = e.when.edtf if e.when else "undated"
        events.append(f"- {when} {e.act}: {plain(parties_words(e.actors, e.recipients))} `{e.id}`")
    return "\n".join([*parts, "## Latest", "", *events, ""])


def plain(text: str) -> str:
    """Return the text on one line, with what Markdown would read as markup made plain."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>":
        text = text.replace(sign, "\\" + sign)
    return text


def _cell(text: str) -> str:
    return plain(text).replace("|", "\\|")
