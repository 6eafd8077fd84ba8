"""Write what a launch repository on GitHub has besides: workflows, CODEOWNERS, a ruleset.

The templates are the one source: `examples/github/` and `examples/ledger/` are made of them with
`EXAMPLE`. Their marks are `%{name}`, because `$` is GitHub's own. `string.Template` fills them:
nothing here repeats or decides, and Jinja2 is for documents that have to.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping
from typing import Final, NamedTuple

from launchpolicy.documents.quoting import scalar
from launchpolicy.reporters.adoption.setup import Setup

WRITTEN: Final = {
    "launchpolicy.yml": ".github/workflows/launchpolicy.yml",
    "launchpolicy-signal.yml": ".github/workflows/launchpolicy-signal.yml",
    "launchpolicy-ledger.yml": ".github/workflows/launchpolicy-ledger.yml",
    "CODEOWNERS": ".github/CODEOWNERS",
    "ruleset.json": ".github/launchpolicy-ruleset.json",
}
"""Template → the path from the top of the repository that it is written to."""

EXAMPLES: Final = {
    "launchpolicy.yml": "examples/github/launchpolicy.yml",
    "launchpolicy-app.yml": "examples/github/launchpolicy-app.yml",
    "launchpolicy-signal.yml": "examples/github/launchpolicy-signal.yml",
    "launchpolicy-ledger.yml": "examples/ledger/launchpolicy-ledger.yml",
    "CODEOWNERS": "examples/github/CODEOWNERS",
    "ruleset.json": "examples/github/ruleset.json",
}
"""Template → the example of this project that it is filled into."""

NEEDS_PROGRAM: Final = frozenset(name for name in WRITTEN if name.endswith(".yml"))
"""The templates that are worth nothing without the commit of the program."""

WITH_FOLDER: Final = frozenset({"launchpolicy.yml", "launchpolicy-ledger.yml"})
"""The templates that name the folder of the launch repository."""

_PLAIN_PATH = re.compile(r"[\w./ -]*")

_PIN = "The commit of launchpolicy that judges; renew it together with the one of the hooks."


class TemplateValues(NamedTuple):
    """The values of the marks of a template; `folder` begins and ends with a slash."""

    action: str
    commit: str
    pin: str
    language: str
    branch: str
    owner: str
    folder: str
    directory: str
    with_directory: str


EXAMPLE: Final = TemplateValues(
    action="launchpolicy/launchpolicy",
    commit="0" * 40,
    pin="Put the full commit id of a release here: zeros are no commit, so nothing runs before.",
    language="en",
    branch="main",
    owner="@your-organisation/launch-office",
    folder="/",
    directory="",
    with_directory="",
)


def values_of(setup: Setup) -> TemplateValues:
    """Return the values of the marks in a launch repository."""
    folder = scalar(setup.folder)
    inside = f"\n          working-directory: {folder}" if setup.folder else ""
    return TemplateValues(
        action=setup.program.action if setup.program else "",
        commit=setup.program.commit if setup.program else "",
        pin=_PIN,
        language=setup.language,
        branch=setup.branch,
        owner=setup.owner,
        folder=f"/{setup.folder}/".replace("//", "/").replace(" ", r"\ "),
        directory=inside,
        with_directory=f"\n        with:{inside}" if inside else "",
    )


def is_plain_path(path: str) -> bool:
    """Return whether CODEOWNERS can name a path: it has marks of its own, such as `#`."""
    return _PLAIN_PATH.fullmatch(path) is not None


def fill_template(name: str, template: str, values: TemplateValues) -> str:
    """Return the file of the template called `name`.

    Raises:
        KeyError: the template has a mark that stands for nothing.
    """
    marks: Mapping[str, str] = values._asdict()
    if name.endswith(".json"):
        marks = {mark: json.dumps(value, ensure_ascii=False)[1:-1] for mark, value in marks.items()}
    elif name.endswith(".yml"):
        marks = {**marks, "branch": scalar(values.branch)}
    text = _Template(template).substitute(marks)
    return _in_columns(text) if name == "CODEOWNERS" else text


def _in_columns(text: str) -> str:
    """Return the lines with their owners in one column; comments as they are."""
    rows = [(line, *line.rpartition("  ")[::2]) for line in text.splitlines()]
    column = max(len(path.rstrip()) for line, path, _ in rows if not line.startswith("#")) + 2
    lines = (
        line if line.startswith("#") else f"{path.rstrip():<{column}}{owner}"
        for line, path, owner in rows
    )
    return "\n".join(lines) + "\n"


class _Template(string.Template):
    delimiter = "%"
