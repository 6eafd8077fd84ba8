"""What the commands about bundles say, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.operations.bundles.changes import BundleResult
from launchpolicy.operations.bundles.comparison import PolicyChanges
from launchpolicy.policy.bundles import LockedBundle
from launchpolicy.vocabulary.text import Text, listing, quantity

_SHOWN = 12
"""Hex digits of a commit or digest that people compare."""


def lines_of_add(result: BundleResult) -> Iterator[Text]:
    """Yield what `add` has done, and what to do next."""
    now = result.now
    packs, count = listing(now.packs), len(now.files)
    yield Text(
        f"✓ {now.name}: {packs.en}, {quantity(count, 'file')} from {origin_of(now)}",
        f"✓ {now.name}：{packs.zh}，共 {count} 个文件，来自 {origin_of(now)}",
    )
    yield from changes_of(result.changes)
    if result.unnamed_packs:
        unnamed = listing(result.unnamed_packs)
        yield Text(
            f"Not used yet: {unnamed.en}. Name its packs under `processes`, `mandatory` or a kind, "
            "and propose all of it as a change of the rules.",
            f"尚未使用：{unnamed.zh}。请在 `processes`、`mandatory` 或文档类型中引用其策略包，"
            "并作为规则变更提交。",
        )
    else:
        yield Text("Propose all of it as a change of the rules.", "请作为规则变更提交。")


def changes_of(changes: PolicyChanges) -> Iterator[Text]:
    """Yield a line for each policy that a copy adds, removes or changes."""
    for name in changes.added:
        yield Text(f"  + {name}", f"  + {name}")
    for name in changes.removed:
        yield Text(f"  - {name}", f"  - {name}")
    for name in changes.changed:
        yield Text(f"  ~ {name}", f"  ~ {name}")
    for pack in changes.stuck:
        yield Text(
            f"  ! the version of {pack} does not rise, so a pull request with this is blocked; have"
            " its owner raise it",
            f"  ! 策略包 {pack} 的版本没有提高，含此变更的合并请求会被阻断；请其负责人提高版本",
        )


def origin_of(locked: LockedBundle) -> str:
    """Return where a copy is from, such as `../rules v1.4.0 (0123456789ab)`."""
    pin = locked.commit or locked.archive
    parts = (locked.source, locked.ref, f"({pin[:_SHOWN]})" if pin else "")
    return " ".join(part for part in parts if part)
