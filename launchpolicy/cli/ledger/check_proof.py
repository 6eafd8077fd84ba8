"""`launchpolicy ledger check-proof`: prove that an entry is in the ledger, from a file alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.ledger.proof_files import read_kept_checkpoint, read_proof, report_no_proof
from launchpolicy.cli.prose import print_prose
from launchpolicy.ledger.checkpoint import Checkpoint, Note
from launchpolicy.ledger.cosignature import Witness, cosigners, witness_of
from launchpolicy.ledger.entry import EVENTS, EntryError, entry_of
from launchpolicy.ledger.growth_proof import check_growth, is_growth_proof, read_growth_proof
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.receipt import check_receipt, read_receipt
from launchpolicy.ledger.signing import Verifier, verifier_of
from launchpolicy.reporters.ledger.verification import checkpoint_line
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text, listing
from launchpolicy.vocabulary.value_names import value_name

_HELP = say(
    """Check a receipt offline: the entry in FILE is in the ledger of its checkpoint.

    With --witness, that this witness has cosigned that checkpoint; each that is given must have.

    Or a proof of growth, with --since: the checkpoint that you kept is the beginning of the one in
    FILE, so that nothing before it was changed or removed.

    With --key, the ledger's verifier key, also that the ledger signed that checkpoint; without it
    the answer is only as good as the place where you got the checkpoint from.

    \b
    Exit codes: 0 proved, 1 not proved, 2 the file cannot be read.
    """,
    """离线核验收据：FILE 中的记录确实在其检查点对应的上线日志中。

    使用 --witness 时，还会核验该见证方对检查点的联署；给出的每一个都必须已联署。

    或用 --since 核验增长证明：您保存的检查点是 FILE 中检查点的开头，此前的记录未被改动或删除。

    提供 --key（上线日志公钥）时，还会核验检查点的签名；
    否则结论的可信度取决于检查点的来源。

    \b
    退出码：0 已证明，1 未证明，2 无法读取文件。
    """,
)
_NO_KEY = Text(
    "No key was given, so this checkpoint is not verified: compare its root.",
    "未提供公钥，无法确认检查点的签名者：请自行比对根哈希。",
)


@click.command(help=_HELP)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", "keys", multiple=True, help=say("Verifier key.", "验证公钥。"))
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CHECKPOINT",
    help=say("A checkpoint that you kept.", "您保存的检查点文件。"),
)
@click.option(
    "--witness",
    "witness_keys",
    multiple=True,
    metavar="KEY",
    help=say(
        "Key of a witness that must have cosigned; repeatable.", "须已联署的见证方公钥；可重复。"
    ),
)
@language_option()
def command(
    file: Path,
    keys: tuple[str, ...],
    since: Path | None,
    witness_keys: tuple[str, ...],
    lang: str | None,
) -> int:
    """Say what was proved, or which check failed."""
    language = chosen_language(lang)
    verifiers = [verifier_of(key) for key in keys]
    witnesses = [witness_of(key) for key in witness_keys]
    source = read_proof(file)
    if is_growth_proof(source) is not (since is not None):
        raise _other_proof(file, is_growth=since is None)
    try:
        lines = (
            _entry_lines(source, verifiers, witnesses)
            if since is None
            else _growth_lines(source, read_kept_checkpoint(since), verifiers, witnesses)
        )
    except (ProofError, EntryError) as error:
        return report_no_proof(ProofError(error.text), language)
    if not verifiers:
        lines.insert(0, _NO_KEY)
    for line in lines:
        print_prose(line.in_language(language))
    return 0


def _witness_lines(note: Note, witnesses: Sequence[Witness]) -> list[Text]:
    """Return who has cosigned.

    Raises:
        ProofError: one of them has not.
    """
    missing = [w.name for w in witnesses if w not in cosigners(note, witnesses)]
    if missing:
        listed = listing(missing)
        raise ProofError(
            Text(f"it is not cosigned by {listed.en}", f"缺少 {listed.zh} 的联署"),
        )
    if not witnesses:
        return []
    listed = listing(witness.name for witness in witnesses)
    return [Text(f"Cosigned by witnesses: {listed.en}.", f"已有见证方联署：{listed.zh}。")]


def _growth_lines(
    source: str, old: Note, verifiers: Sequence[Verifier], witnesses: Sequence[Witness]
) -> list[Text]:
    proof = read_growth_proof(source)
    checkpoint = check_growth(proof, old, verifiers)
    return [
        Text(
            f"Proved: the first {proof.old_size} entries are those of the checkpoint you kept.",
            f"已证明：前 {proof.old_size} 条记录与您保存的检查点一致。",
        ),
        _checkpoint_line(checkpoint, proof.note, verifiers),
        *_witness_lines(proof.note, witnesses),
    ]


def _entry_lines(
    source: str, verifiers: Sequence[Verifier], witnesses: Sequence[Witness]
) -> list[Text]:
    receipt = read_receipt(source)
    checkpoint = check_receipt(receipt, verifiers)
    entry = entry_of(receipt.entry)
    event = EVENTS[entry.event]
    return [
        Text(
            f"Proved: {entry.name} {event.en} at {entry.at}, commit {entry.commit[:12]}, "
            f"verdict {entry.verdict}, is entry {receipt.index}.",
            f"已证明：{entry.name} 于 {entry.at} {event.zh}，提交 {entry.commit[:12]}，"
            f"判定为{value_name('verdict', entry.verdict).zh}，为第 {receipt.index} 条记录。",
        ),
        _checkpoint_line(checkpoint, receipt.note, verifiers),
        *_witness_lines(receipt.note, witnesses),
    ]


def _checkpoint_line(checkpoint: Checkpoint, note: Note, verifiers: Sequence[Verifier]) -> Text:
    return checkpoint_line(checkpoint, is_signed=note.is_signed, is_verified=bool(verifiers))


def _other_proof(file: Path, *, is_growth: bool) -> UsageError:
    if is_growth:
        return UsageError(
            Text(
                f"{file} proves growth: say which checkpoint you kept.",
                f"{file} 是增长证明：请指明您保存的检查点。",
            ),
            Text("Add: --since CHECKPOINT", "请加上：--since 检查点文件"),
        )
    return UsageError(
        Text(
            f"{file} is no proof of growth, which --since is for.",
            f"{file} 不是增长证明，不能使用 --since。",
        ),
        Text(
            "Leave --since out, or write one with: launchpolicy ledger prove --since CHECKPOINT",
            "请去掉 --since，或用 launchpolicy ledger prove --since 检查点文件 生成。",
        ),
    )
