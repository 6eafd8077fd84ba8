"""Which of the two languages to speak: `--lang`, then the configuration, then the locale."""

from __future__ import annotations

import os

from launchpolicy.vocabulary.text import LANGUAGES, Language


def chosen(option: str | None, configured: Language | None = None) -> Language:
    """The language for this run (design section 11)."""
    if option in LANGUAGES:
        return option
    return configured or of_locale()


def of_locale() -> Language:
    """Chinese where the locale is (POSIX order: LC_ALL, LC_MESSAGES, LANG), else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(en: str, zh: str) -> str:
    """Help text in the language of the locale; `--help` is read before any file is."""
    return zh if of_locale() == "zh" else en
