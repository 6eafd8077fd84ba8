"""What asks about landings that nothing is recorded of yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord

NewRecords = Mapping[str, LandingRecord | MemberRecord]
"""What is to be recorded, by the commit that it is about."""

Recorder = Callable[[list[HistoryStep]], NewRecords]
"""Asks about landings that nothing is recorded of yet; gives what is to be recorded."""
