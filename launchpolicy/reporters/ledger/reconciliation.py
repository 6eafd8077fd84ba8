"""How deployments and launches differ, in a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from launchpolicy.ledger.reconciliation import (
    Difference,
    ReconciledDeployment,
    ReconciledLaunch,
    Reconciliation,
)
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.reporters.ledger.cells import guard
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.names import NO_NAMES, NamedKind, Names, with_id
from launchpolicy.vocabulary.text import Text, quantity

DIFFERENCES: dict[Difference, Text] = {
    Difference.NO_LAUNCH: Text("deployed without a launch", "已部署，但没有对应的上线"),
    Difference.NO_DEPLOYMENT: Text("launched without a deployment", "已上线，但没有对应的部署"),
    Difference.OTHER_ARTIFACT: Text(
        "something else was deployed than what was approved", "部署的内容与获批的内容不符"
    ),
    Difference.NOT_COMPARABLE: Text(
        "the list names a commit, and the launch a tag or a version: they cannot be compared",
        "列表所写为提交，上线申请所写为标签或版本，两者无法比对",
    ),
    Difference.OUTSIDE_WINDOW: Text("deployed outside the window", "在上线窗口之外部署"),
    Difference.NOT_APPROVED: Text(
        "deployed before it was approved, or after it was cancelled", "在批准之前或取消之后部署"
    ),
    Difference.NOT_RECORDED: Text(
        "deployed, and not recorded as carried out", "已部署，但申请中未登记执行情况"
    ),
}
_COLUMNS = (
    "differences",
    "at",
    "product",
    "environment",
    "deployed",
    "origin",
    "launch",
    "entry",
    "approved",
    "window_start",
    "window_end",
)


class _NameWriter(NamedTuple):
    """What people call products and environments, for one reader."""

    writer: TextWriter
    names: Names

    def name(self, kind: NamedKind, identifier: str) -> str:
        return self.writer.say(self.names.name_of(kind, identifier))

    def name_with_id(self, kind: NamedKind, identifier: str) -> str:
        """Return a name with what the list of deployments says."""
        return self.writer.say(with_id(self.names.name_of(kind, identifier), identifier))

    def launch(self, launch: ReconciledLaunch) -> str:
        return f"{launch.name} (#{launch.number}) · {self.name('products', launch.product)}"


def text(result: Reconciliation, view: ReaderView, names: Names = NO_NAMES) -> Iterator[str]:
    """Yield every difference with its deployment and launch, then how much was compared."""
    writer = TextWriter(view)
    words = _NameWriter(writer, names)
    for item in result.deployments:
        if item.differences:
            yield from _deployment_lines(words, item)
    for launch in result.without_deployment:
        yield from _lines(
            writer, [Difference.NO_DEPLOYMENT], words.launch(launch), _start_of(launch)
        )
    different = sum(1 for item in result.deployments if item.differences)
    since, until = (moment.isoformat() for moment in result.period)
    count = len(result.deployments)
    missing = len(result.without_deployment)
    summary = Text(
        f"{since} … {until}: {quantity(count, 'deployment')}, {different} of them with a "
        f"difference; {quantity(result.launch_count, 'launch', 'launches')} carried out, {missing} "
        "of them without a deployment.",
        f"{since} … {until}：部署 {count} 次，其中 {different} 次有差异；"
        f"已执行的上线 {result.launch_count} 次，其中 {missing} 次没有对应的部署。",
    )
    mark = StyledText("✓ ", "good") if result.is_equal else StyledText("✗ ", "bad")
    yield from writer.paragraph(writer.say(summary), 0, mark)


def data_of(result: Reconciliation) -> dict[str, Any]:
    """Return the comparison as plain data: period, counts, deployments, launches without one."""
    return {
        "since": result.period.since.isoformat(),
        "until": result.period.until.isoformat(),
        "equal": result.is_equal,
        "launches": result.launch_count,
        "deployments": [_row(item) for item in result.deployments],
        "withoutDeployment": [_launch_row(launch) for launch in result.without_deployment],
    }


def json_text(result: Reconciliation) -> Iterator[str]:
    """Yield the comparison as one JSON object."""
    yield encode_indented(data_of(result)) + "\n"


def csv_text(result: Reconciliation) -> Iterator[str]:
    """Yield one row a deployment, and one for each launch that has none (RFC 4180)."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    rows = [_row(item) for item in result.deployments]
    rows += [_launch_row(launch) for launch in result.without_deployment]
    for row in rows:
        writer.writerow([guard(_cell(row[column])) for column in _COLUMNS])
    yield sink.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _row(item: ReconciledDeployment) -> dict[str, Any]:
    deployment, launch = item.deployment, item.launch
    window: tuple[datetime | None, datetime | None] = (None, None)
    approved: tuple[str, ...] = ()
    if launch is not None:
        version = launch.version_at(deployment.at)
        window, approved = version.window, version.references
    return {
        "differences": [str(difference) for difference in item.differences],
        "at": _utc(deployment.at),
        "product": deployment.product,
        "environment": deployment.environment,
        "deployed": list(deployment.identifiers),
        "origin": deployment.origin,
        "launch": launch.name if launch is not None else deployment.launch,
        "entry": launch.number if launch is not None else None,
        "approved": list(approved),
        "window_start": _utc(window[0]),
        "window_end": _utc(window[1]),
    }


