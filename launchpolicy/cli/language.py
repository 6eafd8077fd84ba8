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


class _LanguageChoice:
    """What is known of the language of this run; a process is one run.

    `option` is that of `--lang`. `configured` is that of the configuration, None where it names
    none; it counts once `is_looked_up`.
    """

    __slots__ = ("configured", "is_looked_up", "option")

    def __init__(self) -> None:
        self.option: Language | None = None
        self.configured: Language | None = None
        self.is_looked_up = False

    def configure(self, language: Language | None) -> None:
        """Keep the language of the configuration."""
        self.configured, self.is_looked_up = language, True


_choice = _LanguageChoice()


def speak(arguments: Sequence[str]) -> None:
    """Take the language from the command line, before help or an error is printed.

    `--lang` may stand before or after the command; the last one wins. Whether its value is one of
    the languages is checked later, where the option is read.
    """
    _choice.option = None
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if argument == "--":
            break
        if name != LANGUAGE_OPTION:
            continue
        language = value if equals else "".join(arguments[at + 1 : at + 2])
        if language in LANGUAGES:
            _choice.option = language
    settle_language()


def settle_language() -> None:
    """Find the configuration of the current folder again: it may be another one by now."""
    _choice.is_looked_up = False
    if current() == "zh":
        # Loaded here on purpose: who reads English does not need it.
        from launchpolicy.cli.click_messages import translate_click  # noqa: PLC0415

        translate_click()


def chosen_language(option: str | None, configured: Language | None = None) -> Language:
    """Return the language for this run (design section 11), and keep it for its errors.

    `configured` is what the rules that judge ask for, which may be those of another folder.
    """
    if configured is not None:
        _choice.configure(configured)
    return option if option in LANGUAGES else current()


def current() -> Language:
    """Return the language as far as it is known: `--lang`, the configuration, the locale."""
    if _choice.option is not None:
        return _choice.option
    if not _choice.is_looked_up:
        _choice.configure(written_language(Path()))
    return _choice.configured or of_locale()


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
