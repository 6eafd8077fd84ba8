"""`launchpolicy audit` on a real repository: what is in the package, and that it verifies."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.ledger.signing import Signer
from tests.cli.launch_repository import EXAMPLE, Finished
from tests.ledger.chronicle import Chronicle, begun
from tests.ledger.data.make_earlier_ledger import FOLDER, Signers
from tests.processes.program import run_program

SIGNER = Signer("example.com/launches", b"\x07" * 32)
TAMPERED = "LR-2026-0101"
EVIDENCE = f"launches/{TAMPERED}/tests/functional.xml"


def _audit(chronicle: Chronicle, *arguments: str, key: str = "") -> Finished:
    environment = {**chronicle.environment, **({"LAUNCHPOLICY_LEDGER_KEY": key} if key else {})}
    done = run_program(["audit", *arguments], cwd=chronicle.folder, env=environment)
    return Finished(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """An approved launch, one with swapped evidence, a waiver, keys, rules, and a page."""
    folder = tmp_path_factory.mktemp("audit")
    settings = {"origin": "example.com/launches", "key": SIGNER.verifier.source}
    chronicle = begun(folder / "work", settings)
    signers = Signers(chronicle, folder / "keys")
    signers.register("wang.fang", "zhou.kai", "zhao.min")
    chronicle.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, chronicle.folder / FOLDER)
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Request", name="qian.na")
    for lead in ("wang.fang", "zhou.kai", "zhao.min"):
        signers.approve(FOLDER, lead)
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge the request", "request")
    chronicle.request(TAMPERED)
    file = chronicle.folder / EVIDENCE
    file.write_bytes(file.read_bytes() + b"\n")
    chronicle.commit("A launch with other evidence than it says")
    shutil.copytree(EXAMPLE / "waivers", chronicle.folder / "waivers")
    chronicle.commit("A waiver")
    (chronicle.folder / "notes.md").write_text("# Notes\n", "utf-8")
    chronicle.commit("Notes that are no launch")
    chronicle.edit(".launchpolicy.yaml", "vaults: [vault-b]", "vaults: [vault-b, vault-c]")
    chronicle.commit("One more vault")
    chronicle.append(SIGNER)
    return chronicle


@pytest.fixture(scope="module")
def package(landed: Chronicle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "audit"
    done = _audit(landed, "--output", str(folder), key=SIGNER.source)
    assert (done.code, done.complaint) == (0, "")
    return folder


def _rows(package: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((package / name).read_text("utf-8"), newline="")))


def _data(package: Path) -> Any:
    return json.loads((package / "audit.json").read_text("utf-8"))


def _exceptions(package: Path) -> Counter[tuple[str, str]]:
    return Counter((row["kind"], row["name"]) for row in _rows(package, "exceptions.csv"))


def test_every_landing_is_counted_from_git_and_from_the_ledger(package: Path) -> None:
    data = _data(package)
    landings, entries = data["landings"], data["entries"]
    assert landings == {
        "steps": 7,
        "withEntries": 6,
        "together": 0,
        "nothing": 1,
        "missing": [],
        "strangers": [],
    }
    assert (entries["all"], entries["launches"], entries["waivers"], entries["rules"]) == (
        6,
        2,
        1,
        3,
    )


def test_exceptions_are_found_and_none_is_invented(package: Path) -> None:
    found = _exceptions(package)
    assert {kind for kind, name in found if name == TAMPERED} == {
        "bypassed",
        "merged-without-approval",
        "evidence-mismatch",
    }
    assert not [kind for kind, name in found if name == "LR-2026-0042"]
    assert found["rule-change-without-approval", "rules"] == 2
    mismatch = next(
        row for row in _rows(package, "exceptions.csv") if row["kind"] == "evidence-mismatch"
    )
    assert "tests/functional.xml" in mismatch["why"]
    assert mismatch["who"] == "li.wei"


def test_duties_come_from_the_request_its_commits_and_its_approvals(package: Path) -> None:
    launch = next(one for one in _data(package)["launches"] if one["name"] == "LR-2026-0042")
    duties = launch["duties"]
    assert duties["approver"] == ["wang.fang", "zhao.min", "zhou.kai"]
    assert duties["author"] == ["qian.na"]  # who committed a signed approval wrote nothing
    assert duties["merger"] == ["li.wei"]
    assert duties["executor"] == ["zhao.min"]  # whom `operations-accepts` lets approve
    assert duties["requester"] == ["li.wei"]


def test_waivers_are_read_as_they_were_at_the_end_of_the_period(package: Path) -> None:
    (waiver,) = _rows(package, "waivers.csv")
    assert (waiver["name"], waiver["policy"]) == ("2026-11-quarter-end", "launch-window-allowed")
    assert (waiver["requests"], waiver["approvers"]) == ("LR-2026-0017", "")
    assert (waiver["expires"], waiver["state"]) == ("2026-11-05T00:00:00+08:00", "expired")
    assert waiver["reason"].startswith("The contract starts")


def test_a_page_shows_the_request_the_approvals_and_the_digests(package: Path) -> None:
    page = next(
        (package / row["page"]).read_text("utf-8")
        for row in _rows(package, "sample.csv")
        if row["name"] == "LR-2026-0042"
    )
    assert "apiVersion: launchpolicy/v1" in page
    assert "both-leads-approve" in page
    for check in next(
        entry["evidence"]
        for one in _data(package)["launches"]
        if one["name"] == "LR-2026-0042"
        for entry in one["entries"]
    ):
        assert check["good"] is True
        assert check["repository"] in page


def test_changes_have_differences_authors_keys_and_approvers(package: Path) -> None:
    changes = {row["entry"]: row for row in _rows(package, "changes.csv")}
    subjects = [row["subjects"] for row in changes.values()]
    assert subjects == ["adoption keys", "people keys", "waiver", "rules"]
    adoption, people = [row["keys"] for row in changes.values()][:2]
    assert adoption == f"added {SIGNER.verifier.source}"
    assert people.count("added ssh-ed25519") == 3
    page = (package / "index.html").read_text("utf-8")
    assert "+vaults: [vault-b, vault-c]" in page
    assert "2026-11-quarter-end" in page


def test_the_package_verifies_offline_with_the_key(landed: Chronicle, package: Path) -> None:
    done = _audit(landed, "--check", str(package), "--key", SIGNER.verifier.source)
    assert (done.code, done.complaint) == (0, "")
    assert "Signed by example.com/launches" in done.output
    without_key = _audit(landed, "--check", str(package), "--lang", "zh")
    assert without_key.code == 0
    assert "未提供 --key" in without_key.output


def test_receipts_and_growth_verify_with_the_commands_of_the_ledger(
    landed: Chronicle, package: Path
) -> None:
    receipts = sorted((package / "receipts").iterdir())
    assert receipts
    key = ("--key", SIGNER.verifier.source)
    assert all(landed.run("check-proof", str(file), *key).code == 0 for file in receipts)
    end = ("--since", str(package / "checkpoints" / "end"))
    assert landed.run("check-proof", str(package / "proofs" / "end-to-ledger"), *end).code == 0


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_the_same_options_give_the_same_bytes(
    landed: Chronicle, package: Path, tmp_path: Path
) -> None:
    done = _audit(landed, "--output", str(tmp_path / "again"), key=SIGNER.source)
    assert done.code == 0
    assert _bytes(tmp_path / "again") == _bytes(package)


def test_a_period_has_two_checkpoints_and_the_proof_between_them(
    landed: Chronicle, tmp_path: Path
) -> None:
    """All landings have one time here, so the period is chosen by both ends around it."""
    folder = tmp_path / "later"
    done = _audit(landed, "--since", "2026-11-26", "--output", str(folder), "--lang", "zh")
    assert done.code == 0
    scope = _data(folder)["scope"]
    assert (scope["first"], scope["end"]) == (6, 6)
    assert _rows(folder, "population.csv") == []
    assert (folder / "checkpoints" / "begin").read_text("utf-8").split("\n")[1] == "6"
    assert _audit(landed, "--check", str(folder)).code == 0
    assert "未签名" in done.output


@pytest.fixture
def extra(landed: Chronicle) -> Iterator[Chronicle]:
    """One more landing, which the ledger does not have; it is gone afterwards."""
    before = landed.git("rev-parse", "HEAD")
    landed.request("LR-2026-0102")
    landed.commit("Not in the ledger")
    yield landed
    landed.git("reset", "--quiet", "--hard", before)


def test_a_landing_that_the_ledger_lacks_is_missing(extra: Chronicle, tmp_path: Path) -> None:
    done = _audit(extra, "--output", str(tmp_path / "audit"))
    assert done.code == 1
    commit = extra.git("rev-parse", "HEAD")
    assert _exceptions(tmp_path / "audit")["missing-record", commit] == 1
    assert _data(tmp_path / "audit")["landings"]["steps"] == 8


def test_an_entry_whose_landing_is_gone_from_the_branch_is_found(
    landed: Chronicle, tmp_path: Path
) -> None:
    """A history that was rewritten, with the ledger left as it is."""
    head = landed.git("rev-parse", "HEAD")
    landed.git("reset", "--quiet", "--hard", "HEAD~2")
    try:
        done = _audit(landed, "--output", str(tmp_path / "audit"))
    finally:
        landed.git("reset", "--quiet", "--hard", head)
    assert done.code == 1
    assert _exceptions(tmp_path / "audit")["record-without-landing", head] == 1


def test_a_seed_of_ones_own_draws_another_order(landed: Chronicle, tmp_path: Path) -> None:
    ranks = []
    for seed in ("one", "two"):
        folder = tmp_path / seed
        done = _audit(landed, "--seed", seed, "--sample", "1", "--output", str(folder))
        assert done.code == 0
        assert len(_rows(folder, "sample.csv")) == 1
        ranks.append(_rows(folder, "sample.csv")[0]["rank"])
    assert ranks[0] != ranks[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "written or checked"),
        (("--output", "x", "--check", "."), "--output means nothing beside --check"),
        (("--output", "x", "--key", "k"), "--key is for --check"),
        (("--output", "x", "--since", "2026-12-01", "--until", "2026-11-30"), "no later"),
        (("--output", "x", "--since", "yesterday"), "is no day"),
        (("--output", "x", "--since", "20261201"), "is no day"),
        (("--check", "launches"), "There is no audit"),
        (("--output", "launches"), "did not write"),
        (("--output", "x", "--sample", "-1"), "--sample"),
    ],
)
def test_a_wrong_use_is_exit_2_and_says_what_to_do(
    landed: Chronicle, arguments: tuple[str, ...], words: str
) -> None:
    done = _audit(landed, *arguments)
    assert done.code == 2
    assert words in done.complaint
    assert "Traceback" not in done.complaint
    assert not (landed.folder / "x").exists()


def test_another_key_than_the_ledgers_signs_no_package(landed: Chronicle, tmp_path: Path) -> None:
    other = Signer("example.com/launches", b"\x08" * 32)
    done = _audit(landed, "--output", str(tmp_path / "audit"), key=other.source)
    assert done.code == 2
    assert not (tmp_path / "audit").exists()


def test_files_of_another_audit_are_not_mixed_with_this_one(
    landed: Chronicle, tmp_path: Path
) -> None:
    folder = tmp_path / "audit"
    assert _audit(landed, "--output", str(folder)).code == 0
    assert _audit(landed, "--output", str(folder)).code == 0
    done = _audit(landed, "--sample", "0", "--output", str(folder))
    assert done.code == 2
    assert "another audit" in done.complaint
