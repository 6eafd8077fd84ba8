"""Requests where no pattern reads them: found by content and by path, and never passed unread."""

from __future__ import annotations

import json
import os
import shutil
from typing import Any

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.own_pack import PACK, POLICY

FOLDER = "launches/LR-2026-0042"
SPELLINGS = [
    "launches/2026/LR-2026-0042/request.yaml",
    "launches/LR-2026-0042/v2/request.yaml",
    "launches/request.yaml",
    "Launches/LR-2026-0042/request.yaml",
    "LAUNCHES/LR-2026-0042/REQUEST.YAML",
    "launch/LR-2026-0042/request.yaml",
    "launches/LR-2026-0042.yaml",
    "launches/LR-2026-0042/request.yml",
    "launches/LR-2026-0042/request.json",
    "launches/LR-2026-0042/request.yaml.txt",
    "launches/LR-2026-0042/request",
    "launches\u200b/LR-2026-0042/request.yaml",
    "launches/LR-2026-0042/request.yaml\u00ad",
    "ｌaunches/LR-2026-0042/request.yaml",
    "l\u0430unches/LR-2026-0042/request.yaml",
    "deployments/next.yaml",
    "waivers/LR-2026-0042.yml",
    "waivers/2026/LR-2026-0042.yaml",
]


def refusals(repository: LaunchRepository, *arguments: str) -> list[tuple[str, str]]:
    """Path and rule of every refusal of a check, which must not pass."""
    finished = repository.check(*arguments, "--format", "json")
    assert finished.code == 2, finished
    report: dict[str, Any] = json.loads(finished.output)
    return [
        (request["path"], refusal["rule"])
        for request in report["requests"]
        for refusal in request["refusals"]
    ]


def put(repository: LaunchRepository, path: str, content: bytes) -> None:
    file = repository.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def move_request(repository: LaunchRepository, path: str) -> None:
    """The request and nothing else, at another path."""
    content = repository.request.read_bytes()
    shutil.rmtree(repository.folder / "launches")
    put(repository, path, content)


@pytest.mark.parametrize("path", SPELLINGS)
def test_a_request_where_no_pattern_reads_it_is_rejected(
    proposal: LaunchRepository, path: str
) -> None:
    move_request(proposal, path)
    by_tree = refusals(proposal)
    proposal.git("add", "--all")
    by_index = refusals(proposal, "--staged")
    proposal.commit("hide it")
    by_base = refusals(proposal, "--base", "main")
    assert (path, "request/stray") in by_base
    assert by_tree == by_base
    assert by_index == by_base


