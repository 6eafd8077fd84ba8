"""How large a picture must be to show a page, a form or a screen."""

from __future__ import annotations

from typing import Final

_SIDE: Final = 100
_AREA: Final = 200 * 200


def is_large(width: object, height: object) -> bool:
    """Return whether a picture of so many pixels can be read as a document."""
    if not isinstance(width, int) or not isinstance(height, int):
        return False
    return min(width, height) >= _SIDE and width * height >= _AREA
