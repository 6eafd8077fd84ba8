"""Which paths a reference to evidence may have (threats E1, G6)."""

from __future__ import annotations

import re
import unicodedata

from launchpolicy.vocabulary.text import Text

# Letters and digits of any script but nothing that a file system, a shell or a reader could take
# for something else: no drive, stream, separator, space, or character that does not show. The
# brackets are those of Chinese titles, as the schema of a request allows them.
_SEGMENT = re.compile(r"[\w（）《》【】][\w（）《》【】.+-]*\Z")
_LONGEST = 240


def problem_with(path: str) -> Text | None:
    """Return why `path` is not relative, downwards and the same everywhere, or None if it is."""
    if not path or len(path) > _LONGEST:
        return Text("Its path is empty or too long.", "路径为空或过长。")
    if path.startswith("/") or "\\" in path or ":" in path:
        return Text(
            "Its path must be relative to the request's folder, with `/` between names.",
            "路径必须相对于申请目录，并用 `/` 分隔。",
        )
    if unicodedata.normalize("NFC", path) != path:
        return Text(
            "Its path is not in Unicode's composed form (NFC); rename the file.",
            "路径不是 Unicode 组合形式（NFC）；请重命名文件。",
        )
    for segment in path.split("/"):
        if segment in {"", ".", ".."}:
            return Text(
                "Its path must lead downwards from the request's folder, without `.` and `..`.",
                "路径只能从申请目录向下，不能包含 `.` 或 `..`。",
            )
        if segment.startswith(".") or not _SEGMENT.match(segment) or segment.endswith("."):
            return Text(
                "Its path may hold letters, digits, `.`, `_`, `+`, `-` and （）《》【】; "
                "no name begins with a dot.",
                "路径只能包含字母、数字、`.`、`_`、`+`、`-` 以及（）《》【】，且名称不能以点开头。",
            )
    return None
