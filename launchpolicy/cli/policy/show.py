"""`launchpolicy policy show ID`: explain one policy, with its clauses and what it evaluates."""

from __future__ import annotations

import difflib

import click

from launchpolicy.cli.completion_values import policy_ids
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.show_order import order_lines
from launchpolicy.operations.known_policies import policies_by_id
from launchpolicy.policy.policy import Policy
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Language, Text

_LABELS = {
    "pack": Text("pack", "策略包"),
    "action": Text("action", "处理方式"),
    "clauses": Text("clauses", "条款"),
    "obligations": Text("obligations", "义务"),
    "controls": Text("controls", "控制项"),
    "kinds": Text("applies to", "适用文档"),
    "stages": Text("at stages", "适用阶段"),
    "operations": Text("on", "适用操作"),
    "conditions": Text("only if", "适用条件"),
    "params": Text("parameters", "参数"),
    "variables": Text("where", "其中"),
    "holds": Text("must hold", "必须满足"),
    "fix": Text("how to fix it", "如何修正"),
}


@click.command(
    help=say(
        "Explain the policy ID: clauses, when it applies, what must hold, how to fix it.",
        "说明策略（ID）：条款、适用范围、必须满足的条件以及修正方法。",
    )
)
@click.argument("policy_id", metavar="ID", shell_complete=policy_ids)
@language_option()
def command(policy_id: str, lang: str | None) -> None:
    """Print the policy; an unknown id is a usage error with the nearest known ones."""
    policies = policies_by_id()
    policy = policies.get(policy_id)
    if policy is None:
        near = difflib.get_close_matches(policy_id, policies, n=3) or sorted(policies)
        raise UsageError(
            Text(f"There is no policy `{policy_id}`.", f"没有名为 `{policy_id}` 的策略。"),
            Text(f"Try: {', '.join(near)}.", f"可用的策略：{'、'.join(near)}。"),
        )
    for line in _lines(policy, chosen_language(lang)):
        click.echo(line)


def _lines(policy: Policy, language: Language) -> list[str]:
    lines = [_bold(policy.text.title, language), escape(policy.id), ""]
    facts = {
        "pack": policy.text.pack,
        "action": str(policy.action),
        "clauses": ", ".join(policy.text.clauses),
        "obligations": ", ".join(policy.text.obligations),
        "controls": ", ".join(policy.text.controls),
        "kinds": ", ".join(policy.match.kinds),
        "stages": ", ".join(policy.match.stages),
        "operations": ", ".join(policy.match.operations),
        "params": ", ".join(f"{name} = {value}" for name, value in policy.params.items()),
    }
    for key, value in facts.items():
        if value:
            lines.append(f"{_LABELS[key].in_language(language)}: {escape(value)}")
    for condition in policy.conditions:
        label = _LABELS["conditions"].in_language(language)
        lines.append(f"{label}: {condition.name}: {_one_line(condition.expression)}")
    lines += ["", _bold(_LABELS["holds"], language)]
    for validation in policy.validations:
        lines.append(f"  • {escape(validation.message.in_language(language))}")
        loop = f"{validation.for_each} → each: " if validation.for_each else ""
        lines.append(click.style(f"    {loop}{_one_line(validation.expression)}", dim=True))
    lines += order_lines(policy, language)
    if policy.variables:
        lines += ["", _bold(_LABELS["variables"], language)]
        lines += [
            click.style(f"  {variable.name} = {_one_line(variable.expression)}", dim=True)
            for variable in policy.variables
        ]
    lines += ["", _bold(_LABELS["fix"], language)]
    lines += [f"  {escape(line)}" for line in policy.fix.in_language(language).splitlines()]
    return lines


def _bold(text: Text, language: Language) -> str:
    return click.style(escape(text.in_language(language)), bold=True)


def _one_line(expression: str) -> str:
    return escape(" ".join(expression.split()))
