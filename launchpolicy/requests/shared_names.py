"""People of a directory who are called the same: two persons may be, one under two ids must not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.text import Text


def shared_names(directory: Directory) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Yield each display name that several people have, in one of the languages, with their ids.

    Case, width and white space make no difference.
    """
    people: dict[str, dict[str, Text]] = {}
    for person in directory.people:
        for name in dict.fromkeys((person.display.en, person.display.zh)):
            people.setdefault(_plain(name), {})[person.name] = person.display
    reported: set[tuple[str, ...]] = set()
    for names in people.values():
        ids = tuple(names)
        if len(ids) > 1 and ids not in reported:
            reported.add(ids)
            yield next(iter(names.values())), ids


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
