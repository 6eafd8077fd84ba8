"""Templates are filled in with what people wrote, and none of it acts (threat O2)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.markdown import PaperError, fill_template
from launchpolicy.papers.wording import duration, moment
from launchpolicy.vocabulary.text import Language
from tests.papers.conftest import Fill

HARMLESS = {"inline", "text", "paragraph_open", "paragraph_close", "softbreak", "text_special"}
HARMLESS |= {
    f"{part}_{way}"
    for part in ("table", "thead", "tbody", "tr", "th", "td")
    for way in ("open", "close")
}


@given(st.text(max_size=60))
@example("[click](javascript:alert(1))")
@example("![x](http://evil.example/beacon.png)")
@example("<img src=x onerror=alert(1)>")
@example("# heading")
@example("a | b | c")
@example("1. one")
@example("- item")
@example("+ item")
@example("=====")
@example("@everyone #1 :tada: www.evil.example https://evil.example")
@example("`code` **bold** _em_ ~~gone~~")
@example("line one\n\n# line two")
@example("&lt;script&gt;")
@example("\\")
def test_no_text_of_a_request_acts_in_a_paragraph_or_a_table(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    written = escape(text)
    page = f"{written}\n\n| head | two |\n| --- | --- |\n| {written} | end |\n"

    tokens = parser.parse(page)

    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in (*tokens, *inline)} <= HARMLESS
    assert [token.content for token in tokens if token.type == "inline"][-1].endswith("end")
    cells = sum(token.type == "td_open" for token in tokens)
    assert cells == 2


@given(st.text(max_size=60).filter(str.isprintable))
def test_what_was_escaped_is_read_as_what_was_written(text: str) -> None:
    rendered = MarkdownIt("commonmark").parse(f"x {escape(text)} x")

    (inline,) = [token for token in rendered if token.type == "inline"]
    read = "".join(child.content or " " for child in inline.children or ())
    assert read.split() == ["x", *text.split(), "x"]


def test_fields_that_are_not_said_are_empty_and_unknown_ones_an_error(sheet: Fill) -> None:
    request = sheet({"spec": {"product": {"name": "checkout"}}})

    assert (
        fill_template("{{ request.spec.product.name }}{{ request.spec.window.start }}", request)
        == "checkout\n"
    )
    with pytest.raises(PaperError) as wrong:
        fill_template("fine\n{{ request.spec.wnidow.start }}", request)
    assert "wnidow" in wrong.value.problem.en
    assert wrong.value.line == 2


@pytest.mark.parametrize(
    "template",
    [
        "{{ request.data }}",
        "{{ request.spec|attr('data') }}",
        "{{ request.spec.product.fields }}",
        "{{ request.spec.window.shape }}",
        "{{ request.spec.window.start.year }}",
        "{{ request.spec.handover.from_ }}",
        "{{ request.status.checks_before }}",
        "{{ request.spec.steps.name }}",
        "{{ [request.spec.product]|map(attribute='data')|list|first }}",
    ],
)
def test_a_template_reaches_keys_of_the_schema_and_nothing_else(sheet: Fill, template: str) -> None:
    with pytest.raises(PaperError):
        fill_template(template, sheet({"spec": {"product": {"name": "checkout"}}}))


def test_values_of_every_kind_are_printed(sheet: Fill) -> None:
    data = {
        "metadata": {"labels": {"team": "payments"}, "title": {"zh": "结算"}},
        "spec": {
            "handover": {"from": "li.wei"},
            "impact": {"users": 12},
            "meeting": {"attendees": [{"person": "x.y", "attended": True}]},
            "people": {"testers": ["x.y"]},
            "summary": {},
        },
    }
    template = (
        "{{ request.metadata.labels.team }} {{ request.metadata.title }} "
        "{{ request['spec'].handover['from'] }} {{ request.spec.impact.users + 1 }} "
        "{{ request.spec.meeting.attendees[0].attended }} {{ request.spec.people.testers|length }} "
        "{{ request.spec.summary }}{{ request.spec.summary or 'none' }} "
        "{{ request.spec.window.start is defined }} {{ request.spec.wnidow is defined }} "
        "{{ request.spec.steps|length }}"
    )

    assert fill_template(template, sheet(data)) == ("payments 结算 li.wei 13 yes 1 none yes no 0\n")


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("{{ request.__class__.__mro__ }}", id="attribute tricks"),
        pytest.param("{{ ''.__class__ }}", id="class of a text"),
        pytest.param("{% for i in range(99999999) %}x{% endfor %}", id="a range without end"),
        pytest.param("{% include '/etc/passwd' %}", id="another file"),
        pytest.param("{% for x in request %}{{ x", id="a syntax error"),
        pytest.param("{{ nobody }}", id="an unknown name"),
        pytest.param("{{ 'x' * 99999999 }}{{ 'x' * 99999999 }}", id="a flood of text"),
        pytest.param("{{ 1 / 0 }}", id="a division by zero"),
    ],
)
def test_a_hostile_or_broken_template_is_refused(sheet: Fill, template: str) -> None:
    with pytest.raises(PaperError):
        fill_template(template, sheet({"spec": {}}))


@pytest.mark.parametrize(("language", "name"), [("en", "Li Wei"), ("zh", "李薇")])
def test_people_are_called_by_their_names(sheet: Fill, language: Language, name: str) -> None:
    request = sheet(
        {"spec": {"people": {"requester": "li.wei", "testers": ["li.wei", "x.y"]}}}, language
    )

    written = fill_template(
        "{{ request.spec.people.requester | person }} {{ request.spec.people.testers | people }}",
        request,
    )

    assert written.startswith(f"{name} {name}")
    assert written.endswith("x.y\n")


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        (
            "2026-12-01T22:00:00+08:00",
            "1 December 2026, 22:00 (UTC+8)",
            "2026年12月1日 22:00（UTC+8）",
        ),
        ("2026-01-09T05:30:00Z", "9 January 2026, 05:30 (UTC)", "2026年1月9日 05:30（UTC）"),
        (
            "2026-01-09T05:30:00-03:30",
            "9 January 2026, 05:30 (UTC-3:30)",
            "2026年1月9日 05:30（UTC-3:30）",
        ),
        ("soon", "soon", "soon"),
    ],
)
def test_times_are_written_as_people_write_them(written: str, english: str, chinese: str) -> None:
    assert (moment(written, "en"), moment(written, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("1h30m", "1 hour 30 minutes", "1 小时 30 分钟"),
        ("45s", "45 seconds", "45 秒"),
        ("x", "x", "x"),
    ],
)
def test_durations_are_written_as_people_write_them(
    written: str, english: str, chinese: str
) -> None:
    assert (duration(written, "en"), duration(written, "zh")) == (english, chinese)
