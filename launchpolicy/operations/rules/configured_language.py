"""Find the language that a launch repository is configured in, for commands that need no rules."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.text import Language


def configured_language(start: Path) -> Language | None:
    """Return the language of the launch repository at `start`; None where none can be read.

    Args:
        start: a file or a folder in the work tree.
    """
    root = launch_root(start if start.is_dir() else start.parent)
    if root is None:
        return None
    try:
        _, configuration = load_configuration(work_tree(root))
    except LaunchpolicyError:
        return None
    return configuration.language
