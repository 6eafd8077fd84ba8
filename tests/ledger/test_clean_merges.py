"""Who only pressed the button is no author of what was merged; who changed something on it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from launchpolicy.hosts.git.first_parent_history import steps
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps
from launchpolicy.operations.ledger.derivation.landing_facts import commits_landed

WHO = b"Li Wei <li.wei@example.com> 1767225600 +0800"


def _commit(mark: int, branch: str, parents: str, files: dict[bytes, bytes]) -> bytes:
    lines = [b"commit refs/heads/%s\nmark :%d\n" % (branch.encode(), mark)]
    lines += [b"committer %s\ndata 0\n" % WHO, parents.encode()]
    for path, data in files.items():
        lines.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(data), data))
    return b"".join(lines)


def _landed(
    folder: Path, side: dict[bytes, bytes], base: dict[bytes, bytes], merge: dict[bytes, bytes]
) -> int:
    """Return how many commits landed: of a branch that adds the files of `side`, and its merge."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    stream = b"".join(
        (
            _commit(1, "main", "", {b"first": b""}),
            _commit(2, "side", "from :1\n", side),
            _commit(3, "main", "from :1\n", base) if base else b"",
            _commit(4, "main", f"from :{3 if base else 1}\nmerge :2\n", merge),
        )
    )
    command = ["git", "-C", str(folder), "fast-import", "--quiet"]
    subprocess.run(command, input=stream, check=True)
    with open_repository(folder) as repository:
        *_, last = steps(repository, "main")
        assert last.listed.others
        commits = tuple(last.listed.others)
        group = LandingSteps(last, last.listed.parent, last.changes, commits, None, (last,))
        return len(commits_landed(repository, group))


SIDE = {b"launches/a": b"1", b"launches/n": b"1"}
ODD = b'"launches/\\377"'
"""How fast-import reads a name that is not text."""


@pytest.mark.parametrize(
    ("side", "base", "merge", "landed"),
    [
        pytest.param(SIDE, {}, SIDE, 1, id="all as the branch has it"),
        pytest.param(SIDE, {b"other": b"2"}, SIDE, 1, id="the base went on meanwhile"),
        pytest.param(SIDE, {}, {**SIDE, b"launches/a": b"2"}, 2, id="changed on the way"),
        pytest.param(SIDE, {}, {**SIDE, b"launches/m": b"1"}, 2, id="added on the way"),
        # No side can be asked for a file with such a name, so nobody knows whose it is.
        pytest.param(SIDE, {}, {**SIDE, ODD: b"1"}, 2, id="a name that is not text, on the way"),
        pytest.param({**SIDE, ODD: b"1"}, {}, {**SIDE, ODD: b"1"}, 2, id="a name that is not text"),
    ],
)
def test_a_merge_is_among_what_landed_only_where_it_has_something_of_its_own(
    tmp_path: Path,
    side: dict[bytes, bytes],
    base: dict[bytes, bytes],
    merge: dict[bytes, bytes],
    landed: int,
) -> None:
    assert _landed(tmp_path / "history", side, base, merge) == landed
