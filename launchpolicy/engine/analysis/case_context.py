"""What a policy test case judges: its document, its facts and the other files that it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.lineless import without_lines
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.engine.amendments import AmendmentError, amend
from launchpolicy.engine.analysis.case_files import FindOtherFiles, first_problem, other_files_in
from launchpolicy.engine.context import Context
from launchpolicy.facts.approvals.inputs import ApprovalInputs
from launchpolicy.facts.case_facts import approvals_of_case, facts_of_case
from launchpolicy.facts.change import change_between
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.facts import Facts
from launchpolicy.facts.marked_facts import with_marked_facts
from launchpolicy.policy.fact_shapes import FactError
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.place import Data, format_route
from launchpolicy.vocabulary.text import Text

_DEFAULT_NOW = datetime(2000, 1, 1, tzinfo=UTC)


class CaseError(Exception):
    """The case itself is not right; carries the sentence to show."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def context_of_case(
    kind: Kind, case: Mapping[str, Data], baselines: Mapping[str, Data], *, reads_texts: bool
) -> Context:
    """Return what a case judges.

    Args:
        kind: the document kind of the case.
        case: its data, with what its file says for all cases.
        baselines: the plain data of every baseline, by the name that cases use.
        reads_texts: whether the policy reads the fact `texts`.

    Raises:
        CaseError: the case is not right.
    """
    if "object" not in case:
        raise CaseError(Text("no `object` is given", "没有给出 `object`"))
    baseline = baselines[case["object"]]
    path = case.get("path") or kind.files.example("case")
    new = None if case.get("delete") else _document(kind, path, baseline, case)
    old = _old(kind, path, baseline, case, baselines)
    if new is None and old is None:
        raise CaseError(Text("a deletion needs `old`", "删除用例需要给出 `old`"))
    change = change_between(old.data if old else None, new.data if new else None)
    now = parse_instant(case["now"]) if "now" in case else None
    now = now or _DEFAULT_NOW
    facts, approvals = _facts_and_approvals(kind, new, case["facts"], now)
    if new is not None:
        versions = (new.data, old.data if old else None)
        facts = with_marked_facts(facts, kind.schema, versions, () if reads_texts else None)
    context = Context(kind.name, path, new, old, change, (), now, facts, approvals)
    return context._replace(schema=kind.schema, data=_data(kind, case["facts"].get("data", {})))


def _data(kind: Kind, given: Mapping[str, Data]) -> Mapping[str, Data]:
    """Return the data documents: those of the launch repository, and in their place what is given.

    Raises:
        CaseError: something else is given, or what its schema does not allow.
    """
    values, schemas = kind.data.values, kind.data.schemas
    for name, value in given.items():
        if name not in values:
            listed = ", ".join(values) or "none"
            raise CaseError(
                Text(
                    f"facts: data.{name}: no such data document is declared ({listed})",
                    f"facts：data.{name}：未声明该数据文档（{listed}）",
                )
            )
        if name in schemas and not schemas[name].accepts(value):
            raise CaseError(
                Text(
                    f"facts: data.{name}: it does not follow the schema of the data document",
                    f"facts：data.{name}：不符合该数据文档的结构定义",
                )
            )
    return {**values, **given}


def with_other_files(
    case: Mapping[str, Data], context: Context, policy: Policy, find: FindOtherFiles
) -> Context:
    """Return the context of a case with what `policy` asks about its other files.

    Raises:
        CaseError: a document that is looked up is not right.
    """
    others = other_files_in(case, context, policy, find)
    problem = first_problem(others)
    if problem is not None:
        raise CaseError(problem)
    return context._replace(other_files=others)


def _facts_and_approvals(
    kind: Kind, document: Document | None, given: Mapping[str, Data], now: datetime
) -> tuple[Facts, ApprovalInputs]:
    evidence = references(kind.schema, document.data) if document is not None else ()
    try:
        facts = facts_of_case(given, evidence)
        return facts, approvals_of_case(given.get("approvals", {}), facts.people, now)
    except FactError as error:
        raise CaseError(Text(f"facts: {error}", f"facts：{error}")) from error


def _old(
    kind: Kind,
    path: str,
    baseline: Data,
    case: Mapping[str, Data],
    baselines: Mapping[str, Data],
) -> Document | None:
    old = case.get("old")
    if old is None:
        return None
    if isinstance(old, str):
        return _document(kind, path, baselines[old], {})
    return _document(kind, path, baselines[old["object"]] if "object" in old else baseline, old)


def _document(kind: Kind, path: str, baseline: Data, change: Mapping[str, Data]) -> Document:
    """Return the amended baseline, written as JSON (which is YAML) and read like any request."""
    try:
        data = amend(baseline, change.get("set", {}), change.get("remove", ()))
    except AmendmentError as error:
        raise CaseError(Text(str(error), str(error))) from error
    document = read(path, json.dumps(data, ensure_ascii=False).encode())
    refusals = check(kind.schema, document) if isinstance(document, Document) else document.findings
    if refusals or not isinstance(document, Document):
        first = refusals[0]
        where = format_route(first.place.full_route)
        raise CaseError(
            Text(
                f"not a well-formed {kind.name}: {where}: {first.message.en}",
                f"不是合规的 {kind.name}:{where}:{first.message.zh}",
            )
        )
    return without_lines(document)  # a case says at which route, and not on which line
