"""A ledger that a changed program wrote does not vouch for its own rules (threat L5)."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.policy import Pack, pack_of
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow

SENTENCE = "came with no release that this program knows"


@contextmanager
def lax_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A program whose policies warn at most; yields the digest of its set."""
    honest = shipped_files.current()
    lax = honest._replace(packs={name: lax_pack(pack) for name, pack in honest.packs.items()})
    with monkeypatch.context() as patch:
        patch.setattr(shipped_files, "current", lambda: lax)
        yield lax.digest


def lax_pack(pack: Pack) -> Pack:
    source = copy.deepcopy(dict(pack.source))
    for binding in source["pack"]["spec"]["bindings"]:
        binding["action"] = "audit"
    return pack_of(source, digest_of(source))


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path / "work")


def test_a_ledger_that_a_program_with_lax_packs_wrote_does_not_verify(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.merged("LR-1")
    with lax_program(monkeypatch) as digest:
        chronicle.append()
    assert chronicle.told() == [("adopted", "rules"), ("approved", "LR-1")]
    for options in ((), ("--quick",)):
        done = chronicle.run("verify", *options)
        assert done.code == 1, done.output
        assert SENTENCE in " ".join(done.output.split())
        assert digest in done.output
        assert "is as it is recorded" not in done.output
    built = chronicle.run("build", "rebuilt")
    assert built.code == 1
    assert SENTENCE in " ".join(built.complaint.split())
    assert "byte for byte" not in built.output


def test_lax_packs_after_an_honest_beginning_with_a_kept_checkpoint_do_not_verify(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.append()
    landed = chronicle.merged("LR-1")
    with lax_program(monkeypatch):
        chronicle.append()
    last = chronicle.merged("LR-2")
    chronicle.append()
    assert [event for event, _ in chronicle.told()] == ["adopted", "approved", "bypassed"]
    verification = chronicle.verify()
    assert verification.kept == 3
    (complaint,) = verification.complaints
    assert complaint.where.startswith("shipped/")
    assert f"what landed from {landed} on and before {last} was judged by" in complaint.what.en


def test_a_ledger_of_another_program_verifies_where_its_set_is_named(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.merged("LR-1")
    with lax_program(monkeypatch) as digest:
        chronicle.append()
    verified = chronicle.run("verify", "--trust-set", digest)
    assert verified.code == 0, verified.output
    assert "is as it is recorded" in verified.output
    built = chronicle.run("build", "rebuilt", "--trust-set", digest)
    assert built.code == 0, built.complaint
    assert chronicle.run("verify", "--trust-set", f"sha256:{'0' * 64}").code == 1


def test_what_a_release_came_with_stays_known() -> None:
    assert shipped_files.current().digest in shipped_files.known_sets()
