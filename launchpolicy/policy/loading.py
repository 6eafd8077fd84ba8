"""The files of a pack's folder to a checked `Pack`: every mistake found, none passed over.

A policy that does not load is an error of the policies' owner and stops the run; it is never
skipped, for a policy that is not there passes everything (threat R4).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from launchpolicy.policy import checking
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.obligations import unknown_obligations
from launchpolicy.policy.pack_files import PACK_FILE, Files, pack_of_files
from launchpolicy.policy.parameter_problems import (
    binding_parameter_problems,
    pack_parameter_problems,
)
from launchpolicy.policy.policy import Pack
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place, Route
from launchpolicy.vocabulary.text import Text


def load_pack(
    folder: str,
    files: Files,
    schemas: Mapping[str, Schema],
    kinds: Mapping[str, Kind],
    obligations: Callable[[], Collection[str]] = tuple,
    edition: int = EDITION,
) -> Pack:
    """Return the pack of `folder`.

    Args:
        folder: path of the folder from the top level; its last segment is the pack's name.
        files: its files, read.
        schemas: the schemas of the kinds Policy and Pack.
        kinds: the document kinds that policies may match, by name.
        obligations: gives the obligations that policies may cite; asked only when one does.
        edition: that of the program as which the pack is checked.

    Raises:
        MalformedRulesError: with a finding for everything that is wrong.
    """
    findings = _unreadable(files, schemas) if PACK_FILE in files else [_no_pack_file(folder)]
    if findings:
        raise MalformedRulesError(tuple(findings))
    documents = {name: file for name, file in files.items() if isinstance(file, Document)}
    pack = documents.pop(PACK_FILE)
    findings = _wrong_names(folder, pack, documents) + _binding_problems(pack, documents)
    shared = _spec(pack).get("params", {})
    findings += pack_parameter_problems(pack, shared, documents.values())
    for name, document in documents.items():
        binding = _binding(pack, name.removesuffix(".yaml"))
        findings += checking.check_policy(_with_shared(document, shared), kinds, edition)
        findings += _citations(document, obligations)
        if binding is not None:
            findings += binding_parameter_problems(pack, binding, document)
    if findings:
        raise MalformedRulesError(tuple(findings))
    return pack_of_files(files)


def _with_shared(document: Document, shared: Mapping[str, Any]) -> Document:
    """Return a policy as if it declared all parameters of its pack itself."""
    data: Any = document.data
    if not shared:
        return document
    spec = data["spec"]
    whole = {**data, "spec": {**spec, "params": {**shared, **spec.get("params", {})}}}
    return Document(document.path, document.text, whole)


def _citations(
    document: Document, obligations: Callable[[], Collection[str]]
) -> tuple[Finding, ...]:
    data: Any = document.data
    cites = "obligations" in data["spec"]
    return tuple(unknown_obligations(document, obligations())) if cites else ()


def _unreadable(files: Files, schemas: Mapping[str, Schema]) -> list[Finding]:
    findings: list[Finding] = []
    for name, file in files.items():
        if isinstance(file, Refusal):
            findings += file.findings
        else:
            findings += check(schemas["Pack" if name == PACK_FILE else "Policy"], file)
    return findings


def _no_pack_file(folder: str) -> Finding:
    path = f"{folder}/{PACK_FILE}"
    return Finding(
        "pack/missing",
        Text(f"The folder {folder} has no {PACK_FILE}.", f"目录 {folder} 中没有 {PACK_FILE}。"),
        Place(path, START),
        Text(
            "Add one: it names the pack and binds each policy.",
            "请添加该文件：它为策略包命名，并绑定每一条策略。",
        ),
    )


def _wrong_names(folder: str, pack: Document, policies: Mapping[str, Document]) -> list[Finding]:
    expected_names = {pack: folder.rpartition("/")[2]}
    expected_names |= {document: name.removesuffix(".yaml") for name, document in policies.items()}
    return [
        _wrong_name(document, name)
        for document, name in expected_names.items()
        if _name(document) != name
    ]


def _wrong_name(document: Document, name: str) -> Finding:
    return Finding(
        "pack/wrong-name",
        Text(f"The name must be `{name}`, like the file's.", f"名称必须与文件一致：`{name}`。"),
        document.place(("metadata", "name")),
        Text(f"Write `name: {name}`, or rename the file.", f"请写 `name: {name}`，或重命名文件。"),
    )


def _name(document: Document) -> str:
    data: Any = document.data
    return str(data["metadata"]["name"])


def _spec(pack: Document) -> Mapping[str, Any]:
    data: Any = pack.data
    spec: Mapping[str, Any] = data["spec"]
    return spec


def _bindings(pack: Document) -> list[Mapping[str, Any]]:
    bindings: list[Mapping[str, Any]] = _spec(pack)["bindings"]
    return bindings


def _binding(pack: Document, policy: str) -> int | None:
    names = [binding["policy"] for binding in _bindings(pack)]
    return names.index(policy) if policy in names else None


def _binding_problems(pack: Document, policies: Mapping[str, Document]) -> list[Finding]:
    """Return bindings without a file, and files that no binding turns on."""
    ids = [name.removesuffix(".yaml") for name in policies]
    findings = []
    for number, binding in enumerate(_bindings(pack)):
        if binding["policy"] not in ids:
            route: Route = ("spec", "bindings", number, "policy")
            findings.append(_unknown_policy(pack, route, binding["policy"], ids))
    bound = {binding["policy"] for binding in _bindings(pack)}
    findings += [
        Finding(
            "pack/unbound-policy",
            Text(f"The policy `{policy}` is bound nowhere.", f"策略 `{policy}` 没有被绑定。"),
            pack.place(("spec", "bindings")),
            Text(
                f"Add `- {{policy: {policy}, action: deny}}`, or remove the file.",
                f"请添加 `- {{policy: {policy}, action: deny}}`，或删除该文件。",
            ),
        )
        for policy in ids
        if policy not in bound
    ]
    return findings


def _unknown_policy(pack: Document, route: Route, policy: str, known: list[str]) -> Finding:
    near = next(iter(difflib.get_close_matches(policy, known, n=1)), "")
    return Finding(
        "pack/unknown-policy",
        Text(f"There is no policy `{policy}` here.", f"此处没有策略 `{policy}`。"),
        pack.place(route),
        Text(f"Did you mean `{near}`?", f"是否想写 `{near}`？")
        if near
        else Text(f"Add the file {policy}.yaml.", f"请添加文件 {policy}.yaml。"),
    )
