"""Read the templates of the files for GitHub, as they come with the program."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.reporters.adoption import github

_FOLDER = Path(github.__file__).parent / "templates"


def template(name: str) -> str:
    """Return the template of this name."""
    return (_FOLDER / name).read_bytes().decode("utf-8")


def examples(root: Path) -> dict[str, str]:
    """Return the examples of this project that are filled templates, by path from `root`."""
    del root
    return {
        path: github.fill_template(name, template(name), github.EXAMPLE)
        for name, path in github.EXAMPLES.items()
    }
