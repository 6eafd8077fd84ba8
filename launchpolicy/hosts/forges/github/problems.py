"""What GitHub can leave unsaid or say wrongly; all of it is undecided, never a pass (threat O9)."""

from __future__ import annotations

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_AGAIN = Text(
    "Run the check again; if it happens again, look at GitHub's status and the token's "
    "permissions.",
    "请重新运行检查；若再次出现，请查看 GitHub 的状态以及令牌的权限。",
)


def no_answer(asked: str, why: str) -> UndecidedError:
    """Return the error that the host did not answer, or not with success."""
    return UndecidedError(
        Text(f"GitHub did not answer {asked}: {why}.", f"GitHub 未能应答 {asked}：{why}。"), _AGAIN
    )


def odd_answer(asked: str, what: str) -> UndecidedError:
    """Return the error that the host's answer is not what it says it is."""
    return UndecidedError(
        Text(
            f"GitHub's answer to {asked} cannot be used: {what}.",
            f"GitHub 对 {asked} 的应答无法使用：{what}。",
        ),
        _AGAIN,
    )


class RefusedError(UndecidedError):
    """GitHub took a question for what it is and refused it, with this status."""

    def __init__(self, problem: Text, remedy: Text, status: int) -> None:
        super().__init__(problem, remedy)
        self.status = status


def refusal(asked: str, status: int) -> RefusedError:
    """Return the error that the token may not do this, or that the thing is not there."""
    return RefusedError(
        Text(
            f"GitHub refused {asked} with status {status}.",
            f"GitHub 拒绝了 {asked}，状态码 {status}。",
        ),
        Text(
            "Give the job the permissions contents: read, pull-requests: write, checks: write, and "
            "check that the repository and the pull request exist.",
            "请为该任务授予 contents: read、pull-requests: write、checks: write 权限，"
            "并确认仓库与合并请求存在。",
        ),
        status,
    )


def no_event(why: str) -> UndecidedError:
    """Return the error that the run does not say which pull request it is about."""
    return UndecidedError(
        Text(
            f"This run does not say which pull request it is about: {why}.",
            f"本次运行没有说明针对哪个合并请求：{why}。",
        ),
        Text(
            "Run it in a workflow for pull_request_target, workflow_run or merge_group; see the "
            "guide for pull requests.",
            "请在 pull_request_target、workflow_run 或 merge_group 工作流中运行；"
            "参见合并请求指南。",
        ),
    )


def no_access(why: str) -> UndecidedError:
    """Return the error that the environment does not say how, or about what, to ask the host."""
    return UndecidedError(
        Text(f"GitHub cannot be asked: {why}.", f"无法向 GitHub 查询：{why}。"),
        Text(
            "Set GITHUB_TOKEN to a token that may read the repository, and GITHUB_REPOSITORY to"
            " OWNER/NAME; a workflow has both. httpx comes with launchpolicy[github].",
            "请将 GITHUB_TOKEN 设为可读取该仓库的令牌，将 GITHUB_REPOSITORY 设为 OWNER/NAME；"
            "工作流中两者均已具备。httpx 随 launchpolicy[github] 安装。",
        ),
    )


def no_way(why: str) -> UndecidedError:
    """Return the error that no connection to the host can be tried from this machine."""
    return UndecidedError(
        Text(f"GitHub cannot be reached from here: {why}.", f"此处无法连接 GitHub：{why}。"),
        Text(
            "Check HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE and SSL_CERT_FILE.",
            "请检查 HTTPS_PROXY、NO_PROXY、REQUESTS_CA_BUNDLE 和 SSL_CERT_FILE。",
        ),
    )


def outdated_event(what: str) -> UndecidedError:
    """Return the error that the pull request is not what the event said any more."""
    return UndecidedError(
        Text(f"The pull request has changed meanwhile: {what}.", f"合并请求已发生变化：{what}。"),
        Text(
            "A newer run judges what it is now; wait for that one, or run this one again.",
            "较新的运行会判定当前内容；请等待其结果，或重新运行。",
        ),
    )


def unknown_pusher(commit: str, where: str) -> UndecidedError:
    """Return the error that it is not known who pushed a commit, and so who may not approve."""
    return UndecidedError(
        Text(
            f"GitHub does not say who pushed commit {commit[:12]} of {where}.",
            f"GitHub 未说明 {where} 的提交 {commit[:12]} 由谁推送。",
        ),
        _AGAIN,
    )
