"""Why a person is not registered: each with what to do instead."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.documents.editing import EditError
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text, listing


def no_directory(path: str) -> UsageError:
    """Return the error about a launch repository without a directory."""
    return UsageError(
        Text(f"There is no {path}.", f"没有 {path}。"),
        Text("Write it first: launchpolicy init", "请先写入：launchpolicy init"),
    )


def says_too_little(name: str, path: str) -> UsageError:
    """Return the error about a new person whose department is not said."""
    return UsageError(
        Text(f"{name} is not in {path} yet.", f"{path} 中还没有 {name}。"),
        Text(
            "Give the department of a new person: --department ID, such as --department product.",
            "请为新登记的人员指明部门：--department 部门标识，例如 --department product。",
        ),
    )


def unknown_role(name: str, known: Iterable[str]) -> UsageError:
    """Return the error about a role that nothing asks for; `known` are those that are."""
    roles = listing(known)
    return UsageError(
        Text(f"No policy asks for the role {name}.", f"没有策略要求角色 {name}。"),
        with_meant(Text(f"Roles here: {roles.en}.", f"本仓库的角色：{roles.zh}。"), name, known),
    )


def would_not_be_right(path: str, error: MalformedRulesError) -> UsageError:
    """Return the error about a directory that would not be right with what was asked for."""
    finding = error.findings[0]
    return UsageError(
        Text(
            f"Nothing was written, since {path} would not be right: {finding.message.en}",
            f"未写入任何内容，否则 {path} 不符合要求：{finding.message.zh}",
        ),
        finding.fix,
    )


def not_in_place(path: str, error: EditError) -> UsageError:
    """Return the error about a file whose layout leaves no place for what was asked for."""
    return UsageError(
        Text(
            f"{path} cannot be changed in place: {error}.", f"无法在 {path} 中就地修改：{error}。"
        ),
        Text(
            "Write it by hand, then: launchpolicy people check",
            "请手工填写，然后运行 launchpolicy people check",
        ),
    )
