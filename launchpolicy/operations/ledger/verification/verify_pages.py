"""Compare the pages on the ledger's branch with what this version makes of the entries.

Another version makes other pages of the same entries. That is no reason to say that they were
changed, nor to trust them: they are to be made again.
"""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.problems import MalformedLedgerError, discrepancy_of
from launchpolicy.operations.ledger.verification.verification import (
    Doubt,
    Verification,
    check_part,
)
from launchpolicy.operations.ledger.views.render import (
    MADE_FROM,
    VIEWS_FORMAT,
    complaints,
    format_of_views,
)
from launchpolicy.vocabulary.text import Text

_PAGES = Text("the pages", "页面")


def compare_pages(state: LedgerState, verification: Verification) -> Iterator[Discrepancy]:
    """Yield pages that are not what the entries make of them, if this version made them."""
    try:
        doubt = _doubt_about_pages(state)
    except MalformedLedgerError as error:
        yield discrepancy_of(error, MADE_FROM)
        return
    if doubt is None:
        yield from check_part(verification, _PAGES, complaints(state))
        return
    verification.doubts.append(doubt)


def _doubt_about_pages(state: LedgerState) -> Doubt | None:
    """Return why the pages cannot be compared: another version of the program made them."""
    source = state.files.find(MADE_FROM)
    made_as = format_of_views(source) if source is not None else VIEWS_FORMAT
    if made_as == VIEWS_FORMAT:
        return None
    return Doubt(
        Text(
            f"Another version of launchpolicy made the pages on the branch (format {made_as}; this "
            f"version makes format {VIEWS_FORMAT}), so they were not compared.",
            f"分支上的页面由 launchpolicy 的其他版本生成（格式 {made_as}；"
            f"本版本生成格式 {VIEWS_FORMAT}），因此未比对。",
        ),
        Text(
            "Make them again with this version, where the ledger is written: "
            "launchpolicy ledger render --remote origin; then verify again.",
            "请在写入上线日志处用本版本重新生成：launchpolicy ledger render --remote origin；"
            "然后再次验证。",
        ),
    )
