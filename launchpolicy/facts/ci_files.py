"""What a workflow, an action or a pipeline of CI says: whether it judges, or can publish a check.

The content is read, so the way in which it is written makes no difference; what cannot be read
may say anything. What a command only puts together when it runs, nobody can see here.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from launchpolicy.documents.headings import plain, text_of
from launchpolicy.documents.loose_reading import LooseMapping, LooseNode, nodes_in, read_loosely

_PROGRAM: Final = "launchpolicy"
_CHECK: Final = f"{_PROGRAM} ("
"""How the name of the check begins; the branch and `)` follow."""

_INCLUDES = ("include", "local")
_PUBLISHING = ("checks", "statuses")
_SHELL_QUOTES = re.compile(r"""\\\r?\n[ \t]*|["'`\\^]""")


class Publishing(IntEnum):
    """Whether a workflow can publish a check under any name, as far as it says so itself."""

    NO = 0
    PERHAPS = 1
    """Its permissions are those of the repository's settings, or its job may have that name."""
    YES = 2


class CiReference(NamedTuple):
    """What one file of CI names: a path from the top of this repository, or perhaps of another."""

    path: str
    is_local: bool


class CiFile(NamedTuple):
    """What one file of CI says.

    `is_judge` is whether it runs the program, or cannot be read. `uses` are the actions and
    workflows that it names, `includes` the files of a pipeline.
    """

    is_judge: bool
    publishing: Publishing = Publishing.NO
    uses: tuple[CiReference, ...] = ()
    includes: tuple[CiReference, ...] = ()


UNREADABLE: Final = CiFile(is_judge=True, publishing=Publishing.YES)


@functools.lru_cache(maxsize=128)
def read_ci_file(source: bytes) -> CiFile:
    """Return what a file of CI says; one that cannot be read may say anything."""
    documents = read_loosely(source)
    if documents is None:
        return UNREADABLE
    nodes = list(nodes_in(documents))
    texts = (node for node in nodes if isinstance(node, str))
    mappings = [node for node in nodes if isinstance(node, LooseMapping)]
    return CiFile(
        any(_names_program(text) for text in texts),
        _publishing(documents, mappings),
        tuple(dict.fromkeys(_uses(mappings))),
        tuple(dict.fromkeys(_includes(mappings))),
    )


def read_ci_text(source: bytes) -> CiFile:
    """Return what a file of CI says that is in no particular format, such as a script."""
    return CiFile(_names_program(text_of(source)))


def _names_program(text: str) -> bool:
    looks = plain(text)
    return _PROGRAM in looks or _PROGRAM in _SHELL_QUOTES.sub("", looks)


def _uses(mappings: Sequence[LooseMapping]) -> Iterator[CiReference]:
    """Yield the actions and workflows that stand below `uses`.

    `./PATH` is of this repository; `OWNER/NAME/PATH@REF` is so if its name is that of this one.
    """
    for text in _texts(mappings, ("uses",)):
        if text.startswith("."):
            yield CiReference(_normal(text), is_local=True)
        elif "://" not in text:
            path = "/".join(_normal(text.partition("@")[0]).split("/")[2:])
            if path:
                yield CiReference(path, is_local=False)


def _includes(mappings: Sequence[LooseMapping]) -> Iterator[CiReference]:
    """Yield what a pipeline includes: by path, or perhaps by the name of this repository."""
    for text in _texts(mappings, _INCLUDES):
        if "://" not in text:
            yield CiReference(_normal(text), is_local=True)
    for text in _texts(mappings, ("file",)):
        yield CiReference(_normal(text), is_local=False)
    for text in _texts(mappings, ("component",)):
        path = f"templates/{text.partition('@')[0].rpartition('/')[2]}"
        yield CiReference(f"{path}.yml", is_local=False)
        yield CiReference(f"{path}/template.yml", is_local=False)


def _texts(mappings: Sequence[LooseMapping], keys: Sequence[str]) -> Iterator[str]:
    """Yield the texts below the keys, and those of lists."""
    for mapping in mappings:
        for key in keys:
            for value in mapping.values(key):
                texts = value if isinstance(value, list) else (value,)
                yield from (text.strip() for text in texts if isinstance(text, str))


def _normal(path: str) -> str:
    """Return a path without `.`, and `..` only in front; "" is the top."""
    normal = posixpath.normpath(path.replace("\\", "/").lstrip("/"))
    return "" if normal == "." else normal


def _publishing(documents: Sequence[LooseNode], mappings: Sequence[LooseMapping]) -> Publishing:
    if any(_asks_to_publish(mapping) for mapping in mappings):
        return Publishing.YES
    for document in documents:
        if not isinstance(document, LooseMapping):
            continue
        jobs = list(_jobs(document))
        of_all, *of_jobs = (_has_limits(part) for part in (document, *jobs))
        if of_all is False or False in of_jobs or (of_all is None and None in of_jobs):
            return Publishing.PERHAPS
        if any(_may_be_check(name) for job in jobs for name in job.values("name")):
            return Publishing.PERHAPS
    return Publishing.NO


def _asks_to_publish(mapping: LooseMapping) -> bool:
    """Return whether a mapping has such permissions, or says what is not followed (`<<`)."""
    if list(mapping.values("<<")):
        return True
    is_all = any(_is_word(value, "write-all") for value in mapping.values("permissions"))
    return is_all or any(
        _is_word(value, "write") for key in _PUBLISHING for value in mapping.values(key)
    )


def _jobs(document: LooseMapping) -> Iterator[LooseMapping]:
    for jobs in document.values("jobs"):
        if isinstance(jobs, LooseMapping):
            yield from (job for _, job in jobs.pairs if isinstance(job, LooseMapping))


def _has_limits(mapping: LooseMapping) -> bool | None:
    """Return whether the permissions of a workflow or a job are limited; None if it has none."""
    values = list(mapping.values("permissions"))
    if not values:
        return None
    return all(isinstance(value, LooseMapping) or _is_word(value, "read-all") for value in values)


def _may_be_check(name: LooseNode) -> bool:
    """Return whether a name with expressions in it can become that of the check."""
    if not isinstance(name, str):
        return True
    before, start, expressions = name.partition("${{")
    if not start:
        return False  # the whole name is a text that is searched anyway
    first, last = plain(before).lstrip(), plain(expressions.rpartition("}}")[2]).rstrip()
    begins_alike = _CHECK.startswith(first) or first.startswith(_CHECK)
    return begins_alike and (not last or last.endswith(")"))


def _is_word(value: LooseNode, word: str) -> bool:
    return isinstance(value, str) and plain(value).strip() == word
