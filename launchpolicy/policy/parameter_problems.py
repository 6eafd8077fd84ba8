"""What can be wrong with the parameters of a pack, of its policies and of its bindings."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.parameters import fits, names_parameter
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Text


def pack_parameter_problems(
    pack: Document, shared: Mapping[str, Any], policies: Iterable[Document]
) -> Iterator[Finding]:
    """Yield the parameters of a pack that a policy declares as well, or that none names."""
    unread = set(shared)
    for policy in policies:
        data: Any = policy.data
        unread -= {name for name in unread if names_parameter(data, name)}
        for name in data["spec"].get("params", {}):
            if name in shared:
                yield _declared_twice(pack, policy, name)
    for name in shared:
        if name in unread:
            yield _unread(pack, name)


def binding_parameter_problems(pack: Document, binding: int, policy: Document) -> list[Finding]:
    """Return parameters of a binding that the policy does not have, or of another type."""
    data: Any = policy.data
    owner: Any = pack.data
    defaults = data["spec"].get("params", {})
    given = owner["spec"]["bindings"][binding].get("params", {})
    return [
        _wrong(pack, binding, policy, name)
        for name, value in given.items()
        if name not in defaults or not fits(value, defaults[name])
    ]


def _wrong(pack: Document, binding: int, policy: Document, name: str) -> Finding:
    data: Any = policy.data
    owner: Any = pack.data
    policy_name, defaults = data["metadata"]["name"], data["spec"].get("params", {})
    fix = Text(
        f"Its parameters: {', '.join(defaults) or 'none'}.",
        f"该策略的参数：{'、'.join(defaults) or '无'}。",
    )
    if name in owner["spec"].get("params", {}):
        fix = Text(
            "It is a parameter of the whole pack: set it under `spec.params` of the pack.",
            "它是整个策略包的参数：请在策略包的 `spec.params` 中设置。",
        )
    return Finding(
        "pack/wrong-parameter",
        Text(
            f"`{name}` is not a parameter of `{policy_name}` of this type.",
            f"`{name}` 不是策略 `{policy_name}` 的参数，或类型不符。",
        ),
        pack.place(("spec", "bindings", binding, "params", name)),
        fix,
    )


def _declared_twice(pack: Document, policy: Document, name: str) -> Finding:
    return Finding(
        "policy/parameter-of-pack",
        Text(
            f"`{name}` is a parameter of the pack already, and one name has one meaning.",
            f"`{name}` 已经是策略包的参数，一个名称只能有一种含义。",
        ),
        policy.place(("spec", "params", name)),
        Text(
            f"Remove it here to use the pack's ({pack.path}), or give it another name.",
            f"如需使用策略包的参数（{pack.path}），请删除此处的声明；否则请换一个名称。",
        ),
    )


def _unread(pack: Document, name: str) -> Finding:
    data: Any = pack.data
    near = difflib.get_close_matches(name, [n for n in data["spec"]["params"] if n != name], n=1)
    fix = Text(
        f"Remove it, or use `params.{name}` in a policy.",
        f"请删除，或在策略中使用 `params.{name}`。",
    )
    if near:
        fix = Text(f"{fix.en} `{near[0]}` is one as well.", f"{fix.zh}另有参数 `{near[0]}`。")
    return Finding(
        "pack/unread-parameter",
        Text(f"No policy of the pack reads `params.{name}`.", f"没有策略读取 `params.{name}`。"),
        pack.place(("spec", "params", name)),
        fix,
    )
