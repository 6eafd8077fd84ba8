"""What landed while twins and unknown processes were taken stays judged as it was then."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import FIFTH_EDITION
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow


def landed(chronicle: Chronicle, name: str) -> str:
    """Land a request with a twin of its acceptance document, and enter it; return the verdict."""
    chronicle.request(name)
    (chronicle.folder / "launches" / name / "acceptance/Acceptance.pdf").write_bytes(b"another\n")
    chronicle.commit("A launch with two documents of one name")
    chronicle.append()
    return str(chronicle.entries()[-1].verdict)


def test_a_landing_of_the_fifth_edition_with_twins_and_an_unknown_process_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = begun(tmp_path / "work")
    then = shipped_files.current()._replace(edition=FIFTH_EDITION)
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_files, "current", lambda: then)
        chronicle.edit(
            "calendar.yaml",
            "+08:00, except: [emergency]",
            "+08:00, except: [emergency], processes: [none]",
        )
        chronicle.commit("A freeze of nothing")
        chronicle.append()
        before = landed(chronicle, "LR-2026-0043")
    chronicle.edit("calendar.yaml", "processes: [none]", "processes: [product-launch]")
    chronicle.commit("A process that there is")
    chronicle.append()
    after = landed(chronicle, "LR-2026-0044")

    assert (before, after) == ("blocked", "rejected")
    assert chronicle.complaints(trusted_sets=[then.digest]) == []
    done = chronicle.run("build", "again", "--trust-set", then.digest)
    assert done.code == 0, done.complaint
    trees = chronicle.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]
