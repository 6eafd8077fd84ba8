"""What a kind whose files hold several documents cannot have: it is refused, and never left out.

The other requests (`launches`) are found by the path of a file, which is not one document there. Up
to the seventh edition approvals and entries of the ledger were as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION
from launchpolicy.policy.expressions import mentions
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.requests.configuration import Configuration
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text

_OTHERS = "launches"
"""The fact that knows the other requests, by the files in which they stand."""


def check_streams(
    file: Document, configuration: Configuration, packs: Mapping[str, Pack], edition: int = EDITION
) -> tuple[Finding, ...]:
    """Return what keeps kinds with several documents in a file from being judged as they must."""
    return tuple(_findings(file, configuration, packs, edition))


def _findings(
    file: Document, configuration: Configuration, packs: Mapping[str, Pack], edition: int
) -> Iterator[Finding]:
    data: Any = file.data
    for number, kind in enumerate(configuration.kinds):
        if not kind.reading.is_stream:
            continue
        place = file.place(("kinds", number, "documents"))
        if "ledger" in data and edition <= SEVENTH_EDITION:
            yield _finding(place, kind.name, _LEDGER)
        names = dict.fromkeys((*configuration.mandatory, *kind.packs))
        for policy in (policy for name in names for policy in packs[name].policies):
            if kind.name in policy.match.kinds:
                yield from _of_policy(policy, kind.name, place, edition)


def _of_policy(policy: Policy, kind: str, place: Place, edition: int) -> Iterator[Finding]:
    if policy.quorum is not None and edition <= SEVENTH_EDITION:
        asks = Text(f"the policy {policy.id} asks for approvals", f"策略 {policy.id} 要求审批")
        yield _finding(place, kind, asks)
    if mentions(policy, _OTHERS):
        reads = Text(
            f"the policy {policy.id} reads `{_OTHERS}`", f"策略 {policy.id} 读取 `{_OTHERS}`"
        )
        yield _finding(place, kind, reads)


_LEDGER = Text("the configuration has a ledger", "配置了上线日志")


def _finding(place: Place, kind: str, reason: Text) -> Finding:
    return Finding(
        "configuration/several-documents",
        Text(
            f"Files of {kind} cannot hold several documents: {reason.en}, which is kept by file.",
            f"{kind} 的文件不能含多个文档：{reason.zh}，而其记录以文件为单位。",
        ),
        place,
        Text(
            "Keep one document in each file (`documents: one`), or remove what is kept by file.",
            "请每个文件只放一个文档（`documents: one`），或去掉以文件为单位的内容。",
        ),
    )
