"""What landed with evidence that is judged differently now stays judged as it was then."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow

REPORTS = "test-reports-pass"


def landed(chronicle: Chronicle, name: str, attribute: str) -> set[str]:
    """Land a request in whose test report every case has an attribute, and enter it.

    Returns:
        the policies that stood in its way.
    """
    chronicle.request(name)
    report = chronicle.folder / "launches" / name / "tests" / "functional.xml"
    before = hashlib.sha256(report.read_bytes()).hexdigest()
    text = report.read_text("utf-8")
    report.write_text(text.replace("<testcase ", f"<testcase {attribute} "), "utf-8")
    after = hashlib.sha256(report.read_bytes()).hexdigest()
    chronicle.edit(f"launches/{name}/request.yaml", before, after)
    chronicle.commit("A launch that nobody approved")
    chronicle.append()
    return {hurdle.policy for hurdle in chronicle.entries()[-1].hurdles}


def test_a_landing_of_the_fourth_edition_is_judged_by_its_reading_of_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_judged_as_then(tmp_path, monkeypatch, FOURTH_EDITION, 'status="✗"')


def test_a_landing_of_the_sixth_edition_with_failed_assertions_is_judged_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_judged_as_then(tmp_path, monkeypatch, SIXTH_EDITION, 'failed-assertions="2"')


def require_judged_as_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: int, attribute: str
) -> None:
    """Fail unless a report with this attribute blocks only what lands after an edition."""
    chronicle = begun(tmp_path / "work")
    then = shipped_files.current()._replace(edition=edition)
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_files, "current", lambda: then)
        before = landed(chronicle, "LR-2026-0043", attribute)

    after = landed(chronicle, "LR-2026-0044", attribute)

    assert REPORTS not in before
    assert REPORTS in after
    assert chronicle.complaints(trusted_sets=[then.digest]) == []
    done = chronicle.run("build", "again", "--trust-set", then.digest)
    assert done.code == 0, done.complaint
    trees = chronicle.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]
