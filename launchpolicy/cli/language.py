"""Which of the two languages to speak: `--lang`, then the configuration, then the locale."""

from __future__ import annotations

import os
from collections.abc import Sequence

from launchpolicy.vocabulary.text import LANGUAGES, Language

_OPTION = "--lang"
_spoken: list[Language] = []


def speak(arguments: Sequence[str]) -> None:
    """Takes the language from the command line, before anything is said: help and errors, too.

    `--lang` may stand before or after the command; the last one wins. Whether its value is one of
    the languages is checked later, where the option is read.
    """
    _spoken.clear()
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if argument == "--":
            break
        if name != _OPTION:
            continue
        given = value if equals else "".join(arguments[at + 1 : at + 2])
        if given in LANGUAGES:
            _spoken.append(given)
    if current() == "zh":
        # Loaded here on purpose: who reads English does not need it.
        from launchpolicy.cli.click_messages import translate_click  # noqa: PLC0415

        translate_click()


def chosen_language(option: str | None, configured: Language | None = None) -> Language:
    """The language for this run (design section 11)."""
    if option in LANGUAGES:
        return option
    return _spoken[-1] if _spoken else configured or of_locale()


def current() -> Language:
    """The language as far as it is known without a configuration."""
    return _spoken[-1] if _spoken else of_locale()


def of_locale() -> Language:
    """Chinese where the locale is (POSIX order: LC_ALL, LC_MESSAGES, LANG), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(en: str, zh: str) -> str:
    """Help text and complaints about the command line, which is read before any file is."""
    return zh if current() == "zh" else en
