"""Questions about files as users meet them: attacks first, then what has to pass."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import ReviewRepository, policy

ONE, TWO = "proposals/1.yaml", "proposals/2.yaml"
NOTES = "'notes/' + string(object.number) + '.md'"
HAS_NOTES = f"files.exists({NOTES})"


def outcome_of(repository: ReviewRepository, path: str, *arguments: str) -> tuple[str, str]:
    """Return outcome and reason of the one policy about a document."""
    result = repository.report(*arguments)[path]["results"][0]
    reason = result["reason"]
    return result["outcome"], reason["en"] if reason else ""


def with_notes(repository: ReviewRepository, expression: str = HAS_NOTES) -> None:
    """Ask about the notes of a proposal, with the notes of proposal 1 in place."""
    repository.with_policy(expression)
    repository.write("notes/1.md", "Reviewed-by: sun.yu\n")
    repository.commit("notes")
    repository.branch()


@pytest.mark.parametrize("negated", ["", "!"])
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/etc/passwd", "it is absolute"),
        ("../outside", "a part of it is empty"),
        ("notes/../notes/1.md", "a part of it is empty"),
        (".git/config", "a part of it is empty"),
        ("notes//1.md", "a part of it is empty"),
        ("notes/", "a part of it is empty"),
        ("notes/\\n1.md", "control characters"),
        ("notes/\\u00001.md", "control characters"),
        ("", "it is empty"),
        ("x" * 1100, "longer than"),
        ("a/" * 65 + "b", "deeper than 64 folders"),
    ],
)
def test_a_path_outside_of_the_repository_gives_no_answer(
    reviews: ReviewRepository, path: str, says: str, negated: str
) -> None:
    with_notes(reviews, f'{negated}files.exists("{path}")')
    reviews.propose(2)
    reviews.commit()
    outcome, reason = outcome_of(reviews, TWO, "--base", "main")
    assert outcome == "error"
    assert says in reason


def test_a_path_like_an_option_is_a_name_like_any_other(reviews: ReviewRepository) -> None:
    with_notes(reviews, "files.exists('--output=x') && !files.exists('--other')")
    reviews.write("--output=x", "")
    reviews.propose(2)
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"


@pytest.mark.parametrize("expression", [HAS_NOTES, f"!{HAS_NOTES}"])
def test_a_link_in_place_of_a_file_gives_no_answer(
    reviews: ReviewRepository, expression: str
) -> None:
    with_notes(reviews, expression)
    (reviews.folder / "notes/1.md").unlink()
    (reviews.folder / "notes/1.md").symlink_to("2.md")
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert outcome == "error"
    assert "notes/1.md is not a regular file" in reason


@pytest.mark.parametrize("expression", [HAS_NOTES, f"!{HAS_NOTES}", "files.list('notes') == []"])
def test_a_link_in_place_of_the_folder_gives_no_answer(
    reviews: ReviewRepository, expression: str
) -> None:
    with_notes(reviews, expression)
    reviews.git("mv", "notes", "real")
    (reviews.folder / "notes").symlink_to("real")
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert outcome == "error"
    assert "notes is not a regular file" in reason


@pytest.mark.parametrize("negated", ["", "!"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"x" * (10 << 20) + b"\nReviewed-by: sun.yu\n", "too large"),
        (b"Reviewed-by: sun.yu\n\xff\xfe\n", "no text in UTF-8"),
        (b"Reviewed-by: sun.yu\n\0\n", "no text in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_looked_into_gives_no_answer(
    reviews: ReviewRepository, content: bytes, says: str, negated: str
) -> None:
    with_notes(reviews, f"{negated}files.matches({NOTES}, 'Reviewed-by: ')")
    (reviews.folder / "notes/1.md").write_bytes(content)
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert outcome == "error"
    assert says in reason


def test_a_file_that_is_not_there_neither_matches_nor_does_not(reviews: ReviewRepository) -> None:
    with_notes(reviews, f"!files.matches({NOTES}, 'secret')")
    (reviews.folder / "notes/1.md").unlink()
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert outcome == "error"
    assert "there is no file notes/1.md" in reason


def test_a_pattern_that_is_none_gives_no_answer(reviews: ReviewRepository) -> None:
    with_notes(reviews, f"!files.matches({NOTES}, object.owner)")
    reviews.propose(1, owner="(a")
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert outcome == "error"
    assert "no regular expression of RE2" in reason


def test_many_large_files_together_give_no_answer(reviews: ReviewRepository) -> None:
    with_notes(reviews, "!files.list('big').exists(n, files.matches('big/' + n, 'secret'))")
    for number in range(18):
        reviews.write(f"big/{number:02}.txt", f"{number}" + "x" * 1_000_000)
    reviews.propose(2)
    reviews.commit()
    outcome, reason = outcome_of(reviews, TWO, "--base", "main")
    assert outcome == "error"
    assert "16 MiB for one request" in reason


def test_a_thousand_questions_are_answered_and_one_more_is_not(reviews: ReviewRepository) -> None:
    digits = "['0','1','2','3','4','5','6','7','8','9']"
    thousand = (
        f"{digits}.all(a, {digits}.all(b, {digits}.all(c, !files.exists('no/' + a + b + c))))"
    )
    with_notes(reviews, thousand)
    reviews.propose(2)
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"
    reviews.git("switch", "--quiet", "main")
    reviews.with_policy(f"{thousand} && !files.exists('one-more')")
    reviews.commit("one more")
    reviews.git("switch", "--quiet", "change")
    outcome, reason = outcome_of(reviews, TWO, "--base", "main")
    assert outcome == "error"
    assert "more than 1000 files" in reason


@pytest.mark.parametrize("change", ["appears", "goes away", "becomes a link"])
def test_changing_only_a_file_that_was_asked_for_judges_who_asked(
    reviews: ReviewRepository, change: str
) -> None:
    asks_to_be_absent = change == "appears"
    with_notes(reviews, f"!{HAS_NOTES}" if asks_to_be_absent else HAS_NOTES)
    note = reviews.folder / "notes/1.md"
    if change == "appears":
        reviews.git("switch", "--quiet", "main")
        note.unlink()
        reviews.commit("no notes")
        reviews.branch("more")
        reviews.write("notes/1.md", "Here.")
    else:
        note.unlink()
        if change == "becomes a link":
            note.symlink_to("2.md")
    reviews.git("add", "--all")
    assert list(reviews.verdicts("--staged")) == [ONE]
    reviews.commit()
    verdicts = reviews.verdicts("--base", "main")
    assert list(verdicts) == [ONE]
    assert verdicts[ONE] != "pass"


def test_another_text_of_a_file_judges_who_looked_into_it(reviews: ReviewRepository) -> None:
    with_notes(reviews, f"files.matches({NOTES}, '(?m)^Reviewed-by: ')")
    assert reviews.verdicts("--base", "main") == {}
    reviews.write("notes/1.md", "Not reviewed.\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "blocked"}


def test_a_new_name_in_a_folder_judges_who_listed_it_and_an_edit_does_not(
    reviews: ReviewRepository,
) -> None:
    with_notes(reviews, "files.list('notes').all(name, name.endsWith('.md'))")
    reviews.write("notes/1.md", "Another text.\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {}
    reviews.write("notes/virus.exe", "")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "blocked"}


def test_a_file_that_nobody_asked_for_judges_nobody(reviews: ReviewRepository) -> None:
    with_notes(reviews, f"object.number == 1 || {HAS_NOTES}")
    reviews.write("notes/1.md", "Another text.\n")
    (reviews.folder / "notes/1.md").unlink()
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {}


def test_a_link_in_a_folder_is_never_taken_for_a_file(reviews: ReviewRepository) -> None:
    with_notes(reviews, "files.list('notes') == ['1.md', 'deep/', 'link.md@']")
    reviews.write("notes/deep/2.md", "")
    (reviews.folder / "notes/link.md").symlink_to("1.md")
    reviews.propose(2)
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"


def test_a_file_both_sides_changed_gives_no_answer(reviews: ReviewRepository) -> None:
    with_notes(reviews, f"files.matches({NOTES}, 'Reviewed-by: ')")
    reviews.write("notes/1.md", "Reviewed-by: sun.yu\nmore\n")
    reviews.propose(1, owner="wu.ting")
    reviews.commit()
    reviews.git("switch", "--quiet", "main")
    reviews.write("notes/1.md", "Rejected-by: sun.yu\n")
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main", "--head", "change")
    assert outcome == "error"
    assert "the base has changed notes/1.md too" in reason


def test_what_a_change_touches_is_known_with_a_base_in_every_situation(
    reviews: ReviewRepository,
) -> None:
    with_notes(reviews, "files.changed == ['notes/1.md', 'notes/3.md', 'proposals/2.yaml']")
    reviews.write(".gitignore", "ignored\n")
    reviews.git("add", "--all")
    reviews.git("stash", "--quiet")
    reviews.git("stash", "drop", "--quiet")
    (reviews.folder / "notes/1.md").unlink()
    reviews.write("notes/3.md", "New.")
    reviews.propose(2)
    assert outcome_of(reviews, TWO)[0] == "passed"
    reviews.git("add", "--all")
    assert outcome_of(reviews, TWO, "--staged")[0] == "passed"
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"


def test_without_a_base_nobody_knows_what_is_changed(reviews: ReviewRepository) -> None:
    with_notes(reviews, "files.changed.all(path, path.startsWith('proposals/'))")
    (reviews.folder / ".git").rename(reviews.folder.parent / "elsewhere")
    outcome, reason = outcome_of(reviews, ONE)
    assert outcome == "error"
    assert "there is no base to compare with" in reason


def test_a_policy_may_ask_whether_the_change_is_known(reviews: ReviewRepository) -> None:
    with_notes(reviews, "!has(files.changed) || files.changed.exists(p, p == path.text)")
    reviews.propose(2)
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"
    assert outcome_of(reviews, ONE)[0] == "failed"
    (reviews.folder / ".git").rename(reviews.folder.parent / "elsewhere")
    assert outcome_of(reviews, ONE)[0] == "passed"


def test_an_answer_can_lead_to_the_next_question(reviews: ReviewRepository) -> None:
    with_notes(
        reviews,
        "files.list('notes').filter(n, n.endsWith('.md'))"
        ".exists(n, files.matches('notes/' + n, '^Reviewed-by: '))",
    )
    reviews.propose(2)
    reviews.commit()
    assert outcome_of(reviews, TWO, "--base", "main")[0] == "passed"
    reviews.write("notes/1.md", "Nothing.")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "blocked", TWO: "blocked"}


@pytest.mark.parametrize(
    "expression",
    [
        "now > timestamp('2020-01-01T00:00:00Z') && files.exists('a')",
        "calendar.known && files.exists('a')",
        "variables.known && files.exists('a')",
    ],
)
def test_a_question_cannot_rest_on_what_changes_by_itself(
    reviews: ReviewRepository, expression: str
) -> None:
    reviews.with_policy(expression, variables=[{"name": "known", "expression": "people.known"}])
    finished = reviews.check()
    assert finished.code == 2
    assert "asks about files cannot rest on" in finished.complaint


def test_conditions_and_variables_ask_about_files(reviews: ReviewRepository) -> None:
    reviews.with_policy(
        "variables.notes == ['1.md']",
        variables=[{"name": "notes", "expression": "files.list('notes')"}],
        matchConditions=[{"name": "has-notes", "expression": "files.exists('notes/1.md')"}],
    )
    reviews.write("notes/1.md", "")
    reviews.commit()
    reviews.branch()
    reviews.write("notes/2.md", "")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "blocked"}
    (reviews.folder / "notes/1.md").unlink()
    reviews.commit()
    outcome, reason = outcome_of(reviews, ONE, "--base", "main")
    assert (outcome, reason) == ("not-applicable", "its condition has-notes does not hold")


def test_a_message_says_what_is_there(reviews: ReviewRepository) -> None:
    text = json.loads(policy("reviewed", HAS_NOTES))
    text["spec"]["validations"][0]["messageExpression"] = {
        "en": "'There is only ' + files.list('notes').join(' and ') + '.'"
    }
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(text))
    reviews.write("notes/1.md", "")
    reviews.write("notes/3.md", "")
    reviews.commit()
    reviews.branch()
    reviews.propose(2)
    reviews.commit()
    (finding,) = reviews.report("--base", "main")[TWO]["results"][0]["findings"]
    assert finding["message"]["en"] == "There is only 1.md and 3.md."


def test_a_question_behind_the_list_of_changes_is_a_question(reviews: ReviewRepository) -> None:
    with_notes(reviews, "!('notes/1.md' in files.changed) || files.exists('notes/2.md')")
    assert reviews.verdicts("--base", "main") == {}
    reviews.write("notes/1.md", "Another text.\n")
    reviews.write("notes/2.md", "Here.\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "pass"}
    reviews.git("switch", "--quiet", "--create", "base")
    reviews.branch("less")
    reviews.write("notes/1.md", "A third text.\n")
    (reviews.folder / "notes/2.md").unlink()
    reviews.commit()
    assert reviews.verdicts("--base", "base") == {ONE: "blocked"}


def test_a_quorum_may_ask_about_files(reviews: ReviewRepository) -> None:
    text = json.loads(policy("reviewed", "true"))
    text["spec"]["quorum"] = {"role": "lead", "when": f"!{HAS_NOTES}"}
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(text))
    reviews.write("notes/1.md", "")
    reviews.commit()
    reviews.propose(1, owner="wu.ting")
    reviews.git("add", "--all")
    assert outcome_of(reviews, ONE, "--staged")[0] == "passed"
    (reviews.folder / "notes/1.md").unlink()
    reviews.git("add", "--all")
    assert outcome_of(reviews, ONE, "--staged")[0] == "pending"
    reviews.write("notes/1.md", "")
    text["spec"]["quorum"]["when"] = f"people.known || {HAS_NOTES}"
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(text))
    assert "cannot rest on `people`" in reviews.check().complaint


def test_a_condition_may_rest_on_facts_beside_a_question(reviews: ReviewRepository) -> None:
    with_notes(reviews)
    reviews.git("switch", "--quiet", "main")
    reviews.with_policy(
        HAS_NOTES,
        matchConditions=[
            {"name": "no-calendar", "expression": "!calendar.known"},
            {"name": "first", "expression": "object.number == 1"},
        ],
    )
    reviews.commit("conditions")
    reviews.branch("more")
    (reviews.folder / "notes/1.md").unlink()
    reviews.propose(2)
    reviews.commit()
    report = reviews.report("--base", "main")
    assert (report[ONE]["verdict"], report[TWO]["verdict"]) == ("blocked", "undecided")
