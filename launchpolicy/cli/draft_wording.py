"""Word what is left to do with a request that was just written: its answers, and its commit."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text


def answers_left(count: int) -> Text:
    """Return how many questions of a draft are open."""
    english = "1 answer is" if count == 1 else f"{count} answers are"
    return Text(
        f"{english} left to give: replace each TODO.", f"还有 {count} 项须填写：请逐一替换 TODO。"
    )


def commit_command(folder: str, message: Text, branch: str, remote: str) -> Text:
    """Return the command that commits the folder of a request, and pushes where there is a remote.

    Args:
        folder: the folder of the request.
        message: the message of the commit, in the language of the person.
        branch: the branch to push; "" for the one that is checked out.
        remote: the remote to push to; "" without one.
    """
    push = f" && git push -u {remote} {branch or 'HEAD'}" if remote else ""
    return Text(
        *(
            f'git add {folder} && git commit -m "{message.in_language(language)}"{push}'
            for language in ("en", "zh")
        )
    )
