"""Kinds with several patterns and exceptions: what they read, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.cli.kinds.proposals import KIND, Proposals

GOOD = {"number": "1", "approvers": ["li.wei"]}
BAD = {"number": "2"}


@pytest.mark.parametrize(
    "path", ["proposals/proposal.yaml", "proposals/a/b/proposal.yaml", "old/2.yaml"]
)
def test_every_pattern_of_a_kind_is_judged(proposals: Proposals, path: str) -> None:
    proposals.rules()
    proposals.begin()
    proposals.write(path, BAD)
    done = proposals.propose()
    assert (done.code, f"{path}:1" in done.output) == (1, True)
    assert proposals.repository.check(path).code == 1
    assert proposals.repository.check().code == 1


def test_an_exception_of_the_base_takes_files_away_and_no_other(proposals: Proposals) -> None:
    proposals.rules()
    proposals.begin()
    proposals.write("proposals/template/proposal.yaml", BAD)
    assert proposals.propose().code == 0
    proposals.write("proposals/Template/proposal.yaml", BAD)
    assert proposals.propose().code == 1


def test_an_exception_that_the_change_itself_brings_hides_nothing(proposals: Proposals) -> None:
    proposals.rules(configuration={"approvals": {"source": "signed", "rules": "anybody"}})
    proposals.begin()
    proposals.rules(
        configuration={"approvals": {"source": "signed", "rules": "anybody"}},
        exceptions=["proposals/mine/**"],
    )
    proposals.write("proposals/mine/proposal.yaml", BAD)
    assert proposals.propose().code == 1


def test_an_exception_that_the_change_drops_lets_no_unjudged_file_in(proposals: Proposals) -> None:
    """The file is no document of the base's kind, and would be one of the head's from then on."""
    anybody = {"approvals": {"source": "signed", "rules": "anybody"}}
    proposals.rules(configuration=anybody)
    proposals.begin()
    proposals.rules(configuration=anybody, exceptions=[])
    proposals.write("proposals/template/proposal.yaml", BAD)
    done = proposals.propose()
    assert done.code != 0
    assert "proposals/template/proposal.yaml" in done.output


@pytest.mark.parametrize(
    "path",
    [
        *("Proposals/a/proposal.yaml", "proposals/a/proposal.yml", "proposals/a/Proposal.yaml"),
        *("proposals/a/b/proposal.json", "old/2.yml", "old/deep/2.yaml", "OLD/2.yaml"),
    ],
)
def test_what_only_looks_like_a_document_of_some_pattern_is_refused(
    proposals: Proposals, path: str
) -> None:
    proposals.rules()
    proposals.begin()
    proposals.write(path, BAD)
    assert proposals.propose().code == 2


@pytest.mark.parametrize("path", ["proposals", "proposals/a", "proposals/a/b", "old"])
def test_a_link_in_place_of_a_folder_of_any_pattern_is_refused(
    proposals: Proposals, path: str
) -> None:
    proposals.rules()
    proposals.write("elsewhere/proposal.yaml", BAD)
    proposals.begin()
    link = proposals.folder / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(proposals.folder / "elsewhere")
    assert proposals.propose().code == 2


def test_a_link_below_an_exception_is_no_folder_of_documents(proposals: Proposals) -> None:
    proposals.rules()
    proposals.begin()
    link = proposals.folder / "proposals/template/logo"
    link.parent.mkdir(parents=True)
    link.symlink_to("nowhere")
    assert proposals.propose().code == 0


def test_evidence_beside_a_document_of_any_depth_has_it_judged_again(
    proposals: Proposals,
) -> None:
    proposals.rules()
    proposals.write("proposals/a/b/proposal.yaml", GOOD)
    proposals.begin()
    proposals.write("proposals/a/b/notes/minutes.txt", "text")
    done = proposals.propose()
    assert (done.code, "proposals/a/b/proposal.yaml" in done.output) == (0, True)


def test_two_kinds_that_can_share_a_file_are_refused_with_both_patterns_and_a_path(
    proposals: Proposals,
) -> None:
    other = {**KIND, "name": "Note", "files": ["notes/*.yaml", "proposals/*/*.yaml"]}
    del other["except"]
    proposals.rules(configuration={"kinds": [KIND, other]})
    proposals.write("proposals/1/proposal.yaml", GOOD)
    done = proposals.repository.check()
    assert done.code == 2
    assert "proposals/*/*.yaml" in done.complaint
    assert "proposals/**/proposal.yaml" in done.complaint
    parted = {**other, "except": "proposals/*/proposal.yaml"}
    proposals.rules(configuration={"kinds": [KIND, parted]})
    assert proposals.repository.check().code == 0


def test_the_status_of_a_document_at_the_top_level_is_shown_where_approvals_are_signed(
    proposals: Proposals,
) -> None:
    proposals.rules(
        files=["groups.yaml"], configuration={"approvals": {"source": "signed", "rules": "anybody"}}
    )
    proposals.write("groups.yaml", GOOD)
    proposals.begin()
    for command in (("status", "groups.yaml"), ("policy", "explain", "approved", "groups.yaml")):
        done = proposals.repository.run(*command)
        assert done.code == 0, done.complaint
