"""What can be wrong with a well-formed configuration once its packs are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.policy import Pack
from launchpolicy.requests.configuration import Configuration
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text


def check_configuration(
    file: Document,
    configuration: Configuration,
    packs: Mapping[str, Pack],
    offered: Iterable[str],
    edition: int = EDITION,
) -> tuple[Finding, ...]:
    """Return names that mean nothing, and overrides that would weaken what is mandatory.

    `packs` are those that are loaded; `offered` are further names to suggest. `edition` is that of
    the program as which it is checked.
    """
    unknown = tuple(_unknown_packs(file, configuration, packs, {*packs, *offered}))
    if not unknown and any(kind.reading.is_stream for kind in configuration.kinds):
        from launchpolicy.policy.stream_kinds import check_streams  # noqa: PLC0415 (few have any)

        unknown = check_streams(file, configuration, packs, edition)
    return (*unknown, *_overrides(file, packs), *_unknown_processes(file, configuration))


def _unknown_packs(
    file: Document, configuration: Configuration, packs: Mapping[str, Pack], names: set[str]
) -> Iterator[Finding]:
    routes: list[tuple[Route, str]] = [
        (("mandatory", number), name) for number, name in enumerate(configuration.mandatory)
    ]
    for process, used in configuration.processes.items():
        routes += [(("processes", process, number), name) for number, name in enumerate(used)]
    for number, kind in enumerate(configuration.kinds):
        routes += [(("kinds", number, "packs", i), name) for i, name in enumerate(kind.packs)]
    for route, name in routes:
        if name not in packs:
            yield _unknown_name(file, route, name, names, "pack", "策略包")


def _unknown_processes(file: Document, configuration: Configuration) -> Iterator[Finding]:
    """Yield the processes of products that neither the configuration nor the program knows."""
    used: list[tuple[Route, str]] = [
        (("products", name, "processes", number), process)
        for name, product in configuration.products.items()
        for number, process in enumerate(product.processes or ())
    ]
    yield from _unknown_among(file, configuration, used)


def check_processes_of_calendar(
    file: Document, configuration: Configuration
) -> tuple[Finding, ...]:
    """Return the processes of a calendar that neither the configuration nor the program knows.

    Windows of a misspelt process would let the real one launch at any time, and a freeze of it
    would stop nothing.
    """
    data: Any = file.data
    used: list[tuple[Route, str]] = [
        (("windows", process), process) for process in data.get("windows", {})
    ]
    for number, freeze in enumerate(data.get("freezes", ())):
        processes = enumerate(freeze.get("processes", ()))
        used += [(("freezes", number, "processes", i), process) for i, process in processes]
    return tuple(_unknown_among(file, configuration, used))


def _unknown_among(
    file: Document, configuration: Configuration, used: Iterable[tuple[Route, str]]
) -> Iterator[Finding]:
    further = [(route, name) for route, name in used if name not in configuration.processes]
    if not further:
        return
    from launchpolicy.policy.processes import PROCESSES  # noqa: PLC0415 (few name such)

    known = {*configuration.processes, *PROCESSES}
    for route, process in further:
        if process not in known:
            yield _unknown_name(file, route, process, known, "process", "流程")


def _overrides(file: Document, packs: Mapping[str, Pack]) -> Iterator[Finding]:
    """Yield overrides that name nothing, or that would weaken a mandatory pack."""
    data: Any = file.data
    seen: set[tuple[str, str]] = set()
    for number, binding in enumerate(data.get("bindings", ())):
        route: Route = ("bindings", number)
        name = binding.get("policy", "")
        if (binding["pack"], name) in seen:
            yield _twice(file, route, name or binding["pack"])
        seen.add((binding["pack"], name))
        pack = packs.get(binding["pack"])
        if pack is None:
            yield _unknown_name(file, (*route, "pack"), binding["pack"], packs, "pack", "策略包")
            continue
        shared = pack.source["pack"]["spec"].get("params", {})
        if not name:
            yield from _pack_override(file, route, binding, shared)
            continue
        policy = next((p for p in pack.policies if p.id == name), None)
        if policy is None:
            ids = [p.id for p in pack.policies]
            yield _unknown_name(file, (*route, "policy"), name, ids, "policy", "策略")
            continue
        further = set(binding.get("waivableBy", ())) - set(policy.waivable_by)
        weaker = binding.get("action", "deny") != "deny" or "effectiveFrom" in binding or further
        if pack.name in data.get("mandatory", ()) and policy.action == "deny" and weaker:
            yield _weakening(file, route, pack.name)
        own = {key: value for key, value in policy.params.items() if key not in shared}
        yield from _parameters(file, route, binding, own)


def _pack_override(
    file: Document, route: Route, binding: Mapping[str, Any], shared: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield what is wrong with an override of a pack's own parameters: it has no other meaning."""
    yield from _parameters(file, route, binding, shared)
    others = [key for key in binding if key not in {"pack", "params"}]
    if others or not binding.get("params"):
        yield Finding(
            "configuration/no-policy",
            Text(
                "Without `policy`, an override can only be of the parameters of the pack.",
                "不写 `policy` 时，只能覆盖策略包自身的参数。",
            ),
            file.place((*route, *others[:1])),
            Text(
                "Name the policy, or give `params` and nothing else.",
                "请写明策略，或只给出 `params`。",
            ),
        )


