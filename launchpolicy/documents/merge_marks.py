"""Find the marks that git leaves in a file whose merge was not finished."""

from __future__ import annotations

import re

from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.vocabulary.text import Text

_MARK = re.compile(r"(<{7,}|>{7,}|\|{7,})( .*)?|={7,}")
"""A line of marks: seven of them, or more where git is asked for it (`conflict-marker-size`)."""

_OTHER_MARKS = ("<", ">", "|")

WORDS = Text(
    "a merge was not finished, and this line is a mark of git",
    "合并尚未完成，本行是 git 留下的冲突标记",
)
REMEDY = Text(
    "Keep what counts of the parts between `<<<<<<<`, `=======` and `>>>>>>>`, remove these lines, "
    "then run `git add` on the file.",
    "请在 `<<<<<<<`、`=======`、`>>>>>>>` 之间保留应有的内容，删除这些标记行，"
    "再对该文件执行 `git add`。",
)


def first_merge_mark(text: str) -> int | None:
    """Return the 0-based line of the first mark of a merge; None where there is none.

    A line of equals signs alone is one only beside another mark: texts are underlined with it.
    """
    lines = LINE_BREAK.split(text)
    marks = [number for number, line in enumerate(lines) if _MARK.fullmatch(line)]
    is_merge = any(lines[number].startswith(_OTHER_MARKS) for number in marks)
    return marks[0] if is_merge else None
