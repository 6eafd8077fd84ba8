"""Why a fact is not recorded: each with what to do instead."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from launchpolicy.operations.record.refusal import FactRefusedError
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text


def contradiction(what: Text, there: Text) -> FactRefusedError:
    """Return the error about a fact of which something else is recorded already."""
    return FactRefusedError(
        Text(
            f"Not recorded. {what.en} is recorded otherwise already: {there.en}.",
            f"未登记：{what.zh}已登记为其他内容：{there.zh}。",
        ),
        Text(
            "What is recorded stays. If it is wrong, set it right under status.corrections.",
            "已登记的内容保留不动；如有误，请在 status.corrections 中更正。",
        ),
    )


def out_of_order(step: Text, earlier: Text) -> FactRefusedError:
    """Return the error about a step before whose turn another one is still open."""
    return FactRefusedError(
        Text(
            f"Not recorded. {step.en} comes after {earlier.en}, which has no result yet.",
            f"未登记：{step.zh}应在{earlier.zh}之后，而后者尚无结果。",
        ),
        Text(
            f"Record {earlier.en} first. If the steps were taken in another order, add --anyway.",
            f"请先登记{earlier.zh.rstrip()}。如实际顺序不同，请加 --anyway。",
        ),
    )


def not_begun(what: Text) -> FactRefusedError:
    """Return the error about something that only follows the start."""
    return FactRefusedError(
        Text(
            f"Not recorded. The launch has not begun, so {what.en} cannot be recorded.",
            f"未登记：上线尚未开始，不能登记{what.zh.rstrip()}。",
        ),
        Text("First: launchpolicy record start", "请先运行：launchpolicy record start"),
    )


def over_already(what: Text) -> FactRefusedError:
    """Return the error about something that only comes before the end."""
    return FactRefusedError(
        Text(
            f"Not recorded. The launch is finished, so {what.en} can no longer be recorded.",
            f"未登记：上线已完成，不能再登记{what.zh.rstrip()}。",
        ),
        Text(
            "If a record is missing or wrong, set it right under status.corrections.",
            "如有遗漏或错误，请在 status.corrections 中更正。",
        ),
    )


def noted_too_late(what: Text) -> FactRefusedError:
    """Return the error about what must precede the start, and is dated back to before it."""
    return FactRefusedError(
        Text(
            f"Not recorded. The launch has begun, and {what.en} has to be recorded before that.",
            f"未登记：上线已开始，{what.zh}须在开始之前登记。",
        ),
        Text(
            "If it was really done before the start and only not recorded, add --anyway.",
            "如确在开始之前完成而当时未登记，请加 --anyway。",
        ),
    )


def in_the_future(at: str) -> UsageError:
    """Return the error about a time that is still to come."""
    return UsageError(
        Text(f"{at} is still to come.", f"{at} 尚未到来。"),
        Text(
            "Record it when it has happened; without --at the time is now.",
            "请待事情发生后再登记；省略 --at 即为当前时间。",
        ),
    )


def before_approval(at: str, approved: str) -> UsageError:
    """Return the error about a time before the launch was approved at all."""
    return UsageError(
        Text(
            f"{at} is before the request was approved ({approved}).",
            f"{at} 早于申请获批的时间（{approved}）。",
        ),
        Text(
            "If it was done after the approval, give the true time with --at. What was done before "
            "it does not count: do it again, then record it.",
            "如在获批之后完成，请用 --at 写明真实时间。获批之前完成的不计入：请重新完成后再登记。",
        ),
    )


def unknown_name(what: Text, name: str, names: Sequence[str]) -> UsageError:
    """Return the error about a name that the plan does not have."""
    return UsageError(
        Text(f"The plan has no {what.en} called {name}.", f"方案中没有名为 {name} 的{what.zh}。"),
        with_meant(
            Text(
                f"There are: {', '.join(names) or 'none'}.",
                f"可选：{'、'.join(names) or '无'}。",
            ),
            name,
            names,
        ),
    )


def unknown_person(person: str, known: Collection[str] = ()) -> UsageError:
    """Return the error about a person who is not in the directory; "" where git names nobody."""
    if not person:
        return UsageError(
            Text(
                "git's e-mail address is nobody's in the directory of people, so it is not known "
                "who records.",
                "git 的邮箱地址不属于人员名录中的任何人，无法得知由谁登记。",
            ),
            Text(
                "Name the person with --by ID, or correct git config user.email.",
                "请用 --by 指明人员，或更正 git config user.email。",
            ),
        )
    return UsageError(
        Text(f"{person} is not in the directory of people.", f"{person} 不在人员名录中。"),
        with_meant(
            Text("Give an id of people.yaml with --by.", "请用 --by 填写 people.yaml 中的标识。"),
            person,
            sorted(known),
        ),
    )


def not_approved(path: str, base: str) -> UsageError:
    """Return the error about a launch that is not merged, and so not approved."""
    return UsageError(
        Text(
            f"{path} is not approved: on {base or 'the base'} it is not at the stage requested "
            "or launched.",
            f"{path} 尚未批准：{base or '基准分支'}上没有处于“已申请”或“已上线”阶段的这份申请。",
        ),
        Text(
            "Have the request merged first; then fetch and record.",
            "请先将申请合入，再获取最新提交后登记。",
        ),
    )


def plan_differs(path: str, branch: str, base: str) -> UsageError:
    """Return the error about a plan on the branch that is not the approved one."""
    return UsageError(
        Text(
            f"The plan of {path} on {branch} is not the one approved on {base or 'the base'}.",
            f"{branch} 上 {path} 的方案与 {base or '基准分支'} 上批准的不一致。",
        ),
        Text(
            f"Merge {base or 'the base'} into {branch}; a branch of an earlier attempt is to be "
            "deleted.",
            f"请把 {base or '基准分支'} 合并到 {branch}；若它属于上一次上线，请删除该分支。",
        ),
    )


def uncommitted_request(path: str) -> UsageError:
    """Return the error about a request with changes that nobody has committed."""
    return UsageError(
        Text(
            f"{path} has changes that are not committed; one fact is one commit.",
            f"{path} 有尚未提交的改动；每条登记是一个单独的提交。",
        ),
        Text(
            f"Commit them (git commit {path}) or put them aside (git stash), then record again.",
            f"请先提交（git commit {path}）或暂存（git stash），再登记。",
        ),
    )


def no_request(path: str, base: str) -> UsageError:
    """Return the error about a request that is not on the branch."""
    return UsageError(
        Text(f"{path} is not on {base or 'the base'}.", f"{base or '基准分支'} 上没有 {path}。"),
        Text(
            "Name the request by its folder; fetch if it was merged just now.",
            "请写明申请目录；若刚刚合并，请先获取最新提交。",
        ),
    )


def no_base() -> UsageError:
    """Return the error about a repository in which nothing can be merged into."""
    return UsageError(
        Text(
            "There is no branch that requests are merged into (main or master).",
            "没有申请要合并到的分支（main 或 master）。",
        ),
        Text("Fetch it: git fetch origin", "请先获取：git fetch origin"),
    )


def own_commits(branch: str) -> UndecidedError:
    """Return the error about commits of other kinds, which record does not rewrite."""
    return UndecidedError(
        Text(
            f"{branch} has commits here that are no records of yours, and others at the remote.",
            f"{branch} 在本地有并非由您登记的提交，远程又有其他提交。",
        ),
        Text(
            "Join them once (git pull --rebase), then: launchpolicy record queue --push",
            "请先合并一次（git pull --rebase），再运行：launchpolicy record queue --push",
        ),
    )


def which_launch(names: Sequence[str], coming: Sequence[str] = ()) -> UsageError:
    """Return the error where it is not clear which launch is meant; `coming` are the next ones."""
    if not names:
        shown = ", ".join(coming[:3]), "、".join(coming[:3])
        approved = Text(f" Approved and to come: {shown[0]}.", f"已批准、尚未开始：{shown[1]}。")
        nothing = Text(
            " No launch that is approved is still to come.", "没有已批准且尚未开始的上线。"
        )
        further = approved if coming else nothing
        name = coming[0] if coming else "LR-2026-0042"
        return UsageError(
            Text(
                f"No launch is under way: one is from 12 hours before its window on.{further.en}",
                f"没有正在进行的上线（自上线窗口开始前 12 小时起算）。{further.zh}",
            ),
            Text(
                f"Name the request as the last argument: launchpolicy record show {name}",
                f"请在最后写明申请：launchpolicy record show {name}",
            ),
        )
    return UsageError(
        Text(
            f"Several launches are under way: {', '.join(names)}.",
            f"有多个正在进行的上线：{'、'.join(names)}。",
        ),
        Text("Name the request as the last argument.", "请在最后写明申请。"),
    )


def not_finished(what: Text) -> FactRefusedError:
    """Return the error about something that only follows the end of the launch."""
    return FactRefusedError(
        Text(
            f"Not recorded. The launch is not finished, so {what.en} cannot be recorded.",
            f"未登记：上线尚未完成，不能登记{what.zh.rstrip()}。",
        ),
        Text(
            "First: launchpolicy record finish (a launch that is broken off is finished, too: its "
            "failed step is recorded with --unresolved).",
            "请先运行：launchpolicy record finish（中止的上线也要登记结束：失败的步骤用 "
            "--unresolved 登记）。",
        ),
    )


def unknown_fact(identifier: str) -> UsageError:
    """Return the error about a contradicted fact that this clone does not have."""
    return UsageError(
        Text(f"No fact {identifier} was contradicted.", f"没有标识为 {identifier} 的矛盾登记。"),
        Text("See them: launchpolicy record queue", "查看：launchpolicy record queue"),
    )


def maybe_behind(remedy: Text, why: Text) -> Text:
    """Return a remedy that also says that this clone may be behind the remote, and why."""
    return Text(
        f"{remedy.en} The remote was not asked ({why.en.rstrip('.')}), so this clone may be behind "
        "what others have recorded.",
        f"{remedy.zh}此次未查询远程仓库（{why.zh.rstrip('。')}），本地可能落后于他人的登记。",
    )
