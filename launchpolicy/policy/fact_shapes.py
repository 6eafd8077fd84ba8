"""The shapes of the facts that expressions may name, as JSON Schema (design sections 6 and 7).

The type check makes CEL types of them, so that a misspelt fact is found when a pack loads. What
finds facts out has to give exactly these shapes; a test holds both to it.
"""

from __future__ import annotations

from typing import Any, Final

from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.value_names import SHOWN_BY_POLICIES

Shape = dict[str, Any]

_TEXT: Shape = {"type": "string"}
_FLAG: Shape = {"type": "boolean"}
_COUNT: Shape = {"type": "integer"}
_RATIO: Shape = {"type": "number"}


def _record(**fields: Shape) -> Shape:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items}


def _map(values: Shape) -> Shape:
    return {"type": "object", "additionalProperties": values}


_BOTH: Final = _record(en=_TEXT, zh=_TEXT)
_BACKUP: Final = _record(
    name=_TEXT,
    takenAt=_TEXT,
    sha256=_TEXT,
    location=_TEXT,
    by=_TEXT,
    rehearsedAt=_TEXT,
    restored=_FLAG,
)
_MINUTES: Final = _record(
    topic=_TEXT,
    start=_TEXT,
    host=_TEXT,
    recorder=_TEXT,
    attendees=_list(_TEXT),
    agenda=_list(_TEXT),
    decisions=_list(_TEXT),
)

CONTENTS: Final[Shape] = _record(
    passed=_FLAG,
    says=_BOTH,
    madeAt=_TEXT,
    size=_COUNT,
    mediaType=_TEXT,
    request=_TEXT,
    commits=_list(_TEXT),
    digests=_list(_TEXT),
    versions=_list(_TEXT),
    undated=_FLAG,
    withoutZone=_FLAG,
    mentions=_list(_TEXT),
    figures=_list(_TEXT),
    measurements=_list(_record(label=_TEXT, value=_TEXT)),
    stance=_record(kind=_TEXT, text=_TEXT),
    reservations=_list(_TEXT),
    gist=_TEXT,
    papers=_list(_record(request=_TEXT, plan=_TEXT, madeAt=_TEXT, ofThisPlan=_FLAG)),
    signature=_TEXT,
    tests=_record(
        total=_COUNT,
        passed=_COUNT,
        failed=_COUNT,
        errors=_COUNT,
        skipped=_COUNT,
        unnamed=_COUNT,
        failures=_list(_TEXT),
    ),
    findings=_record(
        **dict.fromkeys(("total", "errors", "warnings", "notes"), _COUNT),
        **dict.fromkeys(("critical", "high", "medium", "low", "suppressed"), _COUNT),
        tools=_list(_TEXT),
    ),
    coverage=_record(lines=_RATIO, branches=_RATIO),
    backups=_list(_BACKUP),
    minutes=_MINUTES,
    steps=_list(_record(name=_TEXT, result=_TEXT, at=_TEXT, by=_TEXT)),
    environment=_TEXT,
)
"""What a file of evidence says.

`versions`, `commits` and `digests` are of what was tested; `undated` is a file that could say when
it was made and does not; `withoutZone` is one that names no time zone: `madeAt` is the latest
instant that it can mean, and the first is 26 hours before. `mentions` are what may be names of
requests in a document, `figures` the quantities in it, as a request writes them, `measurements`
the same with the words that label each, in lower case; `stance` is what a document, or the
decisions of minutes, say against their own matter: `refused`, `open` or `conditional`, with the
words that say it; `gist` is a digest of what it says, however the bytes are arranged. `papers` are
the lines of papers of ours in a document: the request and the plan that each was made from, and
whether that is the plan of this request now. `reservations` are statements that fewer tests pass
than a report shows. `environment` is where steps were taken, or where tests say that they ran.
`signature` is `none`, `unverified` or `verified` for an in-toto statement, "" for all else.
`tests.unnamed` ran under a name that says nothing. `findings` are counted by level, and apart from
that by severity for security (CVSS).
"""

REFERENCE: Final[Shape] = _record(
    at=_TEXT,
    path=_TEXT,
    kind=_TEXT,
    sha256=_TEXT,
    read=_FLAG,
    problem=_BOTH,
    **CONTENTS["properties"],
)
"""One reference of a request to evidence, with what the file says."""

_CONFLICT: Final = _record(**dict.fromkeys(("kind", "name", "from", "until"), _TEXT), message=_BOTH)
_SLOT: Final = _record(start=_TEXT, end=_TEXT)
_NAMED: Final = _record(
    at=_TEXT,
    person=_TEXT,
    known=_FLAG,
    holds=_list(_TEXT),
    duties=_list(_TEXT),
    ofDepartment=_TEXT,
    sameAs=_TEXT,
    belongs=_FLAG,
)

DISPLAY_KINDS: Final = (
    *(
        "departments",
        "roles",
        "products",
        "systems",
        "environments",
        "businesses",
        "people",
        "steps",
        "rooms",
    ),
    "processes",
)
"""What has names; `vocabulary.names` has the same, which a check without names does not load."""

_DISPLAY: Final = _record(
    **dict.fromkeys(DISPLAY_KINDS, _map(_TEXT)),
    values=_record(**dict.fromkeys(SHOWN_BY_POLICIES, _map(_TEXT))),
)
"""What things are called in one language, by id; policies say it only in messages.

`values` has the names of fixed values, such as those of a stage: kind of value → value → name.
"""

