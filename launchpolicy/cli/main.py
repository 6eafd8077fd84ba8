"""The command `launchpolicy`: one module per subcommand, loaded only when it is called."""

from __future__ import annotations

import os
import sys

import click

from launchpolicy import __version__
from launchpolicy.cli.lazy import LazyGroup
from launchpolicy.vocabulary.errors import LaunchpolicyError

_COMMANDS = {
    "advance": "launchpolicy.cli.advance",
    "approve": "launchpolicy.cli.approve",
    "check": "launchpolicy.cli.check",
    "evidence": "launchpolicy.cli.evidence",
    "github": "launchpolicy.cli.github",
    "init": "launchpolicy.cli.init",
    "ledger": "launchpolicy.cli.ledger",
    "new": "launchpolicy.cli.new",
    "paper": "launchpolicy.cli.paper",
    "people": "launchpolicy.cli.people",
    "policy": "launchpolicy.cli.policy",
    "schema": "launchpolicy.cli.schema",
    "status": "launchpolicy.cli.status",
}

EXIT_CODES = """\b
Exit codes:
  0  pass: every request may go ahead
  1  blocked: a policy is not fulfilled
  2  malformed: a request, a policy, the configuration, or the command itself
  3  undecided: the tool could not know (git, clone, host); never a pass
"""

_UNEXPECTED = 3
_INTERRUPTED = 130


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="launchpolicy")
def command() -> None:
    """Decide whether a product launch may go ahead.

    Launch requests are YAML files; policies are YAML files with CEL expressions. See
    `launchpolicy check --help`.
    """


def main() -> None:
    """Runs the command; every way it can end has an exit code and no traceback."""
    try:
        code = command.main(prog_name="launchpolicy", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        code = _INTERRUPTED
    except LaunchpolicyError as error:
        # Loaded here on purpose, like `escape` below: only what fails needs them.
        from launchpolicy.cli.failing import report_failure  # noqa: PLC0415

        report_failure(error)
        code = error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _UNEXPECTED
    except Exception as error:  # noqa: BLE001 (the last resort: unexpected is undecided, not a pass)
        report_unexpected(error)
        code = _UNEXPECTED
    sys.exit(code if isinstance(code, int) else 0)


def report_unexpected(error: Exception) -> None:
    """One sentence, and a traceback only for those who ask for it."""
    from launchpolicy.reporters.text.escaping import escape  # noqa: PLC0415

    click.echo(f"launchpolicy: unexpected {type(error).__name__}: {escape(str(error))}", err=True)
    if os.environ.get("LAUNCHPOLICY_DEBUG"):
        raise error
    click.echo(
        "This is a defect of launchpolicy, not of your request. Please report it with the output"
        " of the same command under LAUNCHPOLICY_DEBUG=1.\n"
        "这是 launchpolicy 的缺陷，并非申请有误。请用 LAUNCHPOLICY_DEBUG=1 重新运行并提交输出。",
        err=True,
    )


if __name__ == "__main__":
    main()
