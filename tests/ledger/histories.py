"""Random histories of a launch repository, written with one call of git, and their ledgers."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hypothesis import strategies as st

from tests.cli.launch_repository import EXAMPLE

REQUEST = (EXAMPLE / "launches/LR-2026-0042/request.yaml").read_text("utf-8")
PEOPLE = (EXAMPLE / "people.yaml").read_text("utf-8")
CALENDAR = (EXAMPLE / "calendar.yaml").read_text("utf-8")
WAIVER = (EXAMPLE / "waivers/2026-11-quarter-end.yaml").read_text("utf-8")

HEAD = "apiVersion: launchpolicy/v1\nkind: Configuration\n"
OPEN = "approvals: {source: signed, rules: anybody}\n"
PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: is-small, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: is-small, title: Small}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - {expression: "has(object.spec.window)", message: No window}
  fix: Write one.
"""
LOOKING_UP = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: is-small, title: Small}
spec:
  match: {kinds: [LaunchRequest]}
  lookups: [{name: other, kind: LaunchRequest, path: "'launches/LR-2/request.yaml'"}]
  validations:
    - {expression: "lookups.other.exists && files.exists('README.md')", message: Not beside it}
    - {expression: "!('README.md' in files.changed)", message: Not with it}
  fix: Add them.
"""
KIND = """\
kinds:
  - {name: Thing, files: 'things/*.yaml', schema: schemas/thing.json, id: path.stem, packs: [own]}
