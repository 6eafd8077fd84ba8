"""`launchpolicy ledger check-proof`: is an entry really in the ledger? Needs nothing but a file."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, say
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.entry import EVENTS, Entry, EntryError, entry_of
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.receipt import Receipt, check_receipt, read_receipt
from launchpolicy.ledger.signing import verifier_of
from launchpolicy.reporters.ledger.verification import checkpoint_line
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import LANGUAGES, Language, Text

_HELP = say(
    """Check a receipt offline: the entry in FILE is in the ledger of its checkpoint.

    With --key, the ledger's verifier key, also that the ledger signed that checkpoint; without it
    the answer is only as good as the place where you got the checkpoint from.

    \b
    Exit codes: 0 proved, 1 not proved, 2 the file cannot be read.
    """,
    """离线核验收据：FILE 中的记录确实在其检查点对应的上线日志中。

    提供 --key（上线日志公钥）时，还会核验检查点的签名；
    否则结论的可信度取决于检查点的来源。

    \b
    退出码：0 已证明，1 未证明，2 无法读取文件。
    """,
)
_LIMIT = 1024 * 1024


@click.command(help=_HELP)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", "keys", multiple=True, help=say("Verifier key.", "验证公钥。"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=say("Language.", "语言。"))
def command(file: Path, keys: tuple[str, ...], lang: str | None) -> int:
    """Says what was proved, or which check failed."""
    language = chosen_language(lang)
    verifiers = [verifier_of(key) for key in keys]
    try:
        receipt = read_receipt(_read(file))
        checkpoint = check_receipt(receipt, verifiers)
        entry = entry_of(receipt.entry)
    except (ProofError, EntryError) as error:
        told = Text(f"NOT proved: {error.text.en}.", f"未证明：{error.text.zh}。")
        click.echo(escape(told.in_language(language)), err=True)
        return 1
    for line in _proved(entry, receipt, checkpoint, language, is_verified=bool(verifiers)):
        click.echo(escape(line))
    return 0


def _proved(
    entry: Entry,
    receipt: Receipt,
    checkpoint: Checkpoint,
    language: Language,
    *,
    is_verified: bool,
) -> list[str]:
    event = EVENTS[entry.event]
    told = [
        Text(
            f"Proved: {entry.name} {event.en} at {entry.at}, commit {entry.commit[:12]}, "
            f"verdict {entry.verdict}, is entry {receipt.index}.",
            f"已证明：{entry.name} 于 {entry.at} {event.zh}，提交 {entry.commit[:12]}，"
            f"判定 {entry.verdict}，为第 {receipt.index} 条记录。",
        ),
        checkpoint_line(checkpoint, is_signed=receipt.note.is_signed),
    ]
    if not is_verified:
        told.append(
            Text(
                "No key was given, so this checkpoint is not verified: compare its root.",
                "未提供公钥，无法确认检查点的签名者：请自行比对根哈希。",
            )
        )
    return [each.in_language(language) for each in told]


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            source = stream.read(_LIMIT + 1)
        if len(source) > _LIMIT:
            raise _unreadable(file, "too large")
        return source.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, str(error)) from error


def _unreadable(file: Path, why: str) -> UsageError:
    return UsageError(
        Text(f"The receipt cannot be read: {file}: {why}", f"无法读取收据：{file}：{why}"),
        Text(
            "Write one with: launchpolicy ledger prove NAME",
            "请用 launchpolicy ledger prove 生成。",
        ),
    )