def _launch_row(launch: ReconciledLaunch) -> dict[str, Any]:
    version = launch.versions[-1]
    return {
        "differences": [str(Difference.NO_DEPLOYMENT)],
        "at": _utc(_start_of(launch)),
        "product": launch.product,
        "environment": launch.environment,
        "deployed": [],
        "origin": "",
        "launch": launch.name,
        "entry": launch.number,
        "approved": list(version.references),
        "window_start": _utc(version.window[0]),
        "window_end": _utc(version.window[1]),
    }


def _deployment_lines(words: _NameWriter, item: ReconciledDeployment) -> Iterator[str]:
    writer, deployment, launch = words.writer, item.deployment, item.launch
    deployed = ", ".join(deployment.identifiers)
    environment = words.name("environments", deployment.environment)
    place = writer.say(Text(f" ({environment})", f"（{environment}）")) if environment else ""
    product = words.name_with_id("products", deployment.product)
    line = f"{product} {deployed}{place} · {deployment.origin}"
    yield from _lines(writer, item.differences, line, deployment.at)
    if launch is None:
        if deployment.launch:
            sentence = Text(
                f"The ledger has no launch {deployment.launch} of this product.",
                f"上线日志中没有该产品的上线 {deployment.launch}。",
            )
            yield from writer.paragraph(writer.say(sentence), 6)
        return
    version = launch.version_at(deployment.at)
    yield from writer.paragraph(words.launch(launch), 6)
    if {Difference.OTHER_ARTIFACT, Difference.NOT_COMPARABLE} & {*item.differences}:
        references = ", ".join(version.references) or "-"
        approved = Text(f"approved: {references}", f"获批内容：{references}")
        yield from writer.paragraph(writer.say(approved), 6)
    if Difference.OUTSIDE_WINDOW in item.differences:
        start, end = (moment.isoformat() if moment else "?" for moment in version.window)
        yield from writer.paragraph(
            writer.say(Text(f"window: {start} … {end}", f"上线窗口：{start} … {end}")), 6
        )


def _lines(
    writer: TextWriter,
    differences: list[Difference] | tuple[Difference, ...],
    words: str,
    at: datetime | None,
) -> Iterator[str]:
    joined = writer.say(Text("; ", "；")).join(writer.say(DIFFERENCES[one]) for one in differences)
    yield writer.line(
        StyledText("✗ ", "bad"),
        StyledText(f"{at.isoformat() if at is not None else '?'}  "),
        StyledText(joined, "bad"),
    )
    yield from writer.paragraph(words, 6)


def _start_of(launch: ReconciledLaunch) -> datetime | None:
    return launch.execution[0] if launch.execution is not None else None


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment is not None else None
