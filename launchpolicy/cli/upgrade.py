"""`launchpolicy upgrade`: move what older versions wanted elsewhere in requests that are open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.operations.launch_repository import find_launch_repository
from launchpolicy.operations.upgrade import UpgradedRequest, upgrade
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Move what stands in open requests where an older version wanted it.

    Open is a request at the stage requested that the base does not have yet. Merged requests stay
    as they are, and are judged as they were then. Comments and layout are kept.

    \b
      launchpolicy upgrade --check
    """,
    """将未合并的申请中按旧版位置填写的内容移到新位置。

    未合并的申请指处于已申请（`requested`）阶段、基准分支中尚不存在的申请。已合并的申请保持不变，
    仍按当时的规则判定。注释和排版保持不变。

    \b
      launchpolicy upgrade --check
    """,
)


@click.command(help=_HELP)
@click.option(
    "--check",
    "is_dry",
    is_flag=True,
    help=say(
        "Write nothing; exit 1 if something is to be moved.", "不写入；有待移动时退出码为 1。"
    ),
)
@click.option("--base", help=say("The branch to merge into.", "要合并到的分支。"))
@language_option()
def command(base: str | None, lang: str | None, *, is_dry: bool) -> int:
    """Return the exit code: 0 all is where it belongs now, 1 with --check it is not, 2 an error."""
    place = find_launch_repository(Path())
    language = chosen_language(lang, place.rules.configuration.language)
    upgraded = upgrade(place, base, is_dry=is_dry)
    for line in _summary(upgraded, is_dry=is_dry):
        print_prose(line.in_language(language))
    return 1 if is_dry and upgraded else 0


def _summary(upgraded: tuple[UpgradedRequest, ...], *, is_dry: bool) -> Iterator[Text]:
    if not upgraded:
        yield Text("Every open request is up to date.", "所有未合并的申请均为最新格式。")
        return
    done = Text("To be moved", "待移动") if is_dry else Text("Moved", "已移动")
    for request in upgraded:
        for old, new in request.moves:
            yield Text(
                f"{done.en}: {request.path}: {old} → {new}",
                f"{done.zh}：{request.path}：{old} → {new}",
            )
    yield Text(
        "What was recorded before the approval is done again after it; run launchpolicy check.",
        "批准之前登记的事项须在批准之后重新进行：运行 launchpolicy check 查看。",
    )
