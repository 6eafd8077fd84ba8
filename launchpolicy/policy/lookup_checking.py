"""What can be wrong with lookups and with questions about files, in a policy or a configuration."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.cel.identifiers import variables_in
from launchpolicy.policy.cel.runtime import VARIABLES
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.file_use import asks_files, changing_names
from launchpolicy.policy.policy import NamedExpression
from launchpolicy.policy.scoping import scope_expression
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.requests.lookups import Lookup
from launchpolicy.requests.pattern_overlap import shared_path
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

_IN_PATHS = frozenset({"object", "path", "params", "data"})
_ABSENT = re.compile(r"\blookups\s*\.\s*(\w+)\s*\.\s*(object|oldObject)\b")


def lookup_problems(
    file: Document, route: Route, lookups: Sequence[Lookup], kinds: Mapping[str, Kind]
) -> Iterator[Finding]:
    """Yield what is wrong with the lookups at `route` of a file, besides the types."""
    for number, lookup in enumerate(lookups):
        at = (*route, number)
        if lookup.kind not in kinds:
            yield unknown_kind(file, (*at, "kind"), lookup.kind, kinds)
        elif kinds[lookup.kind].reading.is_stream and not lookup.files:
            yield _one_of_many(file, (*at, "kind"), lookup.kind)
        elif lookup.files:
            yield from _without_files(file, (*at, "files"), lookup, kinds[lookup.kind])
        if lookup.files:
            continue
        names = variables_in(lookup.path)
        others = set(VARIABLES) - _IN_PATHS if names is None else names & set(VARIABLES)
        if others - _IN_PATHS:
            yield _not_in_paths(file, (*at, lookup.key), sorted(others - _IN_PATHS))


def _one_of_many(file: Document, route: Route, kind: str) -> Finding:
    return Finding(
        "policy/lookup-of-many",
        Text(
            f"A file of the kind {kind} may hold many documents, so a path names none of them.",
            f"{kind} 类型的一个文件可含多个文档，路径无法确定其中一个。",
        ),
        file.place(route),
        Text(
            "Name all its documents by `files` in place of `path`, and choose among them in the "
            "expression.",
            "请用 `files` 代替 `path` 列出其全部文档，再在表达式中选择。",
        ),
    )


def _without_files(file: Document, route: Route, lookup: Lookup, kind: Kind) -> Iterator[Finding]:
    """Yield each pattern that matches no file of the kind: its list would be empty for ever."""
    for number, pattern in enumerate(lookup.files):
        if shared_path(FilePatterns((pattern,)), kind.files) is None:
            is_list = isinstance(value_at(file.data, route), list)
            yield Finding(
                "policy/lookup-without-files",
                Text(
                    f"`{pattern}` matches no file of the kind {kind.name}, whose files are "
                    f"{kind.files.wording}.",
                    f"`{pattern}` 不匹配 {kind.name} 类型的任何文件，其文件为 "
                    f"{kind.files.wording}。",
                ),
                file.place((*route, number) if is_list else route),
                Text(
                    "Name files of that kind, or another kind.",
                    "请写该类型的文件，或改用其他文档类型。",
                ),
            )


def _declared_twice(file: Document, spec: Mapping[str, Any], kind: Kind) -> Iterator[Finding]:
    """Yield the lookups of a policy whose names the kind has given already."""
    taken = {lookup.name for lookup in kind.lookups}
    for number, lookup in enumerate(spec.get("lookups", ())):
        if lookup["name"] in taken:
            yield Finding(
                "policy/lookup-name-taken",
                Text(
                    f"The kind {kind.name} has a lookup `{lookup['name']}` already.",
                    f"文档类型 {kind.name} 已有名为 `{lookup['name']}` 的查找项。",
                ),
                file.place(("spec", "lookups", number, "name")),
                Text("Use it, or choose another name.", "请直接使用，或换一个名称。"),
            )


def use_problems(file: Document, kind: Kind, spec: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield expressions of a policy that take a document for granted, or ask from facts.

    Also its lookups whose names the kind has given already.
    """
    yield from _declared_twice(file, spec, kind)
    variables = [
        NamedExpression(variable["name"], variable["expression"])
        for variable in spec.get("variables", ())
    ]
    conditions = "\n".join(item["expression"] for item in spec.get("matchConditions", ()))
    for route, expression, for_each in _expressions(spec):
        scoped = scope_expression(expression, {}, variables)
        if asks_files(scoped):
            names = [*changing_names(scoped), *([for_each] if for_each in FACT_LISTS else ())]
            if names:
                yield _from_facts(file, route, names)
        for name, key in dict.fromkeys(_ABSENT.findall(expression)):
            if not _is_asked_for(name, key, f"{conditions}\n{expression}"):
                yield _taken_for_granted(file, route, name, key)


