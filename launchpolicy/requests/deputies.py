"""What can be wrong with the deputies of `people.yaml`, at the line of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text


def check_deputies(document: Document) -> Iterator[Finding]:
    """Yield a finding for each deputy who is unknown, their own, timeless or one too many.

    The document follows the schema of a directory.
    """
    data: Data = document.data
    known = {person["name"] for person in data["people"]}
    deputies = data.get("deputies", ())
    for number, entry in enumerate(deputies):
        route: Route = ("deputies", number)
        for key in ("for", "by"):
            if entry[key] not in known:
                yield _unknown_deputy(document, (*route, key), entry[key])
        if entry["for"] == entry["by"]:
            yield Finding(
                "directory/own-deputy",
                Text("Nobody is their own deputy.", "任何人不能代理自己。"),
                document.place((*route, "by")),
                Text("Name another person.", "请填写另一人。"),
            )
        if instant(entry["from"]) >= instant(entry["until"]):
            yield Finding(
                "directory/deputy-ends-before-it-begins",
                Text("The deputy's time ends before it begins.", "代理期限的结束早于开始。"),
                document.place((*route, "until")),
                Text("Write a later `until`.", "请填写更晚的 `until`。"),
            )
        for earlier, other in enumerate(deputies[:number]):
            if _overlap(other, entry):
                yield _two_at_once(document, number, earlier)


def expired_deputies(document: Document, now: datetime) -> Iterator[Finding]:
    """Yield a finding for each deputy whose time is over; such an entry has no effect any more."""
    data: Data = document.data
    for number, entry in enumerate(data.get("deputies", ())):
        if instant(entry["until"]) <= now:
            yield Finding(
                "directory/deputy-expired",
                Text(
                    f"{entry['by']} stood for {entry['for']} until {entry['until']}; that time is "
                    "over.",
                    f"{entry['by']} 代理 {entry['for']} 至 {entry['until']}，期限已过。",
                ),
                document.place(("deputies", number, "until")),
                Text(
                    "Remove the deputy, or write a later `until`.",
                    "请删除该代理，或填写更晚的 `until`。",
                ),
            )


def _overlap(one: Data, other: Data) -> bool:
    """Return whether two deputies stand for one person at the same time."""
    if one["for"] != other["for"]:
        return False
    starts = max(instant(one["from"]), instant(other["from"]))
    return starts < min(instant(one["until"]), instant(other["until"]))


def _two_at_once(document: Document, number: int, earlier: int) -> Finding:
    data: Data = document.data
    entry, other = data["deputies"][number], data["deputies"][earlier]
    line = document.place(("deputies", earlier)).span.start.line
    return Finding(
        "directory/deputies-overlap",
        Text(
            f"{entry['for']} has two deputies at the same time: {other['by']} (line {line}) and "
            f"{entry['by']}.",
            f"{entry['for']} 在同一时间有两名代理人："
            f"{other['by']}（第 {line} 行）和 {entry['by']}。",
        ),
        document.place(("deputies", number, "from")),
        Text("Let one time end before the other begins.", "请使前一期限结束后，后一期限才开始。"),
    )


def _unknown_deputy(document: Document, route: Route, name: str) -> Finding:
    return Finding(
        "directory/unknown-person",
        Text(f"{name} is not among the people.", f"{name} 不在人员之列。"),
        document.place(route),
        Text(
            f"Add {name} to `people`, or correct the id.",
            f"请在 `people` 中加入 {name}，或更正标识。",
        ),
    )
