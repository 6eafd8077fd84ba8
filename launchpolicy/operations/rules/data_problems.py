"""What can be wrong with the data documents that a configuration declares, in words."""

from __future__ import annotations

import difflib

from launchpolicy.documents.data_files import DataFile
from launchpolicy.requests.data import DataDeclaration
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Route, format_route, parse_route
from launchpolicy.vocabulary.text import Text


def missing_file(where: Place, path: str, snapshot: str) -> Finding:
    """Return the finding about a data document that the rules' own snapshot does not have."""
    return Finding(
        "data/missing",
        Text(
            f"The data document {path} is not in the {snapshot}.",
            f"{snapshot} 中没有数据文档 {path}。",
        ),
        where,
        Text(
            "Data documents are read from where the rules are read: add the file in the same change"
            " as its declaration, or an earlier one.",
            "数据文档与规则从同一处读取：请在声明它的同一次变更或更早的变更中添加该文件。",
        ),
    )


def inside_requests(where: Place, path: str) -> Finding:
    """Return the finding about a data document that stands where requests or evidence do."""
    return Finding(
        "data/inside-requests",
        Text(
            f"{path} stands where requests and their evidence do, so it cannot be a rule.",
            f"{path} 位于申请及其证据所在的位置，不能作为规则。",
        ),
        where,
        Text(
            "Keep data documents outside of the folders of requests and waivers.",
            "请把数据文档放在申请目录和豁免目录之外。",
        ),
    )


def unknown_format(where: Place, path: str) -> Finding:
    """Return the finding about a file whose suffix names no format."""
    return Finding(
        "data/unknown-format",
        Text(
            f"The suffix of {path} does not say which format it has.",
            f"从 {path} 的扩展名无法判断格式。",
        ),
        where,
        Text(
            "Write `format: yaml`, `json`, `toml` or `lines` beside `file`.",
            "请在 `file` 旁写明 `format: yaml`、`json`、`toml` 或 `lines`。",
        ),
    )


def no_route(where: Place, at: str) -> Finding:
    """Return the finding about an `at` that is no route."""
    return Finding(
        "data/no-route",
        Text(f"`{at}` is not a route into a document.", f"`{at}` 不是文档中的路径。"),
        where,
        Text(
            'Write keys with dots between them, odd ones in brackets: aliases, a.b, a["b c"].',
            '请用点号连接各键，特殊的键写在方括号中：aliases、a.b、a["b c"]。',
        ),
    )


def leads_nowhere(
    where: Place, declaration: DataDeclaration, file: DataFile, existing: Route
) -> Finding:
    """Return the finding about an `at` that leads nowhere, with the nearest key that is there."""
    route = parse_route(declaration.at)
    at = file.place(existing)
    value = file.data
    for step in existing:
        value = value[step]
    known = sorted(value) if isinstance(value, dict) else []
    step = str(route[len(existing)])
    near = difflib.get_close_matches(step, [key for key in known if key != step], n=1)
    fix = Text(
        f"See {at}: write a route to something that is there.",
        f"请查看 {at}，填写确实存在的路径。",
    )
    if near:
        suggestion = format_route((*existing, near[0], *route[len(existing) + 1 :]))
        fix = Text(f"Did you mean `{suggestion}`?", f"是否想写 `{suggestion}`？")
    return Finding(
        "data/leads-nowhere",
        Text(
            f"`{declaration.at}` leads to nothing in {declaration.file}.",
            f"`{declaration.at}` 在 {declaration.file} 中没有对应的内容。",
        ),
        where,
        fix,
    )
