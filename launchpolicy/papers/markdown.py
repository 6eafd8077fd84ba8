"""A paper as Markdown: the template filled in, with everything from the request escaped.

What people wrote is data. It goes into Markdown through one function (threat O2), which leaves no
character that Markdown, GitHub or HTML could take for anything but itself.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.template_functions import filters_of, functions_of, plain
from launchpolicy.papers.template_values import Blank, value_of_key
from launchpolicy.papers.wording import time_of_day
from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.vocabulary.text import Text

_MOST = 2_000_000


class PaperError(Exception):
    """A template that cannot be filled in: what is wrong, and on which line of it."""

    def __init__(self, problem: Text, line: int) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.line = line


def fill_template(source: str, context: TemplateContext) -> str:
    """Return the Markdown of a paper, with marks (`papers.marks`).

    Raises:
        PaperError: the template is not right, or does what templates may not.
        RecipientsError: it is a notice to nobody.
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
    def printed_text(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return escape(plain(value, context.language))

    environment = _Environment(
        autoescape=True,
        finalize=printed_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= filters_of(context)
    environment.globals = {"range": environment.globals["range"], **functions_of(context)}
    return environment


def _about(context: TemplateContext) -> dict[str, Any]:
    now = context.now.isoformat(timespec="seconds")
    return {
        "title": context.title,
        "name": context.name,
        "number": context.number,
        "stage": context.stage,
        "process": context.process,
        "sha256": context.sha256,
        "now": time_of_day(now, context.language, context.zone),
        "made_at": now,
        "issuer": context.issuer or Text("", ""),
    }


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
