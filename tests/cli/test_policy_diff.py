"""`launchpolicy policy diff`: what lets more pass is named, with a request that shows it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import LaunchRepository
from tests.operations.replay.thing_history import (
    CASES,
    CONFIGURATION,
    PACK,
    POLICY,
    POLICY_FILE,
    SCHEMA,
    stricter,
    thing_repository,
    write,
)

PACK_FILE = "policies/own/pack.yaml"
CASES_FILE = "policies/own/is-small.test.yaml"


@pytest.fixture
def things(tmp_path: Path) -> LaunchRepository:
    """Four things of four landings; the third is too large, and was merged all the same."""
    return thing_repository(tmp_path / "things", (1, 6, 9, 3), tmp_path / "home")


def _diff(repository: LaunchRepository, *options: str, code: int = 0) -> dict[str, Any]:
    done = repository.run("policy", "diff", "HEAD", "--format", "json", "--jobs", "1", *options)
    assert done.code == code, done
    return dict(json.loads(done.output))


def _policy(document: dict[str, Any], name: str = "is-small") -> dict[str, Any]:
    (policy,) = [item for item in document["policies"] if item["policy"] == name]
    return dict(policy)


def test_chinese_words_stand_apart_from_a_commit(things: LaunchRepository) -> None:
    shown = things.run("policy", "diff", "HEAD", "--lang", "zh", "--jobs", "1").output
    assert re.search("提交 [0-9a-f]{10} 的规则与工作区的规则对照", "".join(shown.splitlines()))


def test_nothing_differs_from_itself(things: LaunchRepository) -> None:
    assert _diff(things)["policies"] == []
    assert _diff(things, "HEAD", "--fail-on", "undecidable")["policies"] == []


def test_a_weakened_limit_is_named_with_the_smallest_request_and_the_past_landing(
    things: LaunchRepository,
) -> None:
    stricter(things, 20)

    policy = _policy(_diff(things, "--fail-on", "weakened", code=1))

    assert policy["direction"] == "weakened"
    (request,) = policy["requests"]
    assert request["request"] == "size: 9\n"
    assert (request["before"]["outcome"], request["after"]["outcome"]) == ("failed", "passed")
    assert [landing["path"] for landing in policy["landings"]] == ["things/t3.yaml"]


def test_a_limit_that_no_case_and_no_request_reaches_is_found_at_its_boundary(
    things: LaunchRepository,
) -> None:
    """The cases of the change were made to fit it, and no past landing is that large."""
    stricter(things, 8_000)
    write(
        things,
        CASES_FILE,
        CASES.replace("size: 9", "size: 8001").replace("size: 8}", "size: 8000}"),
    )

    policy = _policy(_diff(things, "--latest", "0"))

    assert policy["direction"] == "weakened"
    assert policy["requests"][0]["before"]["outcome"] == "failed"


def test_a_tightened_limit_is_no_failure(things: LaunchRepository) -> None:
    stricter(things, 5)
    policy = _policy(_diff(things, "--fail-on", "weakened"))
    assert policy["direction"] == "tightened"
    assert [landing["path"] for landing in policy["landings"]] == ["things/t2.yaml"]


def test_a_weakening_that_no_request_finds_beside_a_tightening_is_unproven(
    things: LaunchRepository,
) -> None:
    hidden = "object.size <= 5 || object.size * 3 - 7 == 370364"
    things.edit(("object.size <= params.most", hidden), path=POLICY_FILE)

    policy = _policy(_diff(things, "--fail-on", "unproven", code=1))

    assert (policy["direction"], policy["proven"]) == ("tightened", False)
    shown = " ".join(things.run("policy", "diff", "HEAD", "--jobs", "1").output.split())
    assert "its text does not prove that it lets nothing more pass" in shown


def test_a_tightening_that_the_text_proves_is_no_failure(things: LaunchRepository) -> None:
    more = "validations:\n    - {expression: object.size != 2, message: No twos.}"
    things.edit(("validations:", more), path=POLICY_FILE)
    policy = _policy(_diff(things, "--fail-on", "unproven"))
    assert (policy["direction"], policy["proven"]) == ("tightened", True)


def test_a_rule_that_lets_some_pass_and_stops_others_is_both(things: LaunchRepository) -> None:
    things.edit(("object.size <= params.most", "object.size != 6"), path=POLICY_FILE)
    assert _policy(_diff(things))["direction"] == "weakened-and-tightened"
    assert things.run("policy", "diff", "HEAD", "--fail-on", "weakened").code == 1


@pytest.mark.parametrize(
    ("old", "new", "direction", "said"),
    [
        ("action: deny", "action: warn", "weakened", "blocks → warning"),
        ("action: deny", "action: deny, waivableBy: [qa]", "weakened", "waived by: + qa"),
        (
            "action: deny",
            "action: deny, effectiveFrom: '2030-01-01T00:00:00Z'",
            "weakened",
            "in force from",
        ),
    ],
)
def test_a_binding_that_lets_more_pass_is_weaker_although_every_outcome_is_the_same(
    things: LaunchRepository, old: str, new: str, direction: str, said: str
) -> None:
    write(things, PACK_FILE, PACK.replace(old, new))
    policy = _policy(_diff(things))
    assert policy["direction"] == direction
    assert any(said in reason["en"] for reason in policy["reasons"])
    things.commit()
    write(things, PACK_FILE, PACK)
    assert _policy(_diff(things))["direction"] == "tightened"


def test_a_policy_taken_out_of_its_pack_is_removed_with_what_it_would_have_stopped(
    things: LaunchRepository,
) -> None:
    other = POLICY.replace("is-small", "is-positive").replace("<= params.most", ">= 0")
    write(things, "policies/own/is-positive.yaml", other)
    bindings = "[{policy: is-small, action: deny}, {policy: is-positive, action: deny}]"
    write(things, PACK_FILE, PACK.replace("[{policy: is-small, action: deny}]", bindings))
    things.commit()
    write(things, PACK_FILE, PACK.replace("is-small", "is-positive"))
    (things.folder / POLICY_FILE).unlink()
    (things.folder / CASES_FILE).unlink()

    document = _diff(things, "--fail-on", "weakened", code=1)

    removed = _policy(document)
    assert removed["direction"] == "removed"
    assert removed["requests"][0]["request"] == "size: 9\n"
    assert [landing["path"] for landing in removed["landings"]] == ["things/t3.yaml"]


def test_a_pack_that_no_kind_names_any_more_removes_its_policies(
    things: LaunchRepository,
) -> None:
    """No file of the pack has changed: only the configuration."""
    other = "policies/other/pack.yaml"
    write(
        things, other, PACK.replace("own", "other").replace("Own", "Other").replace("small", "new")
    )
    write(things, "policies/other/is-new.yaml", POLICY.replace("is-small", "is-new"))
    write(things, ".launchpolicy.yaml", CONFIGURATION.replace("[own]", "[own, other]"))
    things.commit()
    write(things, ".launchpolicy.yaml", CONFIGURATION.replace("[own]", "[other]"))

    assert _policy(_diff(things))["direction"] == "removed"


def test_a_condition_that_leaves_out_requests_is_weaker(things: LaunchRepository) -> None:
    condition = "  matchConditions: [{name: owned, expression: has(object.owner)}]\n  params:"
    things.edit(("  params:", condition), path=POLICY_FILE)
    policy = _policy(_diff(things))
    assert policy["direction"] == "weakened"
    assert policy["requests"][0]["after"]["outcome"] == "not-applicable"


def test_words_alone_are_no_difference_of_the_rule(things: LaunchRepository) -> None:
    things.edit(("It is too large.", "It is larger than allowed."), path=POLICY_FILE)
    policy = _policy(_diff(things, "--fail-on", "undecidable"))
    assert policy["direction"] == "words"
    assert policy["requestsAsked"] == 0


def test_another_rule_that_nothing_tells_apart_is_undecidable_and_never_called_the_same(
    things: LaunchRepository,
) -> None:
    expression = "object.size <= params.most || object.size == 123457"
    things.edit(("object.size <= params.most", f"{expression} && 1 > 2"), path=POLICY_FILE)
    assert _policy(_diff(things))["direction"] == "undecidable"
    assert things.run("policy", "diff", "HEAD", "--fail-on", "weakened").code == 0
    assert things.run("policy", "diff", "HEAD", "--fail-on", "undecidable").code == 1


def test_a_backdoor_for_one_value_is_found_by_the_constants_of_the_policy(
    things: LaunchRepository,
) -> None:
    expression = "object.size <= params.most || object.size == 123457"
    things.edit(("object.size <= params.most", expression), path=POLICY_FILE)
    policy = _policy(_diff(things))
    assert policy["direction"] == "weakened"
    assert policy["requests"][0]["request"] == "size: 123457\n"


def test_a_backdoor_for_one_person_is_found_by_the_texts_of_the_policy(
    things: LaunchRepository,
) -> None:
    expression = "object.size <= params.most || object.?owner.orValue('') == 'mallory'"
    things.edit(("object.size <= params.most", f'"{expression}"'), path=POLICY_FILE)
    write(things, CASES_FILE, CASES.replace("set: {size: 9}", "set: {size: 9, owner: li.wei}"))
    things.commit("cases with an owner")
    write(things, POLICY_FILE, POLICY)
    things.commit("without the way round")
    things.edit(("object.size <= params.most", f'"{expression}"'), path=POLICY_FILE)

    (request,) = _policy(_diff(things))["requests"]

    assert sorted(request["request"].splitlines()) == ["owner: mallory", "size: 9"]


def test_a_changed_schema_is_said_beside_the_policies(things: LaunchRepository) -> None:
    write(things, "schemas/thing.json", SCHEMA.replace('"required": ["size"],\n', ""))
    things.edit(("object.size <=", "object.?size.orValue(0) <="), path=POLICY_FILE)
    notes = _diff(things)["notes"]
    assert ["schema of Thing" in note["en"] for note in notes] == [True]


def test_cases_that_cannot_be_read_are_said_and_do_not_hide_the_difference(
    things: LaunchRepository,
) -> None:
    write(things, CASES_FILE, "[\n")
    stricter(things, 20)
    document = _diff(things)
    assert _policy(document)["direction"] == "weakened"
    assert "cannot be read" in document["notes"][0]["en"]


@pytest.mark.parametrize("reference", ["no-such-branch", "HEAD~50"])
def test_a_commit_that_is_not_there_is_undecided(things: LaunchRepository, reference: str) -> None:
    done = things.run("policy", "diff", reference)
    assert done.code == 3
    assert done.output == ""


def test_malformed_rules_on_either_side_are_refused(things: LaunchRepository) -> None:
    write(things, POLICY_FILE, "[\n")
    assert things.run("policy", "diff", "HEAD").code == 2
    things.git("switch", "--quiet", "--create", "broken")
    things.commit()
    write(things, POLICY_FILE, POLICY)
    assert things.run("policy", "diff", "broken").code == 2


def test_a_history_that_is_cut_off_is_undecided_unless_it_is_not_asked(
    things: LaunchRepository, tmp_path: Path
) -> None:
    shallow = tmp_path / "shallow"
    things.git("clone", "--quiet", "--depth=1", f"file://{things.folder}", str(shallow))
    clone = LaunchRepository(shallow, things.environment)
    stricter(clone, 20)
    done = clone.run("policy", "diff", "HEAD")
    assert (done.code, "shallow" in done.complaint) == (3, True)
    assert _policy(_diff(clone, "--latest", "0"))["direction"] == "weakened"


_HOSTILE = "</pre><img src=x>`@team`##[error]|::error::"


def test_the_text_of_a_request_does_nothing_where_it_is_shown(things: LaunchRepository) -> None:
    guarded = "has(object.owner) == false || object.size <= params.most"
    policy = POLICY.replace("object.size <= params.most", guarded)
    write(things, POLICY_FILE, policy)
    write(things, "things/t9.yaml", f'{{size: 9, owner: "{_HOSTILE}"}}\n')
    things.commit()
    write(things, POLICY_FILE, policy.replace("most: 8", "most: 80"))

    done = things.run("policy", "diff", "HEAD", "--latest", "0")
    assert not done.complaint, done.complaint
    text = done.output
    table = things.run("policy", "diff", "HEAD", "--latest", "0", "--format", "markdown").output

    assert "owner:" in text
    assert "owner" in table
    assert "##[" not in text + table
    assert "<img" not in table
    assert table.count("</pre>") == table.count("<pre>")


@pytest.mark.parametrize(("language", "words"), [("en", "weakened"), ("zh", "放宽")])
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_people_read_it_in_both_languages(
    things: LaunchRepository, language: str, words: str, format_: str
) -> None:
    stricter(things, 20)
    done = things.run("policy", "diff", "HEAD", "--lang", language, "--format", format_)
    shown = html.unescape(done.output).replace("\u2060", "")
    assert words in shown
    assert "+ size: 9" in shown
    assert "things/t3.yaml" in shown


LIMITS = "data:\n  - {name: limits, file: limits.yaml}\n"
BY_LIMITS = POLICY.replace("  params: {most: 8}\n", "").replace("params.most", "data.limits.most")


def test_a_data_document_that_allows_more_weakens_the_policies_that_read_it(
    things: LaunchRepository,
) -> None:
    """No policy has changed, and no binding: only a file that the policy reads."""
    write(things, ".launchpolicy.yaml", CONFIGURATION + LIMITS)
    write(things, "limits.yaml", "most: 8\n")
    write(things, POLICY_FILE, BY_LIMITS)
    things.commit()
    write(things, "limits.yaml", "most: 20\n")

    policy = _policy(_diff(things, "--fail-on", "weakened", code=1))

    assert policy["direction"] == "weakened"
    assert policy["requests"][0]["request"] == "size: 9\n"
    assert [landing["path"] for landing in policy["landings"]] == ["things/t3.yaml"]
    assert any("data document" in reason["en"] for reason in policy["reasons"])


LOOKUPS = "  lookups: [{name: review, kind: Review, path: \"'reviews/' + path.stem + '.yaml'\"}]\n"
REVIEWS = """\
  - name: Review
    files: 'reviews/*.yaml'
    schema: schemas/review.json
    id: path.stem
    packs: [own]
