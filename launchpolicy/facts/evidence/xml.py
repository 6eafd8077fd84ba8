"""XML from strangers: no DTD, no entity, no depth that could exhaust anything (threat E6)."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from launchpolicy.vocabulary.text import Text

_DEPTH = 64
_ELEMENTS = 1_000_000


class XmlError(Exception):
    """The file is not XML that may be read; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def root_of(data: bytes) -> Element:
    """Return the root element of a document.

    Raises:
        XmlError: it is not well-formed, has a DTD, or is nested or sized beyond reason.
    """
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), ("start", "end"), forbid_dtd=True):
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
    except DefusedXmlException as error:
        raise XmlError(
            Text(
                "Its XML has a DTD or entities, which are never read; write it without a DOCTYPE.",
                "XML 含有 DTD 或实体，不予读取；请去掉 DOCTYPE。",
            )
        ) from error
    except (ParseError, ValueError, LookupError, UnicodeError) as error:
        raise _not_xml() from error
    if root is None:
        raise _not_xml()
    return root


def local_name(element: Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _not_xml() -> XmlError:
    return XmlError(Text("It is not well-formed XML.", "不是格式正确的 XML。"))
