"""The filters and functions that templates of papers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.integration.functions import integration_functions
from launchpolicy.papers.marks import PICTURE, mark
from launchpolicy.papers.paper_blocks import LINE_BREAK
from launchpolicy.papers.refusals import no_recipients, no_signers, not_yet
from launchpolicy.papers.signature_rows import SignatureRow, signature_table, with_deputy
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.wording import date, duration, elapsed_time, sentence, span, time_of_day
from launchpolicy.requests.item_words import item_word
from launchpolicy.requests.launch_request.texts import LocalisedText
from launchpolicy.vocabulary.names import NamedKind
from launchpolicy.vocabulary.text import Language, Text, text_of
from launchpolicy.vocabulary.value_names import value_name

_DIGITS = "〇一二三四五六七八九十"
Printed = Callable[..., Any]


def filters_of(context: TemplateContext) -> dict[str, Printed]:
    """Return the filters: names of people and things, times, fixed words."""
    language, zone = context.language, context.zone
    return {
        "person": lambda person: name_of(person, "people", context),
        "people": lambda people: names_of(people, "people", context),
        "signer": lambda person: _signer(person, context),
        "named": lambda identifier, kind: name_of(identifier, kind, context),
        "all_named": lambda identifiers, kind: names_of(identifiers, kind, context),
        "word": lambda written, group: (
            value_name(group, str(written)).in_language(language) if written else ""
        ),
        "step": lambda name: _step(name, context),
        "item": lambda name: item_word(str(name)).in_language(language) if name else "",
        "date": lambda written: date(str(written), language, zone) if written else "",
        "moment": lambda written: time_of_day(str(written), language, zone) if written else "",
        "duration": lambda written: duration(str(written), language) if written else "",
        "count": lambda number: f"{number:,}" if isinstance(number, int) else "",
        "joined": lambda items: join([plain(item, language) for item in items], language),
        "in_words": lambda value: plain(value, language),
        "department_of": lambda person: _department_of(person, context),
    }


def functions_of(context: TemplateContext) -> dict[str, Any]:
    """Return the functions: the head, headings with their numbers, recipients, signatures."""
    language, zone = context.language, context.zone
    numbers = _SectionNumbers(language)
    return {
        "t": lambda en, zh: zh if language == "zh" else en,
        "br": Markup(LINE_BREAK),  # noqa: S704 (one character)
        "head": lambda: _head(context),
        "section": numbers.section,
        "subsection": numbers.subsection,
        "span": lambda start, end: span(str(start or ""), str(end or ""), language, zone),
        "sentence": lambda *parts: sentence(
            [(title, plain(value, language)) for title, value in parts], language
        ),
        "elapsed": lambda start, end: elapsed_time(str(start or ""), str(end or ""), language),
        "to": lambda units, field: _to(units, field, context),
        "cc": lambda units: _cc(units, context),
        "cc_text": lambda units: _cc_line(plain(units, language), language),
        "issued": lambda at="", unit="": _closing_lines(at, unit, context),
        "require": lambda holds, field, en, zh: _require(holds, field, Text(en, zh)),
        "evidence": lambda path: context.evidence.get(str(path), {}),
        "dict_of": lambda items, key: {one.name: getattr(one, key) or "" for one in items},
        "files": lambda part: [one for one in context.enclosures if one.route[:1] == (part,)],
        "copies": lambda *roles: _held_roles(roles, context),
        "note": lambda text: mark("note") + escape(plain(text, language)) + Markup("\n\n"),
        "picture": lambda name: _picture(name, context),
        "signers": lambda *roles: _signers(context, roles),
        "row": lambda title, people=(), approves=False: _row(title, people, context, approves),
        "signatures": lambda rows=None: signature_table(_some_rows(rows, context), language, zone),
        **integration_functions(context),
    }


def plain(value: object, language: Language) -> str:
    """Return any value of a request as text in one language."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, LocalisedText):
        return value.text.in_language(language)
    if isinstance(value, dict):
        return text_of(value).in_language(language)
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
    if isinstance(value, tuple):
        return str(list(value))
    return "" if value is None else str(value)


def name_of(identifier: object, kind: NamedKind, context: TemplateContext) -> str:
    """Return what people call a thing; its id where it has no name, "" for a blank."""
    if not isinstance(identifier, str):
        return plain(identifier, context.language)
    if kind == "roles":
        return context.names.role_title(identifier).in_language(context.language)
    return context.names.name_of(kind, identifier).in_language(context.language)


def names_of(identifiers: Iterable[object], kind: NamedKind, context: TemplateContext) -> str:
    """Return the names of several things, joined as the language does."""
    return join([name_of(one, kind, context) for one in identifiers], context.language)


def join(items: list[str], language: Language) -> str:
    """Return the items as one enumeration."""
    return ("、" if language == "zh" else ", ").join(items)


def _step(name: object, context: TemplateContext) -> str:
    """Return what a step is called: its name for readers, else what is done in it."""
    language, spec = context.language, context.request.spec
    shown = name_of(name, "steps", context)
    if shown != name:
        return shown
    for step in spec.steps or ():
        if step.name == name:
            return plain(step.action, language) or shown
    rollback = spec.rollback.steps if spec.rollback is not None else None
    for undone in rollback or ():
        if undone.name == name and undone.action is not None:
            word = value_name("rollbackAction", undone.action).in_language(language)
            return f"{word} {undone.backup or undone.to or ''}".strip()
    return shown


