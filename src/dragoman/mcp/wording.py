"""Failures of the ledger in the words of an assistant: names of tools and parameters for commands and flags."""

import re
from collections.abc import Collection

FLAG = re.compile(r"(?<![\w-])--([a-z][a-z-]*)")
COMMAND = re.compile(r"`dragoman ([a-z]+)[^`]*`( lists (?:them|the ids))?")
# Where people list something by a command that no tool has, an assistant finds it in answers.
LISTED = {
    "actors": "names stand in the answers of `events`",
    "mentions": "ids stand in the answers of `events` and `brief`",
    "documents": "ids of documents stand in the references of every answer",
}


def told(fault: str, tools: Collection[str]) -> str:
    """Return a failure with tools for the commands that people have; those without a tool are named as commands."""

    def command(found: re.Match[str]) -> str:
        name, lists = found[1], found[2] or ""
        if lists and name in LISTED:
            return LISTED[name]
        return (f"`{name}`" if name in tools else f"the command `dragoman {name}` (for people)") + lists

    return FLAG.sub(lambda found: found[1].replace("-", "_"), COMMAND.sub(command, fault))
