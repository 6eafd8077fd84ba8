"""Find which files a ledger must hold; any other file on its branch is unexpected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.entry import EntryError, digest_of_bytes, entry_of
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord, record_path
from launchpolicy.ledger.tiles import files_of
from launchpolicy.operations.ledger.branch.packs_over_time import complaints, paths_of, since_of
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState
from launchpolicy.operations.ledger.views.render import view_paths
from launchpolicy.vocabulary.text import Text


class ExpectedFiles:
    """Collects the files that the entries rest on while they are read."""

    __slots__ = ("_expected", "_seen", "_since", "_state")

    def __init__(self, state: LedgerState) -> None:
        self._state = state
        self._expected = {CHECKPOINT, *(path for path, _ in files_of(state.size))}
        self._expected |= paths_of(state.files)
        self._since = {commit for commit, _ in since_of(state.files)}
        self._seen: set[str] = set()

    def expect(self, number: int, source: bytes) -> Text | None:
        """Take an entry and its record; return what is wrong with either, or None."""
        del number
        try:
            entry = entry_of(source)
        except EntryError as error:
            return error.text
        if entry.commit in self._since:
            self._seen.add(entry.commit)
        if not entry.record:
            return None
        path = record_path(entry.commit)
        self._expected.add(path)
        record = self._state.files.find(path)
        if record is None or digest_of_bytes(record) != entry.record:
            return Text(
                f"what was recorded for it differs from {path}",
                f"为其记录的事实与 {path} 的内容不符",
            )
        landing_record = self._state.files.record(entry.commit)
        for member in landing_record.members if isinstance(landing_record, LandingRecord) else ():
            self._expected.add(record_path(member))
            if not self._confirms(member, entry.commit):
                return Text(
                    f"{record_path(member)} does not say that it landed with it",
                    f"{record_path(member)} 未写明与其一同合入",
                )
        return None

    def take_as_entered(self, commits: Iterable[str]) -> None:
        """Take commits as having entries: of a part of the ledger that was verified before."""
        self._seen.update(commit for commit in commits if commit in self._since)

    def unexpected_files(self) -> Iterator[Discrepancy]:
        """Yield files that nothing in the ledger names; `rendering` answers for views."""
        yield from complaints(self._state.files, self._seen)
        views = set(view_paths(self._state))
        for entry in self._state.files.all():
            if entry.path not in self._expected and entry.path not in views:
                yield Discrepancy(
                    entry.path,
                    Text("nothing in the ledger refers to it", "上线日志中没有与之对应的内容"),
                )

    def _confirms(self, member: str, last: str) -> bool:
        record = self._state.files.record(member)
        return isinstance(record, MemberRecord) and record.landed_with == last