def _parameters(
    file: Document, route: Route, binding: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield the parameters of an override that are not `known`, or of another type."""
    from launchpolicy.policy.parameters import fits  # noqa: PLC0415 (few override any)

    for name, value in binding.get("params", {}).items():
        if name not in known or not fits(value, known[name]):
            at = (*route, "params", name)
            yield _unknown_name(file, at, name, known, "parameter of this type", "参数")


def _unknown_name(
    file: Document, route: Route, name: str, known: Iterable[str], what: str, what_zh: str
) -> Finding:
    names = sorted(known)
    import difflib  # noqa: PLC0415 (only what fails needs it)

    near = difflib.get_close_matches(name, names, n=1)
    listed = ", ".join(names) or "none"
    fix = Text(f"Known: {listed}.", f"已知：{listed}。")
    if near:
        fix = Text(f"Did you mean `{near[0]}`?", f"是否想写 `{near[0]}`？")
    if what == "pack":
        made = f"launchpolicy policy new ID --kind KIND --pack {name}"
        fix = Text(
            f"{fix.en} A new pack is a folder below policies/ with a pack.yaml; `{made}` writes "
            "one with its first policy.",
            f"{fix.zh}新策略包是 policies/ 下含 pack.yaml 的目录；"
            f"可用 `{made}` 连同第一条策略一并写好。",
        )
    return Finding(
        "configuration/unknown-name",
        Text(f"There is no {what} `{name}`.", f"没有名为 `{name}` 的{what_zh}。"),
        file.place(route),
        fix,
    )


def _twice(file: Document, route: Route, policy: str) -> Finding:
    return Finding(
        "configuration/bound-twice",
        Text(f"`{policy}` is bound twice.", f"`{policy}` 被绑定了两次。"),
        file.place(route),
        Text("Keep one of the two.", "请只保留其中一个。"),
    )


def _weakening(file: Document, route: Route, pack: str) -> Finding:
    return Finding(
        "configuration/weakened",
        Text(
            f"The pack {pack} is mandatory; its denying policies cannot be weakened.",
            f"策略包 {pack} 是强制的，不能削弱其中的阻断策略。",
        ),
        file.place(route),
        Text(
            "Remove `action`, `effectiveFrom` and further roles of `waivableBy`, or the pack from "
            "`mandatory`.",
            "请删除 `action`、`effectiveFrom` 和 `waivableBy` 中新增的角色，"
            "或将该包移出 `mandatory`。",
        ),
    )
