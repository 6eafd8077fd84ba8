"""`launchpolicy policy clauses`: list what serves each clause of the source documents."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.colour import width_of_terminal
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.policy.options import format_option
from launchpolicy.engine.analysis.clause_coverage import measure_clauses
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.papers.registry import PAPERS
from launchpolicy.policy.policy import Pack
from launchpolicy.reporters.clause_coverage import FORMATS


@click.command(
    help=say(
        "List every clause of the source documents with what serves it; a gap is exit code 1.",
        "列出来源文件的每一条款及其落实方式；存在缺口时退出码为 1。",
    )
)
@format_option(FORMATS, default="table")
@language_option()
def command(format_: str, lang: str | None) -> int:
    """Return exit code 1 with a gap, or with a citation of a clause that does not exist."""
    clauses = shipped_files.clauses()
    papers = {name: paper.clauses for name, paper in PAPERS.items()}
    coverage = measure_clauses(clauses, _packs(), papers, {})
    width = width_of_terminal()
    text = FORMATS[format_](clauses, coverage, chosen_language(lang), width)
    print_pieces(format_, [text], keeps_colour=False)
    return 1 if coverage.gaps or coverage.misquoted else 0


def _packs() -> list[Pack]:
    """Return the shipped packs, and those of the launch repository around, as it binds them."""
    packs = {name: shipped_files.pack(name) for name in shipped_files.pack_names()}
    root = launch_root(Path.cwd())
    if root is not None:
        packs |= load_rules(WorkTreeSnapshot(root)).packs
    return list(packs.values())
