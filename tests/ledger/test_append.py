"""What is entered, once, whichever way it landed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from launchpolicy.ledger.signing import Signer
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from launchpolicy.vocabulary.errors import UsageError
from tests.cli.company import Company
from tests.cli.conftest import bare_folder, company
from tests.ledger.chronicle import CLOSED, OPEN, Chronicle, begun

__all__ = ["bare_folder", "company"]

SIGNER = Signer("acme.example/launches", b"\x07" * 32)


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def test_every_way_of_merging_gives_one_entry(chronicle: Chronicle) -> None:
    for name, how in (("LR-1", "--no-ff"), ("LR-2", "--squash"), ("LR-3", "--ff-only")):
        chronicle.merged(name, how)
    assert chronicle.append().count == 4
    assert chronicle.told() == [
        ("adopted", "rules"),
        ("bypassed", "LR-1"),
        ("bypassed", "LR-2"),
        ("bypassed", "LR-3"),
    ]
    merge, squash, forward = chronicle.entries()[1:]
    assert len(merge.commits) == 1
    assert squash.commits == forward.commits == ()
    assert {each.attempted for each in (merge, squash, forward)} == {"approved"}
    assert ("both-leads-approve", "pending") in {(h.policy, h.outcome) for h in merge.hurdles}


def test_what_is_there_is_not_entered_again(chronicle: Chronicle) -> None:
    chronicle.merged("LR-1")
    first = chronicle.append()
    again = chronicle.append()
    assert (first.count, again.count) == (2, 0)
    assert again.state.files.commit == first.state.files.commit
    chronicle.merged("LR-2")
    assert chronicle.append().count == 1
    assert chronicle.complaints() == []


def test_an_approved_request_passes_and_its_approvals_are_entered(company: Company) -> None:
    company.approve("wang.fang")
    company.approve("zhou.kai")
    company.approve("zhao.min")
    there = company.repository
    chronicle = Chronicle(there.folder, Path(there.environment["HOME"]))
    chronicle.git("switch", "--quiet", "main")
    branch = chronicle.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    other = next(each for each in branch if each != "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Launch", other)
    chronicle.append()
    entry = chronicle.entries()[-1]
    assert (entry.event, entry.verdict, entry.name) == ("approved", "pass", OPEN)
    assert [(each.by, each.role) for each in entry.approvals] == [
        ("wang.fang", "product-lead"),
        ("zhou.kai", "rd-lead"),
        ("zhao.min", "operations-lead"),
    ]
    assert {(each.role, each.person) for each in entry.people} >= {
        ("requester", "li.wei"),
        ("executor", "zhao.min"),
        ("tester", "sun.yu"),
        ("acceptor", "wang.fang"),
    }
    assert entry.assessment is not None
    assert entry.assessment.users == 12000
    assert all(item.found == f"sha256:{item.sha256}" for item in entry.evidence)


def test_a_later_stage_states_what_happened(chronicle: Chronicle) -> None:
    chronicle.request(CLOSED, CLOSED)
    chronicle.commit("Import a launch that is over")
    chronicle.append()
    entry = chronicle.entries()[-1]
    assert (entry.event, entry.attempted, entry.stage) == ("bypassed", "closed", "closed")
    assert entry.announced is not None
    assert entry.actual is not None
    assert entry.actual.start == "2026-11-03T22:00:00+08:00"
    assert [problem.outcome for problem in entry.problems] == ["fixed"]


def test_a_rename_is_followed(chronicle: Chronicle) -> None:
    chronicle.merged("LR-1")
    chronicle.git("mv", "launches/LR-1", "launches/LR-9")
    chronicle.edit("launches/LR-9/request.yaml", "LR-1", "LR-9")
    chronicle.commit("Rename")
    chronicle.append()
    entry = chronicle.entries()[-1]
    assert entry.became == "renamed"
    assert entry.renamed_from is not None
    assert (entry.renamed_from.name, entry.name) == ("LR-1", "LR-9")
    assert chronicle.complaints() == []
    assert chronicle.complaints(replay=False) == []


def test_changes_of_rules_and_people_are_entered_and_other_files_are_not(
    chronicle: Chronicle,
) -> None:
    (chronicle.folder / "README.md").write_text("Hello\n", "utf-8")
    chronicle.commit("Say hello")
    chronicle.edit("people.yaml", "Zhao Min", "Zhao Min-Jun")
    chronicle.commit("A new name")
    chronicle.edit("calendar.yaml", "freezes:", "# ours\nfreezes:")
    chronicle.commit("A remark")
    chronicle.append()
    assert chronicle.told() == [
        ("adopted", "rules"),
        ("people-changed", "rules"),
        ("policy-changed", "rules"),
    ]
    assert [file.path for file in chronicle.entries()[1].files] == ["people.yaml"]


def test_what_lands_under_broken_rules_is_bypassed_not_left_out(chronicle: Chronicle) -> None:
    (chronicle.folder / ".launchpolicy.yaml").write_text("kind: Nonsense\n", "utf-8")
    chronicle.commit("Break the configuration")
    chronicle.request("LR-1")
    chronicle.commit("Nobody is looking")
    good = chronicle.git("show", "HEAD~2:.launchpolicy.yaml")
    (chronicle.folder / ".launchpolicy.yaml").write_text(f"{good}\n", "utf-8")
    chronicle.commit("Mend it")
    chronicle.append()
    entry = next(each for each in chronicle.entries() if each.name == "LR-1")
    assert (entry.event, entry.verdict, entry.pack_set) == ("bypassed", "undecided", "")
    assert [hurdle.policy for hurdle in entry.hurdles] == ["rules/unusable"]
    assert chronicle.complaints() == []


def test_rules_that_are_broken_when_a_run_begins_hide_nothing(chronicle: Chronicle) -> None:
    chronicle.append()
    good = (chronicle.folder / ".launchpolicy.yaml").read_text("utf-8")
    (chronicle.folder / ".launchpolicy.yaml").unlink()
    chronicle.commit("Away with the rules")
    (chronicle.folder / ".launchpolicy.yaml").write_text(good, "utf-8")
    chronicle.commit("Here they are again")
    chronicle.append()
    whole = chronicle.told()
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger")
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger-heads")
    chronicle.append()
    assert chronicle.told() == whole
    assert [event for event, _ in whole].count("adopted") == 1


def test_commits_that_were_pushed_together_land_together(chronicle: Chronicle) -> None:
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.request("LR-1")
    (chronicle.folder / "launches/LR-1/tests/load.xml").unlink()
    chronicle.edit("launches/LR-1/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("In a hurry")
    shutil.rmtree(chronicle.folder / "launches/LR-1")
    chronicle.request("LR-1")
    chronicle.commit("Mended")
    done = chronicle.run("append", "--landed-after", before)
    assert done.code == 0, done.complaint
    events = chronicle.told()
    assert events == [("adopted", "rules"), ("bypassed", "LR-1")]
    entry = chronicle.entries()[-1]
    assert len(entry.commits) == 1
    assert entry.record.startswith("sha256:")
    assert ("evidence-read", "fixed") in {(h.policy, h.outcome) for h in entry.hurdles}
    assert chronicle.complaints() == []


def test_a_rewritten_history_is_refused(chronicle: Chronicle) -> None:
    chronicle.merged("LR-1")
    chronicle.append()
    chronicle.git("reset", "--quiet", "--hard", "HEAD~1")
    chronicle.merged("LR-2")
    with pytest.raises(MalformedLedgerError, match="The history was rewritten"):
        chronicle.append()
    done = chronicle.run("append")
    assert done.code == 1
    assert "history was rewritten" in done.complaint


def test_a_job_that_comes_late_appends_nothing(chronicle: Chronicle) -> None:
    old = chronicle.git("rev-parse", "HEAD")
    chronicle.merged("LR-1")
    chronicle.append()
    done = chronicle.run("append", "--of", old)
    assert (done.code, done.output.splitlines()[0]) == (0, "0 entries appended.")


def test_a_ledger_with_a_key_is_signed_or_not_written(tmp_path: Path) -> None:
    chronicle = begun(tmp_path, {"key": SIGNER.verifier.source})
    with pytest.raises(UsageError, match="must be signed"):
        chronicle.append()
    appended = chronicle.append(SIGNER)
    assert appended.state.note is not None
    assert appended.state.note.is_signed
    found = chronicle.verify()
    assert (found.is_good, found.is_verified) == (True, True)


def test_a_key_is_changed_by_naming_the_former_one(tmp_path: Path) -> None:
    chronicle = begun(tmp_path, {"key": SIGNER.verifier.source})
    chronicle.append(SIGNER)
    other = Signer("acme.example/launches", b"\x09" * 32)
    with pytest.raises(UsageError, match="not the one"):
        chronicle.append(other)
    file = chronicle.folder / ".launchpolicy.yaml"
    before = file.read_text("utf-8")
    keys = {"key": other.verifier.source, "formerKeys": [SIGNER.verifier.source]}
    text = before.rpartition("ledger:")[0]
    file.write_text(f"{text}ledger: {json.dumps(keys)}\n", "utf-8")
    chronicle.commit("A new key")
    chronicle.append(other)
    file.write_text(f"{text}ledger: {json.dumps({'key': other.verifier.source})}\n", "utf-8")
    chronicle.commit("Away with the former one")
    chronicle.append(other)
    found = chronicle.verify()
    assert (found.is_good, found.is_verified, found.kept) == (True, True, 3)


def test_a_checkpoint_that_a_stranger_signed_is_not_built_upon(tmp_path: Path) -> None:
    chronicle = begun(tmp_path)
    chronicle.append(Signer("acme.example/launches", b"\x08" * 32))
    file = chronicle.folder / ".launchpolicy.yaml"
    text = file.read_text("utf-8")
    file.write_text(f'{text}ledger: {{key: "{SIGNER.verifier.source}"}}\n', "utf-8")
    chronicle.commit("Name the key")
    with pytest.raises(MalformedLedgerError, match="no known key"):
        chronicle.append(SIGNER)
