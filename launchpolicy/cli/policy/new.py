"""`launchpolicy policy new ID --kind KIND`: write a policy that works, to go on from."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.documents.editing import one_line_yaml
from launchpolicy.operations.policy.new import DraftArguments, DraftedPolicy, draft_policy
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.text import Language, Text

_HELP = say(
    """Write a policy ID for documents of a KIND, with its binding and its test cases.

    It works at once; go on from there. No file is overwritten, and the configuration stays as it
    is: the command says which line takes the pack into use.

    \b
      launchpolicy policy new watcher-named --kind LaunchRequest
      launchpolicy policy new waiver-argued --kind Waiver --pack own-waivers
    """,
    """为指定类型（KIND）的文档新建策略（ID），并写好绑定和用例。

    新建的策略立即可用，可在其上修改。不会覆盖任何文件，也不改动配置：命令会说明启用策略包需添加哪一行。

    \b
      launchpolicy policy new watcher-named --kind LaunchRequest
      launchpolicy policy new waiver-argued --kind Waiver --pack own-waivers
    """,
)


@click.command(help=_HELP)
@click.argument("policy_id", metavar="ID")
@click.option(
    "--kind",
    required=True,
    metavar="KIND",
    help=say("The kind of document that it judges.", "所判定的文档类型。"),
)
@click.option(
    "--pack",
    metavar="PACK",
    help=say(
        "The pack to write it into (default: the one there is, else `own`).",
        "写入哪个策略包（默认：仅有的一个，否则为 `own`）。",
    ),
)
@language_option()
def command(policy_id: str, kind: str, pack: str | None, lang: str | None) -> int:
    """Return the exit code: 0 written, 2 a name cannot be used, and nothing is written then."""
    language = chosen_language(lang) if lang is not None else None
    draft = draft_policy(DraftArguments(policy_id, kind, pack), Path.cwd(), language)
    spoken = chosen_language(lang, draft.configuration.language)
    for line in [*_written_files(draft, spoken), *_lines_about_use(draft, spoken)]:
        print_prose(line)
    return 0


def _written_files(draft: DraftedPolicy, language: Language) -> list[str]:
    messages = [Text(f"Written: {path}", f"已写入：{path}") for path in draft.files]
    test = f"launchpolicy policy test {draft.folder}"
    messages.append(Text(f"Test it: {test}", f"运行用例：{test}"))
    return [text.in_language(language) for text in messages]


def _lines_about_use(draft: DraftedPolicy, language: Language) -> list[str]:
    """Return what to change in the configuration so that `check` judges by the pack."""
    configuration, pack = draft.configuration, draft.pack
    lines = _lines_to_write(draft)
    if not lines:
        used = Text(
            f"The pack {pack} is in use: {FILE} lists it.", f"策略包 {pack} 已启用：{FILE} 已列出。"
        )
        return [used.in_language(language)]
    several = len(configuration.processes) > 1 and draft.kind.process
    head = Text(
        f"To take it into use, list the pack in {FILE}"
        + (", in each process that it is for:" if several else ":"),
        f"如需启用，请在 {FILE} 中列出该策略包" + ("（写入适用的每个流程）：" if several else "："),
    )
    return [head.in_language(language), *(f"  {line}" for line in lines)]


def _lines_to_write(draft: DraftedPolicy) -> list[str]:
    """Return the lines that list the pack for its kind; none where it is listed."""
    configuration, kind, pack = draft.configuration, draft.kind, draft.pack
    if pack in configuration.mandatory or pack in kind.packs:
        return []
    if kind.process and configuration.processes:
        if any(pack in packs for packs in configuration.processes.values()):
            return []
        processes = configuration.processes.items()
        return [
            "processes:",
            *(f"  {name}: {one_line_yaml([*packs, pack])}" for name, packs in processes),
        ]
    declaration = next(
        (declared_kind for declared_kind in configuration.kinds if declared_kind.name == kind.name),
        None,
    )
    if declaration is not None:
        return [
            "kinds:",
            f"  - name: {kind.name}",
            f"    packs: {one_line_yaml([*declaration.packs, pack])}",
        ]
    return [f"mandatory: {one_line_yaml([*configuration.mandatory, pack])}"]
