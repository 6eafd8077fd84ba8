"""Why a bundle cannot be copied, in words."""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text

_REGULAR = Text(
    "A bundle holds regular files only; have its owner correct that.",
    "外部策略集只能包含普通文件；请其负责人更正。",
)


def no_packs(source: str) -> UsageError:
    """Return the error for a source without any pack."""
    return UsageError(
        Text(f"There is no pack in {source}.", f"{source} 中没有策略包。"),
        Text("A pack is a folder with a pack.yaml.", "策略包目录应包含 pack.yaml。"),
    )


def unknown_pack(name: str, known: Sequence[str]) -> UsageError:
    """Return the error for a pack that the source does not have."""
    remedy = Text(f"It has: {', '.join(known)}.", f"其中有：{'、'.join(known)}。")
    return UsageError(
        Text(f"The source has no pack `{name}`.", f"来源中没有策略包 `{name}`。"),
        with_meant(remedy, name, known),
    )


def twice(name: str, one: str, other: str) -> UsageError:
    """Return the error for two packs of one name in a source."""
    return UsageError(
        Text(
            f"Two packs of the source are called {name}: {one} and {other}.",
            f"来源中有两个名为 {name} 的策略包：{one} 和 {other}。",
        ),
        Text(
            "Give the folder that holds only the one that you want.",
            "请给出只包含所需策略包的目录。",
        ),
    )


def not_a_file(path: str) -> UsageError:
    """Return the error for a link or a submodule in a bundle."""
    return UsageError(Text(f"{path} is not a regular file.", f"{path} 不是普通文件。"), _REGULAR)


def too_large(path: str, most: int) -> UsageError:
    """Return the error for a file that is larger than `most` bytes."""
    return UsageError(
        Text(f"{path} has more than {most >> 20} MiB.", f"{path} 超过 {most >> 20} MiB。"),
        _REGULAR,
    )


def too_many(most: int) -> UsageError:
    """Return the error for a bundle of more than `most` files."""
    return UsageError(
        Text(
            f"A bundle has at most {most} files, and this one more.",
            f"外部策略集最多 {most} 个文件，此来源超过。",
        ),
        Text("Name the packs that you want with --pack.", "请用 --pack 指定所需的策略包。"),
    )


def name_twins(one: str, other: str) -> UsageError:
    """Return the error for two paths that differ in case alone."""
    return UsageError(
        Text(
            f"{one} and {other} are one file on some systems.",
            f"{one} 与 {other} 在部分系统上是同一文件。",
        ),
        _REGULAR,
    )


def unknown_bundle(name: str, known: Sequence[str]) -> UsageError:
    """Return the error for the name of a bundle that the configuration does not declare."""
    listed = ", ".join(known)
    remedy = Text(f"There is: {listed}.", f"已有：{listed}。")
    if not known:
        remedy = Text(
            "Add one: launchpolicy bundle add SOURCE", "请先添加：launchpolicy bundle add 来源"
        )
    return UsageError(
        Text(f"There is no bundle `{name}`.", f"没有名为 `{name}` 的外部策略集。"),
        with_meant(remedy, name, known),
    )


def name_used(name: str) -> UsageError:
    """Return the error for a new bundle whose name another one has."""
    return UsageError(
        Text(f"There is a bundle `{name}` already.", f"已有名为 `{name}` 的外部策略集。"),
        Text(
            f"Run: launchpolicy bundle update {name}; or give another --name.",
            f"请运行：launchpolicy bundle update {name}；或用 --name 换一个名称。",
        ),
    )


def bad_name(name: str) -> UsageError:
    """Return the error for a name that no bundle can have."""
    return UsageError(
        Text(f"{name!r} is no name of a bundle.", f"{name!r} 不能作为外部策略集的名称。"),
        Text(
            "Give one with --name: lower-case letters, digits and hyphens.",
            "请用 --name 指定：小写字母、数字和连字符。",
        ),
    )
