"""A paper as Markdown: the template filled in, with everything from the request escaped.

What people wrote is data. It goes into Markdown through one function (threat O2), which leaves no
character that Markdown, GitHub or HTML could take for anything but itself.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from launchpolicy.papers.escaping import escape
from launchpolicy.papers.governance_functions import governance_filters, governance_functions
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.template_functions import filters_of, functions_of, plain
from launchpolicy.papers.template_values import Blank, value_of_key
from launchpolicy.papers.wording import time_of_day
from launchpolicy.requests.launch_request.fields import RequestSection
from launchpolicy.vocabulary.text import Text

_MOST = 2_000_000
_SETTINGS: Final[Mapping[str, Any]] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "optimized": False,  # what is folded into the code would be of the language of the first paper
}


class PaperError(Exception):
    """A template that cannot be filled in: what is wrong, and on which line of it."""

    def __init__(self, problem: Text, line: int) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.line = line


def fill_template(
    source: str, context: TemplateContext, shared: Mapping[str, str] | None = None
) -> str:
    """Return the Markdown of a paper, with marks (`papers.marks`).

    `shared` are templates of ours, by file name, whose macros a template may import.

    Raises:
        PaperError: the template is not right, or does what templates may not.
        PaperRefusal: it would say what is not so.
    """
    environment = _environment(context)
    environment.loader = DictLoader(shared or {})
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

    def compile(self, source: Any, name: Any = None, filename: Any = None, **_: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 (as jinja2 has it)
        """Return the code of a template, which is the same for every paper of a run."""
        return _code(source, name, filename, tuple(self.filters))

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


@functools.lru_cache(maxsize=64)
def _code(source: str, name: str | None, filename: str | None, filters: tuple[str, ...]) -> Any:  # noqa: ANN401 (as above)
    """Return the code of a template; nothing of a request or a language is computed in it."""
    environment = ImmutableSandboxedEnvironment(**_SETTINGS, finalize=_not_printed)
    environment.filters |= dict.fromkeys(filters, _not_called)
    return environment.compile(source, name, filename)


@pass_context
def _not_printed(_: object, value: object) -> object:
    """Stand for the function that prints values while a template is compiled."""
    return value


def _not_called(value: object) -> object:
    """Stand for a filter while a template is compiled."""
    return value


def _environment(context: TemplateContext) -> _Environment:
    @pass_context
    def printed_text(_: object, value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        text = plain(value, context.language)
        if len(text) > _MOST:
            message = "a value grows beyond all reason"
            raise SecurityError(message)
        # Words of a template may end where a value begins; a space at either end acts on nothing.
        before = " " if text[:1] == " " else ""
        after = " " if text[-1:] == " " and text.strip(" ") else ""
        return Markup("{}{}{}").format(Markup(before), escape(text), Markup(after))  # noqa: S704 (spaces)

    environment = _Environment(**_SETTINGS, finalize=printed_text)
    environment.filters |= filters_of(context) | governance_filters(context)
    kept = {name: environment.globals[name] for name in ("range", "namespace")}
    environment.globals = {**kept, **functions_of(context), **governance_functions(context)}
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
