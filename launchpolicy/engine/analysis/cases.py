"""Policy test cases: each policy seen passing, failing and not applying, as its owner wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from launchpolicy.engine.analysis.case_context import CaseError, context_of_case, with_other_files
from launchpolicy.engine.analysis.case_files import FindOtherFiles
from launchpolicy.engine.analysis.template_cases import useless_templates
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.policy.expressions import mentions
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Operation, Outcome, PolicyResult
from launchpolicy.vocabulary.place import Data, format_route
from launchpolicy.vocabulary.text import Text

_DEFAULT_OPERATIONS = (Operation.CREATE, Operation.UPDATE)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case; `problem` is None when it came out as expected."""

    name: str
    expected: str
    problem: Text | None = None


class CaseInput(NamedTuple):
    """What a case judges, the parameters that it sets, and its own data with what it expects."""

    context: Context
    params: Mapping[str, Data]
    case: Mapping[str, Data]

    def is_met(self, result: PolicyResult) -> bool:
        """Return whether a result is the one that the case expects."""
        return _difference(self.case, result) is None


def run_cases(
    policy: Policy,
    kind: Kind,
    test: Mapping[str, Data],
    baselines: Mapping[str, Data],
    find_other_files: FindOtherFiles | None = None,
) -> tuple[CaseResult, ...]:
    """Return the results of all cases of a validated PolicyTest file.

    Args:
        policy: the policy under test, with the parameters of its binding.
        kind: the document kind of the cases.
        test: the plain data of the test file.
        baselines: the plain data of every baseline the file names, by the name it uses.
        find_other_files: finds what the policy asks about the files of a case; None for nothing.
    """
    inputs = list(_inputs(policy, kind, test["spec"], baselines, find_other_files))
    results = [_result(policy, item) if isinstance(item, CaseInput) else item for item in inputs]
    unseen = _missing_cases(policy, {result.expected for result in results})
    contexts = [item.context for item in inputs if isinstance(item, CaseInput)]
    return (*results, *unseen, *_templates(policy, kind, contexts))


def case_inputs(
    policy: Policy,
    kind: Kind,
    test: Mapping[str, Data],
    baselines: Mapping[str, Data],
    find_other_files: FindOtherFiles | None = None,
) -> tuple[CaseInput, ...]:
    """Return what each case of a validated PolicyTest file judges, where the case is right.

    The arguments are those of `run_cases`.
    """
    inputs = _inputs(policy, kind, test["spec"], baselines, find_other_files)
    return tuple(item for item in inputs if isinstance(item, CaseInput))


def asked_again(
    policy: Policy, test: Mapping[str, Data], given: CaseInput, find: FindOtherFiles
) -> CaseInput | None:
    """Return what a case judges where `policy` asks for other files; None where they are wrong."""
    try:
        whole = {**test["spec"], **given.case}
        context = with_other_files(whole, given.context, policy, find)
    except CaseError:
        return None
    return given._replace(context=context)


def baseline_names(test: Mapping[str, Data]) -> set[str]:
    """Return the baselines that a test file names."""
    spec = test["spec"]
    places = [spec, *spec["cases"]]
    places += [case["old"] for case in spec["cases"] if isinstance(case.get("old"), dict)]
    names = {place["object"] for place in places if "object" in place}
    return names | {case["old"] for case in spec["cases"] if isinstance(case.get("old"), str)}


def _inputs(
    policy: Policy,
    kind: Kind,
    spec: Mapping[str, Data],
    baselines: Mapping[str, Data],
    find_other_files: FindOtherFiles | None,
) -> Iterator[CaseInput | CaseResult]:
    """Yield what each case judges; its result at once where the case itself is not right."""
    reads_texts = mentions(policy, "texts")
    for case in spec["cases"]:
        facts = {**spec.get("facts", {}), **case.get("facts", {})}
        try:
            whole = {**spec, **case, "facts": facts}
            context = context_of_case(kind, whole, baselines, reads_texts=reads_texts)
            if find_other_files is not None:
                context = with_other_files(whole, context, policy, find_other_files)
        except CaseError as error:
            yield CaseResult(case["name"], case["expect"], error.problem)
        else:
            yield CaseInput(context, case.get("params", {}), case)


def _result(policy: Policy, given: CaseInput) -> CaseResult:
    params = {**policy.params, **given.params}
    result = Evaluation(given.context).result(policy._replace(params=params))
    case = given.case
    return CaseResult(case["name"], case["expect"], _difference(case, result))


def _templates(policy: Policy, kind: Kind, contexts: Sequence[Context]) -> Iterator[CaseResult]:
    """Yield a failure for each template that makes its validation hold in no case."""
    for number in useless_templates(policy, kind, contexts):
        yield CaseResult(
            f"the template of validation {number + 1}",
            "useful",
            Text(
                "put in place, it does not make its validation hold in any case",
                "写入模板后，没有任何用例因此满足该校验",
            ),
        )


def _difference(case: Mapping[str, Data], result: PolicyResult) -> Text | None:
    """Return how the result differs from what the case expects; None if it does not."""
    if result.outcome != case["expect"]:
        why = f" ({result.reason.en})" if result.reason else ""
        reason = f"({result.reason.zh})" if result.reason else ""
        first = _as_said(result)
        return Text(
            f"{result.outcome}{why}{first.en}", f"实际结果是 {result.outcome}{reason}{first.zh}"
        )
    if case.get("findings", len(result.findings)) != len(result.findings):
        count = len(result.findings)
        return Text(
            f"findings: expected {case['findings']}, got {count}",
            f"findings：期望 {case['findings']}，实际 {count}",
        )
    observed = _first_finding(result)
    for key in ("at", "missing", "says"):
        expected = case.get(key)
        if expected is None:
            continue
        actual = observed.get(key)
        if actual is None or (expected not in actual if key == "says" else expected != actual):
            return Text(
                f"{key}: expected {expected!r}, got {actual!r}",
                f"{key}：期望 {expected!r}，实际 {actual!r}",
            )
    return None


def _as_said(result: PolicyResult) -> Text:
    """Return the first finding of a result as the rest of a sentence; nothing without one."""
    if not result.findings or result.reason:
        return Text("", "")
    first = result.findings[0]
    route = format_route(first.place.full_route)
    at, place = (f" (at {route})", f"（位置 {route}）") if route else ("", "")
    return Text(f": {first.message.en}{at}", f"：{first.message.zh}{place}")


def _first_finding(result: PolicyResult) -> dict[str, str]:
    """Return what a case may say of the first finding; empty without one, so nothing matches."""
    if not result.findings:
        return {}
    first = result.findings[0]
    return {
        "at": format_route(first.place.route),
        "missing": format_route(first.place.missing),
        "says": first.message.en,
    }


def _missing_cases(policy: Policy, seen: set[str]) -> Iterator[CaseResult]:
    """Yield a failure for each outcome that the policy can have and no case expects."""
    outcomes = [Outcome.PASSED]
    outcomes += [Outcome.FAILED] if policy.validations or policy.order else []
    outcomes += [Outcome.PENDING] if policy.quorum is not None else []
    match = policy.match
    if match.stages or policy.conditions or not set(match.operations) >= set(_DEFAULT_OPERATIONS):
        outcomes.append(Outcome.NOT_APPLICABLE)
    for outcome in outcomes:
        if outcome not in seen:
            problem = Text("no case expects this", "没有任何用例期望该结果")
            yield CaseResult(f"a case that is {outcome}", outcome, problem)
