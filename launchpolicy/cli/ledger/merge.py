"""`launchpolicy ledger merge`: write several ledgers as one dataset."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.ledger.signing import verifier_of
from launchpolicy.operations.ledger.exports.export import write_dataset
from launchpolicy.operations.ledger.exports.other_ledgers import ledger_in
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.reporters.text.escaping import escape

_HELP = say(
    """Fold the ledgers of several REPOSITORIES (clones, bare or not) into one dataset in FOLDER.

    Every row says which ledger it is from, and `ledgers.json` keeps the checkpoint of each. With
    --key, each checkpoint must be signed by one of the keys.

    \b
      launchpolicy ledger merge dataset ../payments ../search --format parquet
    """,
    """将多个仓库 REPOSITORIES（克隆或裸仓库）的上线日志汇总为 FOLDER 中的一个数据集。

    每一行都注明来自哪个上线日志，`ledgers.json` 保存各上线日志的检查点。
    指定 --key 时，每个检查点都必须由其中一个密钥签名。

    \b
      launchpolicy ledger merge dataset ../payments ../search --format parquet
    """,
)


@click.command(help=_HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument(
    "repositories",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
)
@click.option("--branch", default="launch-ledger", show_default=True)
@click.option("--key", "keys", multiple=True, help=say("Verifier key.", "验证公钥。"))
@click.option(
    "--format", "format_", type=ChoiceType(list(EXPORTERS)), default="parquet", show_default=True
)
def command(
    folder: Path, repositories: tuple[Path, ...], branch: str, keys: tuple[str, ...], format_: str
) -> int:
    """Print the files that were written; return 0."""
    verifiers = [verifier_of(key) for key in keys]
    with ExitStack() as stack:
        ledgers = [stack.enter_context(ledger_in(path, branch, verifiers)) for path in repositories]
        for name in write_dataset(ledgers, folder, format_):
            click.echo(escape(str(folder / name)))
    return 0
