"""`launchpolicy completion SHELL`: print the script that completes commands, options and ids."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say

_SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_LAUNCHPOLICY_COMPLETE"


@click.command(
    help=say(
        """Print the script that completes commands, options and ids in SHELL.

        \b
          eval "$(launchpolicy completion bash)"       # in ~/.bashrc
          eval "$(launchpolicy completion zsh)"        # in ~/.zshrc
          launchpolicy completion fish > ~/.config/fish/completions/launchpolicy.fish
        """,
        """输出补全脚本：在 SHELL 中补全命令、选项和标识。

        \b
          eval "$(launchpolicy completion bash)"       # 写入 ~/.bashrc
          eval "$(launchpolicy completion zsh)"        # 写入 ~/.zshrc
          launchpolicy completion fish > ~/.config/fish/completions/launchpolicy.fish
        """,
    )
)
@click.argument("shell", type=ChoiceType(_SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the script, which calls this program with a variable that asks for completions."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(say(f"click knows no {shell}", f"click 不支持 {shell}"), ctx)
    click.echo(completion(ctx.find_root().command, {}, "launchpolicy", _VARIABLE).source())
    return 0
