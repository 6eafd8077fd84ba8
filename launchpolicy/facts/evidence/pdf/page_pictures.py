"""Pictures on pages of PDF: whether one shows anything."""

from __future__ import annotations

from typing import Final

from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.filters import FilterError, decode
from launchpolicy.facts.evidence.pdf.syntax import Stream
from launchpolicy.facts.evidence.picture_size import is_large
from launchpolicy.facts.evidence.pictures import problem_with
from launchpolicy.facts.evidence.pixels import Row, is_repetitive, show_marks

_TOKEN: Final = 1000
"""A packed picture of a page is larger than this."""

_BYTE: Final = 8
_JPEG: Final = b"\xff\xd8\xff"


def shows_something(stream: Stream, file: PdfFile, most: int) -> bool:
    """Return whether a picture is large enough to be read and not of one colour.

    Args:
        stream: the picture.
        file: the file in which it stands.
        most: how many bytes it may unpack to, to be looked at pixel by pixel.
    """
    names = ("Width", "Height", "BitsPerComponent", "BPC")
    width, height, depth, short = (file.resolve(stream.entries.get(name)) for name in names)
    if not isinstance(width, int) or not isinstance(height, int) or not is_large(width, height):
        return False
    try:
        data = decode(stream, file.resolve, most)
    except FilterError:  # JPEG and fax, which are not unpacked here, or very large
        if stream.data.startswith(_JPEG):
            return problem_with(stream.data, "image/jpeg") is None
        return len(stream.data) > _TOKEN and not is_repetitive(stream.data)
    bits = depth if isinstance(depth, int) else short if isinstance(short, int) else 1
    row = len(data) // height
    if row < width * bits // _BYTE or not row:
        return False
    step = max(1, row * _BYTE // (width * max(bits, 1)))
    rows = [Row(data[at : at + row]) for at in range(0, row * height, row)]
    has_few_colours = bits < _BYTE or "Indexed" in str(stream.entries.get("ColorSpace"))
    return show_marks(rows, step, 1) if has_few_colours else show_marks(rows, step)
