"""Markdown that says who must do what, and that nothing of a request becomes a part of (O2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from launchpolicy.reporters.markdown.escaping import code, prose
from launchpolicy.reporters.markdown.reporter import LIMIT, render
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.approval import MissingApproval
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
VIEWS = st.builds(ReaderView, st.sampled_from(("en", "zh")), verbose=st.booleans())
OUR_TAGS = {"<code>", "</code>", "<b>", "</b>", "<br>", "<sub>", "</sub>"}
OUR_BLOCK = re.compile(r"</details>\s*|<details><summary>✓ [^<>&]+</summary>\s*")
OUR_TOKENS = {
    *(
        f"{name}_{end}"
        for name in (
            *("heading", "paragraph", "bullet_list", "list_item", "blockquote"),
            *("table", "thead", "tbody", "tr", "th", "td"),
        )
        for end in ("open", "close")
    ),
    "inline",
    "html_block",
}
REFERENCES = re.compile(
    r"://|www\.|@[A-Za-z0-9]|#[0-9]|GH-[0-9]|(?<![0-9A-Za-z_])[0-9a-f]{7}|:[a-z0-9_+-]+:",
    re.IGNORECASE,
)


def written(report: Report, view: ReaderView | None = None) -> str:
    return "".join(render(report, view or ReaderView("en")))


def plain(inline: Token) -> str:
    """What a platform looks for references in: the text of one block, without what is code."""
    shown, depth = "", 0
    for child in inline.children or []:
        if child.type == "html_inline":
            depth += {"<code>": 1, "</code>": -1}.get(child.content, 0)
            shown += "\0"
        elif not depth:
            shown += child.content
    return shown


def read(shown: str) -> list[str]:
    """The text of every block; asserts that every part of the page is one that we made."""
    return _texts(PARSER.parse(shown))


def _texts(tokens: list[Token]) -> list[str]:
    texts = []
    for token in tokens:
        assert token.type in OUR_TOKENS, (token.type, token.content)
        if token.type == "html_block":
            assert OUR_BLOCK.fullmatch(token.content), token.content
        if token.type == "inline":
            kinds = {child.type for child in token.children or []}
            assert kinds <= {"text", "html_inline", "text_special", "softbreak"}, kinds
            tags = {each.content for each in token.children or [] if each.type == "html_inline"}
            assert tags <= OUR_TAGS, tags
            texts.append(plain(token))
    return texts


def count_of(shown: str, kind: str, tag: str = "") -> int:
    return _counted(PARSER.parse(shown), kind, tag)


def _counted(tokens: list[Token], kind: str, tag: str = "") -> int:
    return sum(token.type == kind and (not tag or token.tag == tag) for token in tokens)


def test_the_verdict_comes_first_and_what_to_do_next(sample: Report) -> None:
    texts = read(written(sample))
    assert texts[0] == "? launchpolicy: undecided"
    assert texts[1].startswith("Undecided, which is not a pass")
    assert texts[2] == "✓ 1 pass · ✗ 1 blocked · ✗ 1 malformed · ? 1 undecided"
    assert texts[3] == "note: The policies were edited, too."


def test_requests_are_sections_the_gravest_first(sample: Report) -> None:
    headings = re.findall(r"^### (.*)$", written(sample, ReaderView("zh")), re.MULTILINE)
    assert headings == [
        "? LR-3 · 无法判定",
        "✗ launches/LR-2026-0042/request.yaml · 格式错误",
        "✗ LR-2026-0042 · 阻断",
        "规则变更将带来的影响",
    ]


def test_what_is_failed_says_where_and_how_to_mend_it(sample: Report) -> None:
    assert (
        "- ✗ <b>Second.</b> <code>launches/LR-2026-0042/request.yaml:40</code>"
        "<br>→ Choose a window that is still to come."
        "<br><sub>The window is ahead (<code>window-ahead</code>, D2.2)</sub>\n"
    ) in written(sample)


@pytest.mark.parametrize(
    ("view", "boxes"),
    [
        pytest.param(
            ReaderView("en"),
            [
                (
                    "<b>technology-lead of technology-department</b>: <code>zhao.min</code> or"
                    " <code>sun.li</code> can still give it; <code>qian.na</code> cannot"
                    " (executes the launch)"
                ),
                "the approval of <code>li.wei</code>",
                "2 × <b>security-lead</b>: nobody can still give it",
            ],
            id="en",
        ),
        pytest.param(
            ReaderView("zh"),
            [
                (
                    "<b>technology-department 的 technology-lead</b>：<code>zhao.min</code>、"
                    "<code>sun.li</code> 可以审批；<code>qian.na</code> 不可以（是执行人）"
                ),
                "<code>li.wei</code> 的审批",
                "2 × <b>security-lead</b>：已无人可以审批",
            ],
            id="zh",
        ),
    ],
)
def test_missing_approvals_are_a_list_to_tick_with_who_can_give_them(
    sample: Report, view: ReaderView, boxes: list[str]
) -> None:
    assert re.findall(r"^  - \[ \] (.*)$", written(sample, view), re.MULTILINE) == boxes


def test_an_objection_stands_beside_the_missing_approvals(make: Make, sample: Report) -> None:
    pending = sample.judgements[1].results[3]
    objection = make.finding("Zhou Jie asks for changes.")
    findings = (*(make.finding() for _ in pending.missing), objection)
    report = make.report(make.judgement(Verdict.BLOCKED, pending._replace(findings=findings)))
    shown = written(report)
    assert "Approvals still missing</b> (4)" in shown
    assert "  - [ ] Zhou Jie asks for changes.<br>→ " in shown


def test_a_complaint_of_a_quorum_is_never_left_out(make: Make) -> None:
    pending = make.result(Outcome.PENDING, findings=(make.finding("One."), make.finding("Two.")))
    shown = written(make.report(make.judgement(Verdict.BLOCKED, pending)))
    assert re.findall(r"- \[ \] (\w+\.)", shown) == ["One.", "Two."]


def test_announced_approvals_are_called_so(make: Make) -> None:
    shown = written(make.report(make.judgement(Verdict.PASS, make.result(Outcome.PENDING))))
    assert "Approvals to ask for before the merge" in shown
    assert "missing" not in shown


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.PASS, "- [ ] <b>The window is ahead</b> (<code>window-ahead</code>, D2.2)\n"),
        (
            Verdict.BLOCKED,
            "- [ ] <b>The window is ahead</b> (<code>window-ahead</code>, D2.2): not asked yet\n",
        ),
    ],
)
def test_a_quorum_of_which_nothing_is_known_is_one_box(
    make: Make, verdict: Verdict, expected: str
) -> None:
    reason = Text("not asked yet", "尚未征求")
    pending = make.result(Outcome.PENDING, findings=(), reason=reason)
    shown = written(make.report(make.judgement(verdict, pending)))
    assert expected in shown
    assert "</b> (1)\n" in shown


def test_every_approval_is_a_row_with_what_each_quorum_made_of_it(sample: Report) -> None:
    pending = sample.judgements[1].results[3]
    other = pending._replace(policy="people-named", stories=pending.stories[:1])
    judgement = sample.judgements[1]._replace(results=(pending, other))
    rows = [
        row
        for row in written(sample._replace(judgements=(judgement,))).split("\n")
        if row.startswith(("| <code>wang", "| <code>octo"))
    ]
    assert len(rows) == 2
    assert rows[0].count("✓ counted as product-lead") == 2
    assert "1 December 2026, 09:30 (UTC+8)" in rows[0]
    assert "– belongs to nobody in the directory" in rows[1]


def test_what_is_waived_names_the_waiver_its_owner_and_its_end(sample: Report) -> None:
    assert (
        "Waived by <code>W-2026-007</code> (<code>waivers/W-2026-007.yaml</code>) until"
        " 31 December 2026, 23:59 (UTC+8); owner <code>zhou.jie</code>. The test centre is being"
        " rebuilt."
    ) in written(sample)


def test_a_waiver_that_is_not_named_is_told_by_its_reason(make: Make) -> None:
    waived = make.result(Outcome.WAIVED, reason=Text("excused by hand", "人工豁免"))
    shown = written(make.report(make.judgement(Verdict.PASS, waived)))
    assert "request.yaml:19</code><br>excused by hand<br><sub>" in shown


def test_many_who_can_approve_are_counted_after_the_first_ten(make: Make) -> None:
    people = tuple(f"person-{number}" for number in range(25))
    pending = make.result(
        Outcome.PENDING, findings=(), missing=(MissingApproval("lead", "", people),)
    )
    shown = written(make.report(make.judgement(Verdict.BLOCKED, pending)))
    assert "<code>person-9</code> and 15 more can still give it" in shown
    assert "person-10" not in shown


def test_effects_of_changed_rules_are_a_table(sample: Report) -> None:
    shown = written(sample)
    where = "LR-2026-0042 <code>launches/LR-2026-0042/request.yaml</code>"
    assert f"| {where} | <code>window-ahead</code> | failed | passed |" in shown
    assert f"| {where} | <code>people-named</code> | no such policy | failed |" in shown


def test_digests_stand_in_small_print(sample: Report) -> None:
    small = "".join(re.findall(r"^<sub>.*</sub>$", written(sample), re.MULTILINE))
    assert sample.pack_set_digest in small
    assert sample.judgements[1].approval_digest in small


def test_passed_policies_are_folded_away_among_few_and_counted_among_many(make: Make) -> None:
    skipped = make.result(
        Outcome.NOT_APPLICABLE, policy="people-named", reason=Text("no calendar", "没有日历")
    )
    failing = make.judgement(
        Verdict.BLOCKED, make.result(), make.result(Outcome.PASSED), skipped, name="LR-1"
    )
    few, many = written(make.report(failing)), written(make.report(*[failing] * 4))
    assert "<details><summary>✓ 1 passed, 1 not applicable</summary>\n\n- ✓ The window is" in few
    assert "- – People are named (<code>people-named</code>): no calendar\n" in few
    assert "no calendar" not in many
    assert many.count("\n✓ 1 passed, 1 not applicable\n") == 4


def test_many_requests_that_pass_are_folded_into_one_list(make: Make) -> None:
    passing = [make.judgement(Verdict.PASS, name=f"LR-{number}") for number in range(150)]
    failing = make.judgement(Verdict.BLOCKED, make.result(), name="LR-X")
    shown = written(make.report(*passing, failing))
    assert count_of(shown, "heading_open", "h3") == 1
    assert "<summary>✓ 150 pass</summary>" in shown
    assert "and 50 more" in shown


def test_what_does_not_fit_is_cut_between_items_and_counted(make: Make) -> None:
    findings = tuple(make.finding("长" * 1900, line=number) for number in range(1, 11))
    judgements = [
        make.judgement(Verdict.BLOCKED, make.result(findings=findings), name=f"LR-{number}")
        for number in range(9)
    ]
    shown = written(make.report(*judgements), ReaderView("zh"))
    assert LIMIT - 7000 < len(shown.encode()) <= LIMIT
    assert "9 个申请中有 8 个未显示或未完整显示" in shown
    assert shown.rstrip().endswith("</sub>")
    read(shown)


def test_a_short_report_is_not_said_to_be_cut(sample: Report) -> None:
    assert "⋯" not in written(sample)


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_hostile_text_becomes_nothing_but_text(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    shown = written(report, view)
    tokens = PARSER.parse(shown)
    assert [text for text in _texts(tokens) if REFERENCES.search(text)] == []
    assert len(shown.encode()) <= LIMIT
    assert _counted(tokens, "heading_open", "h2") == 1
    assert _counted(tokens, "heading_open", "h3") == len(report.judgements) + bool(report.effects)
    assert _counted(tokens, "blockquote_open") == len(report.notes)
    for line in shown.split("\n"):
        assert "##[" not in line
        assert "##vso[" not in line.lower()
        assert not line.lstrip().startswith("::")


ATTACKS = [
    pytest.param("[click](https://evil.example)", id="link"),
    pytest.param("![x](https://evil.example/beacon.png)", id="image beacon"),
    pytest.param("<img src=https://evil.example/b.png>", id="HTML image"),
    pytest.param("<!-- hidden --> <script>x</script>", id="hidden HTML comment"),
    pytest.param("[x]: https://evil.example 'y'", id="reference definition"),
    pytest.param("https://evil.example/?q=1 www.evil.example", id="bare address"),
    pytest.param("evil@example.com mailto:a@b.example", id="mail address"),
    pytest.param("<https://evil.example>", id="address in angle brackets"),
    pytest.param("@octocat @org/team thanks", id="mention"),
    pytest.param("fixes #123, closes org/repo#4, GH-5", id="issue closed by reference"),
    pytest.param("8dd9145fbb1f1c4a9c0b1dbd1f1a3be0f4f1c0aa 8dd9145", id="commit reference"),
    pytest.param("上8dd9145fbb1f", id="commit reference behind chinese"),
    pytest.param("x\n# Passed\n\n---\n", id="heading and rule"),
    pytest.param("Passed\n=====", id="underlined heading"),
    pytest.param("a | b |\n| --- | --- |\n| c | d", id="table break"),
    pytest.param("- [x] approved", id="ticked box"),
    pytest.param("```\nx\n```", id="fence"),
    pytest.param("1234. x", id="numbered list"),
    pytest.param("    indented", id="indented code"),
    pytest.param("</code></b></sub></details><h1>x", id="closes our tags"),
    pytest.param("`</code><b>`", id="tags between backticks"),
    pytest.param("*a* _b_ ~~c~~ **d** $x$ :tada:", id="emphasis, formula, emoji"),
    pytest.param("> [!CAUTION]", id="alert"),
    pytest.param("::error::x ##[error]y", id="workflow command"),
    pytest.param("a\u202eb\u2066c", id="direction override"),
    pytest.param("{{7*7}} ${{ secrets.X }}", id="expression"),
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_a_sentence_is_shown_as_it_was_written(attack: str) -> None:
    texts = read(f"- ✗ <b>{prose(attack)}</b>\n")
    assert len(texts) == 1
    assert not REFERENCES.search(texts[0])


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_in_a_name_stays_in_its_cell(attack: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {code(attack)} | {prose(attack)} |\n"
    read(table)
    assert count_of(table, "td_open") == 2
    assert count_of(table, "tr_open") == 2


def test_backticks_of_a_policy_become_code_and_odd_ones_stay() -> None:
    assert prose("write `a: 1` or `b") == "write <code>a: 1</code> or &#96;b"


@pytest.mark.parametrize("text", ["上线窗口尚未开始。", "Nobody (yet), 100% sure; see D2.7"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert prose(text) == text


@given(
    st.text() | st.lists(st.sampled_from(["`", "@", "a1", "#", "<", "|", "://", "\n"])).map("".join)
)
@example("`@a`")
@example("#`1`")
def test_no_text_refers_to_anything(text: str) -> None:
    texts = read(f"- ✗ {prose(text)}.\n- ✗ {code(text)}.\n")
    assert [each for each in texts if REFERENCES.search(each)] == []


def test_a_fix_of_several_lines_keeps_its_lines_and_depth(make: Make) -> None:
    finding = make.finding()._replace(fix=Text("Write:\n  risk: low", "请填写：\n  risk: low"))
    report = make.report(
        make.judgement(Verdict.PASS, make.result(action=Action.WARN, findings=(finding,)))
    )
    assert "→ Write:<br>\u2003\u2003risk: low<br>" in written(report)
