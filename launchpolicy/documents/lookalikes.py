"""Characters that look like those of YAML's syntax: pasted from a chat or a word processor.

A no-break space behind a colon, a full-width colon or a dash in place of a hyphen are text to YAML,
and its error is at another place. None is replaced silently: each is replaced in a trial, and the
text read again, to see whether that character is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from launchpolicy.vocabulary.text import Text

_SPACE, _COLON, _COMMA = Text("a space", "空格"), Text("`:`", "`:`"), Text("`,`", "`,`")
_HYPHEN, _HASH = Text("`-`", "`-`"), Text("`#`", "`#`")
_DOUBLE, _SINGLE = Text('`"`', '`"`'), Text("`'`", "`'`")

_CHARACTERS: dict[str, tuple[str, Text, Text]] = {
    "\t": (" ", _SPACE, Text("tab", "制表符")),
    "\u00a0": (" ", _SPACE, Text("no-break space", "不间断空格")),
    "\u1680": (" ", _SPACE, Text("Ogham space mark", "欧甘空格")),
    "\u202f": (" ", _SPACE, Text("narrow no-break space", "窄不间断空格")),
    "\u205f": (" ", _SPACE, Text("medium mathematical space", "中等数学空格")),
    "\u3000": (" ", _SPACE, Text("ideographic space", "全角空格")),
    **{
        chr(code): (" ", _SPACE, Text("typographic space", "排版空格"))
        for code in range(8192, 8203)
    },
    "\uff1a": (":", _COLON, Text("full-width colon", "全角冒号")),
    "\ufe55": (":", _COLON, Text("small colon", "小写冒号")),
    "\u2236": (":", _COLON, Text("ratio sign", "比号")),
    "\ua789": (":", _COLON, Text("modifier letter colon", "修饰冒号")),
    "\uff0c": (",", _COMMA, Text("full-width comma", "全角逗号")),
    "\u3001": (",", _COMMA, Text("ideographic comma", "顿号")),
    "\u2013": ("-", _HYPHEN, Text("en dash", "短破折号")),
    "\u2014": ("-", _HYPHEN, Text("em dash", "破折号")),
    "\u2010": ("-", _HYPHEN, Text("typographic hyphen", "排版连字符")),
    "\u2011": ("-", _HYPHEN, Text("no-break hyphen", "不间断连字符")),
    "\u2212": ("-", _HYPHEN, Text("minus sign", "减号")),
    "\uff0d": ("-", _HYPHEN, Text("full-width hyphen", "全角连字符")),
    "\u2022": ("-", _HYPHEN, Text("bullet", "项目符号")),
    "\uff03": ("#", _HASH, Text("full-width number sign", "全角井号")),
    "\u201c": ('"', _DOUBLE, Text("left double quotation mark", "左双引号")),
    "\u201d": ('"', _DOUBLE, Text("right double quotation mark", "右双引号")),
    "\u201e": ('"', _DOUBLE, Text("low double quotation mark", "下双引号")),
    "\uff02": ('"', _DOUBLE, Text("full-width quotation mark", "全角双引号")),
    "\u2018": ("'", _SINGLE, Text("left single quotation mark", "左单引号")),
    "\u2019": ("'", _SINGLE, Text("right single quotation mark", "右单引号")),
    "\uff07": ("'", _SINGLE, Text("full-width apostrophe", "全角单引号")),
    "\uff3b": ("[", Text("`[`", "`[`"), Text("full-width bracket", "全角方括号")),
    "\uff3d": ("]", Text("`]`", "`]`"), Text("full-width bracket", "全角方括号")),
    "\uff5b": ("{", Text("`{`", "`{`"), Text("full-width brace", "全角花括号")),
    "\uff5d": ("}", Text("`}`", "`}`"), Text("full-width brace", "全角花括号")),
}
_SPACES = {character for character, (ascii_, _, _) in _CHARACTERS.items() if ascii_ == " "} | {" "}
_ANY = re.compile(f"[{re.escape(''.join(_CHARACTERS))}]")
_OF = {
    syntax: "".join(
        character for character, (ascii_, _, _) in _CHARACTERS.items() if ascii_ == syntax
    )
    for syntax in " :-,"
}
_MARK = rf"[ {_OF[' ']}]*(?:[-{_OF['-']}](?=[ {_OF[' ']}]|$)[ {_OF[' ']}]*)*"
_KEY = rf"[\w.“”„\"'‘’-]+[ {_OF[' ']}]*(?:[{_OF[':']}]|:(?=[ {_OF[' ']}]|$))[ {_OF[' ']}]*"
_STRUCTURE = re.compile(rf"({_MARK})((?:{_KEY})?)([\[\{{［｛].*)?")
"""The beginning of a line: indentation and list marks, a key with its colon, brackets."""

_MOST = 12
_BEFORE = 3
_LARGEST = 64 * 1024


class Lookalike(NamedTuple):
    """One such character at 0-based `line` and `column`."""

    line: int
    column: int
    character: str

    @property
    def name(self) -> Text:
        """Return code and name, as in `U+00A0 no-break space`."""
        name = _CHARACTERS[self.character][2]
        code = f"U+{ord(self.character):04X}"
        return Text(f"{code} {name.en}", f"{code}（{name.zh}）")

    @property
    def words(self) -> Text:
        """Return a clause that says which character takes the place of which."""
        syntax, name = _CHARACTERS[self.character][1], self.name
        return Text(
            f"{name.en} stands here in place of {syntax.en}", f"此处应为{syntax.zh}，实为 {name.zh}"
        )

    @property
    def remedy(self) -> Text:
        """Return what to do about it, in a sentence."""
        if self.character == "\t":
            return Text("Indent with spaces, not tabs.", "请用空格而不是制表符缩进。")
        syntax = _CHARACTERS[self.character][1]
        return Text(
            f"Type {syntax.en} here, and on other lines like this one; such characters come with "
            "text that was pasted from a chat, a page or a word processor.",
            f"请在此处及类似的行重新输入{syntax.zh}；"
            "从聊天、网页或文字处理软件粘贴的内容会带入这类字符。",
        )


def find_syntax_lookalike(
    lines: list[str], line: int, error_of: Callable[[str], tuple[int, int] | None]
) -> Lookalike | None:
    """Return the look-alike because of which the text is not YAML; None if there is none.

    Args:
        lines: the text, without line breaks.
        line: where the parser gave up, from 0; the cause stands there or somewhat before.
        error_of: where the parser gives up in a text; None where it does not.
    """
    if _is_large(lines):
        return None
    before = error_of("\n".join(lines))
    for number in range(min(line, len(lines) - 1), max(line - _BEFORE, 0) - 1, -1):
        trials = (*_character_trials(lines[number], number), *_indentation_trials(lines, number))
        for lookalike, fixed in trials:
            now = error_of("\n".join([*lines[:number], fixed, *lines[number + 1 :]]))
            if before is not None and (now is None or (now > before and now[0] > number)):
                return lookalike
    return None


def find_shape_lookalike(lines: list[str], better: Callable[[str], bool]) -> Lookalike | None:
    """Return the look-alike because of which the text has the wrong shape; None if there is none.

    Args:
        lines: the text, without line breaks.
        better: whether another text has fewer faults.
    """
    if _is_large(lines):
        return None
    suspects = {
        number: places for number, line in enumerate(lines) if (places := _structural_places(line))
    }
    for number in list(suspects)[:_MOST]:
        alone, run = [number], [number]
        while run[-1] + 1 in suspects:
            run.append(run[-1] + 1)
        for group in (alone, run) if len(run) > 1 else (alone,):
            fixed = {suspect: _replace(lines[suspect], suspects[suspect]) for suspect in group}
            if better("\n".join(fixed.get(at, line) for at, line in enumerate(lines))):
                place = suspects[number][0]
                return Lookalike(number, place, lines[number][place])
    return None


def _is_large(lines: list[str]) -> bool:
    """Return whether reading the text again and again would take too long."""
    return sum(map(len, lines)) > _LARGEST


def _character_trials(line: str, number: int) -> Iterator[tuple[Lookalike, str]]:
    """Yield a line with one look-alike replaced, then with all quotes, then with all syntax."""
    places = [match.start() for match in _ANY.finditer(line)]
    quotes = [at for at in places if _CHARACTERS[line[at]][0] in "\"'"]
    for at in [at for at in places if at not in quotes][:_MOST]:
        yield Lookalike(number, at, line[at]), _replace(line, [at])
    for group in (quotes, _structural_places(line)):
        if group:
            yield Lookalike(number, group[0], line[group[0]]), _replace(line, group)


def _indentation_trials(lines: list[str], number: int) -> Iterator[tuple[Lookalike, str]]:
    """Yield a line with other indentations: a tab may stand for any number of spaces."""
    line = lines[number]
    rest = line.lstrip("".join(_SPACES))
    indentation = line[: len(line) - len(rest)]
    first = _ANY.search(indentation)
    if first is None:
        return
    above = next((before for before in reversed(lines[:number]) if before.strip()), "")
    width = len(above) - len(above.lstrip(" "))
    for spaces in {width, width + 2, max(width - 2, 0)}:
        yield Lookalike(number, first.start(), first.group()), " " * spaces + rest


def _structural_places(line: str) -> list[int]:
    """Return the columns (from 0) of look-alikes in the part of a line that is syntax."""
    syntax = _STRUCTURE.match(line)
    return [] if syntax is None else [at.start() for at in _ANY.finditer(line, 0, syntax.end())]


def _replace(line: str, places: list[int]) -> str:
    letters = list(line)
    for at in places:
        syntax = _CHARACTERS[line[at]][0]
        needs_space = syntax in ":,-" and line[at + 1 : at + 2].strip()
        letters[at] = f"{syntax} " if needs_space else syntax
    return "".join(letters)
