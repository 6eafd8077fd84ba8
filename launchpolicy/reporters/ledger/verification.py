"""What came of a verification, and what an appender did, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpolicy.ledger.checkpoint import Checkpoint, encode_base64
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.voids import Void
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.text import Text, listing, quantity

_MANY = 20


@dataclass(frozen=True, slots=True)
class VerificationSummary:
    """What was verified: the checkpoint, by which key, and what it was compared with."""

    checkpoint: Checkpoint | None
    is_signed: bool
    is_verified: bool
    kept: int
    unsigned_count: int
    voids: Sequence[Void]
    pending: int
    replayed: bool
    is_confirmed: bool
    complaints: Sequence[Discrepancy]
    doubts: Sequence[tuple[Text, Text]] = ()
    checked: Sequence[Text] = ()
    unchecked: Sequence[Text] = ()
    since: int = 0
    witnesses: tuple[Sequence[str], Sequence[str]] | None = None


def verification(summary: VerificationSummary, view: ReaderView) -> Iterator[str]:
    """Yield every complaint with its place, or what has been found good."""
    writer = TextWriter(view)
    for complaint in summary.complaints:
        lead = StyledText("✗ ", "bad")
        yield from writer.paragraph(f"{complaint.where}: {writer.say(complaint.what)}", 0, lead)
    if len(summary.complaints) >= _MANY:
        yield writer.line(
            StyledText(writer.say(Text("… there may be more.", "……可能还有更多。")), "faint")
        )
    if summary.complaints:
        yield from _failure(summary, writer)
        return
    for line in _good(summary):
        yield from writer.paragraph(writer.say(line), 0, StyledText("✓ ", "good"))
    for line in _notes(summary):
        yield from writer.paragraph(writer.say(line), 0, StyledText("! ", "warn"))
    for reason, remedy in summary.doubts:
        yield from writer.paragraph(writer.say(reason), 0, StyledText("? ", "warn"))
        yield from writer.paragraph(writer.say(remedy), 2)
    if summary.doubts:
        yield writer.line(StyledText(writer.say(_UNDECIDED), "warn"))


def warnings(
    complaints: Sequence[Discrepancy],
    doubts: Sequence[tuple[Text, Text]],
    checked: Sequence[Text],
    view: ReaderView,
) -> Iterator[str]:
    """Yield what an append noticed in the ledger that it found: warnings, with the next command."""
    writer = TextWriter(view)
    for complaint in complaints:
        lead = StyledText("! ", "warn")
        yield from writer.paragraph(f"{complaint.where}: {writer.say(complaint.what)}", 0, lead)
    for reason, remedy in doubts:
        text = f"{writer.say(reason)} {writer.say(remedy)}"
        yield from writer.paragraph(text, 0, StyledText("! ", "warn"))
    if complaints:
        yield from _good_parts(checked, writer)
        yield from writer.paragraph(writer.say(_VERIFY), 0, StyledText("→ ", "faint"))


def _good_parts(parts: Sequence[Text], writer: TextWriter) -> Iterator[str]:
    if not parts:
        return
    listed = Text(", ".join(part.en for part in parts), "、".join(part.zh for part in parts))
    good = Text(f"Checked all the same, and good: {listed.en}.", f"其余检查通过：{listed.zh}。")
    yield from writer.paragraph(writer.say(good), 0, StyledText("✓ ", "good"))


def _failure(summary: VerificationSummary, writer: TextWriter) -> Iterator[str]:
    """Yield the end of a verification that failed: how much, what is good, and what to do."""
    count = len(summary.complaints)
    sentence = Text(
        f"The ledger does NOT verify: {quantity(count, 'complaint')}.",
        f"上线日志验证失败：{count} 处问题。",
    )
    yield writer.line(StyledText(writer.say(sentence), "bad"))
    yield from _good_parts(summary.checked, writer)
    for line in summary.unchecked:
        yield from writer.paragraph(writer.say(line), 0, StyledText("! ", "warn"))
    yield from writer.paragraph(writer.say(_NEXT), 0, StyledText("→ ", "faint"))


def checkpoint_line(checkpoint: Checkpoint, *, is_signed: bool, is_verified: bool = True) -> Text:
    """Return a checkpoint in one line.

    Without `is_verified` it bears a signature that no key was given for.
    """
    root = encode_base64(checkpoint.root)
    entries = quantity(checkpoint.size, "entry", "entries")
    signed = ("signed", "已签名") if is_signed else ("UNSIGNED", "未签名")
    if is_signed and not is_verified:
        signed = ("its signature is not verified", "签名未核验")
    return Text(
        f"{checkpoint.origin}: {entries}, root {root} ({signed[0]})",
        f"{checkpoint.origin}：{checkpoint.size} 条记录，根哈希 {root}（{signed[1]}）",
    )


def _good(summary: VerificationSummary) -> Iterator[Text]:
    if summary.checkpoint is None:
        return
    yield checkpoint_line(summary.checkpoint, is_signed=summary.is_signed)
    yield from _of_tree(summary)
    if summary.is_verified:
        yield Text("The configured key has signed the checkpoint.", "检查点由配置的密钥签名。")
    if summary.kept:
        yield Text(
            f"Every checkpoint that is kept elsewhere ({summary.kept}) is a beginning of it.",
            f"与另存的 {summary.kept} 个检查点一致。",
        )
    if summary.witnesses is not None:
        listed = listing(summary.witnesses[0])
        yield Text(f"Cosigned by witnesses: {listed.en}.", f"已有见证方联署：{listed.zh}。")
    yield from _of_history(summary)
    if summary.is_confirmed:
        yield Text(
            "The forge, asked again, says the same of every landing and its reviews.",
            "再次向平台查询，每次合并及其评审均与记录一致。",
        )


def void_note(void: Void) -> Text:
    """Return which entries are void, since when, and why."""
    first, last = void.numbers.start, void.numbers.stop - 1
    numbers = f"#{first}" if first == last else f"#{first}–#{last}"
    reason = void.entry.reason
    return Text(
        f"Void since entry #{void.number}, from another branch: {numbers}. Reason: {reason}",
        f"自第 #{void.number} 条记录起作废（来自其他分支）：{numbers}。原因：{reason}",
    )


def _of_tree(summary: VerificationSummary) -> Iterator[Text]:
    if summary.since:
        yield Text(
            f"It begins with the {summary.since} entries that were verified before; every file of "
            "the later ones is what the tree says.",
            f"以先前验证过的 {summary.since} 条记录为开头；其后的每个文件都与树一致。",
        )
    else:
        yield Text("Every file is what the tree says.", "每个文件都与树一致。")


def _of_history(summary: VerificationSummary) -> Iterator[Text]:
    after = (" after them", "其后") if summary.since else ("", "")
    yield Text(
        f"Every landing of the history{after[0]} has its entries, every entry its landing.",
        f"{after[1]}历史中的每次合并都有记录，每条记录都有对应的合并。",
    )
    if summary.replayed:
        yield Text(
            f"Judged again by the rules of its time, every landing{after[0]} is as it is recorded.",
            f"按当时的规则重新判定，{after[1]}每次合并均与记录一致。",
        )


def _notes(summary: VerificationSummary) -> Iterator[Text]:
    yield from map(void_note, summary.voids)
    if summary.unsigned_count and summary.is_signed:
        last = summary.unsigned_count - 1
        yield Text(
            f"Unsigned until entry #{last}, signed from entry #{last + 1} on.",
            f"第 #{last} 条及之前的记录写入时未签名，自第 #{last + 1} 条起签名。",
        )
    if summary.checkpoint is not None and not summary.is_signed:
        yield Text(
            "The checkpoint is UNSIGNED: anyone who can write the branch can write another.",
            "检查点未签名：任何可写该分支的人都能另写一个。",
        )
    elif summary.checkpoint is not None and not summary.is_verified:
        yield Text(
            "The checkpoint is signed, but the configuration names no `ledger.key` to verify it.",
            "检查点已签名，但配置中没有用于验证的 `ledger.key`。",
        )
    if summary.witnesses is not None and summary.witnesses[1]:
        listed = listing(summary.witnesses[1])
        yield Text(
            f"Not cosigned by these witnesses: {listed.en}.", f"以下见证方尚未联署：{listed.zh}。"
        )
    if not summary.replayed:
        yield Text("Nothing was judged again (--quick).", "未重新判定（--quick）。")
    if summary.pending:
        yield Text(
            f"{quantity(summary.pending, 'landing')} after the last entry: not recorded yet.",
            f"最后一条记录之后还有 {summary.pending} 次合并尚未记入上线日志。",
        )
    yield from summary.unchecked


_UNDECIDED = Text(
    "Nothing is wrong, but the ledger is NOT verified.", "未发现问题，但尚不能确认上线日志完好。"
)
_VERIFY = Text(
    "The entries were appended all the same. Next: launchpolicy ledger verify, and git log of the "
    "ledger's branch for who changed it.",
    "记录仍已追加。下一步：launchpolicy ledger verify；改动者可查上线日志分支的 git log。",
)
_NEXT = Text(
    "Do not append. Next: launchpolicy ledger build rebuilt, and compare it with git diff; who "
    "changed the branch is in git log and in the pushes of its host.",
    "请勿追加。下一步：launchpolicy ledger build rebuilt，并用 git diff 比对；"
    "改动者可查 git log 与托管平台的推送记录。",
)
