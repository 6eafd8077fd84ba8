"""Find the folder of the launch repository: the nearest one upwards with a configuration."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.vocabulary.configuration_file import FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def launch_root(start: Path) -> Path | None:
    """Return the nearest folder from `start` upwards with a `.launchpolicy.yaml`, or None.

    The search ends at a repository's top level: a configuration outside of the repository must
    not judge it (in-toto CVE-2023-32076 read its settings from wherever it stood).
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
        if (folder / ".git").exists():
            return None
    return None


def require_launch_root(start: Path) -> Path:
    """Return the nearest folder from `start` upwards with a configuration.

    Raises:
        UsageError: there is no configuration to be found.
    """
    root = launch_root(start)
    if root is None:
        raise UsageError(
            Text(
                f"No {FILE} in {start} or above it, up to the top of the repository.",
                f"在 {start} 及其上级目录（直到仓库根目录）中没有找到 {FILE}。",
            ),
            Text(
                "Run this inside a launch repository (or name its folder with --directory), or make"
                " one: launchpolicy init. To judge other YAML than launches, see the guide "
                '"Any review in YAML" (reviews.md).',
                "请在上线仓库内运行（或用 --directory 指定其目录），或新建一个：launchpolicy init。"
                "如需判定上线以外的 YAML，请参阅指南“判定任意 YAML 评审”（reviews.zh-CN.md）。",
            ),
        )
    return root


def request_path(root: Path, request: Path) -> str:
    """Return the path from `root` of a request that was named by its file or by its folder.

    Raises:
        UsageError: it is outside of the root.
    """
    return relative_to_root(root, request / REQUEST_FILE if request.is_dir() else request)


def relative_to_root(root: Path, path: Path) -> str:
    """Return the path from `root`, with slashes; "" for the root. Links are not followed.

    Raises:
        UsageError: the path is outside of the root.
    """
    absolute = Path(path if path.is_absolute() else Path.cwd() / path)
    parts: list[str] = []
    for part in absolute.parts[1:]:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    above = root.parts[1:]
    if absolute.anchor == root.anchor and tuple(parts[: len(above)]) == above:
        return "/".join(parts[len(above) :])
    lexical = Path("/", *parts)
    for candidate in (lexical, lexical.parent.resolve() / lexical.name):
        if candidate.is_relative_to(root):
            relative = candidate.relative_to(root).as_posix()
            return "" if relative == "." else relative
    raise UsageError(
        Text(
            f"{path} is outside of the launch repository {root}.",
            f"{path} 不在上线仓库 {root} 内。",
        ),
        Text("Run the command inside that repository.", "请在该仓库内运行此命令。"),
    )
