"""Choose the document that is meant in a file of many."""

from __future__ import annotations

from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import Snapshot, bytes_at
from launchpolicy.vocabulary.text import Text

_MOST_SHOWN = 12


def chosen_document(snapshot: Snapshot, kind: Kind, path: str, document: str) -> str:
    """Return the id of the document that is meant in the file at `path`; "" in a file of one.

    `document` is the id that was asked for, "" for the only one that there is.

    Raises:
        UsageError: there are several, or none of that id, or the file holds one document.
    """
    if not kind.reading.is_stream:
        if document:
            raise _holds_one(path)
        return ""
    from launchpolicy.operations.submissions.document_streams import ids_in  # noqa: PLC0415 (rare)

    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    ids = ids_in(kind, path, source) if source is not None else ()
    if document in ids:
        return document
    if document or len(ids) > 1:
        raise _several(path, document, ids)
    return next(iter(ids), "")


def _several(path: str, document: str, ids: tuple[str, ...]) -> UsageError:
    more = len(ids) - _MOST_SHOWN
    listed = ", ".join(ids[:_MOST_SHOWN]) or "-"
    listed += f", +{more}" if more > 0 else ""
    return UsageError(
        Text(
            f"{path} holds no document `{document}`, but: {listed}."
            if document
            else f"{path} holds several documents: {listed}.",
            f"{path} 中没有文档 `{document}`，只有：{listed}。"
            if document
            else f"{path} 含多个文档：{listed}。",
        ),
        Text(
            "Name the one that you mean: --document ID.",
            "请用 --document 标识 指明其中一个。",
        ),
    )


def _holds_one(path: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} holds one document, so --document has no meaning.",
            f"{path} 只含一个文档，--document 没有意义。",
        ),
        Text("Leave it out.", "请去掉该选项。"),
    )
