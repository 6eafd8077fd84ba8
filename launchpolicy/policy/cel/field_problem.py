"""What the check of field names finds in an expression."""

from __future__ import annotations

from typing import NamedTuple


class FieldProblem(NamedTuple):
    """A field that no schema has, or a pattern that cannot be run (`reason`), at an offset.

    With a `literal_kind` it is a value, as written, that another is compared with and can never be.
    """

    offset: int
    key: str
    known: tuple[str, ...] = ()
    reason: str = ""
    literal_kind: str = ""
    is_other_kind: bool = False
    """Whether none of the values that the schema lists is of the kind of the literal."""
