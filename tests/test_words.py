"""Small lexicons: word classes, verdicts, accidents."""

import pytest

from dragoman.scheme.plover import event_type
from dragoman.scheme.themes import is_accident
from dragoman.scheme.verdicts import verdict_of
from dragoman.scheme.words import CLASSES, in_class


@pytest.mark.parametrize(
    ("word", "name", "want"),
    [
        ("urge", "object_control", True),
        ("promise", "object_control", False),
        ("Thousand", "quantifier", True),
        ("unclear", "open", True),
    ],
)
def test_classes(word: str, name: str, want: bool) -> None:  # noqa: FBT001
    assert in_class(word, name) is want


def test_an_unknown_class_is_an_error() -> None:
    assert "nonsense" not in CLASSES
    with pytest.raises(KeyError):
        in_class("urge", "nonsense")


@pytest.mark.parametrize(
    ("word", "pos", "kind"),
    [
        ("disgrace", "NOUN", "ACCUSE"),
        ("unacceptable", "ADJ", "REJECT"),
        ("success", "NOUN", "SUPPORT"),
        ("undermine", "VERB", "ACCUSE"),
        ("table", "NOUN", None),
    ],
)
def test_verdicts(word: str, pos: str, kind: str | None) -> None:
    found = verdict_of(word, pos)
    assert (found.type if found else None) == kind
    if found and found.mode:
        assert found.mode in event_type(found.type).modes


def test_accidents() -> None:
    assert is_accident("earthquake", "noun")
    assert not is_accident("attack", "noun")