JSON = b'{"apiVersion": "launchpolicy/v1", "kind": "LaunchRequest", "spec": {}}'
CONTENTS = {
    "JSON": JSON,
    "escapes": JSON.replace(b"apiVersion", rb"apiV\u0065rsion").replace(b"cy/v", rb"cy\/\u0076"),
    "escaped value": JSON.replace(b"launchpolicy", rb"launch\u0070olicy"),
    "quoted keys": b"'apiVersion': 'launchpolicy/v1'\n\"kind\": \"Launch\\x52equest\"\n",
    "explicit keys": b"? apiVersion\n: launchpolicy/v1\n? kind\n: LaunchRequest\n",
    "CRLF": b"apiVersion: launchpolicy/v1\r\nkind: LaunchRequest\r\n",
    "byte order mark": b"\xef\xbb\xbfapiVersion: launchpolicy/v1\nkind: LaunchRequest\n",
    "UTF-16": "apiVersion: launchpolicy/v1\nkind: LaunchRequest\n".encode("utf-16"),
    "UTF-16 without a mark": "apiVersion: launchpolicy/v1\nkind: LaunchRequest\n".encode(
        "utf-16-le"
    ),
    "GBK": "# 上线申请\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n".encode("gbk"),
    "second document": b"a: 1\n---\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n",
    "list": b"items:\n- apiVersion: launchpolicy/v1\n  kind: LaunchRequest\n",
    "alias": b"x: &a LaunchRequest\napiVersion: launchpolicy/v1\nkind: *a\n",
    "merge key": b"x: &b {apiVersion: launchpolicy/v1, kind: LaunchRequest}\n<<: *b\nspec: {}\n",
    "merge of a list": b"x: [&c {kind: LaunchRequest}]\n<<: [*c, {apiVersion: launchpolicy/v1}]\n",
    "merge in place": b"<<: {<<: {apiVersion: launchpolicy/v1}, kind: LaunchRequest}\n",
    "tag": b"apiVersion: !!str launchpolicy/v1\nkind: !x LaunchRequest\n",
    "hidden character": "apiVersion: launch\u200bpolicy/v1\nkind: LaunchRequest\n".encode(),
    "other case": b"apiVersion: LaunchPolicy/v1\nkind: launchrequest\n",
    "folded": b'apiVersion: "launch\\\n  policy/v1"\nkind: >-\n  LaunchRequest\n',
    "syntax error below": b"apiVersion: launchpolicy/v1\nkind: LaunchRequest\nspec: [\n",
    "syntax error above": b"a: [\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n",
    "very long": b"apiVersion: launchpolicy/v1\nkind: LaunchRequest\n" + b"# long\n" * 60_000,
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_stray_request_is_known_by_its_content_however_it_is_written(
    repository: LaunchRepository, content: bytes
) -> None:
    put(repository, "other/next.yaml", content)
    assert refusals(repository) == [("other/next.yaml", "request/stray")]
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit("hide it")
    assert refusals(repository, "--base", "main") == [("other/next.yaml", "request/stray")]


@pytest.mark.parametrize("path", ["docs/a.txt", "docs/a.md", "docs/a.yaml.bak", "docs/a.tmpl"])
@pytest.mark.parametrize("name", ["JSON", "escapes", "quoted keys", "merge key", "UTF-16"])
def test_a_request_in_a_file_of_text_is_a_stray_request(
    repository: LaunchRepository, path: str, name: str
) -> None:
    put(repository, path, CONTENTS[name])
    assert refusals(repository) == [(path, "request/stray")]


def test_an_executable_or_binary_file_is_a_stray_request_all_the_same(
    repository: LaunchRepository,
) -> None:
    put(repository, "other/next.yaml", JSON)
    put(repository, ".gitattributes", b"*.yaml binary\n")
    (repository.folder / "other/next.yaml").chmod(0o755)
    repository.git("add", "--all")
    assert refusals(repository, "--staged") == [("other/next.yaml", "request/stray")]


HONEST = {
    "services/shop/deployment.yaml": b"apiVersion: apps/v1\nkind: Deployment\nspec: {}\n",
    "docs/guide.md": b"```yaml\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n```\n",
    "docs/mail.txt": b"Dear all, write\n\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n",
    "docs/fence.txt": b"~~~\napiVersion: launchpolicy/v1\nkind: LaunchRequest\n~~~\n",
    "docs/merged.yaml": b"x: &b {apiVersion: launchpolicy/v1, kind: LaunchRequest}\ny: {<<: *b}\n",
    "docs/text.yaml": b"text: |\n  apiVersion: launchpolicy/v1\n  kind: LaunchRequest\n",
    "docs/talk.yaml": b"about: kind LaunchRequest of launchpolicy/v1\n",
    "src/request.yaml": b"openapi: 3.0.0\n",
    "other/LaunchRequest.yaml": b"apiVersion: acme.example/v1\nkind: LaunchRequest\n",
    f"{FOLDER}/calls/request.json": b'{"method": "GET"}\n',
    "launches/README.md": b"# Launches\n",
    "broken.yaml": b"a: [\n",
    "policies/own/cases/requested.yaml": JSON,
}


def test_files_that_are_no_requests_pass_without_noise(repository: LaunchRepository) -> None:
    for path, content in HONEST.items():
        put(repository, path, content)
    put(repository, "policies/own/pack.yaml", PACK.encode())
    put(repository, "policies/own/watcher-named.yaml", POLICY.encode())
    assert repository.check().code == 0
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit("manifests")
    for arguments in ((), ("--base", "main")):
        report = json.loads(repository.check(*arguments, "--format", "json").output)
        kinds = {request["kind"]: request["refusals"] for request in report["requests"]}
        assert kinds == {"LaunchRequest": []} | ({"Rules": []} if arguments else {})


def test_examples_that_the_base_names_are_no_requests(repository: LaunchRepository) -> None:
    for path in ("docs/examples/next.yaml", "docs/examples/deep/er.json"):
        put(repository, path, JSON)
    assert len(refusals(repository)) == 2
    put(
        repository,
        ".launchpolicy.yaml",
        (repository.folder / ".launchpolicy.yaml").read_bytes() + b"ignore: [docs/examples/**]\n",
    )
    assert repository.check().code == 0
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit("ignored by the proposal itself")
    assert ("docs/examples/next.yaml", "request/stray") in refusals(repository, "--base", "main")


def test_what_is_ignored_never_hides_what_a_pattern_reads(repository: LaunchRepository) -> None:
    repository.edit(
        ("apiVersion: launchpolicy/v1\n", 'apiVersion: launchpolicy/v1\nignore: ["**"]\n'),
        path=".launchpolicy.yaml",
    )
    repository.edit(("    watcher: qian.na\n", ""))
    assert repository.check().code == 1


def test_a_request_moved_out_of_the_folder_is_deleted_and_stray(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.git("mv", "launches", "archive")
    repository.commit("out of sight")
    finished = repository.check("--base", "main", "--format", "json")
    report = json.loads(finished.output)
    by_path = {request["path"]: request for request in report["requests"]}
    assert by_path[REQUEST]["operation"] == "delete"
    assert by_path[REQUEST]["verdict"] == "blocked"
    assert by_path["archive/LR-2026-0042/request.yaml"]["verdict"] == "rejected"


def test_a_stray_request_that_is_named_by_hand_is_reported_as_such(
    proposal: LaunchRepository,
) -> None:
    move_request(proposal, f"{FOLDER}/request.yml")
    for path in (f"{FOLDER}/request.yml", FOLDER, "launches"):
        assert refusals(proposal, path) == [(f"{FOLDER}/request.yml", "request/stray")]


def test_a_pointer_of_large_file_storage_is_no_request(proposal: LaunchRepository) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n"
    put(proposal, REQUEST, pointer)
    assert [path for path, _ in refusals(proposal)] == [REQUEST]


def test_a_request_beside_the_folder_of_the_launch_repository_is_stray(
    proposal: LaunchRepository,
) -> None:
    outer = LaunchRepository(proposal.folder.parent / "outer", proposal.environment)
    shutil.copytree(
        proposal.folder, outer.folder / "go-live", ignore=shutil.ignore_patterns(".git")
    )
    configuration = (outer.folder / "go-live/.launchpolicy.yaml").read_bytes()
    put(outer, "others/.launchpolicy.yaml", configuration)
    outer.git("init", "--quiet", "--initial-branch=main")
    outer.commit("all")
    outer.git("switch", "--quiet", "--create", "change")
    inner = LaunchRepository(outer.folder / "go-live", proposal.environment)
    put(outer, "others/launches/LR-1/request.yaml", JSON)  # judged by the rules there
    put(outer, "src/data.yaml", b"kind: List\n")
    outer.git("add", "--all")
    assert inner.check("--staged").code == 0
    put(outer, "Go-Live/launches/LR-1/request.yaml", JSON)
    outer.git("add", "--all")
    stray = [("../Go-Live/launches/LR-1/request.yaml", "request/stray")]
    assert refusals(inner, "--staged") == stray
    outer.commit("beside it")
    assert refusals(inner, "--base", "main") == stray


def test_a_request_whose_name_is_not_utf8_is_not_passed_unread(proposal: LaunchRepository) -> None:
    content = proposal.request.read_bytes()
    folder = os.fsencode(proposal.folder) + b"/launches\xff"
    os.mkdir(folder)  # noqa: PTH102 (a name of bytes)
    with open(folder + b"/request.yaml", "wb") as file:  # noqa: PTH123 (a name of bytes)
        file.write(content)
    shutil.rmtree(proposal.folder / "launches")
    by_tree = refusals(proposal)
    proposal.commit("hide it")
    assert refusals(proposal, "--base", "main") == by_tree
    assert by_tree == [("launches\\xff/request.yaml", "request/unreadable-name")]
