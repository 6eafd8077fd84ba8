"""The commands of the ledger as people call them."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from tests.ledger.chronicle import CLOSED, Chronicle, begun

KEY_NAME = "acme.example/launches"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    chronicle = begun(tmp_path_factory.mktemp("commands"))
    chronicle.merged("LR-1")
    chronicle.request(CLOSED, CLOSED)
    chronicle.commit("Import")
    assert chronicle.run("append").code == 0
    return chronicle


def test_show_tells_a_launch_with_its_people_and_events(written: Chronicle) -> None:
    done = written.run("show", CLOSED)
    assert done.code == 0
    for words in ("Loyalty points 1.7", "requester", "Li Wei", "announced", "#2", "closed"):
        assert words in done.output
    assert "发布通告" not in done.output
    assert "申请人" in written.run("show", CLOSED, "--lang", "zh").output


def test_show_gives_the_entries_themselves(written: Chronicle) -> None:
    lines = written.run("show", "LR-1", "--format", "json").output.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["bypassed"]
    one = json.loads(written.run("show", "#0", "--format", "json").output)
    assert (one["number"], one["event"]) == (0, "adopted")
    assert written.run("show", "#0").output.startswith("#0")


def test_show_of_nothing_says_where_to_look(written: Chronicle) -> None:
    done = written.run("show", "LR-404")
    assert (done.code, done.output) == (2, "")
    assert "ledger query" in done.complaint


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ((), ["LR-2026-0017", "LR-1"]),
        (("--product", "loyalty"), ["LR-2026-0017"]),
        (("--person", "赵敏"), ["LR-2026-0017", "LR-1"]),
        (("--person", "nobody"), []),
        (("--month", "2026-12"), ["LR-1"]),
        (("--stage", "closed"), ["LR-2026-0017"]),
        (("--outcome", "launched"), ["LR-2026-0017"]),
        (
            ("--outcome", "unapproved", "--bypassed"),
            ["LR-2026-0017", "LR-1"],
        ),
        (("--outcome", "approved"), []),
        (("--process", "product-launch", "--kind", "LaunchRequest"), ["LR-2026-0017", "LR-1"]),
        (("--emergency",), []),
    ],
)
def test_query_finds_what_is_asked_for(
    written: Chronicle, asked: tuple[str, ...], names: list[str]
) -> None:
    done = written.run("query", *asked, "--format", "json")
    assert done.code == 0, done.complaint
    assert [json.loads(line)["name"] for line in done.output.splitlines()] == names
    count = "1 launch" if len(names) == 1 else f"{len(names)} launches"
    assert written.run("query", *asked).output.splitlines()[-1] == count


def test_a_receipt_is_checked_far_from_the_repository(written: Chronicle, tmp_path: Path) -> None:
    file = tmp_path / "receipt.txt"
    assert written.run("prove", "LR-1", "--output", str(file)).code == 0
    elsewhere = Chronicle(tmp_path, written.home)
    done = elsewhere.run("check-proof", str(file))
    assert done.code == 0
    assert done.output.count("Proved: LR-1 bypassed")
    assert "is not verified" in done.output
    text = file.read_text("utf-8")
    file.write_text(text.replace("index 1", "index 2"), "utf-8")
    done = elsewhere.run("check-proof", str(file), "--lang", "zh")
    assert (done.code, done.output) == (1, "")
    assert done.complaint.startswith("未证明")
    assert elsewhere.run("check-proof", str(tmp_path / "none")).code == 2
    assert written.run("prove", "#1").output == text
    assert written.run("prove", "LR-404").code == 2


def test_a_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    chronicle = Chronicle(tmp_path, tmp_path)
    done = chronicle.run("keygen", KEY_NAME, "ledger.key")
    assert done.code == 0
    file = tmp_path / "ledger.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = file.read_text("utf-8").strip()
    assert secret.startswith(f"PRIVATE+KEY+{KEY_NAME}+")
    assert secret not in done.output + done.complaint
    assert done.output.startswith(f"{KEY_NAME}+")
    assert chronicle.run("keygen", KEY_NAME, "ledger.key").code == 2
    assert chronicle.run("keygen", "a b", "other.key").code == 2


def test_a_key_from_the_environment_signs_and_the_receipt_verifies(tmp_path: Path) -> None:
    keys = Chronicle(tmp_path, tmp_path)
    public = keys.run("keygen", KEY_NAME, "ledger.key").output.strip()
    secret = (tmp_path / "ledger.key").read_text("utf-8")
    chronicle = begun(tmp_path / "signed", {"key": public})
    done = chronicle.run("append", LAUNCHPOLICY_LEDGER_KEY=secret)
    assert "(signed)" in done.output
    receipt = chronicle.run("prove", "#0").output
    file = tmp_path / "receipt"
    file.write_text(receipt, "utf-8")
    assert "(signed)" in keys.run("check-proof", str(file), "--key", public).output
    without = keys.run("check-proof", str(file)).output
    assert "(its signature is not verified)" in without  # it is signed, and nobody said by whom
    assert "UNSIGNED" not in without
    other = keys.run("keygen", KEY_NAME, "other.key").output.strip()
    assert keys.run("check-proof", str(file), "--key", other).code == 1
    assert chronicle.run("append", LAUNCHPOLICY_LEDGER_KEY="nonsense").code == 2
    assert chronicle.run("append").code == 2


def test_views_go_into_a_folder_of_their_own(written: Chronicle, tmp_path: Path) -> None:
    folder = tmp_path / "views"
    assert written.run("render", str(folder)).code == 0
    assert {"README.md", "index.html", "calendar.ics", "announcements.atom"} <= {
        file.name for file in folder.iterdir()
    }
    assert written.run("render", str(folder)).code == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", "utf-8")
    assert written.run("render", str(tmp_path / "mine")).code == 2
    assert written.run("render", "--view", "html").code == 2


def test_views_on_the_branch_are_renewed_and_what_is_gone_goes(written: Chronicle) -> None:
    clone = written.clone("rendering")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    assert clone.run("render").code == 0
    pages = clone.git("ls-tree", "--name-only", "launch-ledger:launches").split()
    assert len(pages) == 2
    tip = clone.git("rev-parse", "launch-ledger")
    assert clone.run("render").code == 0
    assert clone.git("rev-parse", "launch-ledger") == tip
    clone.git("mv", "launches/LR-1", "launches/LR-9")
    clone.edit("launches/LR-9/request.yaml", "LR-1", "LR-9")
    clone.commit("Rename")
    assert clone.run("append").code == 0
    assert clone.run("verify", "--quick").code == 0
    assert clone.run("render").code == 0
    renamed = clone.git("ls-tree", "--name-only", "launch-ledger:launches").split()
    assert len(renamed) == 2
    assert set(renamed) != set(pages)
    assert clone.complaints(replay=False) == []


def test_ledgers_of_several_repositories_make_one_dataset(
    written: Chronicle, tmp_path: Path
) -> None:
    other = begun(tmp_path / "other", {"origin": "other.example/launches"})
    other.merged("LR-5")
    assert other.run("append").code == 0
    bare = other.clone("bare.git", bare=True)
    folder = tmp_path / "data"
    done = written.run(
        "merge", str(folder), str(written.folder), str(bare.folder), "--format=jsonl"
    )
    assert done.code == 0, done.complaint
    rows = [
        json.loads(line) for line in (folder / "launches.jsonl").read_text("utf-8").splitlines()
    ]
    assert {row["name"] for row in rows} == {"LR-1", CLOSED, "LR-5"}
    kept = json.loads((folder / "ledgers.json").read_text("utf-8"))["ledgers"]
    assert [each["size"] for each in kept] == [3, 2]
    assert kept[1]["origin"] == "other.example/launches"
    twice = written.run("merge", str(folder), str(bare.folder), str(other.folder))
    assert twice.code == 2
    assert written.run("merge", str(tmp_path / "x"), str(tmp_path)).code == 3


@pytest.mark.parametrize("command", ["verify", "show x", "query", "prove x", "render", "export x"])
def test_without_a_ledger_it_says_how_to_begin_one(tmp_path: Path, command: str) -> None:
    chronicle = begun(tmp_path)
    done = chronicle.run(*command.split())
    assert done.code == 2
    assert "launchpolicy ledger append" in done.complaint


def test_rules_may_come_from_outside(tmp_path: Path) -> None:
    chronicle = begun(tmp_path / "own")
    rules = tmp_path / "rules"
    shutil.copytree(chronicle.folder, rules, ignore=shutil.ignore_patterns(".git"))
    chronicle.git("rm", "--quiet", ".launchpolicy.yaml")
    chronicle.commit("No configuration here")
    chronicle.merged("LR-1")
    done = chronicle.run("append", "--rules", str(rules))
    assert done.code == 0, done.complaint
    assert "bypassed (approved)" in done.output
    done = chronicle.run("verify", "--rules", str(rules))
    assert (done.code, "Judged again" in done.output) == (0, True)


def test_every_command_has_help_in_both_languages(written: Chronicle) -> None:
    english, chinese = written.run("--help"), written.run("--help", LC_ALL="zh_CN.UTF-8")
    assert "The release ledger" in english.output
    assert "上线日志" in chinese.output


def test_a_key_is_called_after_the_ledger_where_no_name_is_given(
    written: Chronicle, tmp_path: Path
) -> None:
    origin = written.git("show", "launch-ledger:checkpoint").splitlines()[0]
    done = written.run("keygen", str(tmp_path / "own.key"))
    assert done.output.startswith(f"{origin}+")
    named = begun(tmp_path / "named", {"origin": KEY_NAME})
    assert named.run("keygen", str(tmp_path / "named.key")).output.startswith(f"{KEY_NAME}+")
    unnamed = begun(tmp_path / "unnamed")
    done = unnamed.run("keygen", str(tmp_path / "none.key"))
    assert done.code == 2
    assert "ledger.origin" in done.complaint
    assert not (tmp_path / "none.key").exists()


def test_every_entry_has_a_receipt_by_its_number(written: Chronicle, tmp_path: Path) -> None:
    for number, words in ((0, "rules adopted"), (1, "LR-1 bypassed")):
        done = written.run("prove", str(number))
        assert done.code == 0
        file = tmp_path / f"{number}.tlog-proof"
        file.write_text(done.output, "utf-8")
        assert f"Proved: {words}" in written.run("check-proof", str(file)).output
    assert written.run("prove", "999").code == 2
