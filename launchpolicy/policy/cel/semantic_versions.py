"""`semver(…)` and what is asked of a version (semver.org 2.0.0), as Kubernetes has them.

Where expressions run, a version is a map with its text without build metadata: equal versions are
equal values, and no text is taken for one.
"""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

from launchpolicy.policy.cel.work import WorkBudget
from launchpolicy.vocabulary.named_tuple import NamedTuple

LONGEST: Final = 256
"""Characters of a version at most."""

_Version: TypeAlias = dict[Any, Any]

_KEY: Final = "semver"
_NUMBER = r"(?:0|[1-9][0-9]*)"
_IDENTIFIER = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_STRICT = re.compile(
    rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})"
    rf"(?:-({_IDENTIFIER}(?:\.{_IDENTIFIER})*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_LOOSE = re.compile(r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?((?:[-+].*)?)", re.DOTALL)
_GREATEST: Final = 2**63 - 1

_NOT_ONE = "not a semantic version (semver.org), such as 1.4.0 or 2.0.0-rc.1"
_NOT_LOOSE = "not a version such as v1.4, 1.4.0 or 2.0.0-rc.1"
_NO_VERSION = "only what `semver(…)` gives can be compared as a version"


class _Precedence(NamedTuple):
    """What decides which of two versions is the later one (semver.org, 11)."""

    core: tuple[int, int, int]
    is_release: bool
    identifiers: tuple[tuple[bool, int, str], ...]


def semver(_work: WorkBudget, text: str, is_normalized: bool = False) -> _Version:  # noqa: FBT001, FBT002 (CEL's call)
    """Return the version that `text` is.

    With `is_normalized` it may begin with `v` or zeros, and lack its minor or patch number.

    Raises:
        ValueError: it is none.
    """
    version = _version_text(_strict_text(text) if is_normalized else text)
    if version is None:
        raise ValueError(_NOT_LOOSE if is_normalized else _NOT_ONE)
    return {_KEY: version}


def is_semver(_work: WorkBudget, text: str, is_normalized: bool = False) -> bool:  # noqa: FBT001, FBT002 (CEL's call)
    """Return whether `text` is a version; with `is_normalized` as `semver` takes it then."""
    return _version_text(_strict_text(text) if is_normalized else text) is not None


def major(_work: WorkBudget, version: _Version) -> int:
    """Return the first number of a version."""
    return _precedence(version).core[0]


def minor(_work: WorkBudget, version: _Version) -> int:
    """Return the second number of a version."""
    return _precedence(version).core[1]


def patch(_work: WorkBudget, version: _Version) -> int:
    """Return the third number of a version."""
    return _precedence(version).core[2]


def is_less_than(_work: WorkBudget, left: _Version, right: _Version) -> bool:
    """Return whether `left` is the earlier version."""
    return _precedence(left) < _precedence(right)


def is_greater_than(_work: WorkBudget, left: _Version, right: _Version) -> bool:
    """Return whether `left` is the later version."""
    return _precedence(left) > _precedence(right)


def compare_to(_work: WorkBudget, left: _Version, right: _Version) -> int:
    """Return -1 where `left` is the earlier version, 1 where it is the later one, else 0."""
    first, second = _precedence(left), _precedence(right)
    return (first > second) - (first < second)


def _version_text(text: str) -> str | None:
    """Return a version without its build metadata; None for any other text."""
    match = _STRICT.fullmatch(text) if len(text) <= LONGEST else None
    if match is None or any(int(number) > _GREATEST for number in match.groups()[:3]):
        return None
    return text.partition("+")[0]


def _strict_text(text: str) -> str:
    match = _LOOSE.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return text
    *numbers, rest = match.groups()
    return ".".join(str(int(number or "0")) for number in numbers) + rest


def _precedence(version: _Version) -> _Precedence:
    """Return what a version is compared by.

    Raises:
        ValueError: it is another map.
    """
    text = version.get(_KEY) if len(version) == 1 else None
    match = _STRICT.fullmatch(text) if isinstance(text, str) and len(text) <= LONGEST else None
    if match is None:
        raise ValueError(_NO_VERSION)
    first, second, third, pre_release = match.groups()
    parts = pre_release.split(".") if pre_release else []
    return _Precedence(
        (int(first), int(second), int(third)),
        is_release=not parts,
        identifiers=tuple(
            (not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts
        ),
    )
