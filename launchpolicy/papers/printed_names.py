"""Which names of fields templates read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment


def printed_names(templates: Iterable[str]) -> frozenset[str]:
    """Return every name of a field that one of the `templates` reads.

    A name says less than a route: that a paper prints `by` of a step does not say that it prints
    `by` of a check. So it serves to tell what nothing prints, and no more.
    """
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return frozenset(name for text in templates for name in _names(environment.parse(text)))


def _names(template: nodes.Template) -> Iterator[str]:
    for attribute in template.find_all(nodes.Getattr):
        yield attribute.attr
    for item in template.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const) and isinstance(item.arg.value, str):
            yield item.arg.value
