"""Anybody makes the same bytes again, anywhere, and judges as was judged then."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    chronicle = begun(tmp_path_factory.mktemp("rebuilding"))
    chronicle.append()
    chronicle.merged("LR-1")
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.request("LR-2")
    chronicle.commit("One half")
    chronicle.edit("launches/LR-2/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("And the other")
    assert chronicle.run("append", "--landed-after", before).code == 0
    chronicle.git("mv", "launches/LR-1", "launches/LR-3")
    chronicle.commit("Move")
    chronicle.append()
    return chronicle


@pytest.mark.parametrize(
    "settings",
    [
        {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"},
        {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "4711"},
    ],
    ids=["china", "newfoundland", "c"],
)
def test_another_clone_zone_and_locale_give_the_same_bytes(
    written: Chronicle, tmp_path: Path, settings: dict[str, str]
) -> None:
    clone = written.clone(f"clone-{tmp_path.name}")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    done = clone.run("build", "again", **settings)
    assert done.code == 0, done.complaint
    trees = clone.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]


def test_what_was_appended_bit_by_bit_is_what_is_built_at_once(written: Chronicle) -> None:
    done = written.run("build", "at-once")
    assert "byte for byte" in done.output
    assert written.git("diff", "launch-ledger", "at-once") == ""


def test_a_ledger_that_differs_is_said_to(written: Chronicle, tmp_path: Path) -> None:
    clone = written.clone(f"clone-{tmp_path.name}")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    done = clone.run("build", "short", "--of", "HEAD~1")
    assert done.code == 1
    assert "NOT like the ledger" in done.output
    assert clone.run("build", "short").code == 2


def test_landings_are_judged_again_by_the_packs_of_their_time(
    written: Chronicle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer program brings other packs; what was entered before stays right."""
    clone = written.clone(f"clone-{tmp_path.name}")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    old = shipped_files.current()
    launch = old.packs["launch"]
    policies = tuple(policy for policy in launch.policies if policy.quorum is None)
    newer = launch._replace(policies=policies, digest=f"sha256:{'1' * 64}")
    monkeypatch.setattr(
        shipped_files,
        "current",
        lambda: old._replace(packs={**old.packs, "launch": newer}),
    )
    assert clone.complaints() == []
    clone.merged("LR-7")
    clone.append()
    entry = clone.entries()[-1]
    assert entry.pack_set != clone.entries()[1].pack_set
    assert "both-leads-approve" not in {hurdle.policy for hurdle in entry.hurdles}
    with clone.state() as (_, state):
        assert sum(each.path.startswith("shipped/") for each in state.files.all()) == 3
