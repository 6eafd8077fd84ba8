"""What a report says of documents that passed although no policy judged them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Judgement, Operation, Outcome, Verdict
from launchpolicy.vocabulary.text import Text


def unjudged_remarks(judgements: Sequence[Judgement], rules: PackSet) -> Iterator[Text]:
    """Yield a sentence for each kind whose schema alone judged, and for each such deletion."""
    by_schema: dict[str, int] = {}
    for judgement in judgements:
        if judgement.verdict is not Verdict.PASS or judgement.kind not in rules.kinds:
            continue
        if any(result.outcome is not Outcome.NOT_APPLICABLE for result in judgement.results):
            continue
        if judgement.operation is Operation.DELETE:
            yield _deletion(judgement)
        else:
            by_schema[judgement.kind] = by_schema.get(judgement.kind, 0) + 1
    for kind, count in by_schema.items():
        yield Text(
            f"Schema only: no pack judges {kind}, so {_documents(count)} passed by the schema.",
            f"仅按结构定义判定：没有策略包判定 {kind}，{count} 个文档按结构定义通过。",
        )


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"


def _deletion(judgement: Judgement) -> Text:
    what = judgement.path if judgement.name == judgement.path else judgement.name
    return Text(
        f"{what} is deleted: its kind {judgement.kind} allows that, and no policy judged it.",
        f"{what} 被删除：类型 {judgement.kind} 允许删除，且没有策略对此作出判定。",
    )
