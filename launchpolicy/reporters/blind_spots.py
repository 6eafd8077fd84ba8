"""Write what rules do not look at, as text for people and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from launchpolicy.engine.analysis.blind_spots import (
    BlindSpots,
    KindBlindSpots,
    NameKind,
    UnreadName,
)
from launchpolicy.ledger.policy_history import PolicyHistory
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.vocabulary.text import Language, Text

Render: TypeAlias = Callable[[BlindSpots, Language, int], str]

_UNREAD: Final = Text("Fields that no policy reads", "没有任何策略读取的字段")
_PRINTED: Final = Text("a paper prints a field of this name", "文书会打印同名字段")
_EVIDENCE: Final = Text("Kinds of evidence that no policy asks for", "没有任何策略要求的证据类型")
_NAMES: Final = Text(
    "Parameters, variables, lookups and data documents that nothing uses",
    "未被使用的参数、变量、查阅的文档和数据文件",
)
_NEVER: Final = Text(
    "Policies that never stood in the way of a landing", "从未阻止过任何合入的策略"
)
_WAIVED: Final = Text(
    "Policies that were waived each time they complained", "每次不满足时都被豁免的策略"
)
_NO_LEDGER: Final = Text(
    "There is no ledger here, so nothing is said about what policies did.",
    "此处没有上线日志，无法说明各策略的实际作用。",
)
_NO_LANDINGS: Final = Text(
    "The ledger holds no landing yet, so nothing is said about what policies did.",
    "上线日志中尚无合入记录，无法说明各策略的实际作用。",
)
_NOTHING: Final = Text("none", "无")
_KINDS_OF_NAMES: Final[Mapping[NameKind, Text]] = {
    "parameter": Text("parameter", "参数"),
    "variable": Text("variable", "变量"),
    "lookup": Text("lookup", "查阅的文档"),
    "data": Text("data document", "数据文件"),
}
_HOW: Final = Text(
    "A field counts as read where its value may decide a policy, or a fact that a policy names. "
    "Where an expression compares or hands over a whole section, the whole of it counts. Messages, "
    "places, templates and comparisons of every change (change.edits) do not count.",
    "字段的值可能决定某项策略（或策略所用的事实）时，视为已读取；表达式整体比较或传递一个部分时，整个部分视为已读取。"
    "消息、位置、模板以及对所有变更的比较（change.edits）不计。",
)
_LIMITS: Final = Text(
    "The ledger knows what landed, and what was corrected before that; not what was given up.",
    "上线日志只包含已合入的内容以及合入前修正过的版本，不包含已放弃的提案。",
)


def as_text(spots: BlindSpots, language: Language, width: int) -> str:
    """Return a paragraph for each question, in at most `width` cells a line."""
    lines: list[str] = []
    for kind in spots.kinds:
        lines += [*_kind_lines(kind, language), ""]
    lines += [*_list(_EVIDENCE, spots.unasked_evidence, language), ""]
    lines += [*_list(_NAMES, map(_name_of(language), spots.unread_names), language), ""]
    lines += [*_ledger_lines(spots, language), ""]
    lines += wrap(_HOW.in_language(language), width)
    if spots.history is not None:
        lines += wrap(_LIMITS.in_language(language), width)
    return "\n".join(lines) + "\n"


def _kind_lines(kind: KindBlindSpots, language: Language) -> Iterator[str]:
    unread = sum(field.leaf_count for field in kind.unread)
    name = escape(kind.kind)
    heading = Text(
        f"{_UNREAD.en}: {name}, {unread} of {kind.total}",
        f"{_UNREAD.zh}：{name}，{unread}/{kind.total}",
    )
    yield heading.in_language(language)
    for field in kind.unread:
        notes = []
        if field.leaf_count > 1:
            notes.append(Text(f"{field.leaf_count} fields", f"{field.leaf_count} 个字段"))
        if field.is_printed:
            notes.append(_PRINTED)
        shown = Text(
            f" ({', '.join(note.en for note in notes)})",
            f"（{'，'.join(note.zh for note in notes)}）",
        )
        yield f"  {escape(field.route)}{shown.in_language(language) if notes else ''}"
    if not kind.unread:
        yield f"  {_NOTHING.in_language(language)}"


def _list(heading: Text, items: Iterable[str], language: Language) -> Iterator[str]:
    yield heading.in_language(language)
    shown = [f"  {escape(item)}" for item in items]
    yield from shown or [f"  {_NOTHING.in_language(language)}"]


def _name_of(language: Language) -> Callable[[UnreadName], str]:
    def line(unread: UnreadName) -> str:
        what = _KINDS_OF_NAMES[unread.kind].in_language(language)
        return f"{unread.owner}: {what} {unread.name}" if unread.owner else f"{what} {unread.name}"

    return line


def _ledger_lines(spots: BlindSpots, language: Language) -> Iterator[str]:
    history = spots.history
    if history is None or not history.landings:
        yield (_NO_LEDGER if history is None else _NO_LANDINGS).in_language(language)
        return
    of_all = Text(f" ({history.landings} landings)", f"（共 {history.landings} 次合入）")
    for heading, policies in ((_NEVER, spots.never_in_the_way), (_WAIVED, spots.always_waived)):
        first, *rest = _list(heading, (_with_times(one, history) for one in policies), language)
        yield f"{first}{of_all.in_language(language)}"
        yield from rest


def _with_times(policy: str, history: PolicyHistory) -> str:
    times = history.waived.get(policy, 0)
    return f"{policy} ({times}×)" if times else policy


def as_json(spots: BlindSpots, language: Language, width: int) -> str:
    """Return everything, versioned, with who reads each field; both others change nothing."""
    del language, width
    history = spots.history
    document: Mapping[str, Any] = {
        "version": 1,
        "kinds": [
            {
                "kind": kind.kind,
                "total": kind.total,
                "unread": [
                    {
                        "field": field.route,
                        "fields": field.leaf_count,
                        "printed": field.is_printed,
                    }
                    for field in kind.unread
                ],
                "fields": [
                    {"field": field.route, "policies": field.policies, "facts": field.facts}
                    for field in kind.fields
                ],
            }
            for kind in spots.kinds
        ],
        "unaskedEvidence": spots.unasked_evidence,
        "unusedNames": [
            {
                "owner": unread.owner,
                "name": unread.name,
                "kind": unread.kind,
            }
            for unread in spots.unread_names
        ],
        "ledger": None
        if history is None
        else {
            "landings": history.landings,
            "neverInTheWay": spots.never_in_the_way,
            "alwaysWaived": [
                {"policy": policy, "times": history.waived[policy]}
                for policy in spots.always_waived
            ],
        },
    }
    return encode_indented(document) + "\n"


FORMATS: Final[Mapping[str, Render]] = {"text": as_text, "json": as_json}
