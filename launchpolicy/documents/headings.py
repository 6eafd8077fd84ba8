"""What YAML or JSON in any form says that it is: the `apiVersion` and `kind` of each document.

This reads what `reading` would refuse, for one purpose: a file must not get out of sight by being
written in another way. So it never refuses, knows aliases and escapes, and reads what precedes a
syntax error; nothing that it returns is trusted.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator, Sequence

import yaml

from launchpolicy.vocabulary.named_tuple import NamedTuple

_API_VERSION, _KIND = "apiversion", "kind"
_LONG = 1024 * 1024
"""Beyond so many characters only lines are looked at: no syntax tree of so much is built."""

_MERGE = "<<"
"""The key with which a mapping takes over what another one says (YAML 1.1)."""

_MOST = 200
"""Characters of a key or a value that matter."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As what is not seen, not as what is: a class of 60,000 characters takes 7 ms to compile.
_INVISIBLE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ufeff\ufffe\uffff\U0010fffe\U0010ffff]"
)
_ESCAPE = r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|(/)|\r?\n[ \t]*)"
_LINE = r"""(?m)^[?"'{{ \t]*{}["']?[ \t]*\n?:?[ \t]*["']?([^"'\s,}}]+)"""


class FileHeading(NamedTuple):
    """What one mapping says that it is, as `plain` writes it."""

    api_version: str
    kind: str


def plain(text: str) -> str:
    """Return a text as it looks: compatible characters alike, no case, nothing invisible."""
    if text.isascii():
        return text.lower()
    import unicodedata  # noqa: PLC0415 (few names need it)

    compatible = unicodedata.normalize("NFKC", text).casefold()
    hidden = [ord(one) for one in set(compatible) if unicodedata.category(one) == "Cf"]
    return compatible.translate(dict.fromkeys(hidden)) if hidden else compatible


def mentions(source: bytes, prefixes: Sequence[str]) -> bool:
    """Return whether a file may have a heading that begins with one of `prefixes`: cheap.

    False only if there certainly is none. The prefixes are as `plain` writes them.
    """
    if source.isascii() and b"\\" not in source and b"\0" not in source:
        lower = source.lower()
        return any(prefix.encode() in lower for prefix in prefixes)
    text = plain(_without_escapes(text_of(source)))
    return any(prefix in text for prefix in prefixes)


def headings_of_whole(source: bytes) -> Iterator[FileHeading]:
    """Yield what the documents in a file say that they are, if all of it is YAML or JSON."""
    text = text_of(source)
    if len(text) <= _LONG:
        try:
            yield from list(_of_events(text))
        except yaml.YAMLError:
            return


def headings(source: bytes, *, lines: bool) -> Iterator[FileHeading]:
    """Yield what the documents in a file say that they are, and those in lists at their top.

    With `lines`, where the syntax is broken, its lines are looked at instead.
    """
    text = text_of(source)
    if len(text) <= _LONG:
        try:
            yield from _of_events(text)
        except yaml.YAMLError:
            pass
        else:
            return
    if lines:
        yield from _of_lines(_without_escapes(text))


def _of_lines(text: str) -> Iterator[FileHeading]:
    versions = re.findall(_LINE.format("api[vV]ersion"), text, re.IGNORECASE)
    kinds = re.findall(_LINE.format("kind"), text, re.IGNORECASE)
    for version in dict.fromkeys(versions):
        for kind in dict.fromkeys(kinds):
            yield FileHeading(plain(version), plain(kind))


def _of_events(text: str) -> Iterator[FileHeading]:
    """Yield the headings of a text, also of a mapping that a syntax error cuts off.

    Raises:
        YAMLError: the syntax is broken from some place on.
    """
    levels: list[_OpenCollection] = []
    anchors: dict[str, str] = {}
    collections: dict[str, _OpenCollection] = {}
    merges = _MERGE in text
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                level = _OpenCollection(levels, isinstance(event, yaml.MappingStartEvent), merges)
                levels.append(level)
                if event.anchor:
                    collections[event.anchor] = level
            elif isinstance(event, yaml.CollectionEndEvent):
                level = levels.pop()
                yield from level.headings()
                _merge(levels, level)
                _take(levels, "")
            elif isinstance(event, yaml.ScalarEvent):
                if event.anchor:
                    anchors[event.anchor] = event.value
                _take(levels, event.value)
            elif isinstance(event, yaml.AliasEvent):
                _merge(levels, collections.get(str(event.anchor)))
                _take(levels, anchors.get(str(event.anchor), ""))
    except yaml.YAMLError:
        for level in levels:
            yield from level.headings()
        raise


def _take(levels: list[_OpenCollection], scalar: str) -> None:
    if levels:
        levels[-1].take(scalar)


def _merge(levels: list[_OpenCollection], level: _OpenCollection | None) -> None:
    if levels and level is not None and levels[-1].takes_over:
        levels[-1].take_over(level)


class _OpenCollection:
    """One collection that is being read; only mappings near the top have headings."""

    __slots__ = ("_has_heading", "_is_read", "_key", "_kinds", "_merges", "_versions", "form")

    def __init__(self, above: Sequence[_OpenCollection], is_mapping: bool, merges: bool) -> None:  # noqa: FBT001 (local)
        self.form: str = (above[-1].form[:3] if above else "") + ("{" if is_mapping else "[")
        self._has_heading = self.form in {"{", "[{", "{[{"}
        self._is_read = is_mapping and (self._has_heading or merges)
        self._merges = not is_mapping and bool(above) and above[-1].takes_over
        self._key: str | None = None
        self._versions: set[str] = set()
        self._kinds: set[str] = set()

    def take(self, scalar: str) -> None:
        """Take the next child; "" stands for a collection. Of a key twice, both values count."""
        if not self._is_read:
            return
        if self._key is None:
            self._key = plain(scalar[:_MOST])
            return
        if self._key == _API_VERSION:
            self._versions.add(plain(scalar[:_MOST]).strip())
        elif self._key == _KIND:
            self._kinds.add(plain(scalar[:_MOST]).strip())
        self._key = None

    @property
    def takes_over(self) -> bool:
        """Return whether the next child is merged into this collection."""
        return self._merges or self._key == _MERGE

    def take_over(self, other: _OpenCollection) -> None:
        """Take over what `other` says, as far as it is read."""
        self._versions |= other._versions
        self._kinds |= other._kinds

    def headings(self) -> Iterator[FileHeading]:
        if not self._has_heading:
            return
        for version in sorted(self._versions):
            yield from (FileHeading(version, kind) for kind in sorted(self._kinds))


def text_of(source: bytes) -> str:
    """Return the text of any bytes, without what YAML does not allow and people do not see."""
    encoding = next((name for mark, name in _MARKS if source.startswith(mark)), "")
    if not encoding and b"\0" in source[:4]:
        encoding = "utf-16-be" if source[0] == 0 else "utf-16-le"
    text = source.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_INVISIBLE, "", text)


def _without_escapes(text: str) -> str:
    return re.sub(_ESCAPE, _character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return match[4] or ""
    code = int(digits, 16)
    return chr(code) if code <= sys.maxunicode else ""
