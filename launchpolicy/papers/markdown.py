"""A paper as Markdown: the template filled in, with everything from the request escaped.

What people wrote is data. It goes into Markdown through one function (threat O2), which leaves no
character that Markdown, GitHub or HTML could take for anything but itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from launchpolicy.papers.template_values import Blank, value_of_key
from launchpolicy.papers.wording import duration, moment
from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.requests.launch_request.texts import LocalisedText
from launchpolicy.vocabulary.names import NamedKind, Names
from launchpolicy.vocabulary.text import Language, Text, text_of

# What acts anywhere, what acts only where a line begins, and what makes GitHub's links and emoji.
_SPECIAL = re.compile(
    r"[\\`*_\[\]#|~<>&@$]|^[-+=]|(?<=^\d)[.)](?= |$)|(?<=^\d\d)[.)](?= |$)"
    r"|:(?=//|[a-z0-9_+-]+:)|(?<=www)\.",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
_LONGEST = 20_000
_MOST = 2_000_000


class PaperError(Exception):
    """A template that cannot be filled in: what is wrong, and on which line of it."""

    def __init__(self, problem: Text, line: int) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.line = line


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """What a template is filled in with.

    `request` is the request, `sha256` the digest of its file, `plan` that of what it plans
    (`facts.paper_origin`), `names` what people call things.
    `deputies` are who stands for whom now: the person stood for → the deputy.
    """

    request: LaunchRequest
    name: str
    stage: str
    sha256: str
    names: Names
    now: datetime
    language: Language
    title: Text
    deputies: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""


def escape(text: str) -> Markup:
    """Return `text` on one line, so that Markdown shows it as it stands (CommonMark 2.4)."""
    shown = _HIDDEN.sub(" ", text[:_LONGEST]).strip(" ")
    return Markup(_SPECIAL.sub(_entity, shown))  # noqa: S704 (this is the escaping function)


def _entity(match: re.Match[str]) -> str:
    # Entities mean nothing but the character, in text, in tables and in what autolinks look for.
    return f"&#{ord(match.group())};"


def fill_template(source: str, context: TemplateContext) -> str:
    """Return the Markdown of a paper.

    Raises:
        PaperError: the template is not right, or does what templates may not.
    """
    environment = _environment(context)
    try:
        template = environment.from_string(source)
        pieces: list[str] = []
        size = 0
        for piece in template.generate(request=context.request, sheet=_about(context)):
            size += len(piece)
            if size > _MOST:
                message = "the paper grows beyond all reason"
                raise SecurityError(message)
            pieces.append(piece)
    except TemplateSyntaxError as error:
        raise _template_error(str(error.message), error.lineno) from error
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        raise _template_error(str(error), _line_of(error)) from error
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip() + "\n"


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox of templates; of a request they reach the keys of its sections, no more."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 (as jinja2 has it)
        if isinstance(obj, RequestSection | Blank):
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 (as jinja2 has it)
        if not isinstance(obj, RequestSection | Blank):
            return super().getitem(obj, argument)
        try:
            return value_of_key(obj, argument)
        except LookupError:
            return self.undefined(f"there is no field `{argument}` here")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 (as above)
        """Return whether a template may read an attribute of Python's: none of a request."""
        if isinstance(obj, RequestSection | Blank):
            return False
        return super().is_safe_attribute(obj, attr, value)


def _environment(context: TemplateContext) -> _Environment:
    language = context.language

    def printed_text(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return escape(_plain(value, language))

    environment = _Environment(
        autoescape=True,
        finalize=printed_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "person": lambda person: _name_of(person, "people", context),
        "people": lambda people: _names_of(people, "people", context),
        "signer": lambda person: _signer(person, context),
        "named": lambda identifier, kind: _name_of(identifier, kind, context),
        "all_named": lambda identifiers, kind: _names_of(identifiers, kind, context),
        "moment": lambda written: moment(str(written), language) if written else "",
        "duration": lambda written: duration(str(written), language) if written else "",
        "joined": lambda items: _join([_plain(item, language) for item in items], language),
    }
    environment.globals = {
        "t": lambda en, zh: zh if language == "zh" else en,
        "range": environment.globals["range"],
    }
    return environment


def _about(context: TemplateContext) -> dict[str, Any]:
    return {
        "title": context.title,
        "name": context.name,
        "stage": context.stage,
        "sha256": context.sha256,
        "now": moment(context.now.isoformat(timespec="seconds"), context.language),
    }


def _plain(value: object, language: Language) -> str:
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


def _name_of(identifier: object, kind: NamedKind, context: TemplateContext) -> str:
    """Return what people call a thing; its id where it has no name, "" for a blank."""
    if not isinstance(identifier, str):
        return _plain(identifier, context.language)
    return context.names.name_of(kind, identifier).in_language(context.language)


def _names_of(identifiers: Iterable[object], kind: NamedKind, context: TemplateContext) -> str:
    return _join(
        [_name_of(identifier, kind, context) for identifier in identifiers], context.language
    )


def _signer(person: object, context: TemplateContext) -> str:
    """Return who signs: a person, with the deputy who may do so instead."""
    name = _name_of(person, "people", context)
    deputy = context.deputies.get(person) if isinstance(person, str) else None
    if deputy is None:
        return name
    other = _name_of(deputy, "people", context)
    words = Text(f"{name} (or {other} as deputy)", f"{name}（可由{other}代理）")
    return words.in_language(context.language)


def _join(items: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(items)


def _template_error(why: str, line: int) -> PaperError:
    return PaperError(Text(f"The template fails: {why}.", f"模板有误：{why}。"), line)


def _line_of(error: BaseException) -> int:
    """Return the line of the template that failed (its frames are called `<template>`)."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
