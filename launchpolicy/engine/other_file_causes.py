"""Why an expression has no value, where a looked-up document or another file is the reason."""

from __future__ import annotations

import re

from launchpolicy.engine.asked_files import AskedFiles
from launchpolicy.engine.expressions import NoAnswerError
from launchpolicy.facts.other_files import LookupAnswer, OtherFiles
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.text import Text

_NO_KEY = re.compile(r"Key not found in map : \"([^\"]*)\"|no such key: '?([^']*)'?")


def cause_and_fix(
    policy: Policy, failure: NoAnswerError, others: OtherFiles, asked: AskedFiles
) -> tuple[Text, Text] | None:
    """Return cause and remedy in words of lookups and files; None where it is neither."""
    problem = asked.problem_of(str(failure))
    if problem is not None:
        return problem.message, problem.fix
    match = _NO_KEY.search(str(failure))
    if match is None:
        return None
    key = match.group(1) or match.group(2) or ""
    written = failure.expression + "".join(v.expression for v in policy.variables)
    if "lookups" in written:
        for owner in (policy.id, ""):
            reason = others.pathless.get((owner, key))
            if reason is not None:
                return _no_path(key, reason)
        absent = _without_key(policy, others, key)
        if absent is not None:
            return _not_there(absent, key)
    if key == "changed" and ("files" in written or "lookups" in written):
        return _no_base()
    return None


def _without_key(policy: Policy, others: OtherFiles, key: str) -> LookupAnswer | None:
    """Return a lookup of the policy that has no document, where one was read."""
    if key not in {"object", "oldObject"}:
        return None
    answers = others.answers_for(policy.id)
    return next((answer for answer in answers if key not in answer.as_data()), None)


def _no_path(name: str, reason: str) -> tuple[Text, Text]:
    return (
        Text(
            f"the path of the lookup `{name}` has no value: {reason}",
            f"查找项 `{name}` 的路径没有值：{reason}",
        ),
        Text(
            "If the path needs a field that may be missing, ask for the field first: "
            f"has(object.field) && lookups.{name}.exists.",
            "如果路径用到可能缺失的字段，请先判断该字段："
            f"has(object.field) && lookups.{name}.exists。",
        ),
    )


def _not_there(answer: LookupAnswer, key: str) -> tuple[Text, Text]:
    if key == "oldObject":
        return (
            Text(
                f"{answer.path} was not there before this change, or there is no base",
                f"本次变更之前没有 {answer.path}，或没有基准",
            ),
            Text(
                "The owner of the policy must fix it: ask has(lookups.NAME.oldObject) first.",
                "请策略负责人修正：先用 has(lookups.名称.oldObject) 判断。",
            ),
        )
    return (
        Text(f"there is no {answer.path}", f"没有 {answer.path}"),
        Text(
            "Add that document. The owner of the policy may ask lookups.NAME.exists first.",
            "请添加该文档；策略负责人也可先用 lookups.名称.exists 判断。",
        ),
    )


def _no_base() -> tuple[Text, Text]:
    return (
        Text(
            "there is no base to compare with, so nobody knows what the change touches",
            "没有可比较的基准，无法得知本次变更涉及哪些文件",
        ),
        Text(
            "Check in a git repository, or two commits: launchpolicy check --base COMMIT.",
            "请在 git 仓库中检查，或比较两个提交：launchpolicy check --base <提交>。",
        ),
    )