def _expressions(spec: Mapping[str, Any]) -> Iterator[tuple[Route, str, str]]:
    """Yield route, expression and `forEach` of what decides in a policy, and of its messages."""
    for number, condition in enumerate(spec.get("matchConditions", ())):
        yield ("spec", "matchConditions", number, "expression"), condition["expression"], ""
    for number, validation in enumerate(spec.get("validations", ())):
        at: Route = ("spec", "validations", number)
        for_each = validation.get("forEach", "")
        yield (*at, "expression"), validation["expression"], for_each
        for language, expression in validation.get("messageExpression", {}).items():
            if asks_files(expression):
                yield (*at, "messageExpression", language), expression, for_each
    yield from _of_quorum(spec)


def _of_quorum(spec: Mapping[str, Any]) -> Iterator[tuple[Route, str, str]]:
    if "quorum" in spec:
        from launchpolicy.policy.quorum import quorum_of  # noqa: PLC0415 (many have no quorum)

        for route, expression, _ in quorum_of(spec["quorum"]).expressions():
            yield route, expression, ""


def _is_asked_for(name: str, key: str, written: str) -> bool:
    """Return whether a text asks for a document of a lookup before it is used."""
    lookup = rf"\blookups\s*\.\s*{re.escape(name)}\s*\.\s*"
    asks = [rf"has\s*\(\s*{lookup}{key}\b", rf"{lookup}\?\s*{key}\b"]
    if key == "object":
        asks.append(rf"{lookup}exists\b(?!\s*\()")
    return any(re.search(pattern, written) for pattern in asks)


def unknown_kind(file: Document, route: Route, name: str, kinds: Iterable[str]) -> Finding:
    """Return the finding about a name that no kind has."""
    near = difflib.get_close_matches(name, list(kinds), n=1)
    return Finding(
        "policy/unknown-kind",
        Text(f"There is no document kind `{name}`.", f"没有名为 `{name}` 的文档类型。"),
        file.place(route),
        Text(f"Did you mean `{near[0]}`?", f"是否想写 `{near[0]}`？")
        if near
        else Text(f"Known kinds: {', '.join(kinds)}.", f"已知类型：{'、'.join(kinds)}。"),
    )


def _not_in_paths(file: Document, route: Route, names: Sequence[str]) -> Finding:
    listed = ", ".join(f"`{name}`" for name in names[:3])
    return Finding(
        "lookup/path-names",
        Text(
            f"The path of a lookup cannot rest on {listed}: it has to be the same whenever the "
            "document is.",
            f"查找项的路径不能取决于 {listed}：文档不变时，路径也必须不变。",
        ),
        file.place(route),
        Text(
            "Use `object`, `path`, `params` and `data`.",
            "请只使用 `object`、`path`、`params` 与 `data`。",
        ),
    )


def _from_facts(file: Document, route: Route, names: Sequence[str]) -> Finding:
    listed = ", ".join(f"`{name}`" for name in names[:3])
    return Finding(
        "policy/files-from-facts",
        Text(
            f"An expression that asks about files cannot rest on {listed} as well: nobody would "
            "know which requests to judge again when a file changes.",
            f"询问文件的表达式不能同时取决于 {listed}："
            "否则文件变更时，无法得知应重新判定哪些申请。",
        ),
        file.place(route),
        Text(
            "Put the two into validations or conditions of their own.",
            "请把两者分写为各自的校验或条件。",
        ),
    )


def _taken_for_granted(file: Document, route: Route, name: str, key: str) -> Finding:
    asked = f"lookups.{name}.exists" if key == "object" else f"has(lookups.{name}.oldObject)"
    return Finding(
        "policy/lookup-may-be-absent",
        Text(
            f"`lookups.{name}.{key}` may not be there; then there is no answer.",
            f"`lookups.{name}.{key}` 可能不存在；此时无法得出结论。",
        ),
        file.place(route),
        Text(f"Write `{asked} && …`.", f"请写成 `{asked} && …`。"),
    )
