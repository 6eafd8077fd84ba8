"""The files that hold the drawings of a Markdown paper, beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.paper_blocks import PictureBlock

_NOT_IN_FILE = re.compile(r"[^A-Za-z0-9._-]+")


def picture_files(pictures: Mapping[str, PictureBlock], stem: str) -> dict[str, str]:
    """Return the name of the file of each picture: `racks-A-07.svg` beside `racks.md`.

    Titles come from requests: what is no letter, digit, dot or hyphen becomes a hyphen, and two
    pictures never have one file.
    """
    files: dict[str, str] = {}
    taken: set[str] = set()
    for name, picture in pictures.items():
        title = _NOT_IN_FILE.sub("-", picture.title).strip("-.") or name
        if title.casefold() in taken:
            title = f"{title}-{name}"
        taken.add(title.casefold())
        files[name] = f"{stem}-{title}.svg"
    return files


def picture_link(picture: PictureBlock, file: str) -> str:
    """Return the Markdown that shows the picture from its file."""
    return f"![{escape(picture.title)}]({_address(file)})\n\n"


def _address(file: str) -> str:
    """Return a file name as a relative address (RFC 3986, section 2.1)."""
    return _NOT_IN_FILE.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), file
    )
