"""What landed with a text that says nothing by now stays judged as it was then."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import FOURTH_EDITION, SEVENTH_EDITION
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow

TEXTS = "texts-say-something"


def landed(chronicle: Chronicle, name: str) -> set[str]:
    """Land a request that says "see document" of its impact, and enter it.

    Returns:
        the policies that stood in its way.
    """
    return landed_with(chronicle, name, "Customers see a new payment page.", "See document.")


def landed_with(chronicle: Chronicle, name: str, said: str, instead: str) -> set[str]:
    """Land a request with another text, and enter it; return the policies in its way."""
    chronicle.request(name)
    assert said in (chronicle.folder / f"launches/{name}/request.yaml").read_text("utf-8")
    chronicle.edit(f"launches/{name}/request.yaml", said, instead)
    chronicle.commit("A launch that nobody approved")
    chronicle.append()
    return {hurdle.policy for hurdle in chronicle.entries()[-1].hurdles}


def test_a_landing_of_the_fourth_edition_may_refer_to_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = begun(tmp_path / "work")
    then = shipped_files.current()._replace(edition=FOURTH_EDITION)
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_files, "current", lambda: then)
        before = landed(chronicle, "LR-2026-0043")

    after = landed(chronicle, "LR-2026-0044")

    assert TEXTS not in before
    assert TEXTS in after
    assert chronicle.complaints(trusted_sets=[then.digest]) == []


def test_a_landing_of_the_seventh_edition_expected_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = begun(tmp_path / "work")
    expected = "expected: {en: Row counts are equal., zh: 迁移前后行数一致。}"
    then = shipped_files.current()._replace(edition=SEVENTH_EDITION)
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_files, "current", lambda: then)
        before = landed_with(chronicle, "LR-2026-0043", expected, "expected: 4/4")

    after = landed_with(chronicle, "LR-2026-0044", expected, "expected: 4/4")

    assert TEXTS in before
    assert TEXTS not in after
    assert chronicle.complaints(trusted_sets=[then.digest]) == []
