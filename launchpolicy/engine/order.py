"""The order of dates (`order` of a policy) held against one request."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.engine.context import Context
from launchpolicy.engine.expressions import NoAnswerError
from launchpolicy.facts.dates import DatedPlace, Dates
from launchpolicy.policy.cel.runtime import EvaluationError
from launchpolicy.policy.order import NOW, SAME_ITEM, DateOrder, pattern_of, written_duration
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import LANGUAGES, Text

Pair = tuple[DatedPlace, DatedPlace]
"""An earlier and a later date that are not as demanded."""


class DateOrders:
    """The dates of one context, found once and compared as each policy demands."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @functools.cached_property
    def _dates(self) -> Dates:
        schema, document = self._context.schema, self._context.document
        if schema is None:
            message = "an order of dates cannot be judged without the schema of the kind"
            raise ValueError(message)
        data = document.data if document is not None else None
        return Dates(schema, data, self._context.facts.evidence)

    def findings(self, policy: Policy, order: DateOrder) -> Iterator[Finding]:
        """Return a finding for each date that does not stand in the order demanded.

        A date that is missing has no finding: that it is there is for validations to demand.

        Raises:
            NoAnswerError: a binding gives no duration where one is named.
        """
        for earlier, later in self.wrong_pairs(policy, order):
            placed = earlier if order.at_earlier else later
            yield Finding(
                rule=policy.id,
                message=self._message(policy, order, (earlier, later)),
                place=self._context.shown_document.place(placed.route),
                fix=policy.fix,
            )

    def compares(self, order: DateOrder) -> bool:
        """Return whether the request has dates that an order compares."""
        return any(self._groups(order))

    def wrong_pairs(self, policy: Policy, order: DateOrder) -> Iterator[Pair]:
        """Yield the pair that is furthest from right for each date that a finding would stand at.

        Raises:
            NoAnswerError: a binding gives no duration where one is named.
        """
        longest = _longest(policy, order)
        for earlier, later in self._groups(order):
            if order.at_earlier:
                soonest, last = min(later, key=_moment), max(later, key=_first_moment)
                pairs = (((date, soonest), (date, last)) for date in earlier)
            else:
                latest, first = max(earlier, key=_first_moment), min(earlier, key=_moment)
                pairs = (((latest, date), (first, date)) for date in later)
            for closest, widest in pairs:
                if is_wrong_way_round(order, *closest):
                    yield closest
                elif longest is not None and _distance(*widest) > longest:
                    yield widest

    def _groups(self, order: DateOrder) -> Iterator[tuple[list[DatedPlace], list[DatedPlace]]]:
        """Yield the dates to compare with each other: all, or those of one item at a time."""
        earlier, later = self._dates_at(order.earlier), self._dates_at(order.later)
        if not earlier or not later:
            return
        prefix, same, _ = order.earlier.partition(SAME_ITEM)
        if not same:
            yield earlier, later
            return
        depth = prefix.count("[]") + 1
        items = dict.fromkeys(_item_of(date, depth) for date in earlier)
        for item in items:
            here = [date for date in earlier if _item_of(date, depth) == item]
            there = [date for date in later if _item_of(date, depth) == item]
            if there:
                yield here, there

    def _dates_at(self, route: str) -> list[DatedPlace]:
        if route == NOW:
            now = self._context.now
            return [DatedPlace((), now.isoformat(), now)]
        return self._dates.at(pattern_of(route))

    def _message(self, policy: Policy, order: DateOrder, pair: Pair) -> Text:
        earlier, later = pair
        is_reversed = is_wrong_way_round(order, earlier, later)
        within = str(written_duration(order.within, policy.params))
        names = self._name(earlier), self._name(later)
        texts: dict[str, str] = {}
        for language in LANGUAGES:
            written = [name.in_language(language) for name in names]
            sentence = _sentence(order, written, is_reversed=is_reversed, within=within)
            own = order.message.in_language(language) if order.message is not None else ""
            between = " " if own and language == "en" else ""
            texts[language] = f"{own}{between}{sentence.in_language(language)}"
        return Text(**texts)

    def _name(self, date: DatedPlace) -> Text:
        """Return what a date is called, with the date as it was written."""
        if not date.route:
            name = Text("now", "当前时间")
        elif date.of_evidence:
            name = Text(f"{date.of_evidence}, made", f"{date.of_evidence} 的生成时间")
        else:
            name = self._title(date.route)
        return Text(f"{name.en} ({date.written})", f"{name.zh}（{date.written}）")

    def _title(self, route: Route) -> Text:
        """Return the titles of section and field, and the name of the item between them."""
        schema, data = self._context.schema, self._context.shown_document.data
        outline = outline_of(schema) if schema is not None else None
        section = next(
            (n for n in range(len(route) - 1, 0, -1) if isinstance(route[n - 1], str)), 1
        )
        item: Any = value_at(data, route[:-1])
        named = item.get("name", item.get("by")) if isinstance(item, dict) else None
        quoted = f"`{named}`" if isinstance(named, str) else ""
        whole, field = _title_of(outline, route[:section]), _title_of(outline, route)
        english, chinese = (" ".join(filter(None, (title, quoted))) for title in whole)
        return Text(f"{english}: {field.en}", f"{chinese}：{field.zh}")


def _longest(policy: Policy, order: DateOrder) -> timedelta | None:
    try:
        return order.longest(policy.params)
    except ValueError as error:
        raise NoAnswerError(order.within, EvaluationError(str(error))) from error


def _distance(earlier: DatedPlace, later: DatedPlace) -> timedelta:
    """Return how much lies between two dates at least, whatever zones they leave open."""
    return later.first_moment - earlier.moment


def is_wrong_way_round(order: DateOrder, earlier: DatedPlace, later: DatedPlace) -> bool:
    """Return whether two dates are the wrong way round, whatever zones they leave open."""
    first = earlier.first_moment
    return first > later.moment or (order.is_strict and first == later.moment)


def _sentence(order: DateOrder, names: list[str], *, is_reversed: bool, within: str) -> Text:
    earlier, later = names
    if is_reversed and order.later == NOW:
        return Text(f"{earlier} is still to come.", f"{earlier}尚未到来。")
    if is_reversed:
        word = Text("not after", "不晚于") if order.is_strict else Text("before", "早于")
        return Text(f"{later} is {word.en} {earlier}.", f"{later}{word.zh}{earlier}。")
    return Text(
        f"{earlier} is more than {within} before {later}.",
        f"{earlier}早于{later}，相隔超过 {within}。",
    )


def _moment(date: DatedPlace) -> float:
    return date.moment.timestamp()


def _first_moment(date: DatedPlace) -> float:
    return date.first_moment.timestamp()


def _item_of(date: DatedPlace, depth: int) -> Route:
    """Return the route of the item of the `depth`-th list on the way to a date."""
    ends = [number for number, step in enumerate(date.route, 1) if isinstance(step, int)]
    return date.route[: ends[depth - 1]]


def _title_of(outline: Outline | None, route: Route) -> Text:
    place = outline.at(route) if outline is not None else None
    words = place.words if place is not None else {}
    title = words.get("title")
    titles = title, words.get("x-title-zh") or title
    return Text(*(str(route[-1] if text is None else text) for text in titles))
