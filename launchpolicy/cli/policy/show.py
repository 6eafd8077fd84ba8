"""`launchpolicy policy show ID`: explain one policy, with its clauses and what it evaluates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import click

from launchpolicy.cli.completion_values import policy_ids
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.show_order import order_checks, order_demands
from launchpolicy.cli.policy.show_quorum import quorum_lines
from launchpolicy.operations.rules.known_policies import known_policies
from launchpolicy.policy.policy import Policy
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import did_you_mean, near_names
from launchpolicy.vocabulary.text import Language, Text
from launchpolicy.vocabulary.value_names import value_name, value_names

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
    "lookups": Text("looks up", "查找"),
    "holds": Text("must hold", "必须满足"),
    "checks": Text("checks, each with what it reports where it fails", "校验项（不满足时提示）"),
    "fix": Text("how to fix it", "如何修正"),
}


_ALL_LISTED = Text(
    "`launchpolicy policy clauses` lists them.", "请用 `launchpolicy policy clauses` 列出。"
)


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
    known = known_policies()
    policies, policy = known.by_id, known.by_id.get(policy_id)
    if policy is None:
        near = near_names(policy_id, policies, 3)
        raise UsageError(
            Text(f"There is no policy `{policy_id}`.", f"没有名为 `{policy_id}` 的策略。"),
            did_you_mean(near) if near else _ALL_LISTED,
        )
    language = chosen_language(lang)
    for line in policy_lines(policy, language):
        click.echo(line)
    if not known.is_used(policy):
        click.echo(f"\n{escape(_unused_note(policy.text.pack).in_language(language))}")


def _unused_note(pack: str) -> Text:
    """Return the note about a policy that judges nothing in this launch repository."""
    return Text(
        f"! It judges nothing here: .launchpolicy.yaml names the pack {pack} nowhere. List it "
        "under `processes`, `mandatory` or the `packs` of a kind to use it.",
        f"！此处不使用该策略：.launchpolicy.yaml 未列出策略包 {pack}。如需使用，请将其列入 "
        "`processes`、`mandatory` 或某类文档的 `packs`。",
    )


def policy_lines(policy: Policy, language: Language) -> list[str]:
    """Return what there is to know about a policy: facts, demands, checks, remedy."""
    lines = [_bold(policy.text.title, language), escape(policy.id), ""]
    lines += [f"{key}{value}" for key, value in _facts(policy, language)]
    lines += ["", _bold(_LABELS["holds"], language)]
    lines.append(f"  • {escape(policy.text.title.in_language(language))}")
    lines += [*quorum_lines(policy, language), *order_demands(policy, language)]
    checks = [*_validation_lines(policy, language), *order_checks(policy, language)]
    if checks:
        lines += ["", _bold(_LABELS["checks"], language), *checks]
    expressions = {variable.name: variable.expression for variable in policy.variables}
    lines += _section("variables", expressions, language)
    lookups = {lookup.name: f"{lookup.kind}: {lookup.wording}" for lookup in policy.lookups}
    lines += _section("lookups", lookups, language)
    values = {name: _json_of(value) for name, value in policy.params.items()}
    lines += _section("params", values, language)
    lines += ["", _bold(_LABELS["fix"], language)]
    lines += [f"  {escape(line)}" for line in policy.fix.in_language(language).splitlines()]
    return lines


def _facts(policy: Policy, language: Language) -> Iterator[tuple[str, str]]:
    """Yield the label of each fact that the policy has, and the fact in words."""
    comma, colon = ("、", "：") if language == "zh" else (", ", ": ")
    facts = {
        "pack": policy.text.pack,
        "action": value_name("action", policy.action).in_language(language),
        "clauses": comma.join(policy.text.clauses),
        "obligations": comma.join(policy.text.obligations),
        "controls": comma.join(policy.text.controls),
        "kinds": value_names("documentKind", policy.match.kinds).in_language(language),
        "stages": value_names("stage", policy.match.stages).in_language(language),
        "operations": value_names("operation", policy.match.operations).in_language(language),
    }
    for key, value in facts.items():
        if value:
            yield f"{_LABELS[key].in_language(language)}{colon}", escape(value)
    for condition in policy.conditions:
        label = _LABELS["conditions"].in_language(language)
        expression = click.style(_one_line(condition.expression), dim=True)
        yield f"{label}{colon}", f"{escape(condition.name)}{colon}{expression}"


def _validation_lines(policy: Policy, language: Language) -> Iterator[str]:
    for validation in policy.validations:
        yield f"  • {escape(validation.message.in_language(language))}"
        loop = f"{validation.for_each} → each: " if validation.for_each else ""
        yield click.style(f"    {loop}{_one_line(validation.expression)}", dim=True)


def _section(label: str, values: Mapping[str, str], language: Language) -> list[str]:
    if not values:
        return []
    rows = [
        click.style(f"  {escape(name)} = {_one_line(value)}", dim=True)
        for name, value in values.items()
    ]
    return ["", _bold(_LABELS[label], language), *rows]


def _json_of(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _bold(text: Text, language: Language) -> str:
    return click.style(escape(text.in_language(language)), bold=True)


def _one_line(expression: str) -> str:
    return escape(" ".join(expression.split()))
