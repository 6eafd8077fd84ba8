"""XML from strangers: no entity, nothing fetched, no depth that could exhaust anything (E6)."""

from __future__ import annotations

import codecs
import io
import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse

from launchpolicy.facts.evidence.xml_problems import (
    decoding_problem,
    problem_with_xml,
    two_encodings,
    unread_encoding,
)
from launchpolicy.vocabulary.text import Text

_DEPTH: Final = 64
_ELEMENTS: Final = 1_000_000
_DECLARED: Final = re.compile(rb"""\A<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})["']""")
_DECODED: Final = {
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "cp936", "gb_2312-80", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
"""Encodings that expat does not know and whose bytes mean one thing only: name → codec."""
_READ: Final = frozenset(
    {
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "koi8-r", "koi8-u"),
        *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"cp{page}" for page in (*range(1250, 1259), 437, 850, 852, 866, 874)),
    }
)
"""Other encodings that are read, as Python calls them. Python knows further codecs, which are no
encodings of XML, such as unicode_escape, and expat would ask it for them."""

_NAMED_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)")


class XmlError(Exception):
    """The file is not XML that may be read; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def root_of(data: bytes) -> Element:
    """Return the root element of a document; a DOCTYPE that only names a DTD is passed over.

    Raises:
        XmlError: it is not well-formed, declares something itself, or is nested or sized beyond
            reason.
    """
    source = _decode(data)
    try:
        return _parse(source)
    except DefusedXmlException as error:
        raise _declaration_error() from error
    except (ParseError, ValueError, LookupError, UnicodeError) as error:
        raise XmlError(problem_with_xml(data, source, error)) from error


def _parse(source: bytes | str) -> Element:
    depth = count = 0
    root: Element | None = None
    stream = io.StringIO(source) if isinstance(source, str) else io.BytesIO(source)
    for event, element in iterparse(stream, ("start", "end"), parser=_parser(source)):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if root is None:
            root = element
        if depth > _DEPTH or count > _ELEMENTS:
            raise XmlError(
                Text(
                    f"Its XML is nested deeper than {_DEPTH} levels or has too many elements.",
                    f"XML 嵌套超过 {_DEPTH} 层（too deep）或元素过多。",
                )
            )
    if root is None:
        message = "no element"
        raise ValueError(message)
    return root


def _parser(source: bytes | str) -> DefusedXMLParser:
    """Return a parser that fetches nothing and refuses a DOCTYPE that declares anything."""

    def check_doctype(
        name: str,
        system: str | None,
        public: str | None,
        has_declarations: bool,  # noqa: FBT001 (expat calls it)
    ) -> None:
        del name, system, public
        # Of an entity that only the DTD declares, readers without the DTD would see nothing.
        if has_declarations or _NAMED_ENTITY.search(_text(source)):
            raise _declaration_error()

    def check_encoding(version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        if not encoding or not isinstance(source, bytes):
            return
        if source.startswith(codecs.BOM_UTF8) and _codec(encoding) != "utf-8":
            raise XmlError(two_encodings(encoding))
        if _codec(encoding) not in _READ:
            raise XmlError(unread_encoding(encoding))

    parser = DefusedXMLParser(forbid_dtd=False)
    parser.parser.XmlDeclHandler = check_encoding
    parser.parser.StartDoctypeDeclHandler = check_doctype
    return parser


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError, UnicodeError):
        return ""


def _text(source: bytes | str) -> str:
    if isinstance(source, str):
        return source
    return source.decode("utf-16" if source[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1")


def _decode(data: bytes) -> bytes | str:
    """Return the text of a file in Chinese encoding that says so; others as bytes, for expat."""
    declared = _DECLARED.match(data)
    codec = _DECODED.get(declared[1].decode().lower()) if declared else None
    if declared is None or codec is None:
        return data
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise XmlError(decoding_problem(data, declared[1].decode(), error)) from error


def local_name(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _declaration_error() -> XmlError:
    return XmlError(
        Text(
            "Its XML has a DTD or entities, which are never read; write it without a DOCTYPE.",
            "XML 含有 DTD 或实体，不予读取；请去掉 DOCTYPE。",
        )
    )
