"""The command `launchpolicy`: one module per subcommand, loaded only when it is called."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from launchpolicy import __version__
from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import is_colour_wanted
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import say, speak
from launchpolicy.cli.lazy import LazyGroup
from launchpolicy.hosts.platform import AddressSpaceBound
from launchpolicy.hosts.standard_streams import finish_standard_streams, prepare_standard_streams
from launchpolicy.policy.cel.memory import ALLOWANCE, bound_evaluations
from launchpolicy.vocabulary.errors import (
    LaunchpolicyError,
    OutputError,
    UndecidedError,
    UsageError,
)
from launchpolicy.vocabulary.text import LANGUAGES, Text

_COMMANDS = {
    "advance": "launchpolicy.cli.advance",
    "agenda": "launchpolicy.cli.agenda",
    "approve": "launchpolicy.cli.approve",
    "audit": "launchpolicy.cli.audit",
    "bundle": "launchpolicy.cli.bundle.group",
    "check": "launchpolicy.cli.check",
    "completion": "launchpolicy.cli.completion",
    "evidence": "launchpolicy.cli.evidence.group",
    "gate": "launchpolicy.cli.gate",
    "github": "launchpolicy.cli.github",
    "init": "launchpolicy.cli.init",
    "ledger": "launchpolicy.cli.ledger.group",
    "new": "launchpolicy.cli.new",
    "paper": "launchpolicy.cli.paper",
    "people": "launchpolicy.cli.people.group",
    "policy": "launchpolicy.cli.policy.group",
    "postpone": "launchpolicy.cli.postpone",
    "record": "launchpolicy.cli.record.group",
    "schema": "launchpolicy.cli.schema",
    "status": "launchpolicy.cli.status",
    "upgrade": "launchpolicy.cli.upgrade",
}

_UNEXPECTED, _INTERRUPTED, _TERMINATED = 3, 130, 143


def main() -> None:
    """Run the command; every way it can end has an exit code and no traceback."""
    sys.exit(_run_to_the_end())


def run_program() -> None:
    """Run the command and leave at once: taking the interpreter apart costs 15 ms.

    Standard output and error are written by then. Something that looks at the interpreter (a
    debugger, the measurement of coverage) ends it as usual, and so does `LAUNCHPOLICY_DEBUG`.
    """
    code = _run_to_the_end()
    if _is_watched():
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):  # what a report of a failed write has left
        with suppress(OSError, ValueError, OutputError):
            stream.flush()
    os._exit(code)


def _is_watched() -> bool:
    tools = {"coverage", "pdb", "cProfile", "tracemalloc"}
    is_traced = sys.gettrace() is not None or sys.getprofile() is not None
    return is_traced or not tools.isdisjoint(sys.modules) or "LAUNCHPOLICY_DEBUG" in os.environ


def _run_to_the_end() -> int:
    try:
        signal.signal(signal.SIGTERM, _end_in_order)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        bound_evaluations(AddressSpaceBound(ALLOWANCE))
        speak(sys.argv[1:])
        prepare_standard_streams()
        code = _run()
        try:
            finish_standard_streams()
        except OutputError as error:
            code = _report(error)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except _TerminationError:
        code = _TERMINATED
    return code


class _TerminationError(BaseException):
    """A request of the system to end (SIGTERM): what was begun is taken back on the way out."""


def _end_in_order(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _TerminationError


def program() -> click.Group:
    """Return the command with all its subcommands, with help in the language of this run."""

    @click.group(
        cls=LazyGroup,
        modules=_COMMANDS,
        help=_help(),
        epilog=_exit_codes(),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    @click.version_option(__version__, prog_name="launchpolicy")
    @click.option(
        "--lang",
        type=ChoiceType(LANGUAGES),
        expose_value=False,
        help=say("The language of messages.", "提示信息的语言。"),
    )
    @directory_option("-C", "--directory")
    @click.pass_context
    def command(ctx: click.Context) -> None:
        ctx.color = is_colour_wanted("auto", sys.stdout)

    return command


def _help() -> str:
    return say(
        """Decide whether a product launch may go ahead.

        Launch requests are YAML files; policies are YAML files with CEL expressions. See
        `launchpolicy check --help`.
        """,
        """判定产品上线能否继续。

        上线申请是 YAML 文件；策略是带 CEL 表达式的 YAML 文件。
        参见 `launchpolicy check --help`。
        """,
    )


def _exit_codes() -> str:
    return say(
        """\b
        Exit codes:
          0  pass: every request may go ahead
          1  blocked: a policy is not fulfilled
          2  malformed: a request, a policy, the configuration, or the command itself
          3  undecided: the tool could not know (git, clone, host); never a pass
        """,
        """\b
        退出码：
          0  通过：所有申请均可继续
          1  阻断：有策略不满足
          2  格式错误：申请、策略、配置或命令本身有误
          3  无法判定：工具无从得知（git、克隆、托管平台）；绝不等于通过
        """,
    )


def _run() -> int:
    try:
        code = program().main(prog_name="launchpolicy", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        with suppress(OutputError):  # the exit code stays, although nobody can read why
            _complain(error)
        code = error.exit_code
    except click.Abort:
        code = _INTERRUPTED
    except LaunchpolicyError as error:
        code = _report(error)
    except ModuleNotFoundError as error:
        code = _report(_incomplete(error))
    except FileNotFoundError as error:
        code = _UNEXPECTED
        if _has_current_folder():
            _complain_of_defect(error)
        else:
            code = _report(_no_current_folder())
    except Exception as error:  # noqa: BLE001 (the last resort: unexpected is undecided, not a pass)
        code = _report_last(error)
    return code if isinstance(code, int) else 0


def _report_last(error: Exception) -> int:
    """Report what no other place expects; where memory ran out, with as little as possible."""
    if "LAUNCHPOLICY_DEBUG" not in os.environ:
        error.__traceback__ = None  # it holds everything that was in memory
    try:
        from launchpolicy.cli.known_causes import known_cause  # noqa: PLC0415 (rarely needed)

        cause = known_cause(error)
        if cause is not None:
            return _report(cause)
        _complain_of_defect(error)
    except (MemoryError, ImportError, OSError) as failure:
        reason = getattr(failure, "strerror", None) or "Memory ran out"
        os.write(2, f"launchpolicy: {reason}.\n".encode())
    return _UNEXPECTED


def _has_current_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def _no_current_folder() -> UsageError:
    return UsageError(
        Text(
            "The current folder no longer exists.",
            "当前目录已不存在。",
        ),
        Text("Change to another folder and run the command again.", "请进入其他目录后重新运行。"),
    )


def _complain_of_defect(error: Exception) -> None:
    with suppress(OutputError):
        report_unexpected(error)


def _incomplete(error: ModuleNotFoundError) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The library {error.name}, which launchpolicy needs, is not installed.",
            f"launchpolicy 所需的程序库 {error.name} 尚未安装。",
        ),
        Text(
            "Install launchpolicy again: its installation is not complete.",
            "安装不完整，请重新安装 launchpolicy。",
        ),
    )


def _complain(error: click.ClickException) -> None:
    # Loaded here on purpose: only a mistake needs it.
    from launchpolicy.cli.complaint import complain  # noqa: PLC0415

    complain(error)


def _report(error: LaunchpolicyError) -> int:
    # Loaded here on purpose, like `escape` below: only what fails needs them.
    from launchpolicy.cli.errors import report_failure  # noqa: PLC0415

    with suppress(OutputError):
        report_failure(error)
    return error.exit_code


def report_unexpected(error: Exception) -> None:
    """Write one sentence, and a traceback only for those who ask for it."""
    from launchpolicy.reporters.text.escaping import escape  # noqa: PLC0415

    name = type(error).__name__
    click.echo(
        say(
            f"launchpolicy: unexpected {name}: {escape(str(error))}",
            f"launchpolicy：意外的 {name}：{escape(str(error))}",
        ),
        err=True,
    )
    if os.environ.get("LAUNCHPOLICY_DEBUG"):
        import traceback  # noqa: PLC0415 (only a defect needs it)

        click.echo("".join(traceback.format_exception(error)), err=True)
        return
    click.echo(
        say(
            "This is a defect of launchpolicy, not of your request. Please report it with the"
            " output of the same command under LAUNCHPOLICY_DEBUG=1.",
            "这是 launchpolicy 的缺陷，并非申请有误。"
            "请用 LAUNCHPOLICY_DEBUG=1 重新运行并提交输出。",
        ),
        err=True,
    )


if __name__ == "__main__":
    run_program()
