"""The name of the file that makes a folder a launch repository."""

from __future__ import annotations

from typing import Final

FILE: Final = ".launchpolicy.yaml"
"""Where the configuration is, at the top of a launch repository."""
