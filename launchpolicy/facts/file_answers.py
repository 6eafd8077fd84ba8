"""Answers to questions about files, from what stands at a path: pure, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from launchpolicy.documents.decoding import LINE_BREAK, decode, is_lfs_pointer
from launchpolicy.documents.refusals import CATALOGUE, RefusalError
from launchpolicy.facts.other_files import FileProblem
from launchpolicy.vocabulary.snapshot import REGULAR_MODES
from launchpolicy.vocabulary.text import Text

LARGEST: Final = 1 << 20
"""Bytes of the largest file that `files.matches` looks into."""

MOST_BYTES: Final = 16 << 20
"""Bytes of all files that are looked into for one request."""

MOST_NAMES: Final = 10_000
"""Files below a folder that `files.list` goes through."""

MOST_NAMES_OF_ALL: Final = 100_000
"""Files below all folders that are listed for one request."""

_LONGEST: Final = 1024
_DEEPEST: Final = 64
_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NO_NAMES = frozenset({"", ".", "..", ".git"})


def path_problem(path: str) -> FileProblem | None:
    """Return why no file of a repository can have this path, or None if one can."""
    shown = ascii(path[:60])[1:-1] + "…" if len(path) > _LONGEST else path
    reason = _path_reason(path)
    if reason is None:
        return None
    return FileProblem(
        Text(
            f"{shown!r} is no path of a file in this repository: {reason.en}",
            f"{shown!r} 不是本仓库中的文件路径：{reason.zh}",
        ),
        Text(
            "Write it from the top of the launch repository, such as reviews/42.yaml.",
            "请从上线仓库根目录写起，例如 reviews/42.yaml。",
        ),
    )


def _path_reason(path: str) -> Text | None:
    reasons = (
        (len(path) > _LONGEST, f"longer than {_LONGEST} characters", f"超过 {_LONGEST} 个字符"),
        (_NO_CHARACTER.search(path), "it holds control characters", "含有控制字符"),
        (not path, "it is empty", "为空"),
        (path.startswith("/"), "it is absolute", "是绝对路径"),
        (path.count("/") > _DEEPEST, f"deeper than {_DEEPEST} folders", f"超过 {_DEEPEST} 层目录"),
        (
            not _NO_NAMES.isdisjoint(path.split("/")),
            "a part of it is empty, `.`, `..` or `.git`",
            "其中一段为空、`.`、`..` 或 `.git`",
        ),
    )
    return next((Text(english, chinese) for applies, english, chinese in reasons if applies), None)


def exists_answer(path: str, mode: str | None) -> bool | FileProblem:
    """Return whether a regular file is at a path, whose entry has `mode` (None: no entry)."""
    if mode is None:
        return False
    return True if mode in REGULAR_MODES else not_a_file(path)


def names_below(folder: str, entries: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the names directly below a folder, sorted by code point.

    `entries` are paths and modes of all files below it, however deep. A folder's name ends with
    `/`, that of a link, a submodule or a device with `@`: neither is taken for a file.
    """
    prefix = f"{folder}/" if folder else ""
    names: set[str] = set()
    for path, mode in entries:
        name, slash, _ = path.removeprefix(prefix).partition("/")
        names.add(name + slash if slash or mode in REGULAR_MODES else f"{name}@")
    return tuple(sorted(names))


def matches_answer(path: str, pattern: str, content: bytes) -> bool | FileProblem:
    r"""Return whether the text of a file contains a match of `pattern` (RE2).

    Line breaks of every kind are `\n`, and a leading byte order mark is no part of the text.
    """
    # Loaded here on purpose: few policies look into files.
    from launchpolicy.documents.schema.patterns import (  # noqa: PLC0415
        PatternError,
        contains_match,
    )

    if is_lfs_pointer(content):
        return _pointer_of_lfs(path)
    try:
        text = LINE_BREAK.sub("\n", decode(content))
    except RefusalError as error:
        return _unreadable(path, error)
    try:
        return contains_match(pattern, text)
    except PatternError as error:
        return FileProblem(
            Text(
                f"the pattern {pattern!r} is no regular expression of RE2: {error}",
                f"模式 {pattern!r} 不是 RE2 正则表达式：{error}",
            ),
            Text("The owner of the policy must fix the pattern.", "请策略负责人修正该模式。"),
        )


