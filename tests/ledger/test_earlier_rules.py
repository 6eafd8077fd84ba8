"""New rules that landed are read by the program of then, when they are judged again."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import THIRD_EDITION
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own rules}
spec:
  version: 1
  bindings: [{policy: named, action: deny}]
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: named, title: A launch has a name}
spec:
  match: {kinds: [LaunchRequest]}
  validations: [{expression: "!object.spec.product.name.matches('[')", message: No name.}]
  fix: Name it.
"""


def landed(chronicle: Chronicle, folder: str) -> str:
    """Land a pack with a pattern that the fourth edition refuses; return the verdict."""
    own = chronicle.folder / "policies" / folder
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(PACK.replace("own", folder), "utf-8")
    (own / "named.yaml").write_text(POLICY, "utf-8")
    chronicle.commit("A pack of our own")
    chronicle.append()
    return str(chronicle.entries()[-1].verdict)


def test_a_pack_that_the_third_edition_took_stays_taken_and_the_ledger_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = begun(tmp_path / "work")
    then = shipped_files.current()._replace(edition=THIRD_EDITION)
    with monkeypatch.context() as earlier:
        earlier.setattr(shipped_files, "current", lambda: then)
        before = landed(chronicle, "own")
    assert before == "pass"
    assert chronicle.complaints(trusted_sets=[then.digest]) == []
    done = chronicle.run("build", "again", "--trust-set", then.digest)
    assert done.code == 0, done.complaint
    trees = chronicle.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]


def test_such_a_pack_is_refused_now(tmp_path: Path) -> None:
    assert landed(begun(tmp_path / "work"), "own") == "rejected"
