"""How the demo speaks: scenes, commands, what they answer (cut where marked …), and what it shows.

Nothing here knows what a scene is about. Colour is for a terminal, and for marks only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from launchpolicy.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from examples.demo.stage import WrongTurnError

WIDTH = 100
INDENT = "    "

Cut = Callable[[Sequence[str]], list[bool]]
"""Which lines of an output to show: one answer a line."""

_LONGEST_HEAD = 6

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_DIFF = {"- ": "red", "+ ": "green"}
_MARKS = {"✗": "red", "✓": "green", "…": "yellow", "→": "cyan"}


class Teller:
    """Prints in one language."""

    def __init__(self, language: Language, *, colourful: bool) -> None:
        self.language = language
        self.colourful = colourful
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal that cannot show ✓ shows ?

    def title(self, text: Text) -> None:
        self._print(self._styled(self._in(text), "bold"))

    def scene(self, number: int, title: Text, lead: Text) -> None:
        """Opens a scene: a rule with its title, and one sentence."""
        head = f"━━ {number}  {self._in(title)} "
        rule = "━" * (WIDTH - 2 - width_of(head))
        self._print()
        self._print(self._styled(head, "bold") + self._styled(rule, "dim"))
        self.say(lead)

    def say(self, text: Text) -> None:
        self._print(self._in(text))

    def shown(self, text: Text) -> None:
        """Closes a scene with what it has shown."""
        self._print(f"{self._styled('▶', 'cyan')} {self._styled(self._in(text), 'bold')}")

    def command(self, words: str) -> None:
        self._print(f"  {self._styled('$', 'dim')} {words}")

    def output(self, text: str, cut: Cut | None = None) -> None:
        """What a command wrote; … stands where `cut` leaves lines out."""
        for line in excerpt(text.splitlines(), cut):
            self._print(f"{INDENT}{self._marked(line)}".rstrip())

    def exit_code(self, code: int, meaning: Text) -> None:
        said = Text(f"(exit code {code}: {meaning.en})", f"（退出码 {code}：{meaning.zh}）")
        self._print(self._styled(f"{INDENT}{self._in(said)}", "dim"))

    def wrong_turn(self, error: WrongTurnError) -> None:
        """Why the story ends here: what was run, what was expected, what came."""
        self._print()
        self._print(self._styled(f"✗ {self._in(WRONG)}", "red"))
        rows = (
            (Text("command", "命令"), error.command),
            (Text("expected", "预期"), self._in(error.expected)),
            (Text("got", "实际"), self._in(error.got)),
        )
        for label, value in rows:
            name = self._in(label)
            self._print(f"  {name}{' ' * (10 - width_of(name))}{value}")
        for line in error.output.splitlines():
            self._print(f"{INDENT}{line}".rstrip())

    def _in(self, text: Text) -> str:
        return text.in_language(self.language)

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colourful and text else text

    def _marked(self, line: str) -> str:
        """The line with its first mark in colour, and code excerpts dimmed."""
        bare = line.lstrip()
        if re.match(r"(\d+ )?│", bare):
            return self._styled(line, "dim")
        if line[:2] in _DIFF:
            return self._styled(line, _DIFF[line[:2]])
        style = _MARKS.get(bare[:1])
        if style is None or not self.colourful:
            return line
        start = len(line) - len(bare)
        return line[:start] + self._styled(bare[0], style) + line[start + 1 :]

    def _print(self, line: str = "") -> None:
        print(line, flush=True)


WRONG = Text(
    "This scene went wrong, so the demo stops here.",
    "这一幕与预期不符，演示到此为止。",
)


def excerpt(lines: Sequence[str], cut: Cut | None) -> list[str]:
    """The lines that `cut` keeps; … ends the one before a gap, and begins the first after one."""
    if cut is None:
        return list(lines)
    kept: list[str] = []
    gap = False
    for line, is_kept in zip(lines, cut(lines), strict=True):
        if not is_kept:
            gap = True
            continue
        if not line.strip() and gap and not kept[-1].strip():
            continue  # of a paragraph that is left out whole
        if gap and kept:
            _mark(kept)
        kept.append(_after_gap(line) if gap and not kept else line)
        gap = False
    if gap:
        _mark(kept)
    return kept


def _after_gap(line: str) -> str:
    """The line with … before it, in its indentation where there is room."""
    bare = line.lstrip()
    return f"{' ' * max(0, len(line) - len(bare) - 2)}… {bare}"


def _mark(kept: list[str]) -> None:
    """Says behind the last line with text, or below it, that something is left out."""
    for number in range(len(kept) - 1, -1, -1):
        line = kept[number]
        if line.endswith(" …"):
            return
        if line.strip():
            if width_of(f"{INDENT}{line} …") <= WIDTH:
                kept[number] = f"{line} …"
            elif not line.endswith("…"):
                kept.insert(number + 1, f"{' ' * (len(line) - len(line.lstrip()))}…")
            return
    kept.append("…")


def first(count: int) -> Cut:
    """The first lines only."""
    return lambda lines: [number < count for number in range(len(lines))]


def last(count: int) -> Cut:
    """The last lines only."""
    return lambda lines: [number >= len(lines) - count for number in range(len(lines))]


def at_most(count: int, cut: Cut) -> Cut:
    """The first lines of those that `cut` keeps."""

    def fewer(lines: Sequence[str]) -> list[bool]:
        kept = cut(lines)
        return [is_kept and sum(kept[:number]) < count for number, is_kept in enumerate(kept)]

    return fewer


def holding(*pieces: str) -> Cut:
    """The lines that hold one of the pieces."""
    return lambda lines: [any(piece in line for piece in pieces) for line in lines]


def findings(lines: Sequence[str]) -> list[bool]:
    """Of a check: what is judged, the first finding whole, the head of the others, the verdict.

    Its paragraphs are just these, and numbers before the verdict.
    """
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        paragraphs[-1].append(line)
        if not line.strip():
            paragraphs.append([])
    kept: list[bool] = []
    for number, paragraph in enumerate(paragraphs):
        is_whole = number <= 1 or number == len(paragraphs) - 1
        head = 0 if number == len(paragraphs) - 2 else _head(paragraph)
        kept += [is_whole or at < head or not line.strip() for at, line in enumerate(paragraph)]
    return kept


def _head(paragraph: Sequence[str]) -> int:
    """How many lines lead up to the end of its piece of the file."""
    marked = [number for number, line in enumerate(paragraph, start=1) if "│" in line]
    return min(marked[-1], _LONGEST_HEAD) if marked else 2


def width_of(text: str) -> int:
    """The columns that a terminal needs for it."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
