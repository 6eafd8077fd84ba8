"""The approvals that a policy asks for, as lines of `launchpolicy policy show`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Demand, Group, Node, Quorum
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import Language, Text, quantity

_ALL = Text("all of these approve:", "以下各项均须审批：")
_IN_ORDER = Text("these approve, one after the other:", "以下各项依次审批：")
_ANY = Text("one of these approves:", "以下任一项审批即可：")
_NOT_COUNTED = Text("Approvals of these do not count: ", "以下人员的审批不计入：")
_EXCLUDED = {
    "requester": Text("the requester", "申请人"),
    "executor": Text("the executor", "执行人"),
    "watcher": Text("the watcher", "值守人"),
    "testers": Text("the testers", "测试人员"),
    "developers": Text("the developers", "开发人员"),
    "maintainer": Text("the maintainer", "维护人员"),
    "opener": Text("who opened the pull request", "合并请求的发起人"),
    "pusher": Text("who pushed the change", "变更的推送者"),
    "authors": Text("the authors of the commits", "提交的作者"),
    "committers": Text("the committers", "提交者"),
}


def quorum_lines(policy: Policy, language: Language) -> list[str]:
    """Return who has to approve, part below part, and whose approvals do not count."""
    if policy.quorum is None:
        return []
    return [
        *_node_lines(policy.quorum.root, language, "  "),
        *_excluded_lines(policy.quorum, language),
    ]


def _node_lines(node: Node, language: Language, indent: str) -> Iterator[str]:
    if isinstance(node, Group):
        yield f"{indent}• {_group_text(node).in_language(language)}"
    else:
        yield f"{indent}• {escape(_demand_text(node).in_language(language))}"
        asked = {
            "rolesFrom": node.roles_from,
            "people": node.people,
            "each": node.for_each,
            "holdersFrom": node.holders_from,
        }
        for key, expression in asked.items():
            if expression:
                yield _expression_line(key, expression, indent)
    if node.when:
        yield _expression_line("when", node.when, indent)
    if isinstance(node, Group):
        for part in node.parts:
            yield from _node_lines(part, language, f"{indent}  ")


def _group_text(group: Group) -> Text:
    if group.in_order:
        return _IN_ORDER
    if group.needed is None:
        return _ALL
    if group.needed == 1:
        return _ANY
    return Text(
        f"at least {group.needed} of these approve:", f"以下各项至少 {group.needed} 项审批："
    )


def _demand_text(demand: Demand) -> Text:
    number = demand.number
    if demand.people:
        return Text("every person of this list approves", "该名单中的每个人均须审批")
    if demand.roles_from:
        return Text(
            f"{quantity(number, 'person', 'people')} with a role of this list",
            f"具有该列表中任一角色的 {number} 人审批",
        )
    roles = [role_title(role) for role in demand.roles]
    title = Text(" or ".join(role.en for role in roles), "或".join(role.zh for role in roles))
    if demand.for_each:
        return Text(f"{title.en}, of each of these departments", f"各有关部门的{title.zh}审批")
    if demand.holders_from:
        return Text(
            f"{title.en}: every person of this list, or anyone with the role if it is empty",
            f"{title.zh}：该名单中的每个人均须审批；名单为空时，任一担任者审批即可",
        )
    if number == 1:
        return Text(title.en, f"{title.zh}审批")
    return Text(f"{title.en}, {number} people", f"{title.zh} {number} 人审批")


def _excluded_lines(quorum: Quorum, language: Language) -> Iterator[str]:
    if quorum.exclude:
        words = [_EXCLUDED[word].in_language(language) for word in quorum.exclude]
        people = ("、" if language == "zh" else ", ").join(words)
        end = "。" if language == "zh" else "."
        yield f"  • {_NOT_COUNTED.in_language(language)}{people}{end}"


def _expression_line(key: str, expression: str, indent: str) -> str:
    return click.style(f"{indent}  {key}: {escape(' '.join(expression.split()))}", dim=True)