"""


def test_a_policy_that_asks_for_another_document_no_more_is_weaker(
    things: LaunchRepository,
) -> None:
    write(things, ".launchpolicy.yaml", CONFIGURATION + REVIEWS)
    write(things, "schemas/review.json", '{"type": "object"}\n')
    asking = POLICY.replace(
        "object.size <= params.most", "object.size < 5 || lookups.review.exists"
    )
    write(things, POLICY_FILE, asking.replace("  params:", f"{LOOKUPS}  params:"))
    things.commit()
    write(things, POLICY_FILE, POLICY)

    policy = _policy(_diff(things))

    assert policy["direction"] in {"weakened", "weakened-and-tightened"}
    weakened = policy["requests"][0]
    assert (weakened["before"]["outcome"], weakened["after"]["outcome"]) == ("failed", "passed")
    assert weakened["request"] in {f"size: {size}\n" for size in (5, 6, 7, 8)}
    (sentence,) = weakened["files"]
    assert re.fullmatch(r"reviews/\w+\.yaml is not there", sentence["en"])
    for format_ in ("text", "markdown"):
        shown = things.run("policy", "diff", "HEAD", "--format", format_, "--jobs", "1")
        assert sentence["en"] in shown.output
        chinese = things.run("policy", "diff", "HEAD", "--format", format_, "--lang", "zh")
        assert sentence["zh"] in chinese.output
