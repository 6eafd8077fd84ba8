"""The fact `people.customer`: whom of the directory the accepting customer of a request names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import Data

_CUSTOMER = ("spec", "acceptance", "customer")
_BETWEEN = re.compile(r"[()（）\[\]【】<>《》,，、/／;；:：|]+")
_AROUND = re.compile(r"^the |( department| dept\.?| team| group)$")


def customer_fact(data: Data, directory: Directory, names: Names) -> dict[str, list[str]]:
    """Return the ids of the departments and of the persons that the customer's words may mean.

    Words are free text: `fang.hao`, `Fang Hao (development)` and `研发部 方浩` all mean a person of
    the directory. Someone else of the same name is among the persons, too.

    Args:
        data: the request.
        directory: who there is.
        names: what departments are called.
    """
    departments = dict.fromkeys(person.department for person in directory.people)
    called = list(_words(value_at(data, (*_CUSTOMER, "name"))))
    persons = list(_words(value_at(data, (*_CUSTOMER, "person"))))
    return {
        "departments": [
            department
            for department in departments
            if _means(called, department, *names.name_of("departments", department))
        ],
        "persons": [
            person.name
            for person in directory.people
            if _means(persons, person.name, *person.display, *person.emails)
        ],
    }


def _words(text: Data) -> Iterator[str]:
    """Yield the text and its parts, in small letters; Chinese is parted at blanks, too."""
    if not isinstance(text, str):
        return
    for part in (text, *_BETWEEN.split(text)):
        plain = " ".join(part.casefold().split())
        yield _AROUND.sub("", plain)
        yield from (word for word in plain.split() if not word.isascii())


def _means(words: list[str], *names: str) -> bool:
    """Return whether a word is one of the names, or a part of a department of a Chinese name."""
    plain, long = _plain_names(names)
    return any(word in plain or (long and word.startswith(long)) for word in words)


@functools.lru_cache(maxsize=1024)
def _plain_names(names: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return names as words are written, and those of Chinese departments among them."""
    plain = frozenset(_AROUND.sub("", name.casefold()) for name in names if name)
    return plain, tuple(name for name in plain if not name.isascii() and name.endswith("部"))
