"""Find the language that a launch repository is configured in, for commands that need no rules.

Every command asks for it when it starts, also where the configuration is malformed: so the line is
looked for, and the whole file is read only where the text alone does not say which line it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.vocabulary.configuration_file import FILE
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.text import Language

_LINE = re.compile(
    rb"""^(["']?)language\1[ \t]*:[ \t]+(["']?)(en|zh)\2[ \t]*(?:#[^\r\n]*)?\r?$""",
    re.MULTILINE,
)
_MOST = 1 << 20
"""Bytes of a configuration that are looked at; a larger one is refused by the rules."""


def configured_language(start: Path) -> Language | None:
    """Return the language of the launch repository at `start`; None where none can be read.

    Args:
        start: a file or a folder in the work tree.
    """
    root = launch_root(start if start.is_dir() else start.parent)
    if root is None:
        return None
    language = written_language(root)
    if language is not None:
        return language
    # Loaded here on purpose: few configurations are written in another way.
    from launchpolicy.hosts.work_tree import work_tree  # noqa: PLC0415
    from launchpolicy.operations.rules.load import load_configuration  # noqa: PLC0415

    try:
        _, configuration = load_configuration(work_tree(root))
    except LaunchpolicyError:
        return None
    return configuration.language


def written_language(folder: Path) -> Language | None:
    """Return the language that a line of the configuration says; None without such a line."""
    try:
        root = launch_root(folder)
        if root is None:
            return None
        with (root / FILE).open("rb") as file:
            line = _LINE.search(file.read(_MOST))
    except OSError:
        return None
    if line is None:
        return None
    return "zh" if line[3] == b"zh" else "en"
