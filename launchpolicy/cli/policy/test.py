"""`launchpolicy policy test`: run the test cases beside each policy."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.policy.coverage_options import (
    CoverageOptions,
    coverage_options,
    report_coverage,
)
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.policy.test import PolicyTestResult, run_pack_tests
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, quantity


@click.command(
    help=say(
        "Run the test cases of the packs in FOLDERS (default: those of the configuration).",
        "运行目录（FOLDERS）中策略包的测试用例；默认测试配置中的策略包。",
    )
)
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@language_option()
@click.option(
    "--if-any",
    is_flag=True,
    help=say(
        "Pass when the repository has no policies of its own.", "仓库没有自有策略时直接通过。"
    ),
)
@click.option("-v", "--verbose", is_flag=True, help=say("List every case.", "列出所有用例。"))
@coverage_options()
@directory_option()
def command(  # noqa: PLR0913 (one parameter for each option)
    folders: tuple[Path, ...],
    lang: str | None,
    *,
    if_any: bool,
    verbose: bool,
    coverage: bool,
    coverage_format: str | None,
    coverage_file: Path | None,
    coverage_floor: float | None,
) -> int:
    """Return exit code 1 when a case does not come out as expected, or too little is seen."""
    language = chosen_language(lang)
    is_wanted = coverage or any(
        option is not None for option in (coverage_format, coverage_file, coverage_floor)
    )
    options = CoverageOptions(is_wanted, coverage_format, coverage_file, coverage_floor)
    if if_any and not folders and not _has_own_policies(Path.cwd()):
        click.echo(
            {
                "en": "This repository has no policies of its own, so there is nothing to test.",
                "zh": "该仓库没有自有策略，无需测试。",
            }[language]
        )
        return 0
    failures = _run(folders, language, verbose=verbose, to_error=options.takes_output)
    reaches_floor = not is_wanted or report_coverage(options, folders, language)
    return 1 if failures or not reaches_floor else 0


def _run(folders: tuple[Path, ...], language: Language, *, verbose: bool, to_error: bool) -> int:
    """Run the cases and print what came of them; return how many did not come out."""
    policies = cases = failures = 0
    for result in run_pack_tests(folders, Path.cwd()):
        policies += 1
        cases += len(result.cases)
        failures += _print(result, language, verbose=verbose, to_error=to_error)
    passed = cases - failures
    click.echo(
        {
            "en": f"{quantity(policies, 'policy', 'policies')}, {quantity(cases, 'case')}:"
            f" {passed} as expected, {failures} not",
            "zh": f"{policies} 条策略，{cases} 个用例：{passed} 个符合预期，{failures} 个不符合",
        }[language],
        err=to_error,
    )
    return failures


def _has_own_policies(start: Path) -> bool:
    """Return whether there is any YAML where the configuration expects packs."""
    snapshot = WorkTreeSnapshot(require_launch_root(start))
    _, configuration = load_configuration(snapshot)
    return any(
        entry.path.endswith((".yaml", ".yml"))
        for folder in configuration.pack_folders
        for entry in snapshot.entries(folder)
    )


def _print(result: PolicyTestResult, language: Language, *, verbose: bool, to_error: bool) -> int:
    """Print one policy's cases; return the number of those that did not come out."""
    wrong = [case for case in result.cases if case.problem is not None]
    mark = click.style("✗", fg="red") if wrong else click.style("✓", fg="green")
    if wrong or verbose or result.note is not None:
        click.echo(f"{mark} {result.pack}/{result.policy}  {result.path}", err=to_error)
    for case in result.cases:
        if case.problem is not None:
            problem = escape(case.problem.in_language(language))
            click.echo(f"  ✗ {escape(case.name)} ({case.expected}): {problem}", err=to_error)
        elif verbose:
            click.echo(f"  ✓ {escape(case.name)} ({case.expected})", err=to_error)
    if result.note is not None:
        click.echo(f"  ! {escape(result.note.in_language(language))}", err=to_error)
    return len(wrong)
