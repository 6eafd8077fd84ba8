"""Signed approvals with the real ssh-keygen, through the real command (threats P1, P2, P4, P7)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.facts.approvals.signed_approval import signed_bytes
from tests.cli.company import FOLDER, LEADS, Company


def test_two_leads_sign_and_the_quorum_is_fulfilled(company: Company) -> None:
    assert company.leads()["outcome"] == "pending"
    company.approve("wang.fang")
    assert "rd-lead" in company.leads()["findings"][0]["message"]["en"]
    company.approve("zhou.kai", "--as", "rd-lead")
    leads = company.leads()
    assert leads["outcome"] == "passed"
    assert [(s["by"], s["counted"], s["role"]) for s in leads["stories"]] == [
        ("wang.fang", True, "product-lead"),
        ("zhou.kai", True, "rd-lead"),
    ]


def test_a_changed_window_voids_approvals_and_the_finding_names_the_change(
    company: Company,
) -> None:
    for lead in LEADS:
        company.approve(lead)
    company.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    company.repository.commit("move the window")
    assert company.leads()["outcome"] == "pending"
    for reason in company.reasons():
        assert "spec.window.start (2026-12-01T22:00:00+08:00 → 2026-12-01T22:15:00+08:00)" in reason


def test_a_title_fix_keeps_approvals(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)
    company.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    company.repository.commit("mend the title")
    assert company.leads()["outcome"] == "passed"


def test_evidence_swapped_after_the_approval_voids_it(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)
    evidence = company.repository.folder / FOLDER / "tests" / "functional.xml"
    evidence.write_text(evidence.read_text("utf-8") + "<!-- swapped -->\n", "utf-8")
    company.repository.commit("swap the evidence")
    assert company.leads()["outcome"] == "pending"
    assert all("tests/functional.xml" in reason for reason in company.reasons())


def test_names_typed_into_the_request_approve_nothing(company: Company) -> None:
    assert "wang.fang, role: product-lead" in company.repository.request.read_text("utf-8")
    assert company.leads()["outcome"] == "pending"
    assert company.leads()["stories"] == []


def test_the_executor_may_hold_any_role_and_still_not_approve(company: Company) -> None:
    company.repository.git("switch", "--quiet", "main")
    company.repository.edit(
        ("rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, zhao.min]"), path="people.yaml"
    )
    company.repository.commit("another R&D lead")
    company.repository.git("switch", "--quiet", "request")
    company.repository.git("rebase", "--quiet", "main")
    company.approve("wang.fang")
    company.approve("zhao.min")
    leads = company.leads()
    assert leads["outcome"] == "pending"
    assert leads["missing"][0]["candidates"] == ["zhou.kai"]  # who stands as acceptor
    assert "zhao.min" not in str(leads.get("approvals", ""))


def tampered(edit: Callable[[str], str]) -> Callable[[Company], None]:
    def attack(company: Company) -> None:
        path = company.repository.folder / company.approve("wang.fang")
        path.write_text(edit(path.read_text("utf-8")), "utf-8")

    return attack


def signed_with(
    *arguments: str, namespace: str = "launchpolicy-approval"
) -> Callable[[Company], None]:
    """An attack that signs the very same content in another way."""

    def attack(company: Company) -> None:
        path = company.repository.folder / company.approve("wang.fang")
        document = read("approval", path.read_bytes())
        assert isinstance(document, Document)
        data: Any = document.data
        payload = company.keys / "payload"
        payload.write_bytes(signed_bytes(data))
        key = company.key(arguments[0] if arguments else "wang.fang")
        Path(f"{payload}.sig").unlink(missing_ok=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key), str(payload)],
            check=True,
            capture_output=True,
        )
        armor = Path(f"{payload}.sig").read_text("ascii")
        head = path.read_text("utf-8").split("signature: |\n")[0]
        indented = "".join(f"  {line}\n" for line in armor.splitlines())
        path.write_text(f"{head}signature: |\n{indented}", "utf-8")

    return attack


def by_a_stranger(company: Company) -> None:
    """A key that is in the directory of the proposal only, not of the base."""
    company.repository.edit(
        (
            f"keys: [{json.dumps(company.public('wang.fang'))}]",
            f"keys: [{json.dumps(company.public('mallory'))}]",
        ),
        path="people.yaml",
    )
    company.repository.commit("my key is hers now")
    company.approve("wang.fang", "--base", "request", key="mallory")


def copied_to_another_name(company: Company) -> None:
    path = company.repository.folder / company.approve("wang.fang")
    text = path.read_text("utf-8").replace('by: "wang.fang"', 'by: "zhou.kai"')
    path.with_name("zhou.kai.yaml").write_text(text, "utf-8")
    path.unlink()


ATTACKS: dict[str, tuple[Callable[[Company], None], str]] = {
    "role added after signing": (
        tampered(lambda text: text.replace("  at:", '  roles: ["rd-lead"]\n  at:')),
        "no valid signature",
    ),
    "expiry moved after signing": (
        tampered(lambda text: text.replace("2026-12-25", "2027-12-25")),
        "no valid signature",
    ),
    "digest replaced after signing": (
        tampered(lambda text: text.replace("sha256:", "sha256:0", 1)),
        "malformed",
    ),
    "signature of another namespace": (signed_with(namespace="git"), "no valid signature"),
    "signature by somebody else's key": (signed_with("zhou.kai"), "no valid signature"),
    "key that only the proposal's directory has": (by_a_stranger, "no valid signature"),
    "approval copied to another person": (copied_to_another_name, "no valid signature"),
    "no signature at all": (
        tampered(lambda text: text.split("signature:")[0]),
        "malformed",
    ),
    "armor that is none": (
        tampered(
            lambda text: (
                text.split("signature:")[0]
                + "signature: |\n  -----BEGIN SSH SIGNATURE-----\n  AAAA\n"
                + "  -----END SSH SIGNATURE-----\n"
            )
        ),
        "no valid signature",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_signature_that_does_not_hold_never_counts(attack: str, company: Company) -> None:
    carry_out, reason = ATTACKS[attack]
    carry_out(company)
    company.repository.commit("attack")
    leads = company.leads()
    assert leads["outcome"] == "pending"
    (story,) = leads["stories"]
    assert not story["counted"]
    assert reason in story["reason"]["en"]


def test_crlf_in_the_file_changes_nothing_that_is_signed(company: Company) -> None:
    company.approve("zhou.kai")
    path = company.repository.folder / company.approve("wang.fang")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    company.repository.commit("from Windows")
    assert company.leads()["outcome"] == "passed"


def test_one_person_with_two_keys_counts_once(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    first = json.dumps(company.public("wang.fang"))
    second = json.dumps(company.public("wang.fang.laptop"))
    repository.edit((f"keys: [{first}]", f"keys: [{first}, {second}]"), path="people.yaml")
    repository.edit(("rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, wang.fang]"), path="people.yaml")
    repository.commit("a second key, and a second role")
    repository.git("switch", "--quiet", "request")
    repository.git("rebase", "--quiet", "main")
    path = repository.folder / company.approve("wang.fang")
    path.rename(path.with_name("another.yaml"))
    company.approve("wang.fang", key="wang.fang.laptop")
    leads = company.leads()
    assert leads["outcome"] == "pending"
    assert [story["counted"] for story in leads["stories"]] == [True, False]


def test_an_expired_approval_and_one_from_the_future_do_not_count(company: Company) -> None:
    company.approve("wang.fang", "--expires", "1m")
    company.approve("zhou.kai", "--now", "2026-11-25T11:00:00+08:00")
    assert company.leads()["outcome"] == "pending"
    reasons = company.reasons()
    assert "expired" in reasons[0]
    assert "has not come yet" in reasons[1]


def test_an_approval_of_another_request_with_the_same_plan_does_not_count(
    company: Company,
) -> None:
    for lead in LEADS:
        company.approve(lead)
    folder = company.repository.folder / "launches"
    (folder / "LR-2026-0042").rename(folder / "LR-2026-0043")
    company.repository.edit(
        ("name: LR-2026-0042", "name: LR-2026-0043"), path="launches/LR-2026-0043/request.yaml"
    )
    company.repository.commit("the same under another name")
    assert company.leads()["outcome"] == "pending"
    assert not any(story["counted"] for story in company.leads()["stories"])


def test_an_approval_file_that_is_a_link_is_not_followed(company: Company) -> None:
    path = company.repository.folder / company.approve("wang.fang")
    outside = company.repository.folder.parent / "outside.yaml"
    path.rename(outside)
    path.symlink_to(outside)
    company.repository.commit("link")
    assert company.reasons() == ["is not a regular file"]


def test_whoever_wrote_the_change_may_not_approve_it(company: Company) -> None:
    repository = company.repository
    repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    repository.git("add", "--all")
    author = "Wang Fang <WANG.FANG@example.com>"
    repository.git("commit", "--quiet", "--message", "mend", "--author", author)
    company.approve("wang.fang")
    company.approve("zhou.kai")
    assert company.leads()["outcome"] == "pending"
    assert "is an author of the change" in company.reasons()[0]


def test_a_co_author_is_an_author(company: Company) -> None:
    company.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    company.repository.commit("mend\n\nCo-authored-by: Zhou Kai <zhou.kai@example.com>")
    company.approve("wang.fang")
    company.approve("zhou.kai")
    assert "is an author of the change" in company.reasons()[1]


def test_an_author_whom_nobody_knows_leaves_it_undecided(company: Company) -> None:
    company.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    company.repository.git("add", "--all")
    author = "Somebody <who@example.org>"
    company.repository.git("commit", "--quiet", "--message", "mend", "--author", author)
    finished = company.repository.check("--base", "main", "--format", "json")
    assert finished.code == 3
    assert "who@example.org" in company.leads()["reason"]["en"]


def test_without_a_directory_at_the_base_nothing_is_approved(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    repository.git("rm", "--quiet", "people.yaml")
    repository.commit("no people")
    repository.git("switch", "--quiet", "request")
    finished = repository.check("--base", "main", "--format", "json")
    assert finished.code == 3
    assert "directory of people" in finished.output


def test_verify_says_of_each_file_whether_it_holds(company: Company) -> None:
    company.approve("wang.fang")
    finished = company.repository.run(
        "approve", FOLDER, "--verify", "--now", "2026-11-25T10:00:00+08:00"
    )
    assert finished.code == 0
    assert "✓" in finished.output
    company.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    company.repository.commit("move the window")
    finished = company.repository.run(
        "approve", FOLDER, "--verify", "--now", "2026-11-25T10:00:00+08:00"
    )
    assert finished.code == 1
    assert "another version" in finished.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--key", "{keys}/mallory"), "belongs to nobody"),
        (("--key", "{keys}/nothing"), "cannot be used"),
        (("--key", "{keys}/wang.fang", "--as", "rd-lead"), "does not hold the role rd-lead"),
        (("--key", "{keys}/wang.fang", "--head", "nowhere"), "nowhere"),
        (("--key", "{keys}/wang.fang", "--expires", "soon"), "no duration"),
    ],
    ids=["stranger", "no key", "role not held", "no such commit", "no duration"],
)
def test_what_cannot_be_signed_says_why_and_what_to_do(
    arguments: tuple[str, ...], says: str, company: Company
) -> None:
    company.key("mallory")
    filled = [each.format(keys=company.keys) for each in arguments]
    finished = company.repository.run("approve", FOLDER, "--yes", *filled)
    assert finished.code in {2, 3}
    assert says in finished.complaint
    assert not (company.repository.folder / FOLDER / "approvals").exists()


def test_nothing_is_signed_without_consent(company: Company) -> None:
    finished = company.repository.run("approve", FOLDER, "--key", str(company.key("wang.fang")))
    assert finished.code == 2
    assert "--yes" in finished.complaint
    assert "LR-2026-0042" in finished.output


def test_forged_author_and_date_of_a_commit_neither_approve_nor_tell_the_time(
    company: Company,
) -> None:
    company.repository.git(
        *("commit", "--quiet", "--allow-empty", "--message", "Approved-by: Wang Fang"),
        *("--author", "Wang Fang <wang.fang@example.com>", "--date", "2099-01-01T00:00:00Z"),
    )
    leads = company.leads()
    assert leads["outcome"] == "pending"
    assert leads["stories"] == []
    assert leads["missing"][0]["barred"][0]["person"] == "wang.fang"


def test_a_request_that_passes_says_whose_approvals_it_rests_on(company: Company) -> None:
    for approver in (*LEADS, "zhao.min"):
        company.approve(approver)
    finished = company.repository.check("--base", "main")
    assert finished.code == 0
    leads = "Wang Fang (wang.fang, product-lead), Zhou Kai (zhou.kai, rd-lead)"
    sentence = f"approved by {leads}, Zhao Min (zhao.min, operations-lead)"
    assert sentence in " ".join(finished.output.split())


def test_who_approves_what_the_check_blocks_is_shown_what_blocks_it(company: Company) -> None:
    company.repository.edit(("    trigger:", "    # trigger:"))
    company.repository.commit("Forget the trigger")
    key, now = str(company.key("wang.fang")), "2026-11-25T09:00:00+08:00"
    approval = ("approve", FOLDER, "--yes", "--key", key, "--now", now)
    shown = company.repository.run(*approval).output

    assert "the check blocks this version, even with every approval; 1 policy is not" in shown
    assert "✗ The rollback plan has a trigger and time limits (rollback-planned)" in shown
    company.repository.edit(("    # trigger:", "    trigger:"))
    company.repository.commit("Say what the trigger is")
    assert "the check blocks" not in company.repository.run(*approval).output


def test_an_approval_without_a_role_says_where_roles_are_given(company: Company) -> None:
    company.repository.git("switch", "--quiet", "main")
    company.register("sun.yu")
    company.repository.commit("A key for Sun Yu")
    company.repository.git("switch", "--quiet", "request")
    key = str(company.key("sun.yu"))
    refused = company.repository.run("approve", FOLDER, "--key", key, "--yes")
    assert (refused.code, "under `roles` in people.yaml" in refused.complaint) == (2, True)
