"""`launchpolicy ledger keygen`: make a pair of keys for checkpoints."""

from __future__ import annotations

import os
from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.secret_files import write_secret
from launchpolicy.ledger.signing import is_key_name
from launchpolicy.operations.ledger.branch.entries import present_origin
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.ledger.branch.signing_key import VARIABLE, new_signer
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Make a key that signs the checkpoints of a ledger, into FILE; print its public half.

    NAME is the ledger's name: its origin, or another URL without scheme. Without NAME it is the
    origin of the ledger that is there, or `ledger.origin` of the configuration: standard clients
    expect that both agree. Give FILE's content to the job that appends (a secret), put the public
    half under `ledger.key` of the configuration.
    """,
    """生成用于签署上线日志检查点的密钥，写入 FILE，并打印公钥。

    NAME 为上线日志名称（来源名称或其他不带协议的 URL）。不写 NAME 时，取现有上线日志的来源名称，
    或配置中的 `ledger.origin`：标准客户端要求两者一致。将 FILE 的内容作为机密变量交给追加任务，
    将公钥写入配置的 `ledger.key`。
    """,
)


@click.command(help=_HELP)
@click.argument("name_and_file", nargs=-1, required=True, metavar="[NAME] FILE")
@language_option()
def command(name_and_file: tuple[str, ...], lang: str | None) -> int:
    """Write the private half into a file, never to the terminal; print the public half."""
    *names, path = name_and_file
    if len(names) > 1:
        raise click.UsageError(say("Give a NAME at most, and a FILE", "最多一个 NAME 和一个 FILE"))
    name = names[0] if names else origin_here()
    if not is_key_name(name):
        raise click.UsageError(
            say("NAME has spaces or `+`, or is not UTF-8", "NAME 不能包含空白或 `+`，且须为 UTF-8")
        )
    signer, file = new_signer(name), Path(path)
    write_secret(file, f"{signer.source}\n")
    click.echo(signer.verifier.source)
    message = Text(
        f"The signing key is in {file}: give it to the job as {VARIABLE}, and to nobody else.",
        f"签名密钥已写入 {file}：请以 {VARIABLE} 交给任务，切勿外泄。",
    )
    click.echo(message.in_language(chosen_language(lang)), err=True)
    return 0


def origin_here() -> str:
    """Return the name of the ledger of the repository that this is run in.

    Raises:
        UsageError: there is no ledger, and the configuration names none.
        LaunchpolicyError: there is no repository or no configuration.
    """
    start = Path.cwd()
    with open_repository(start) as repository:
        place = location_of(repository, LocationOptions(start), os.environ)
        origin = present_origin(place) or place.settings.origin
    if not origin:
        raise UsageError(
            Text(
                "There is no ledger yet, and the configuration does not name it.",
                "尚无上线日志，配置中也未写明其名称。",
            ),
            Text(
                "Give a NAME, set `ledger.origin`, or append first: launchpolicy ledger append",
                "请写明 NAME，设置 `ledger.origin`，或先运行 launchpolicy ledger append",
            ),
        )
    return origin
