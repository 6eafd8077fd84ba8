"""What a change of rules does besides what it does to policies: kinds and settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.text import Text


def configuration_notes(old: PackSet, new: PackSet) -> Iterator[Text]:
    """Yield what else changed that decides verdicts, and is no policy."""
    yield from _kind_notes(old, new)
    before, after = old.configuration, new.configuration
    settings: Mapping[str, tuple[object, object]] = {
        "approvals.source": (before.approvals, after.approvals),
        "approvals.rules": (
            (before.anybody_owns_rules, before.rule_owners),
            (after.anybody_owns_rules, after.rule_owners),
        ),
        "approvals.longest": (before.longest_approval, after.longest_approval),
        "approvals.vetoes": (before.veto_roles, after.veto_roles),
        "products": (before.products, after.products),
        "vaults": (before.vaults, after.vaults),
        "ignore": (before.ignore, after.ignore),
        "placeholders": (before.placeholders, after.placeholders),
        "evidence.keys": (before.evidence_keys, after.evidence_keys),
    }
    for name, (was, becomes) in settings.items():
        if was != becomes:
            yield Text(f"The configuration says otherwise: `{name}`.", f"配置有变更：`{name}`。")


def _kind_notes(old: PackSet, new: PackSet) -> Iterator[Text]:
    for name in sorted({*old.kinds, *new.kinds}):
        before, after = old.kinds.get(name), new.kinds.get(name)
        if before is None or after is None:
            words = ("is new", "为新增") if before is None else ("is gone", "已删除")
            yield Text(f"The kind {name} {words[0]}.", f"文档类型 {name} {words[1]}。")
            continue
        if before.schema_digest != after.schema_digest:
            yield Text(
                f"The schema of {name} changed: what is malformed may differ, too.",
                f"{name} 的模式有变更：格式是否合规的判断也可能不同。",
            )
        if before.files != after.files:
            yield Text(
                f"The files of {name}: {before.files} → {after.files}.",
                f"{name} 的文件：{before.files} → {after.files}。",
            )
