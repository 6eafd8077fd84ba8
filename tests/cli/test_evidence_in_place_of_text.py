"""Where a text stands in place of a reference to evidence, the fix names the command for it."""

from __future__ import annotations

import re

from tests.cli.launch_repository import REQUEST, LaunchRepository


def test_a_text_in_place_of_evidence_names_evidence_add(repository: LaunchRepository) -> None:
    file = repository.folder / REQUEST
    text, count = re.subn(
        r"^(    document: )\{.*\}$", r"\1acceptance.md", file.read_text("utf-8"), flags=re.MULTILINE
    )
    assert count == 1
    file.write_text(text, "utf-8")
    (repository.folder / REQUEST).with_name("acceptance.md").write_text("Accepted.\n", "utf-8")
    refused = repository.check(REQUEST, "--lang", "en")
    assert refused.code == 2
    command = "launchpolicy evidence add FILE --at spec.acceptance.document"
    assert command in " ".join(refused.output.split())
    path = str(file.with_name("acceptance.md"))
    added = repository.run("evidence", "add", path, "--at", "spec.acceptance.document")
    assert added.code == 0, added.complaint
    assert repository.check(REQUEST).code != 2
