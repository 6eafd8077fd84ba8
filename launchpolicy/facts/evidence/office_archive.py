"""The parts of an office file and what they refer to (ECMA-376, part 2; ODF 1.3, part 2)."""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from launchpolicy.facts.evidence.xml import local_name
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION
from launchpolicy.vocabulary.named_tuple import NamedTuple

_PART: Final = 32_000_000
_ELEMENTS: Final = 500_000
_DEPTH: Final = 200
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""\b(Id|Target|Type)\s*=\s*["']([^"']*)["']""")


class Relation(NamedTuple):
    """What a part refers to: the id it uses, the last word of the type, and the part's name."""

    id: str
    type: str
    target: str


class OfficeArchive:
    """An office file as its parts; every part is read to a bound.

    `edition` is that of the program as which it is read (`policy.edition`).
    """

    def __init__(self, archive: zipfile.ZipFile, edition: int = EDITION) -> None:
        self._archive = archive
        self.edition = edition
        self.names = {member.filename for member in archive.infolist()}

    def content(self, part: str) -> bytes:
        """Return the bytes of a part, "" of one that is not there."""
        if part not in self.names:
            return b""
        with self._archive.open(part) as opened:
            data = opened.read(_PART)
        return _in_utf_8(data) if self.edition > FOURTH_EDITION else data

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part refers to; "" is the file itself."""
        folder, name = posixpath.split(part)
        source = self.content(posixpath.join(folder, "_rels", f"{name}.rels"))
        return tuple(_relations(source, folder))

    def main_part(self) -> str:
        """Return the name of the part that an office program opens, "" where there is none."""
        return next((r.target for r in self.relations("") if r.type == "officeDocument"), "")


def _in_utf_8(data: bytes) -> bytes:
    """Return XML in UTF-16, which a part may be in, as UTF-8; anything else as it is."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    text = data.decode("utf-16", "replace")
    return _DECLARATION.sub("", text, count=1).encode() if text.lstrip().startswith("<") else data


def _relations(source: bytes, folder: str) -> Iterator[Relation]:
    for element in _RELATION.findall(source):
        values = {key.decode(): value.decode("utf-8", "replace") for key, value in _pairs(element)}
        target = values.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        kind = values.get("Type", "").rpartition("/")[2]
        yield Relation(values.get("Id", ""), kind, posixpath.normpath(path))


def _pairs(element: bytes) -> list[tuple[bytes, bytes]]:
    return _ATTRIBUTE.findall(element)


def subtrees(part: bytes, names: frozenset[str]) -> Iterator[Element]:
    """Yield each outermost element of one of these names, whole, in order; forget the others.

    A part that is damaged, has a DTD or is nested beyond reason gives what stands before that.
    """
    depth = inside = 0
    try:
        events = iterparse(io.BytesIO(part), ("start", "end"), forbid_dtd=True)
        for count, (event, element) in enumerate(events):
            depth += 1 if event == "start" else -1
            if count > _ELEMENTS or depth > _DEPTH:
                return
            if local_name(element) in names or element.tag in names:
                inside += 1 if event == "start" else -1
                if event == "end" and not inside:
                    yield element
            if event == "end" and not inside:
                element.clear()
    except (DefusedXmlException, ParseError, ValueError, LookupError, UnicodeError):
        return


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return local_name(element) or str(element.tag)


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, "" where it is not there."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
