"""A notice that has no recipients is not made."""

from __future__ import annotations


class RecipientsError(Exception):
    """A notice without recipients: `field` is what the request must fill in."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
