"""Print what stops a whole run to standard error: what is wrong, where, and what to do."""

from __future__ import annotations

import sys

import click

from launchpolicy.cli.colour import width_of
from launchpolicy.cli.language import current
from launchpolicy.cli.prose import print_prose
from launchpolicy.reporters.text.excerpt import excerpt
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Language

_ROOM = 100
_MARGIN = 8
"""Columns before a quotation: the number of its line, and the bar."""
_NARROWEST = 20


def report_failure(error: LaunchpolicyError) -> None:
    """Print the error in the language of the run, also where the configuration is malformed."""
    language = current()
    if isinstance(error, MalformedRulesError):
        for finding in error.findings:
            _finding(finding, language)
        return
    print_prose(f"launchpolicy: {error.problem.in_language(language)}", err=True)
    print_prose(f"→ {error.remedy.in_language(language)}", err=True)


def _finding(finding: Finding, language: Language) -> None:
    place = finding.place
    message = finding.message.in_language(language)
    print_prose(f"{place}: {message} [{finding.rule}]", err=True)
    if place.source:
        columns = width_of(sys.stderr)
        quotation = excerpt(place, _ROOM if columns is None else max(columns - _MARGIN, _NARROWEST))
        click.echo(f"{place.span.start.line:>5} │ {quotation.text}", err=True)
        click.echo(f"      │ {' ' * quotation.start}{'^' * quotation.length}", err=True)
    print_prose(f"      → {finding.fix.in_language(language)}", err=True)