class _SectionNumbers:
    """Numbers headings: 一、（一） in Chinese, 1. and 1.1 in English."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._section = self._subsection = 0

    def section(self, title: object) -> Markup:
        self._section, self._subsection = self._section + 1, 0
        number = self._section
        shown = f"{_chinese(number)}、" if self._language == "zh" else f"{number}. "
        return self._heading("##", shown, title)

    def subsection(self, title: object) -> Markup:
        self._subsection += 1
        inner = self._subsection
        shown = f"（{_chinese(inner)}）" if self._language == "zh" else f"{self._section}.{inner} "
        return self._heading("###", shown, title)

    def _heading(self, level: str, number: str, title: object) -> Markup:
        words = escape(plain(title, self._language))
        return Markup(f"\n\n{level} {number}{words}\n\n")  # noqa: S704 (escaped above)


def _chinese(number: int) -> str:
    """Return a number up to 99 in Chinese: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def _head(context: TemplateContext) -> Markup:
    """Return the title with what the record says, and the numbers below it."""
    language = context.language
    title = context.title.in_language(language)
    state = context.state.in_language(language) if context.state is not None else ""
    words = Text("Request", "申请编号").in_language(language)
    number = Text("No.", "文号").in_language(language)
    colon, gap = ("：", "　　") if language == "zh" else (": ", "   ")
    line = [f"{number}{colon}{escape(context.number)}"] if context.number else []
    line.append(f"{words}{colon}{escape(context.name)}")
    lines = Markup(gap.join(line) + "\n\n")  # noqa: S704 (escaped above)
    heading = escape(f"{title}{state}")  # at once: a text by itself loses the space before it
    return Markup(f"# {heading}\n\n") + mark("number") + lines  # noqa: S704 (as above)


def _to(units: Iterable[object], field: str, context: TemplateContext) -> Markup:
    """Return the line of recipients of a notice.

    Raises:
        PaperRefusal: there are none.
    """
    names = names_of(units, "departments", context)
    if not names:
        raise no_recipients(field)
    line = Text(f"To: {names}", f"{names}：").in_language(context.language)
    return mark("to") + escape(line) + Markup("\n\n")


def _held_roles(roles: Iterable[str], context: TemplateContext) -> list[str]:
    """Return the names of those roles that the directory has; of all where there is none."""
    held = (role for role in roles if not context.holders or role in context.holders)
    return [name_of(role, "roles", context) for role in held]


def _cc(units: Iterable[object], context: TemplateContext) -> Markup:
    return _cc_line(names_of(units, "departments", context), context.language)


def _cc_line(names: str, language: Language) -> Markup:
    """Return the line of those who get a copy; nothing without any."""
    if not names:
        return Markup("")
    line = Text(f"Copies: {names}", f"抄送：{names}").in_language(language)
    return mark("cc") + escape(line) + Markup("\n\n")


def _closing_lines(at: object, unit: object, context: TemplateContext) -> Markup:
    """Return the closing lines (落款): the issuing unit with room for its seal, and the date."""
    language = context.language
    name = plain(unit, language) or (context.issuer.in_language(language) if context.issuer else "")
    seal = Text(" (seal)", "（盖章）").in_language(language)
    day = date(str(at or context.now.isoformat(timespec="seconds")), language, context.zone)
    issuer = escape(f"{name}{seal}")
    return mark("issuer") + issuer + mark("date") + escape(day) + Markup("\n\n")


def _require(holds: object, field: str, problem: Text) -> str:
    """Return nothing where something holds.

    Raises:
        PaperRefusal: it does not, so the paper is not made yet.
    """
    if not holds:
        raise not_yet(field, problem)
    return ""


def _picture(name: str, context: TemplateContext) -> Markup:
    picture = context.pictures.get(name)
    return mark(PICTURE, name) if picture is not None else Markup("")


def _signers(context: TemplateContext, roles: tuple[str, ...]) -> list[SignatureRow]:
    """Return the rows of those whom the process asks; with `roles` those of these roles only."""
    if not roles:
        return list(context.signers)
    return [row for row in context.signers if set(row.role.split("/")) & set(roles)]


def _some_rows(
    rows: Sequence[SignatureRow] | None, context: TemplateContext
) -> Sequence[SignatureRow]:
    """Return the rows of a table of signatures: these, or those of all whom the process asks.

    Raises:
        PaperRefusal: there is none, so nobody could sign the paper.
    """
    rows = context.signers if rows is None else rows
    if not rows:
        raise no_signers()
    return rows


def _row(
    title: object, people: Iterable[object], context: TemplateContext, approves: object
) -> SignatureRow:
    """Return a row for people whom the request names."""
    language = context.language
    persons = (people,) if isinstance(people, str) else tuple(people)
    names = (_signer(person, context) for person in persons if person)
    words = plain(title, language)
    shown = tuple(Text(name, name) for name in names)
    return SignatureRow("", Text(words, words), shown, is_approval=bool(approves))


def _department_of(person: object, context: TemplateContext) -> str:
    department = context.departments.get(person) if isinstance(person, str) else None
    return name_of(department, "departments", context) if department else ""


def _signer(person: object, context: TemplateContext) -> str:
    """Return who signs: a person, with the deputy who may do so instead."""
    name = name_of(person, "people", context)
    deputy = context.deputies.get(person) if isinstance(person, str) else None
    if deputy is None:
        return name
    other = name_of(deputy, "people", context)
    return with_deputy(Text(name, name), Text(other, other)).in_language(context.language)
