"""How an audit calls files and things."""

from __future__ import annotations

from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.records import in_language
from launchpolicy.reporters.ledger.slugs import launch_slug
from launchpolicy.vocabulary.text import Language, Text

KINDS_OF_TIME: dict[str, Text] = {
    "commit": Text("date of the commit", "提交日期"),
    "host": Text("confirmed by the host", "托管平台确认"),
    "append": Text("time of the append", "记入时间"),
    "landing-before": Text("time of the landing before", "前一次合入的时间"),
}
"""Where the time of an entry comes from."""

SOURCES: dict[str, Text] = {
    "signed": Text("signed file", "签名文件"),
    "recorded": Text("record", "审批登记"),
}
"""Where an approval was given."""


def page_path(launch: AuditLaunch) -> str:
    """Return where the page of a launch of the sample stands."""
    return f"launches/{launch_slug(launch.launch)}.html"


def receipt_path(number: int) -> str:
    """Return where the receipt of an entry stands (c2sp.org/tlog-proof)."""
    return f"receipts/{number}.tlog-proof"


def old_checkpoint_path(proof: str) -> str:
    """Return where the checkpoint stands from which a proof leads on: `proofs/begin-to-end`."""
    return f"checkpoints/{proof.removeprefix('proofs/').partition('-')[0]}"


def title_of(launch: AuditLaunch, language: Language) -> str:
    """Return the title of a launch; "" where it has none."""
    return in_language(launch.launch.facts.title, language)
