"""Two files beside a request that are one on some systems, or look the same (threat E16)."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import LaunchRepository

EVIDENCE = "acceptance/acceptance.pdf"
TWINS = {
    "case": "acceptance/Acceptance.pdf",
    "case of the suffix": "acceptance/acceptance.PDF",
    "case of the folder": "Acceptance/acceptance.pdf",
    "a character that does not show": "acceptance/accept\u200dance.pdf",
    "a full stop at the end": "acceptance/acceptance.pdf.",
    "a space at the end": "acceptance /acceptance.pdf",
}
DISTINCT = {
    "another folder": "tests/acceptance.pdf",
    "another number": "acceptance/acceptance-2.pdf",
    "a circled number beside a plain one": "附件/附件①.pdf",
    "a file that an editor left": "acceptance/acceptance.pdf~",
}


def put(repository: LaunchRepository, path: str) -> None:
    file = repository.folder / FOLDER / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"another acceptance\n")


def judged(repository: LaunchRepository) -> tuple[int, list[str]]:
    """The exit code, and why files are refused."""
    done = repository.check("--base", "main", "--format", "json")
    requests = json.loads(done.output)["requests"]
    refusals = [refusal for request in requests for refusal in request.get("refusals", ())]
    return done.code, [refusal["message"]["en"] for refusal in refusals]


@pytest.fixture
def approved(company: Company) -> LaunchRepository:
    for name in (*LEADS, "zhao.min"):
        company.approve(name)
    return company.repository


@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS)
def test_a_twin_of_the_evidence_that_was_approved_is_refused(
    approved: LaunchRepository, twin: str
) -> None:
    """On macOS and Windows an approver would read the twin in place of what is judged."""
    put(approved, twin)
    approved.commit("add")
    code, (message,) = judged(approved)
    assert code == 2
    assert "are one file on some systems, or look the same" in message
    assert f"{FOLDER}/{EVIDENCE}" in message


@pytest.mark.parametrize("name", ["é", "\u1e69"])
def test_a_name_in_both_normal_forms_is_refused(approved: LaunchRepository, name: str) -> None:
    for form in ("NFC", "NFD"):
        put(approved, f"notes/{unicodedata.normalize(form, name)}.txt")
    approved.commit("add")
    assert judged(approved)[0] == 2


def test_a_twin_is_refused_in_the_index_too(approved: LaunchRepository) -> None:
    put(approved, TWINS["case"])
    approved.git("add", "--all")
    assert approved.check("--staged").code == 2


def test_a_twin_that_is_there_first_waits_for_the_second(approved: LaunchRepository) -> None:
    put(approved, "notes/B.txt")
    approved.commit("one")
    assert judged(approved)[0] == 0
    put(approved, "notes/b.txt")
    approved.commit("two")
    assert judged(approved)[0] == 2


@pytest.mark.parametrize("path", DISTINCT.values(), ids=DISTINCT)
def test_a_file_of_another_name_beside_a_request_passes(
    approved: LaunchRepository, path: str
) -> None:
    put(approved, "附件/附件1.pdf")
    put(approved, path)
    approved.commit("add")
    assert judged(approved)[0] == 0


def test_renaming_a_file_to_other_letters_passes(approved: LaunchRepository) -> None:
    put(approved, "notes/B.txt")
    approved.commit("one")
    folder = Path(FOLDER, "notes")
    approved.git("mv", str(folder / "B.txt"), str(folder / "b.txt"))
    approved.commit("two")
    assert judged(approved)[0] == 0


def test_twins_far_from_any_request_are_nobodys_concern(approved: LaunchRepository) -> None:
    for name in ("xt_TCPMSS.h", "xt_tcpmss.h"):
        (approved.folder / name).write_text("x\n", "utf-8")
    approved.commit("headers")
    assert judged(approved)[0] == 0
