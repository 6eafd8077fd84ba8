"""Say where a request chose to be judged less strictly than is usual for its product.

Process, risk and departments are what the requester says. The packs refuse what the configuration
of the base does not allow for a product; this says what it leaves open (threat N13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.engine.submission import RequestVersion, Submission, data_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

_PRODUCT: Route = ("spec", "product", "name")
_RISK: Route = ("spec", "risk")
_DEPARTMENTS: Route = ("spec", "impact", "departments")
_RISKS = ("standard", "major")


def lighter_choices(submissions: Sequence[Submission], rules: PackSet) -> Iterator[Text]:
    """Yield a note for each choice that makes a request be judged less strictly than usual."""
    for submission in submissions:
        kind = rules.kinds[submission.kind]
        proposed, base = _data(submission.new, kind), _data(submission.old, kind)
        if not kind.process or proposed is None or submission.new is submission.old:
            continue
        path = submission.path
        yield from _beside_products(path, kind, proposed, rules)
        if base is not None:
            yield from _than_before(path, kind, (base, proposed), rules)


def _beside_products(path: str, kind: Kind, data: object, rules: PackSet) -> Iterator[Text]:
    """Yield what the table of products says of a request: that it knows more, or nothing."""
    products, name = rules.configuration.products, value_at(data, _PRODUCT)
    if not products or not isinstance(name, str):
        return
    product = products.get(name)
    if product is None:
        yield Text(
            f"{path}: the product {name} is not under `products` at the base, so nothing limits"
            " which process, risk and departments the request names.",
            f"{path}：产品 {name} 未列入基准的 `products`，"
            "因此申请所写的流程、风险级别和部门不受其限制。",
        )
        return
    process = value_at(data, kind.process)
    usual = product.processes[0] if product.processes else process
    missing = _packs_missing(process, usual, rules)
    if missing:
        yield Text(
            f"{path}: {name} is usually launched by {usual}; {process} leaves out"
            f" {', '.join(missing)}.",
            f"{path}：{name} 通常按 {usual} 上线；{process} 不含策略包 {'、'.join(missing)}。",
        )


def _than_before(
    path: str, kind: Kind, versions: tuple[object, object], rules: PackSet
) -> Iterator[Text]:
    """Yield what an amended request is no longer judged by."""
    base, proposed = versions
    before, now = (value_at(data, kind.process) for data in versions)
    missing = _packs_missing(now, before, rules)
    if missing:
        yield Text(
            f"{path}: the process was {before}; {now} leaves out {', '.join(missing)}.",
            f"{path}：流程原为 {before}；{now} 不含策略包 {'、'.join(missing)}。",
        )
    risks = [value_at(data, _RISK) for data in versions]
    if all(risk in _RISKS for risk in risks) and _RISKS.index(risks[1]) < _RISKS.index(risks[0]):
        yield Text(
            f"{path}: the risk was {risks[0]} and is {risks[1]} now.",
            f"{path}：风险级别由 {risks[0]} 降为 {risks[1]}。",
        )
    gone = [name for name in _names(base) if name not in _names(proposed)]
    if gone:
        yield Text(
            f"{path}: no longer among the affected departments: {', '.join(gone)}.",
            f"{path}：不再列为影响部门：{'、'.join(gone)}。",
        )


def _packs_missing(process: object, usual: object, rules: PackSet) -> list[str]:
    """Return the packs of one process that another does not have; none where one is unknown."""
    processes, mandatory = rules.configuration.processes, rules.configuration.mandatory
    if not isinstance(process, str) or not isinstance(usual, str):
        return []
    chosen = {*processes.get(process, ()), *mandatory}
    return [pack for pack in processes.get(usual, ()) if pack not in chosen]


def _names(data: object) -> list[str]:
    names = value_at(data, _DEPARTMENTS)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _data(version: RequestVersion | None, kind: Kind) -> object | None:
    """Return the plain data of a well-formed version; None for any other."""
    return None if version is None or version.problems(kind) else data_of(version)
