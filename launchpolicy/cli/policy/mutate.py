"""`launchpolicy policy mutate`: measure which mistakes in a policy its cases notice."""

from __future__ import annotations

import json
from pathlib import Path

import click

from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.policy.options import format_option, jobs_option
from launchpolicy.hosts.output_files import deliver
from launchpolicy.hosts.write_errors import ANOTHER_FILE, not_writable, write_error
from launchpolicy.operations.policy.mutate import Selection, mutate_packs
from launchpolicy.reporters.mutation import FORMATS, as_json
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@click.command(
    help=say(
        "Make one mistake after the other in each policy of the packs in FOLDERS, and list those "
        "that none of its cases notices; exit code 1 when there are any.",
        "对目录（FOLDERS）中策略包的每项策略逐一作出变异，列出没有用例能发现的变异；"
        "存在此类变异时退出码为 1。",
    )
)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--changed",
    is_flag=True,
    help=say("Only policies that differ from the base.", "仅限与基准不同的策略。"),
)
@click.option(
    "--base",
    help=say(
        "The branch that --changed compares with.  [default: the main branch]",
        "--changed 所比较的分支。[默认：主分支]",
    ),
)
@jobs_option()
@format_option(FORMATS)
@click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Write the figures of the packs to a file, too.", "同时将各策略包的数据写入文件。"),
)
@language_option()
def command(  # noqa: PLR0913 (one parameter for each option)
    folders: tuple[Path, ...],
    *,
    changed: bool,
    base: str | None,
    jobs: int,
    format_: str,
    write: Path | None,
    lang: str | None,
) -> int:
    """Return exit code 1 when a mistake is not noticed, one is outdated, or a case fails."""
    language = chosen_language(lang)
    if base is not None and not changed:
        raise _base_for_nothing()
    if write is not None and changed:
        raise _part_of_a_pack()
    kept = _kept_figures(write) if write is not None else {}
    selection = Selection(base) if changed else None
    results = tuple(mutate_packs(folders, Path.cwd(), jobs, selection))
    text = FORMATS[format_](results, language)
    print_pieces(format_, [text], keeps_colour=False)
    if write is not None:
        _write_figures(write, kept, json.loads(as_json(results, language))["packs"])
    return int(any(one.survivors or one.outdated or one.failing for one in results))


def _base_for_nothing() -> UsageError:
    return UsageError(
        Text("--base is for --changed.", "--base 须与 --changed 一起使用。"),
        Text("Add --changed.", "请加上 --changed。"),
    )


def _part_of_a_pack() -> UsageError:
    return UsageError(
        Text("--write writes the figures of whole packs.", "--write 只写入整个策略包的数据。"),
        Text("Leave out --changed.", "请去掉 --changed。"),
    )


def _kept_figures(file: Path) -> dict[str, object]:
    """Return the figures of packs that the file holds; none where it is not there.

    Raises:
        UsageError: it cannot be read, or holds something else.
    """
    try:
        figures = json.loads(file.read_text("utf-8")) if file.exists() else {}
    except OSError as error:
        raise write_error(file, error, ANOTHER_FILE) from error
    except (ValueError, RecursionError):
        figures = None
    if not isinstance(figures, dict):
        raise not_writable(
            file,
            Text("it holds something else than figures of packs", "其中不是策略包的数据"),
            ANOTHER_FILE,
        )
    return figures


def _write_figures(file: Path, kept: dict[str, object], packs: dict[str, object]) -> None:
    """Write the figures of these packs; those of others in the file stay."""
    figures = dict(sorted({**kept, **packs}.items()))
    deliver([json.dumps(figures, indent=2) + "\n"], file)