"""
SCHEMA = '{"type": "object", "properties": {"size": {"type": "integer"}}, "required": ["size"]}\n'

GONE = ""
"""The content of a file that is not there."""

CONTENTS: Mapping[str, Sequence[str]] = {
    ".launchpolicy.yaml": (
        f"{HEAD}processes: {{product-launch: [launch]}}\n{OPEN}",
        f"{HEAD}processes: {{product-launch: [own]}}\n{OPEN}",
        f"{HEAD}processes: {{product-launch: [own]}}\n{OPEN}{KIND}",
        f"{HEAD}processes: {{}}\n{OPEN}paths: {{people: staff.yaml, waivers: exceptions}}\n",
        f"{HEAD}processes: {{}}\n{OPEN}paths: {{launches: requests}}\n",
        "kind: Nonsense\n",
        "[\n",
        GONE,
    ),
    "people.yaml": (PEOPLE, PEOPLE.replace("Zhao Min", "Zhao Min-Jun"), "kind: Nobody\n", GONE),
    "staff.yaml": (PEOPLE, "kind: Nobody\n", GONE),
    "calendar.yaml": (CALENDAR, "kind: Never\n", GONE),
    "policies/own/pack.yaml": (PACK, "kind: Nonsense\n", GONE),
    "policies/own/is-small.yaml": (
        POLICY,
        POLICY.replace("window", "rollback"),
        LOOKING_UP,
        "[\n",
        GONE,
    ),
    "policies": ("link:elsewhere", GONE),
    "waivers": ("link:elsewhere", GONE),
    "schemas/thing.json": (SCHEMA, "{\n", '{"type": 1}\n', GONE),
    "waivers/2026-11-quarter-end.yaml": (WAIVER, "kind: Nothing\n", GONE),
    "exceptions/2026-11-quarter-end.yaml": (WAIVER, "kind: Nothing\n", GONE),
    "things/one.yaml": ("size: 1\n", "size: 2\n", "size: big\n", GONE),
    "launches/LR-1/request.yaml": (
        REQUEST.replace("LR-2026-0042", "LR-1"),
        REQUEST.replace("LR-2026-0042", "LR-1").replace("2026-12-01T2", "2026-12-02T2"),
        "[\n",
        GONE,
    ),
    "launches/LR-2/request.yaml": (REQUEST.replace("LR-2026-0042", "LR-2"), GONE),
    "requests/LR-3/request.yaml": (REQUEST.replace("LR-2026-0042", "LR-3"), GONE),
    "teams/a/.launchpolicy.yaml": (f"{HEAD}processes: {{}}\n", GONE),
    "README.md": ("Hello\n", "Hello again\n", GONE),
}
"""What each file can hold; a file whose name is that of a folder of another is a link there."""

PATHS = tuple(CONTENTS)
Append = Literal["not", "yes", "killed before", "killed after"]


@dataclass(frozen=True)
class Step:
    """What lands at once, and whether it is appended afterwards.

    `changes` are commits, each a list of (path, which of its contents). `way` says how they land:
    one after the other on the branch, by a merge, or by a merge of a branch that merged another.
    """

    changes: tuple[tuple[tuple[str, int], ...], ...]
    way: Literal["direct", "merge", "nested", "together"]
    append: Append
    minutes: int


Change = tuple[str, int]
"""A file, and which of its contents it gets."""

OWN_PACK: Sequence[Change] = (("policies/own/pack.yaml", 0), ("policies/own/is-small.yaml", 0))
KNOWN: Sequence[Change] = (("people.yaml", 0), ("calendar.yaml", 0))
FIRST: Sequence[tuple[Change, ...]] = (
    ((".launchpolicy.yaml", 0), *KNOWN),
    ((".launchpolicy.yaml", 1), *KNOWN, *OWN_PACK),
    ((".launchpolicy.yaml", 1), *KNOWN, OWN_PACK[0], ("policies/own/is-small.yaml", 2)),
    ((".launchpolicy.yaml", 1), *KNOWN),
    ((".launchpolicy.yaml", 2), *OWN_PACK, ("schemas/thing.json", 0)),
    ((".launchpolicy.yaml", 2), *OWN_PACK),
    ((".launchpolicy.yaml", 0), ("people.yaml", 2)),
    ((".launchpolicy.yaml", 3), ("staff.yaml", 0), ("schemas/thing.json", 0)),
    ((".launchpolicy.yaml", 5),),
    (("launches/LR-2/request.yaml", 0),),
)
"""How a repository may begin: with usable rules, with some that another file repairs, or none."""

REPAIRS: tuple[Change, ...] = (*OWN_PACK, *KNOWN, ("schemas/thing.json", 0), ("staff.yaml", 0))
"""What makes rules usable that name it."""

REQUESTS: Sequence[Change] = tuple(
    (path, number)
    for path in ("launches/LR-1/request.yaml", "launches/LR-2/request.yaml", "things/one.yaml")
    for number in range(len(CONTENTS[path]))
)


def _changes() -> st.SearchStrategy[tuple[Change, ...]]:
    """Some changes at once: of a few files, of requests, of the rules, or what repairs those."""
    every = [(path, number) for path in PATHS for number in range(len(CONTENTS[path]))]
    rules = [(".launchpolicy.yaml", number) for number in range(len(CONTENTS[PATHS[0]]))]
    few = st.lists(st.sampled_from(every), min_size=1, max_size=3).map(tuple)
    requests = st.lists(st.sampled_from(REQUESTS), min_size=1, max_size=2).map(tuple)
    alone = st.sampled_from([*rules, *REPAIRS]).map(lambda change: (change,))
    return st.one_of(few, requests, few, requests, alone, st.just(REPAIRS))


def _steps(changes: st.SearchStrategy[tuple[Change, ...]]) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        st.lists(changes, min_size=1, max_size=3).map(tuple),
        st.sampled_from(["direct", "direct", "merge", "nested", "together"]),
        st.sampled_from(["not", "yes", "yes", "killed before", "killed after"]),
        st.sampled_from([1, 1, 30, 90, -45]),
    )


HISTORIES = st.builds(
    lambda first, others: [first, *others],
    _steps(st.sampled_from(FIRST)),
    st.lists(_steps(_changes()), min_size=5, max_size=10),
)


@dataclass
class Writer:
    """Writes commits as a stream for `git fast-import`, and remembers the files of each."""

    lines: list[bytes] = field(default_factory=list)
    trees: dict[int, dict[str, str]] = field(default_factory=dict)
    moment: int = 1_764_036_000

    def commit(self, files: dict[str, str], parents: Sequence[int]) -> int:
        mark = len(self.trees) + 1
        self.trees[mark] = files
        message = f"Change {mark}\n".encode()
        person = b"Li Wei <li.wei@example.com> %d +0800" % self.moment
        self.lines += [
            b"commit refs/heads/made\nmark :%d\n" % mark,
            b"author %s\ncommitter %s\n" % (person, person),
            b"data %d\n%s" % (len(message), message),
            *(
                b"%s :%d\n" % (b"from" if number == 0 else b"merge", parent)
                for number, parent in enumerate(parents)
            ),
            b"deleteall\n",
        ]
        for path, content in sorted(files.items()):
            is_link = content.startswith("link:")
            data = content.removeprefix("link:").encode()
            mode = b"120000" if is_link else b"100644"
            self.lines.append(
                b"M %s inline %s\ndata %d\n%s\n" % (mode, path.encode(), len(data), data)
            )
        return mark


def changed(files: Mapping[str, str], changes: Sequence[Change]) -> dict[str, str]:
    """The files after some changes; a link takes the place of what is below it, and back."""
    after = dict(files)
    for path, number in changes:
        content = CONTENTS[path][number]
        if content == GONE:
            after.pop(path, None)
            continue
        for other in list(after):
            if other.startswith(f"{path}/") or path.startswith(f"{other}/"):
                del after[other]
        after[path] = content
    return after


@dataclass(frozen=True)
class Landed:
    """The commit of the branch after a step, the first of those pushed together, and the step."""

    commit: str
    before: str | None
    step: Step


def write_history(
    folder: Path, history: Sequence[Step], environ: Mapping[str, str]
) -> list[Landed]:
    """Makes a repository with a history on main; returns what landed, in order."""
    writer = Writer()
    files: dict[str, str] = {"README.md": "Hello\n"}
    main = writer.commit(files, ())
    old = main
    ends: list[tuple[int, int | None, Step]] = []
    for step in history:
        writer.moment += 60 * step.minutes
        before = main
        if step.way in {"direct", "together"}:
            for changes in step.changes:
                files = changed(files, changes)
                main = writer.commit(files, (main,))
            ends.append((main, before if step.way == "together" else None, step))
            continue
        # A branch that began at an older commit; nested, it merges a second one of the same age.
        side = old if step.way == "nested" else main
        for changes in step.changes:
            side = writer.commit(changed(writer.trees[side], changes), (side,))
        if step.way == "nested":
            other = writer.commit(changed(writer.trees[old], step.changes[0]), (old,))
            side = writer.commit(writer.trees[side], (side, other))
        files = changed(files, [change for changes in step.changes for change in changes])
        main = writer.commit(files, (main, side))
        ends.append((main, None, step))
        old = side
    return _import(folder, writer, ends, environ)


def _import(
    folder: Path,
    writer: Writer,
    ends: Sequence[tuple[int, int | None, Step]],
    environ: Mapping[str, str],
) -> list[Landed]:
    def git(*arguments: str, stdin: bytes = b"") -> None:
        command = ["git", *arguments]
        subprocess.run(command, cwd=folder, env=dict(environ), check=True, input=stdin)

    folder.mkdir()
    git("init", "--quiet", "--initial-branch=main")
    marks = folder / ".git" / "marks"
    git("fast-import", "--quiet", f"--export-marks={marks}", stdin=b"".join(writer.lines))
    commits = {
        int(mark[1:]): commit
        for mark, commit in (line.split() for line in marks.read_text("ascii").splitlines())
    }
    git("update-ref", "refs/heads/main", commits[ends[-1][0]])
    git("branch", "--quiet", "--delete", "--force", "made")
    return [
        Landed(commits[main], commits[before] if before is not None else None, step)
        for main, before, step in ends
    ]
