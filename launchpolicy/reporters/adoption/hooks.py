"""Write the hooks of launchpolicy in `.pre-commit-config.yaml`."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.quoting import scalar
from launchpolicy.reporters.adoption.layout import align_comments, document, remark
from launchpolicy.reporters.adoption.setup import Program
from launchpolicy.vocabulary.text import Language, Text

HOOKS = {
    "launchpolicy-check": Text("the requests in the index", "暂存区中的申请"),
    "launchpolicy-policies": Text("own policies and their cases", "自有策略及其用例"),
    "launchpolicy-people": Text("people, accounts, keys, roles", "人员、账号、公钥与角色"),
    "launchpolicy-generated": Text("copies of the schemas", "模式文件的副本"),
}
"""The hooks by id, and what each looks at."""

_TOP = Text(
    "Checks before each commit: run `pre-commit install` once in every clone. They help the "
    "author; the gate is the check of the pull request.",
    "提交前的检查：每个克隆运行一次 `pre-commit install`。钩子只帮助作者提前发现问题，"
    "真正的关口是合并请求的检查。",
)


def hooks_text(program: Program, folder: str, language: Language) -> str:
    """Return the whole file."""
    lines = [*remark(_TOP.in_language(language)), "repos:"]
    return document(iter([*lines, *hook_lines(program, folder, language, "  ")]))


def hook_lines(program: Program, folder: str, language: Language, indent: str) -> Iterator[str]:
    """Yield the lines of the entry below `repos:`, its dash behind `indent`."""
    yield f"{indent}- repo: {scalar(program.address)}"
    yield f"{indent}  rev: {scalar(program.commit)}"
    yield f"{indent}  hooks:"
    rows = []
    for name, what in HOOKS.items():
        rows.append((f"{indent}    - id: {name}", what.in_language(language)))
        if folder:
            rows.append((f"{indent}      args: [--directory, {scalar(folder)}]", ""))
    yield from align_comments(rows)
