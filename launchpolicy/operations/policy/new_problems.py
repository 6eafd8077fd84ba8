"""Errors for why a policy cannot be drafted: problem and remedy of each, in both languages."""

from __future__ import annotations

import re

from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text


def unknown_kind(name: str, kinds: list[str]) -> UsageError:
    kind_list = Text(", ".join(kinds), "、".join(kinds))
    remedy = Text(f"Known kinds: {kind_list.en}.", f"已知的类型：{kind_list.zh}。")
    return UsageError(
        Text(f"There is no kind `{name}`.", f"没有名为 `{name}` 的类型。"),
        with_meant(remedy, name, kinds),
    )


def which_pack(packs: list[str]) -> UsageError:
    pack_list = Text(", ".join(packs), "、".join(packs))
    return UsageError(
        Text(
            f"This repository has several packs: {pack_list.en}.",
            f"本仓库有多个策略包：{pack_list.zh}。",
        ),
        Text("Name one with --pack.", "请用 --pack 指定其一。"),
    )


def no_id(name: str, what: Text) -> UsageError:
    suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789") or "watcher-named"
    return UsageError(
        Text(f"`{name}` cannot name a {what.en}.", f"`{name}` 不能作为{what.zh}名称。"),
        Text(
            f"Use small letters, digits and hyphens, beginning with a letter: {suggestion}.",
            f"请使用小写字母、数字和连字符，并以字母开头：{suggestion}。",
        ),
    )


def pack_taken(name: str) -> UsageError:
    return UsageError(
        Text(
            f"The pack `{name}` comes with launchpolicy, so no pack here can have its name.",
            f"策略包 `{name}` 随 launchpolicy 提供，本仓库不能使用该名称。",
        ),
        Text(f"Choose another name: --pack own-{name}.", f"请换一个名称：--pack own-{name}。"),
    )


def policy_taken(policy: str, where: str) -> UsageError:
    return UsageError(
        Text(f"The id `{policy}` is taken, by {where}.", f"标识 `{policy}` 已被占用（{where}）。"),
        Text(
            f"Choose another id, or read that policy: launchpolicy policy show {policy}.",
            f"请换一个标识，或查看该策略：launchpolicy policy show {policy}。",
        ),
    )


def cannot_bind(path: str, policy: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} is written in a way that cannot be added to.",
            f"{path} 的写法无法自动追加。",
        ),
        Text(
            f"Write its bindings one a line, and run this again; or write the policy by hand with "
            f"`- {{policy: {policy}, action: deny}}`.",
            f"请把绑定改为每行一条后重新运行；或手工编写策略，并加上 "
            f"`- {{policy: {policy}, action: deny}}`。",
        ),
    )


def no_baseline(kind: Kind) -> UsageError:
    return UsageError(
        Text(
            f"The cases need a document of kind {kind.name} to start from, and there is none.",
            f"用例需要一份 {kind.name} 类型的文档作为起点，但没有找到。",
        ),
        Text(
            f"Add one that is well-formed ({kind.files}), or give its schema `examples`.",
            f"请添加一份格式正确的文档（{kind.files}），或在其结构定义中写明 `examples`。",
        ),
    )


def nothing_to_ask(kind: str) -> UsageError:
    return UsageError(
        Text(
            f"The schema of {kind} has no field that a first policy could be about.",
            f"{kind} 的结构定义中没有可用于第一条策略的字段。",
        ),
        Text(
            "Give it an optional field, or write the policy by hand (policies/README.md).",
            "请为其添加一个可选字段，或手工编写策略（policies/README.md）。",
        ),
    )