FACTS: Final[dict[str, Shape]] = {
    "evidence": _record(references=_list(REFERENCE), files=_map(REFERENCE)),
    "calendar": _record(
        known=_FLAG,
        conflicts=_list(_CONFLICT),
        nextWindow=_SLOT,
        officeMeeting=_record(known=_FLAG, matches=_FLAG, next=_TEXT),
        workingDaysAhead=_COUNT,
        unannounced=_list(_TEXT),
    ),
    "launches": _record(
        overlaps=_list(
            _record(
                name=_TEXT, product=_TEXT, environment=_TEXT, stage=_TEXT, start=_TEXT, end=_TEXT
            )
        ),
        claims=_list(_record(kind=_TEXT, what=_TEXT, at=_TEXT, name=_TEXT, theirs=_TEXT)),
        dependencies=_list(
            _record(
                **dict.fromkeys(("name", "at", "stage"), _TEXT),
                **dict.fromkeys(("known", "launched", "precedes", "itself"), _FLAG),
            )
        ),
        reused=_list(_record(at=_TEXT, path=_TEXT, name=_TEXT, theirs=_TEXT)),
        reviewsOwed=_list(_record(name=_TEXT, stage=_TEXT, reviewBy=_TEXT)),
        earlier=_list(_record(name=_TEXT, stage=_TEXT)),
        failures=_list(
            _record(
                **dict.fromkeys(("name", "stage", "failedAt"), _TEXT),
                **dict.fromkeys(("open", "named"), _FLAG),
                **dict.fromkeys(("edits", "installed"), _list(_TEXT)),
            )
        ),
    ),
    "people": _record(
        known=_FLAG,
        names=_list(_TEXT),
        roles=_map(_list(_TEXT)),
        heads=_map(_list(_TEXT)),
        department=_map(_TEXT),
        named=_list(_NAMED),
        customer=_record(departments=_list(_TEXT), persons=_list(_TEXT)),
    ),
    "texts": _record(
        placeholders=_list(_record(at=_TEXT, text=_TEXT, kind=_TEXT)),
        generic=_list(_record(at=_TEXT, text=_TEXT, kind=_TEXT)),
        refusals=_list(_record(at=_TEXT, text=_TEXT, kind=_TEXT)),
    ),
    "waiver": _record(
        known=_FLAG,
        waivable=_FLAG,
        waivableBy=_list(_TEXT),
        unknownRequests=_list(_TEXT),
        beneficiaries=_list(_TEXT),
    ),
    "configuration": _record(
        vaults=_list(_TEXT),
        packs=_list(_TEXT),
        products=_map(
            _record(processes=_list(_TEXT), risk=_TEXT, departments=_list(_TEXT), owner=_TEXT)
        ),
        systems=_map(_TEXT),
    ),
    "display": _record(en=_DISPLAY, zh=_DISPLAY),
    "pullRequest": _record(known=_FLAG, openers=_list(_TEXT), authors=_list(_TEXT)),
}
"""The CEL variables that are facts."""

FILES: Final[Shape] = _record(changed=_list(_TEXT))
"""The variable `files`, whose functions are in `policy.cel.runtime`: what a change touches."""

FACT_LISTS: Final = frozenset(
    {
        "evidence.references",
        "calendar.conflicts",
        "launches.overlaps",
        "launches.claims",
        "launches.dependencies",
        "launches.reused",
        "launches.reviewsOwed",
        "launches.earlier",
        "launches.failures",
        "people.named",
        "texts.generic",
        "texts.placeholders",
        "texts.refusals",
    }
)
"""The facts that `forEach` may name, besides `change.edits` and the lists of the document."""


def empty_fact(shape: Shape) -> Data:
    """Return the value of a shape in which nothing is said."""
    if "properties" in shape:
        return {name: empty_fact(field) for name, field in shape["properties"].items()}
    kind = shape["type"]
    return {"string": "", "boolean": False, "integer": 0, "number": 0.0, "array": []}.get(kind, {})


class FactError(ValueError):
    """What was given for a fact does not have its shape."""


def complete_fact(shape: Shape, given: Data, route: str = "") -> Data:
    """Return `given` with what it leaves out filled in from `empty`.

    Raises:
        FactError: it has a key or a type that the shape has not; says at which route.
    """
    if "properties" in shape:
        fields = shape["properties"]
        unknown = [key for key in _check_type(dict, given, route) if key not in fields]
        if unknown:
            message = f"{route}.{unknown[0]}: there is no such fact; there is {', '.join(fields)}"
            raise FactError(message.removeprefix("."))
        return {
            name: complete_fact(field, given[name], f"{route}.{name}")
            if name in given
            else empty_fact(field)
            for name, field in fields.items()
        }
    if shape["type"] == "object":
        values = shape["additionalProperties"]
        items = _check_type(dict, given, route).items()
        return {key: complete_fact(values, value, f"{route}.{key}") for key, value in items}
    if shape["type"] == "array":
        items = enumerate(_check_type(list, given, route))
        return [complete_fact(shape["items"], item, f"{route}[{index}]") for index, item in items]
    return _check_type(type(empty_fact(shape)), given, route)


def _check_type(kind: type, given: Data, route: str) -> Data:
    if type(given) is not kind:
        message = f"{route}: must be of type {kind.__name__}, is {type(given).__name__}"
        raise FactError(message.removeprefix("."))
    return given
