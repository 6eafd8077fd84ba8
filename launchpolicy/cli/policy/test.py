"""`launchpolicy policy test`: run the test cases beside each policy."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.policy_test import PolicyTestResult, run_pack_tests
from launchpolicy.operations.rules import load_configuration
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
@directory_option()
def command(folders: tuple[Path, ...], lang: str | None, *, if_any: bool, verbose: bool) -> int:
    """Return exit code 1 when a case does not come out as expected, else 0."""
    language = chosen_language(lang)
    if if_any and not folders and not _has_own_policies(Path.cwd()):
        click.echo(
            {
                "en": "This repository has no policies of its own, so there is nothing to test.",
                "zh": "该仓库没有自有策略，无需测试。",
            }[language]
        )
        return 0
    policies = cases = failures = 0
    for result in run_pack_tests(folders, Path.cwd()):
        policies += 1
        cases += len(result.cases)
        failures += _print(result, language, verbose=verbose)
    passed = cases - failures
    click.echo(
        {
            "en": f"{quantity(policies, 'policy', 'policies')}, {quantity(cases, 'case')}:"
            f" {passed} as expected, {failures} not",
            "zh": f"{policies} 条策略，{cases} 个用例：{passed} 个符合预期，{failures} 个不符合",
        }[language]
    )
    return 1 if failures else 0


def _has_own_policies(start: Path) -> bool:
    """Return whether there is any YAML where the configuration expects packs."""
    snapshot = WorkTreeSnapshot(require_launch_root(start))
    _, configuration = load_configuration(snapshot)
    return any(
        entry.path.endswith((".yaml", ".yml"))
        for folder in configuration.pack_folders
        for entry in snapshot.entries(folder)
    )


def _print(result: PolicyTestResult, language: Language, *, verbose: bool) -> int:
    """Print one policy's cases; return the number of those that did not come out."""
    wrong = [case for case in result.cases if case.problem is not None]
    mark = click.style("✗", fg="red") if wrong else click.style("✓", fg="green")
    if wrong or verbose:
        click.echo(f"{mark} {result.pack}/{result.policy}  {result.path}")
    for case in result.cases:
        if case.problem is not None:
            problem = escape(case.problem.in_language(language))
            click.echo(f"  ✗ {escape(case.name)} ({case.expected}): {problem}")
        elif verbose:
            click.echo(f"  ✓ {escape(case.name)} ({case.expected})")
    return len(wrong)
