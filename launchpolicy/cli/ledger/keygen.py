"""`launchpolicy ledger keygen`: make a pair of keys for checkpoints."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.secret_files import write_secret
from launchpolicy.ledger.signing import is_key_name
from launchpolicy.operations.ledger.signing_key import VARIABLE, new_signer
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Make a key that signs the checkpoints of a ledger, into FILE; print its public half.

    NAME is the ledger's name: its origin, or another URL without scheme. Give FILE's content to the
    job that appends (a secret), put the public half under `ledger.key` of the configuration.
    """,
    """生成用于签署上线日志检查点的密钥，写入 FILE，并打印公钥。

    NAME 为上线日志名称（来源名称或其他不带协议的 URL）。将 FILE 的内容作为机密变量交给追加任务，
    将公钥写入配置的 `ledger.key`。
    """,
)


@click.command(help=_HELP)
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@language_option()
def command(name: str, file: Path, lang: str | None) -> int:
    """Write the private half into a file, never to the terminal; print the public half."""
    if not is_key_name(name):
        raise click.UsageError(
            say("NAME has spaces or `+`, or is not UTF-8", "NAME 不能包含空白或 `+`，且须为 UTF-8")
        )
    signer = new_signer(name)
    write_secret(file, f"{signer.source}\n")
    click.echo(signer.verifier.source)
    message = Text(
        f"The signing key is in {file}: give it to the job as {VARIABLE}, and to nobody else.",
        f"签名密钥已写入 {file}：请以 {VARIABLE} 交给任务，切勿外泄。",
    )
    click.echo(message.in_language(chosen_language(lang)), err=True)
    return 0
