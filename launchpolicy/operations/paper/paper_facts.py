"""Find out what papers print besides the request: what its evidence says, who there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from launchpolicy.documents.schema.outline import Outline
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.facts.facts import NO_FACTS
from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.operations.submissions.fact_inputs import FactInputs
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.papers.template_context import Enclosure
from launchpolicy.requests.item_words import item_word
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.place import Route, parse_route
from launchpolicy.vocabulary.text import Text


class _NoNeighbours:
    """No other request: no paper of one request says anything of them."""

    def fact(self, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` without any launch."""
        del kind, request
        return NO_FACTS.launches


def submission_of(request: PaperRequest, now: datetime) -> Submission:
    """Return the request with its facts.

    Raises:
        LaunchpolicyError: a file cannot be read.
    """
    document = request.document
    version = RequestVersion(document.path, request.source, document)
    submission = Submission("LaunchRequest", document.path, version)
    inputs = FactInputs(neighbours=_NoNeighbours())
    snapshots = (request.snapshot, request.snapshot)
    return add_facts([submission], request.rules, snapshots, now, inputs)[0]


def enclosures_of(request: PaperRequest, submission: Submission) -> tuple[Enclosure, ...]:
    """Return the files to which a request refers, each once, in document order."""
    schema = request.rules.kinds[submission.kind].schema
    outline = Outline(schema, schema)
    enclosures: dict[str, Enclosure] = {}
    for record in submission.facts.evidence["references"]:
        path, route = record["path"], parse_route(record["at"])
        title = _title(outline, request.document.data, route)
        enclosures.setdefault(path, Enclosure(title, path, record["sha256"], route))
    return tuple(enclosures.values())


def _title(outline: Outline, data: object, route: Route) -> Text:
    """Return what a file is: the title of its field, with the name of the item of a list."""
    field = next(index for index in range(len(route), 0, -1) if isinstance(route[index - 1], str))
    if route[field - 1] == "evidence":
        owner = route[: field - 1]
        item = value_at(data, (*owner, "name"))
        named = item_word(item) if isinstance(item, str) else None
        shown = next(n for n in range(len(owner), 0, -1) if isinstance(owner[n - 1], str))
        title = _words(outline, owner[:shown])
        if named is None:
            return title
        return Text(f"{title.en}, {named.en}", f"{title.zh}（{named.zh}）")
    return _words(outline, route[:field])


def _words(outline: Outline, route: Route) -> Text:
    place = outline.at(route)
    words = place.words if place is not None else {}
    english = str(words.get("title", route[-1]))
    return Text(english, str(words.get("x-title-zh", english)))
