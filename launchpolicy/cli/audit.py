"""`launchpolicy audit`: write what an auditor asks of the ledger, and check such a package."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.ignored_options import refuse_ignored
from launchpolicy.cli.language import chosen_language, say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.period import PeriodEndType
from launchpolicy.cli.prose import print_prose
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Write an audit of the release ledger into a folder, or check one with --check.

    The folder holds a report that prints (index.html), a page and receipts for each launch of a
    random sample, tables (CSV), everything as JSON, the checkpoints of the period with proofs, and
    a manifest, which is signed if LAUNCHPOLICY_LEDGER_KEY is set.

    \b
      launchpolicy audit --since 2026-01-01 --until 2026-12-31 --output audit-2026
      launchpolicy audit --since 2026-01-01 --sample 40 --seed 'a word of yours' --output audit
      launchpolicy audit --check audit-2026 --key "acme.example/launches+65c389c6+AdsR…"

    \b
    Exit codes: 0 written, or checked and good; 1 ledger and history differ (the report is written
    and says where), the ledger is damaged, or the package is not good; 2 usage; 3 undecided.
    """,
    """将上线日志的审计报告写入目录，或用 --check 核验审计包。

    目录包含可打印的报告（index.html）、随机样本中每次上线的页面和收据、表格（CSV）、
    全部数据（JSON）、期初期末检查点及证明，以及文件清单；
    设置 LAUNCHPOLICY_LEDGER_KEY 时对清单签名。

    \b
      launchpolicy audit --since 2026-01-01 --until 2026-12-31 --output audit-2026
      launchpolicy audit --since 2026-01-01 --sample 40 --seed '您选定的词' --output audit
      launchpolicy audit --check audit-2026 --key "acme.example/launches+65c389c6+AdsR…"

    \b
    退出码：0 已写入，或核验无误；1 上线日志与历史不符（报告已写入并注明位置）、
    上线日志已损坏，或审计包有误；2 用法错误；3 无法判定。
    """,
)


@dataclass(frozen=True, slots=True)
class _AuditChoices:
    """What the command line asks for."""

    since: datetime | None
    until: datetime | None
    sample: int
    seed: str


@click.command(help=_HELP)
@ledger_options
@click.option(
    "--since",
    type=PeriodEndType(is_end=False),
    help=say("The first day (UTC), or a time.", "起始日（UTC）或时间。"),
)
@click.option(
    "--until",
    type=PeriodEndType(is_end=True),
    help=say(
        "The last day (UTC), or the time at which the period ends.", "截止日（UTC，含）或截止时间。"
    ),
)
@click.option(
    "--sample",
    type=click.IntRange(0, 100_000),
    default=25,
    show_default=True,
    help=say("How many launches are drawn.", "抽样的上线次数。"),
)
@click.option(
    "--seed",
    default="",
    metavar="TEXT",
    help=say(
        "Of the sample; without it, the root of the ledger at the end of the period.",
        "抽样种子；不填则使用期末根哈希。",
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help=say("A new or empty folder.", "新目录或空目录。"),
)
@click.option(
    "--check",
    "package",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help=say("Check the package in this folder, offline.", "离线核验该目录中的审计包。"),
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    help=say("Verifier key, for --check.", "验证公钥，用于 --check。"),
)
def command(  # noqa: PLR0913 (one argument an option)
    options: LedgerOptions,
    *,
    since: datetime | None,
    until: datetime | None,
    sample: int,
    seed: str,
    output: Path | None,
    package: Path | None,
    keys: tuple[str, ...],
) -> int:
    """Write the package, or check one; return the exit code."""
    if output is None and package is None:
        raise _nothing_to_do()
    if package is not None:
        refuse_ignored(_OF_OUTPUT, "--check")
        return _check(package, keys, options.lang)
    if since is not None and until is not None and since >= until:
        raise _no_period()
    if output is None or keys:
        raise _key_without_check()
    return _write(options, _AuditChoices(since, until, sample, seed), output)


def _write(options: LedgerOptions, choices: _AuditChoices, output: Path) -> int:
    # Loaded here on purpose: --check needs no git, and help none of this.
    from launchpolicy.operations.audit.collect import AuditOptions, collect_audit  # noqa: PLC0415
    from launchpolicy.operations.audit.package import write_package  # noqa: PLC0415
    from launchpolicy.operations.ledger.branch.signing_key import signer_from  # noqa: PLC0415
    from launchpolicy.reporters.audit.summary import summary  # noqa: PLC0415

    signer = signer_from(os.environ)
    with open_ledger(options) as (place, view):
        audit_options = AuditOptions(choices.since, choices.until, choices.sample, choices.seed)
        report = collect_audit(place, audit_options, view.language)
        count = write_package(place, report, output, signer)
        lines = summary(report, count, str(output), is_signed=signer is not None)
        for line in lines:
            print_prose(line)
    return 1 if report.is_broken else 0


def _check(package: Path, keys: tuple[str, ...], lang: str | None) -> int:
    from launchpolicy.ledger.signing import verifier_of  # noqa: PLC0415 (only --check)
    from launchpolicy.operations.audit.check_package import check_package  # noqa: PLC0415
    from launchpolicy.reporters.audit.summary import check_summary  # noqa: PLC0415

    outcome = check_package(package, [verifier_of(key) for key in keys])
    lines = check_summary(outcome.facts, outcome.complaints, chosen_language(lang))
    for line in lines:
        print_prose(line, err=bool(outcome.complaints))
    return 1 if outcome.complaints else 0


_OF_OUTPUT = ("output", "since", "until", "sample", "seed", "head", "remote", "rules")
"""The parameters that say what is written, which a check of a package does not look at."""


def _nothing_to_do() -> UsageError:
    return UsageError(
        Text(
            "Nothing says whether an audit is to be written or checked.",
            "没有写明是生成审计还是核验审计。",
        ),
        Text(
            "Write one: launchpolicy audit --since 2026-01-01 --output FOLDER. Check one:"
            " launchpolicy audit --check FOLDER",
            "生成：launchpolicy audit --since 2026-01-01 --output FOLDER；"
            "核验：launchpolicy audit --check FOLDER",
        ),
    )


def _no_period() -> UsageError:
    return UsageError(
        Text("The period ends no later than it begins.", "期间的结束不晚于开始。"),
        Text("Correct --since or --until.", "请更正 --since 或 --until。"),
    )


def _key_without_check() -> UsageError:
    return UsageError(
        Text("--key is for --check.", "--key 仅用于 --check。"),
        Text(
            "To sign a package, put the signing key into LAUNCHPOLICY_LEDGER_KEY.",
            "如需对审计包签名，请把签名密钥放入环境变量 LAUNCHPOLICY_LEDGER_KEY。",
        ),
    )
