"""Keywords by which the schema of a kind marks persons and texts; other tools ignore them."""

from __future__ import annotations

PERSON = "x-person"
"""Who may stand at a place for a person: duties, a department, and whom it must not be."""

PEOPLE = "x-people"
"""The same for the places inside a section, each by its key, where the section has many uses."""

TEXT = "x-text"
"""How much a rule relies on a text: `relied`, `figure`, `answer`, `stated` or `free`."""
