"""What a validation writes into a new request so that nothing of it is left out.

A template is a hint for `new` and `advance`, never part of a judgement. Its scalars:

| written | put there |
| --- | --- |
| `TODO` | a question that a person must answer |
| `TODO: operations-lead` (for a person) | the one person who holds the role, else `TODO` |
| `${object.spec.people.executor}` | what the request says there, else `TODO` |
| `${each.name}` | what the element of the `forEach` says there, else `TODO` |
| `${params.role}` | the policy's parameter |
| `TODO: ${params.role}` | the same as a role |
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

from launchpolicy.documents.open_questions import MARK, is_unanswered
from launchpolicy.documents.schema.outline import Outline
from launchpolicy.requests.blank import blank
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route, parse_route

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


def render_template(template: Data, values: Mapping[str, Data]) -> Data:
    """Return `template` with every `${…}` replaced by what `values` (object, each, params) say."""
    if isinstance(template, dict):
        return {key: render_template(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [render_template(item, values) for item in template]
    if not isinstance(template, str):
        return template
    whole = _REFERENCE.fullmatch(template)
    if whole is not None:
        value = _value(whole[1], values)
        return MARK if value is None else copy.deepcopy(value)
    return _REFERENCE.sub(lambda match: str(_value(match[1], values)), template)


def references(template: Data) -> list[str]:
    """Return what stands between the braces of every `${…}` of a template."""
    if isinstance(template, dict):
        return [name for value in template.values() for name in references(value)]
    if isinstance(template, list):
        return [name for item in template for name in references(item)]
    return _REFERENCE.findall(template) if isinstance(template, str) else []


def _value(written: str, values: Mapping[str, Data]) -> Data | None:
    try:
        return value_at(dict(values), parse_route(written))
    except ValueError:
        return None


def complete_template(current: Data, template: Data, outline: Outline | None) -> Data:
    """Return `current` with everything of `template` that it lacks; its own values stay.

    An item of a list is there already if an item of the same name is, or an equal scalar.
    """
    if current is None or is_unanswered(current):
        return copy.deepcopy(template)
    if isinstance(current, dict) and isinstance(template, dict):
        added = {
            key: complete_template(current.get(key), value, outline.step(key) if outline else None)
            for key, value in template.items()
        }
        return {**current, **added}
    if isinstance(current, list) and isinstance(template, list):
        return _with_items(current, template, outline)
    return current


def _with_items(current: list[Data], template: list[Data], outline: Outline | None) -> list[Data]:
    items = list(current)
    inner = outline.step(0) if outline else None
    for item in template:
        at = _index_of(item, items, outline)
        if at is None:
            items.append(copy.deepcopy(item))
        else:
            items[at] = complete_template(items[at], item, inner)
    return items


def _index_of(item: Data, items: list[Data], outline: Outline | None) -> int | None:
    key = outline.identifying_key if outline else ""
    if key and isinstance(item, dict) and key in item and not is_unanswered(item[key]):
        named = [other.get(key) if isinstance(other, dict) else None for other in items]
        return named.index(item[key]) if item[key] in named else None
    return items.index(item) if item in items else None


def with_added(data: Data, route: Route, value: Data, outline: Outline | None) -> Data:
    """Return `data` with `value` added at `route`; new parents have what the schema wants."""
    if not route:
        return complete_template(data, value, outline)
    step, rest = route[0], route[1:]
    inner = outline.step(step) if outline is not None else None
    if isinstance(step, int):
        items = list(data) if isinstance(data, list) else []
        if step < len(items):
            items[step] = with_added(items[step], rest, value, inner)
        else:
            items.append(with_added(None, rest, value, inner))
        return items
    if isinstance(data, dict):
        entries = dict(data)
    else:
        entries = blank(outline) if outline is not None and outline.is_object else {}
    entries[step] = with_added(entries.get(step), rest, value, inner)
    return entries
