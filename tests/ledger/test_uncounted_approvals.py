"""Approvals are looked for where a policy counts them, and the history is not asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.vocabulary.snapshot import Snapshot
from tests.ledger.chronicle import OPEN, Chronicle, begun

REQUEST = f"launches/{OPEN}/request.yaml"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders and files of approvals about which the history is asked."""
    paths: list[str] = []
    dropped_versions = SigningHistory.dropped_versions

    def note(history: SigningHistory, path: str) -> Iterator[tuple[str, Snapshot]]:
        paths.append(path)
        return dropped_versions(history, path)

    monkeypatch.setattr(SigningHistory, "dropped_versions", note)
    return paths


def _landed_at(folder: Path, stage: str) -> Chronicle:
    chronicle = begun(folder)
    chronicle.request(OPEN)
    chronicle.edit(REQUEST, "stage: requested", f"stage: {stage}")
    chronicle.commit("a request")
    return chronicle


@pytest.mark.parametrize(("stage", "is_asked"), [("requested", True), ("verified", False)])
def test_the_history_is_asked_for_approvals_at_stages_at_which_a_policy_counts_them(
    tmp_path: Path,
    asked: list[str],
    stage: str,
    is_asked: bool,  # noqa: FBT001 (a case)
) -> None:
    chronicle = _landed_at(tmp_path, stage)
    chronicle.append()
    assert bool(asked) == is_asked
    entry = chronicle.entries()[-1]
    assert entry.stage == stage
    assert entry.approval_digest
