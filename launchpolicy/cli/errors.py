"""Print what stops a whole run to standard error: what is wrong, where, and what to do."""

from __future__ import annotations

import click

from launchpolicy.cli.language import current
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Language

_ROOM = 100


def report_failure(error: LaunchpolicyError) -> None:
    """Print the error in the language of the run, also where the configuration is malformed."""
    language = current()
    if isinstance(error, MalformedRulesError):
        for finding in error.findings:
            _finding(finding, language)
        return
    click.echo(f"launchpolicy: {escape(error.problem.in_language(language))}", err=True)
    click.echo(f"→ {escape(error.remedy.in_language(language))}", err=True)


def _finding(finding: Finding, language: Language) -> None:
    place = finding.place
    message = escape(finding.message.in_language(language))
    click.echo(f"{escape(str(place))}: {message} [{escape(finding.rule)}]", err=True)
    if place.source:
        quotation = excerpt(place, _ROOM)
        click.echo(f"{place.span.start.line:>5} │ {quotation.text}", err=True)
        click.echo(f"      │ {' ' * quotation.start}{'^' * quotation.length}", err=True)
    click.echo(f"      → {escape(finding.fix.in_language(language))}", err=True)
