"""Register every format by its name; a reporter is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from launchpolicy.reporters.reporter import ReaderView, Reporter
from launchpolicy.vocabulary.named_tuple import NamedTuple

__all__ = ["REPORTERS", "ReaderView", "Reporter", "ReporterRegistration"]


class ReporterRegistration(NamedTuple):
    """The loader of a reporter, a function so that mypy compares both sides."""

    load: Callable[[], Reporter]


def _text() -> Reporter:
    from launchpolicy.reporters.text import reporter  # noqa: PLC0415 (loaded when asked for)

    return reporter


def _json() -> Reporter:
    from launchpolicy.reporters import json_v1  # noqa: PLC0415 (loaded when asked for)

    return json_v1


def _sarif() -> Reporter:
    from launchpolicy.reporters.sarif import reporter  # noqa: PLC0415 (loaded when asked for)

    return reporter


def _junit() -> Reporter:
    from launchpolicy.reporters import junit  # noqa: PLC0415 (loaded when asked for)

    return junit


def _github() -> Reporter:
    from launchpolicy.reporters import github  # noqa: PLC0415 (loaded when asked for)

    return github


def _gitlab() -> Reporter:
    from launchpolicy.reporters import gitlab  # noqa: PLC0415 (loaded when asked for)

    return gitlab


def _markdown() -> Reporter:
    from launchpolicy.reporters.markdown import reporter  # noqa: PLC0415 (loaded when asked for)

    return reporter


REPORTERS: dict[str, ReporterRegistration] = {
    "text": ReporterRegistration(_text),
    "json": ReporterRegistration(_json),
    "markdown": ReporterRegistration(_markdown),
    "github": ReporterRegistration(_github),
    "sarif": ReporterRegistration(_sarif),
    "junit": ReporterRegistration(_junit),
    "gitlab": ReporterRegistration(_gitlab),
}
