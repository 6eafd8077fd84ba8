"""What `append` notices on the way: it warns, and appends all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.operations.ledger.growth import notice
from tests.ledger.chronicle import MOMENT, Chronicle, begun

pytestmark = pytest.mark.slow

HEADS = "refs/heads/launch-ledger-heads"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    chronicle = begun(tmp_path_factory.mktemp("written"))
    chronicle.merged("LR-1")
    done = chronicle.run("append")
    assert (done.code, done.complaint) == (0, "")
    assert chronicle.run("render").code == 0
    return chronicle


@pytest.fixture
def chronicle(written: Chronicle, tmp_path: Path) -> Chronicle:
    shutil.copytree(written.folder, tmp_path / "launches")
    return Chronicle(tmp_path / "launches", written.home)


def harm(chronicle: Chronicle, files: dict[str, bytes]) -> None:
    with chronicle.state() as (place, state):
        old = state.files.commit
        commit = commit_files(place.repository, old, files, (), "harm", MOMENT)
        assert place.advance(old, commit)


def said(output: str) -> str:
    return " ".join(output.split())


def test_a_ledger_as_it_should_be_warns_of_nothing(chronicle: Chronicle) -> None:
    chronicle.merged("LR-2")
    done = chronicle.run("append")
    assert (done.code, done.complaint) == (0, "")


def test_a_strange_file_and_a_changed_page_are_named_and_the_entry_is_made(
    chronicle: Chronicle,
) -> None:
    harm(chronicle, {"tile/notes.txt": b"hello\n", "README.md": b"All is well.\n"})
    chronicle.merged("LR-2")
    done = chronicle.run("append")
    assert done.code == 0
    assert "1 entry appended" in done.output
    complaint = said(done.complaint)
    assert "tile/notes.txt: nothing in the ledger refers to it" in complaint
    assert "README.md: it is not what the entries make of it" in complaint
    assert complaint.count("README.md") == 1
    assert "and good: the copies of the records" in complaint
    assert "launchpolicy ledger verify" in complaint
    assert "页面被改动" in chronicle.run("append", "--lang", "zh").complaint


def test_the_files_of_a_long_ledger_are_left_to_verify(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(chronicle, {"tile/notes.txt": b"hello\n"})
    chronicle.merged("LR-2")
    monkeypatch.setattr(notice, "MOST_ENTRIES", 1)
    result = chronicle.append()
    assert result.count == 1
    assert result.noticed is not None
    assert result.noticed.complaints == []
    assert any("tile/notes.txt" in complaint for complaint in chronicle.complaints())


def test_heads_that_are_gone_are_said_to_be(chronicle: Chronicle) -> None:
    chronicle.git("update-ref", "-d", HEADS)
    chronicle.merged("LR-2")
    done = chronicle.run("append")
    assert done.code == 0
    assert "No checkpoint was kept of the 2 entries" in said(done.complaint)
    assert chronicle.run("append").complaint == ""


def test_a_date_that_was_not_believed_is_said(chronicle: Chronicle) -> None:
    chronicle.edit("people.yaml", "Zhao Min", "Zhao Min-Jun")
    chronicle.commit("From the future", at="2031-01-01T10:00:00+08:00")
    done = chronicle.run("append", "--now", "2026-11-25T03:00:00Z")
    assert done.code == 0
    assert "entry 2 is dated otherwise by its commit" in said(done.complaint)


def test_one_cause_is_one_complaint(chronicle: Chronicle) -> None:
    with chronicle.state() as (_, state):
        paths = [entry.path for entry in state.files.all()]
        path = next(path for path in paths if path.startswith("tile/entries/"))
        source = state.files.read(path)
    harm(chronicle, {path: source.replace(b'"verdict":"blocked"', b'"verdict":"passed!"')})
    done = chronicle.run("verify")
    assert done.code == 1
    output = said(done.output)
    assert "The ledger does NOT verify: 1 complaint." in output
    assert "and good: the rules of each time" in output
    assert "The pages and the history were not compared" in output
    assert "launchpolicy ledger build" in output
    assert output.count("The ledger is damaged") == 0


def test_many_files_with_one_cause_are_one_more_complaint(chronicle: Chronicle) -> None:
    harm(chronicle, {f"facts/{number:02d}.txt": b"x" for number in range(12)})
    told = chronicle.complaints(replay=False)
    assert len(told) == 4
    assert "the same of 9 more" in told[-1]


def test_what_a_damaged_tree_hides_is_no_complaint_of_its_own(chronicle: Chronicle) -> None:
    with chronicle.state() as (place, state):
        path = next(
            entry.path for entry in state.files.all() if entry.path.startswith("tile/entries/")
        )
        old = state.files.commit
        commit = commit_files(place.repository, old, {}, [path], "harm", MOMENT)
        assert place.advance(old, commit)
    assert chronicle.complaints() == [f"{path}: it is missing"]
