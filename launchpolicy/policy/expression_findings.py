"""What is said of an expression, a list or a stage that does not fit the kind it is about."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.policy.cel.problems import NO_DATA as NO_DATA_DECLARED
from launchpolicy.policy.cel.problems import ExpressionProblem, fix_of_function
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text


def finding_of(kind: Kind, place: Place, problem: ExpressionProblem) -> Finding:
    """Return the finding about a problem of an expression over documents of `kind`."""
    message = Text(
        f"The expression does not fit the kind {kind.name}: {problem.message.en}.",
        f"表达式与文档类型 {kind.name} 不符：{problem.message.zh}。",
    )
    fix = Text(
        f"Compare with the schema: launchpolicy schema {kind.name}.",
        f"请对照结构定义：launchpolicy schema {kind.name}。",
    )
    if problem.of_function:
        message = Text(
            f"The expression is not right: {problem.message.en}.",
            f"表达式有误：{problem.message.zh}。",
        )
        fix = problem.fix or fix_of_function(problem)
    elif problem.fix is not None:
        fix = problem.fix
    elif problem.message == NO_DATA_DECLARED:
        fix = Text(
            "Declare it under `data` in .launchpolicy.yaml.",
            "请在 .launchpolicy.yaml 的 `data` 中声明。",
        )
    elif problem.suggestion:
        fix = Text(f"Did you mean `{problem.suggestion}`?", f"是否想写 `{problem.suggestion}`？")
    return Finding("policy/expression", message, place, fix)


def no_stages(document: Document, kind: Kind) -> Finding:
    """Return the finding about stages in a policy about a kind that has none."""
    return Finding(
        "policy/no-stages",
        Text(
            f"The kind {kind.name} has no status.stage.",
            f"文档类型 {kind.name} 没有 status.stage。",
        ),
        document.place(("spec", "match", "stages")),
        Text("Remove `stages`.", "请删除 `stages`。"),
    )


def not_a_list(place: Place, kind: Kind, for_each: str, near: str) -> Finding:
    """Return the finding about a `forEach` that names no list; `near` is one that may be meant."""
    listed = ", ".join(sorted(FACT_LISTS))
    return Finding(
        "policy/not-a-list",
        Text(
            f"`{for_each}` is not a list of the kind {kind.name}.",
            f"`{for_each}` 不是文档类型 {kind.name} 中的列表。",
        ),
        place,
        Text(f"Did you mean `{near}`?", f"是否想写 `{near}`？")
        if near
        else Text(
            f"Name a list, such as spec.steps, change.edits, {listed}.",
            f"请填写列表的路径，例如 spec.steps、change.edits、{listed}。",
        ),
    )
