"""Choose between the two languages: `--lang`, then the configuration, then the locale."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from launchpolicy.operations.rules.configured_language import written_language
from launchpolicy.vocabulary.text import LANGUAGES, Language

LANGUAGE_OPTION = "--lang"
_spoken: list[Language] = []
_configured: list[Language | None] = []
"""The language that the configuration asks for, once it was looked for."""


def speak(arguments: Sequence[str]) -> None:
    """Take the language from the command line, before help or an error is printed.

    `--lang` may stand before or after the command; the last one wins. Whether its value is one of
    the languages is checked later, where the option is read.
    """
    _spoken.clear()
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if argument == "--":
            break
        if name != LANGUAGE_OPTION:
            continue
        language = value if equals else "".join(arguments[at + 1 : at + 2])
        if language in LANGUAGES:
            _spoken.append(language)
    settle_language()


def settle_language() -> None:
    """Find the configuration of the current folder again: it may be another one by now."""
    _configured.clear()
    if current() == "zh":
        # Loaded here on purpose: who reads English does not need it.
        from launchpolicy.cli.click_messages import translate_click  # noqa: PLC0415

        translate_click()


def chosen_language(option: str | None, configured: Language | None = None) -> Language:
    """Return the language for this run (design section 11), and keep it for its errors.

    `configured` is what the rules that judge ask for, which may be those of another folder.
    """
    if configured is not None:
        _configured[:] = [configured]
    return option if option in LANGUAGES else current()


def current() -> Language:
    """Return the language as far as it is known: `--lang`, the configuration, the locale."""
    if _spoken:
        return _spoken[-1]
    if not _configured:
        _configured.append(written_language(Path()))
    return _configured[-1] or of_locale()


def of_locale() -> Language:
    """Return Chinese where the locale is (LC_ALL, LC_MESSAGES, LANG in order), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(en: str, zh: str) -> str:
    """Return help text or a command line error in the language that is known so far."""
    return zh if current() == "zh" else en


def language_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--lang` of a command, for `chosen_language`."""
    return click.option(
        LANGUAGE_OPTION, type=click.Choice(LANGUAGES), help=say("Language.", "语言。")
    )
