"""Print the oldest versions that pyproject.toml allows, as a constraints file for pip.

`make test RESOLUTION=oldest` installs with it. It holds down what users get: the dependencies,
those of the extras and of the build. The rest, development tools too, is as new as these accept.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def read_requirements(project: str) -> Iterator[str]:
    """Return the requirements of a project file: its own, those of its build and of the extras."""
    document = tomllib.loads(project)
    yield from document["build-system"]["requires"]
    yield from document["project"]["dependencies"]
    for extra, requirements in document["project"]["optional-dependencies"].items():
        if extra != "dev":
            yield from requirements


def oldest_versions(requirements: Iterable[str]) -> list[str]:
    """Return one line `name==version` for each requirement, sorted and without repetition.

    Raises:
        ValueError: a requirement has no lower bound, or has two; it cannot be held down.
    """
    return sorted({_oldest(Requirement(each)) for each in requirements}, key=str.lower)


def _oldest(requirement: Requirement) -> str:
    bounds = [each.version for each in requirement.specifier if each.operator in {">=", "==", "~="}]
    if len(bounds) != 1:
        message = f"pyproject.toml: give `{requirement}` exactly one lower bound, as in `name>=1.2`"
        raise ValueError(message)
    return f"{requirement.name}=={bounds[0]}"


if __name__ == "__main__":
    sys.stdout.write(
        "".join(f"{line}\n" for line in oldest_versions(read_requirements(PROJECT.read_text()))),
    )