def _unreadable(path: str, error: RefusalError) -> FileProblem:
    """Return why a file is not looked into: its bytes are no text, or a part does not show."""
    if error.name == "hidden-character" and error.details != (0,):
        at, character = f"{path}:{error.line + 1}:{error.column + 1}", f"U+{error.details[0]:04X}"
        return FileProblem(
            Text(
                f"{at} has the character {character}, which is invisible or changes how text is "
                "shown",
                f"{at} 含有字符 {character}，它不可见，或会改变文字的显示方式",
            ),
            CATALOGUE[error.name].fix,
        )
    return FileProblem(
        Text(f"{path} is no text in UTF-8", f"{path} 不是 UTF-8 文本"),
        Text(
            "Save the file as UTF-8, or let the policy ask only whether it exists.",
            "请将文件存为 UTF-8，或让策略只判断其是否存在。",
        ),
    )


def _pointer_of_lfs(path: str) -> FileProblem:
    return FileProblem(
        Text(
            f"{path} is only a pointer of Git LFS, and its content is not in git",
            f"{path} 只是 Git LFS 指针，内容不在 git 中",
        ),
        Text("Store the file in git itself.", "请将文件本身存入 git。"),
    )


def absent(path: str) -> FileProblem:
    """Return why nothing matches in a file that is not there: neither yes nor no."""
    return FileProblem(
        Text(f"there is no file {path} to look into", f"没有可查看内容的文件 {path}"),
        Text(
            "Add the file. The owner of the policy may ask files.exists(…) first.",
            "请添加该文件；策略负责人也可先用 files.exists(…) 判断。",
        ),
    )


def not_a_file(path: str) -> FileProblem:
    """Return why a link, a submodule or a device gives no answer."""
    return FileProblem(
        Text(
            f"{path} is not a regular file but a link, a submodule or a device",
            f"{path} 不是普通文件，而是链接、子模块或设备",
        ),
        Text("Replace it by the file itself.", "请替换为文件本身。"),
    )


def not_a_folder(path: str) -> FileProblem:
    """Return why a file has no list of names."""
    return FileProblem(
        Text(f"{path} is not a folder", f"{path} 不是目录"),
        Text("Name a folder, or ask files.exists(…).", "请填写目录，或使用 files.exists(…)。"),
    )


def too_large(path: str) -> FileProblem:
    """Return why a large file is not looked into, or no more files."""
    largest, most = LARGEST >> 20, MOST_BYTES >> 20
    return FileProblem(
        Text(
            f"{path} is too large to look into: files.matches reads up to {largest} MiB of a file, "
            f"{most} MiB for one request",
            f"{path} 过大，无法查看内容：files.matches 每个文件最多读取 {largest} MiB，"
            f"每份申请共 {most} MiB",
        ),
        Text("Make the file smaller, or split it.", "请缩小或拆分该文件。"),
    )


def too_many_names(folder: str) -> FileProblem:
    """Return why a folder with very many files is not listed."""
    return FileProblem(
        Text(
            f"more than {MOST_NAMES:,} files are below {folder or 'the top level'}, or "
            f"{MOST_NAMES_OF_ALL:,} below all folders that are listed",
            f"{folder or '根目录'} 下的文件超过 {MOST_NAMES:,} 个，"
            f"或所列目录下的文件共超过 {MOST_NAMES_OF_ALL:,} 个",
        ),
        Text("Let the policy list a smaller folder.", "请让策略列出较小的目录。"),
    )


def changed_at_base(paths: Sequence[str]) -> FileProblem:
    """Return why a file that both sides changed gives no answer: the result is of neither."""
    return FileProblem(
        Text(
            f"the base has changed {', '.join(paths[:3])} too since this branch left it",
            f"本分支分出之后，基准也修改了 {'、'.join(paths[:3])}",
        ),
        Text(
            "Bring the branch up to date: merge the base into it, or rebase it.",
            "请更新分支：把基准分支合并进来，或变基。",
        ),
    )
