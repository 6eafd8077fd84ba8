"""Format the help in Chinese: full-width punctuation, lines that break where Chinese breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wrapping import wrap

_VERBATIM = "\b"
_NARROWEST = 20
_USAGE = (("[OPTIONS]", "[选项]"), ("COMMAND [ARGS]...", "命令 [参数]…"))
# A space that joins two lines of Chinese text is not part of it.
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_JOINT = re.compile(f"(?<={_WIDE}) (?={_WIDE})|(?<=[，。；：]) ")


class ChineseHelpFormatter(click.HelpFormatter):
    """Formats the help of click; widths are in cells of a terminal, not in characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _USAGE:
            args = args.replace(english, chinese)
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        margin = " " * self.current_indent
        room = max(self.width - self.current_indent, _NARROWEST)
        paragraphs = re.split(r"\n\s*\n", text.strip("\n"))
        for at, paragraph in enumerate(paragraphs):
            if at > 0:
                self.write("\n")
            for line in _lines(paragraph, room):
                self.write(f"{margin}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        widest = max((cells(first) for first, _ in rows), default=0)
        column = min(widest, col_max) + col_spacing
        margin = " " * self.current_indent
        room = max(self.width - self.current_indent - column, _NARROWEST)
        for first, second in rows:
            lines = wrap(_join_lines(second), room) if second else []
            beside = lines.pop(0) if lines and cells(first) <= column - col_spacing else ""
            gap = " " * (column - cells(first)) if beside else ""
            self.write(f"{margin}{first}{gap}{beside}\n")
            for line in lines:
                self.write(f"{margin}{' ' * column}{line}\n")


def _lines(paragraph: str, room: int) -> Iterator[str]:
    first, *others = paragraph.split("\n")
    if first.strip(" ") == _VERBATIM:
        yield from others
        return
    yield from wrap(_join_lines(" ".join(line.strip() for line in (first, *others))), room)


def _join_lines(text: str) -> str:
    return _JOINT.sub("", " ".join(text.split()))
