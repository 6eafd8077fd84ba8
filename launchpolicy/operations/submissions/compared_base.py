"""What requests are compared with: the base of a change, and which paths the change touches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from launchpolicy.engine.submission import Submission
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import Snapshot


class ComparedBase(NamedTuple):
    """The base of a change.

    `old` is None where there is nothing, as before the first commit. `paths` gives the paths that
    the change adds, edits or deletes, None where nobody can know; it is called only if a policy
    asks. `stale` are the paths that the base has changed as well. With `is_known` false there is
    nothing to compare with at all.
    """

    old: Snapshot | None
    paths: Callable[[], Sequence[str] | None]
    stale: Collection[str] = ()
    is_known: bool = True


NO_BASE = ComparedBase(None, lambda: None, is_known=False)
"""Nothing to compare with: no policy gets an answer what a change touches."""


def base_of_requests(submissions: Sequence[Submission], snapshot: Snapshot) -> ComparedBase:
    """Return the base of a change that touches the requests alone, if anything."""
    paths = [one.path for one in submissions if one.new is not one.old]
    return ComparedBase(snapshot, lambda: paths)
