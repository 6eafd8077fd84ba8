"""What can be wrong with the quorum of a well-formed policy."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.policy.quorum import Group
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text


def impossible_quorum(document: Document, group: Group) -> Finding:
    """Return the finding about a part that asks for more parts than it has."""
    return Finding(
        "policy/impossible-quorum",
        Text(
            f"It asks for {group.needed} of {len(group.parts)} parts.",
            f"只有 {len(group.parts)} 个部分，却要求满足 {group.needed} 个。",
        ),
        document.place((*group.route, "atLeast")),
        Text("Ask for fewer, or name more parts.", "请降低数量，或增加可选部分。"),
    )


def excludes_nobody(place: Place, kind: str, word: str) -> Finding:
    """Return the finding about an exclusion of persons whom documents of a kind do not name."""
    return Finding(
        "policy/excludes-nobody",
        Text(
            f"The kind {kind} has no spec.people.{word}, so this would keep nobody from approving.",
            f"文档类型 {kind} 没有 spec.people.{word}，此项不会排除任何人。",
        ),
        place,
        Text(
            "Name the persons by an expression under `excludePeople`.",
            "请在 `excludePeople` 中用表达式写明人员。",
        ),
    )
