"""A request as templates see it: a key that is not written is blank, an unknown one an error.

A misspelt key of a policy is an error too: a paper must not be silently blank where its author
mistyped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.requests.launch_request.fields import RequestSection, SectionField
from launchpolicy.requests.launch_request.shapes import ProseShape, SectionShape, ValueShape


class Blank:
    """A value that is not written: false, without items, and printed as nothing."""

    __slots__ = ("shape",)

    def __init__(self, shape: ValueShape) -> None:
        self.shape = shape

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __getitem__(self, part: slice) -> str:
        return ""

    def __str__(self) -> str:
        return ""


def value_of_key(owner: RequestSection | Blank, key: str) -> Any:  # noqa: ANN401 (what is written)
    """Return what is written under `key` of a section, and `Blank` where nothing is.

    Raises:
        LookupError: such a section has no such key.
    """
    field = _keys(owner)[key]
    value = getattr(owner, field.attribute) if isinstance(owner, RequestSection) else None
    return Blank(field.shape) if value is None else value


def _keys(owner: RequestSection | Blank) -> Mapping[str, SectionField]:
    if isinstance(owner, RequestSection):
        return owner.fields
    match owner.shape:
        case SectionShape(section) | ProseShape(localised=SectionShape(section)):
            keys: Mapping[str, SectionField] = section.fields
            return keys
    return {}
