"""Entries from another branch are voided by a further entry; what is on the branch never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.ledger.entry import FORMAT_3, RULES, Entry
from launchpolicy.ledger.records import VoidedEntries
from launchpolicy.ledger.voids import last_standing_number, voided_numbers
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.state import read_state
from launchpolicy.operations.ledger.copies.kept_checkpoint import keep_head
from launchpolicy.operations.ledger.growth.append import (
    AppendOptions,
    commit_entries,
    grow_by_history,
)
from launchpolicy.operations.ledger.growth.void import void
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from launchpolicy.vocabulary.errors import UsageError
from tests.ledger.chronicle import MOMENT, Chronicle, begun

WRITING = AppendOptions(None, lambda: MOMENT)
WHY = "the job ran on a feature branch"


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def append_by_accident(chronicle: Chronicle) -> None:
    """Appends what is checked out, as programs did that asked for no branch."""
    with chronicle.place() as place:
        tip = place.tip()
        state = read_state(LedgerFiles(place.repository, tip), ())
        grown, count, _ = grow_by_history(place, state, WRITING)
        assert count
        assert grown.files.commit
        assert place.advance(tip, grown.files.commit)
        keep_head(place, grown, MOMENT)


def append_forged(chronicle: Chronicle, *forged: Entry) -> None:
    """Appends entries that no program made, with a tree and a kept checkpoint that are right."""
    with chronicle.place() as place:
        tip = place.tip()
        state = read_state(LedgerFiles(place.repository, tip), ())
        grown = commit_entries(place, state, forged, {}, WRITING)
        assert grown.files.commit
        assert place.advance(tip, grown.files.commit)
        keep_head(place, grown, MOMENT)


def voiding(commit: str, first: int, last: int) -> Entry:
    return Entry(
        format=FORMAT_3,
        event="voided",
        commit=commit,
        at="2026-11-25T02:00:00Z",
        time_source="append",
        kind=RULES,
        name="rules",
        path=".launchpolicy.yaml",
        verdict="undecided",
        reason=WHY,
        voids=VoidedEntries(first=first, last=last),
    )


@pytest.fixture
def damaged(chronicle: Chronicle) -> Chronicle:
    """A ledger with two entries of a feature branch, while main has gone on."""
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "feature")
    for name in ("LR-8", "LR-9"):
        chronicle.request(name)
        chronicle.commit(f"Request {name}")
    append_by_accident(chronicle)
    chronicle.git("switch", "--quiet", "main")
    chronicle.merged("LR-1")
    return chronicle


def is_whole(chronicle: Chronicle) -> None:
    for replay in (True, False):
        assert chronicle.complaints(replay=replay) == []
    done = chronicle.run("build", "again")
    assert done.code == 0, done.output + done.complaint
    assert chronicle.git("diff", "launch-ledger", "again") == ""
    chronicle.git("branch", "--quiet", "--delete", "--force", "again")


def test_entries_from_another_branch_are_told_apart_from_a_rewritten_history(
    damaged: Chronicle,
) -> None:
    done = damaged.run("append")
    assert done.code == 1
    assert "Entries 1 to 2 were appended from another branch" in done.complaint
    assert "launchpolicy ledger void" in done.complaint
    assert "rewritten" not in done.complaint
    damaged.git("branch", "--quiet", "--delete", "--force", "feature")
    assert "history was rewritten" in damaged.run("append").complaint


def test_a_ledger_survives_an_accident_by_a_further_entry(damaged: Chronicle) -> None:
    assert damaged.run("verify").code == 1
    done = damaged.run("void", "--reason", WHY)
    assert done.code == 0, done.complaint
    assert "#1–#2" in done.output
    assert WHY in done.output
    damaged.append()
    assert damaged.told() == [
        ("adopted", "rules"),
        ("bypassed", "LR-8"),
        ("bypassed", "LR-9"),
        ("voided", "rules"),
        ("bypassed", "LR-1"),
    ]
    assert voided_numbers(damaged.entries()) == {1, 2}
    is_whole(damaged)
    verified = damaged.run("verify")
    assert verified.code == 0, verified.output
    assert "Void since entry #3" in verified.output
    assert WHY in verified.output


def test_a_void_that_is_not_followed_by_an_append_verifies(damaged: Chronicle) -> None:
    damaged.run("void", "--reason", WHY)
    is_whole_but_pending = damaged.verify()
    assert is_whole_but_pending.complaints == []
    assert len(is_whole_but_pending.pending) == 1


def test_a_feature_branch_that_is_merged_after_all_is_entered_anew(damaged: Chronicle) -> None:
    damaged.run("void", "--reason", WHY)
    damaged.git("switch", "--quiet", "feature")
    damaged.git("rebase", "--quiet", "main")
    damaged.git("switch", "--quiet", "main")
    damaged.git("merge", "--quiet", "--ff-only", "feature")
    damaged.append()
    assert damaged.told()[3:] == [
        ("voided", "rules"),
        ("bypassed", "LR-1"),
        ("bypassed", "LR-8"),
        ("bypassed", "LR-9"),
    ]
    is_whole(damaged)


def test_the_very_commits_that_were_voided_are_entered_once_they_are_on_the_branch(
    chronicle: Chronicle,
) -> None:
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "feature")
    chronicle.request("LR-9")
    chronicle.commit("Request LR-9")
    append_by_accident(chronicle)
    chronicle.git("switch", "--quiet", "main")
    assert chronicle.run("void", "--reason", WHY).code == 0
    chronicle.git("merge", "--quiet", "--ff-only", "feature")
    chronicle.append()
    assert chronicle.told()[1:] == [
        ("bypassed", "LR-9"),
        ("voided", "rules"),
        ("bypassed", "LR-9"),
    ]
    is_whole(chronicle)


def test_what_is_on_the_branch_cannot_be_voided(chronicle: Chronicle) -> None:
    chronicle.merged("LR-1")
    chronicle.append()
    done = chronicle.run("void", "--reason", "I would rather it had not happened")
    assert done.code == 2
    assert "nothing can be voided" in done.complaint
    assert [event for event, _ in chronicle.told()] == ["adopted", "bypassed"]


def test_a_void_run_on_a_feature_branch_voids_nothing_of_the_branch(damaged: Chronicle) -> None:
    damaged.git("switch", "--quiet", "feature")
    done = damaged.run("void", "--reason", WHY)
    assert done.code == 0, done.complaint
    assert voided_numbers(damaged.entries()) == {1, 2}
    damaged.git("switch", "--quiet", "main")
    damaged.append()
    is_whole(damaged)


def test_a_void_run_on_an_old_checkout_voids_nothing_newer(chronicle: Chronicle) -> None:
    old = chronicle.git("rev-parse", "HEAD")
    chronicle.merged("LR-1")
    chronicle.append()
    done = chronicle.run("void", "--reason", WHY, "--of", old)
    assert done.code == 2
    assert "nothing can be voided" in done.complaint


def test_a_forged_void_of_an_entry_of_the_branch_does_not_verify(chronicle: Chronicle) -> None:
    commit = chronicle.merged("LR-1")
    chronicle.append()
    append_forged(chronicle, voiding(commit, 1, 1))
    for replay in (True, False):
        complaints = chronicle.complaints(replay=replay)
        assert any("entry 1" in complaint and "is void" in complaint for complaint in complaints)
    done = chronicle.run("build", "again")
    assert done.code == 1, done.output


def test_a_forged_void_as_of_a_commit_that_is_not_there_does_not_verify(
    chronicle: Chronicle,
) -> None:
    chronicle.merged("LR-1")
    chronicle.append()
    append_forged(chronicle, voiding("1" * 40, 1, 1))
    assert any("is not on the first-parent" in complaint for complaint in chronicle.complaints())


def test_a_forged_void_as_of_an_older_commit_hides_no_landing(chronicle: Chronicle) -> None:
    """What it voids is missing as soon as anything follows, and is entered anew before that."""
    first = chronicle.git("rev-parse", "HEAD")
    chronicle.merged("LR-1")
    chronicle.merged("LR-2")
    chronicle.append()
    append_forged(chronicle, voiding(first, 1, 1))
    assert any("is missing" in complaint for complaint in chronicle.complaints())


def test_a_voiding_entry_cannot_be_voided(damaged: Chronicle) -> None:
    damaged.run("void", "--reason", WHY)
    append_forged(damaged, voiding(damaged.git("rev-parse", "HEAD"), 3, 3))
    assert voided_numbers(damaged.entries()) == {1, 2}


def test_a_void_without_a_reason_is_refused(damaged: Chronicle) -> None:
    assert damaged.run("void").code == 2
    with damaged.place() as place, pytest.raises(UsageError, match="reason is missing"):
        void(place, " \n", WRITING)


def test_a_void_of_a_ledger_that_is_not_there_is_refused(chronicle: Chronicle) -> None:
    assert chronicle.run("void", "--reason", WHY).code == 2


def test_a_void_of_a_ledger_that_was_cut_off_is_refused(damaged: Chronicle) -> None:
    damaged.git("update-ref", "refs/heads/launch-ledger", "launch-ledger~1")
    with damaged.place() as place, pytest.raises(MalformedLedgerError):
        void(place, WHY, WRITING)


def test_an_upgrade_on_the_feature_branch_is_no_upgrade_of_the_branch(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packs that judged a void entry say nothing about the landings of the branch."""
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "feature")
    chronicle.request("LR-9")
    chronicle.commit("Request LR-9")
    old = shipped_files.current()
    launch = old.packs["launch"]
    policies = tuple(policy for policy in launch.policies if policy.quorum is None)
    newer = launch._replace(policies=policies, digest=f"sha256:{'1' * 64}")
    packs = {**old.packs, "launch": newer}
    monkeypatch.setattr(shipped_files, "current", lambda: old._replace(packs=packs))
    append_by_accident(chronicle)
    chronicle.git("switch", "--quiet", "main")
    with chronicle.place() as place:
        void(place, WHY, WRITING)
    chronicle.merged("LR-1")
    chronicle.append()
    with chronicle.state() as (_, state):
        source = state.files.find("shipped/since.json") or b""
    assert chronicle.entries()[-1].commit in source.decode()


def test_the_last_standing_entry_is_found_from_the_end() -> None:
    def entries(*ranges: tuple[int, int] | None) -> list[Entry]:
        plain = voiding("1" * 40, 0, 0).model_copy(update={"event": "approved", "voids": None})
        return [plain if pair is None else voiding("1" * 40, *pair) for pair in ranges]

    def last(*ranges: tuple[int, int] | None) -> int | None:
        made = entries(*ranges)
        return last_standing_number(len(made), made.__getitem__)

    assert last() is None
    assert last(None) == 0
    assert last(None, None, (1, 1)) == 0
    assert last(None, (0, 0)) is None
    assert last(None, None, (1, 1), (0, 2)) is None
    assert last(None, (0, 9), None) == 2
    assert voided_numbers(entries(None, None, (1, 7), None, (0, 2))) == {0, 1}
