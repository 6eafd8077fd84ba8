"""What stops a whole run, told on standard error: what is wrong, where, and what to do."""

from __future__ import annotations

import click

from launchpolicy.cli.language import of_locale
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Language


def report_failure(error: LaunchpolicyError) -> None:
    """Prints the error in the language of the locale: a configuration may not even be readable."""
    language = of_locale()
    if isinstance(error, MalformedRulesError):
        for finding in error.findings:
            _finding(finding, language)
        return
    click.echo(f"launchpolicy: {escape(error.problem.in_language(language))}", err=True)
    click.echo(f"→ {escape(error.remedy.in_language(language))}", err=True)


def _finding(finding: Finding, language: Language) -> None:
    place, start = finding.place, finding.place.span.start
    message = escape(finding.message.in_language(language))
    click.echo(f"{escape(str(place))}: {message} [{escape(finding.rule)}]", err=True)
    if place.source:
        gutter = f"{start.line:>5} │ "
        click.echo(f"{gutter}{escape(place.source)}", err=True)
        before = escape(place.source[: start.column - 1])
        width = max(1, place.span.end.column - start.column)
        if place.span.end.line != start.line:
            width = 1
        click.echo(f"{' ' * (len(gutter) - 2)}│ {' ' * _cells(before)}{'^' * width}", err=True)
    click.echo(f"      → {escape(finding.fix.in_language(language))}", err=True)


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal; Chinese characters take two."""
    import unicodedata  # noqa: PLC0415 (only when something is wrong)

    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
