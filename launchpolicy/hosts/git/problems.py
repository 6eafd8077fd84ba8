"""Errors for what keeps git from giving an answer: problem and remedy, in both languages.

All are `UndecidedError`s: a run that could not read what it had to read has not passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from launchpolicy.hosts.git.lost_alternates import lost_alternate
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_SHOWN = 5


def git_missing() -> UndecidedError:
    return UndecidedError(
        Text("The program git is not on the PATH.", "PATH 中找不到 git 程序。"),
        Text(
            "Install git (Debian: apt-get install git), or add its absolute folder to PATH.",
            "请安装 git（Debian：apt-get install git），或把它所在的绝对路径加入 PATH。",
        ),
    )


def git_failed(command: str, code: int | None, complaint: str) -> UndecidedError:
    if lacks_promised(complaint):
        return partial_clone()
    lost = lost_alternate(complaint)
    return lost or UndecidedError(
        Text(
            f"git {command} failed (exit {code}): {complaint or 'it gave no reason'}",
            f"git {command} 执行失败（退出码 {code}）：{complaint or '没有给出原因'}",
        ),
        Text(
            "Fix what git complains about; git fsck checks the whole repository.",
            "请处理 git 报告的问题；可用 git fsck 检查整个仓库。",
        ),
    )


def git_hangs(command: str, seconds: float) -> UndecidedError:
    return UndecidedError(
        Text(
            f"git {command} has not answered for {seconds:g} seconds, and was ended.",
            f"git {command} 已 {seconds:g} 秒没有响应，已被终止。",
        ),
        Text(
            "Run the same again. If it hangs again, look at the disk or the network folder that "
            "holds the repository, and at processes that lock it.",
            "请重新运行。如果仍无响应，请检查仓库所在的磁盘或网络目录，以及占用仓库的进程。",
        ),
    )


def not_understood(command: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The output of git {command} makes no sense to launchpolicy.",
            f"launchpolicy 无法理解 git {command} 的输出。",
        ),
        Text(
            "Use git 2.31 or newer, and no line break in the path of the repository.",
            "请使用 git 2.31 或更高版本，并确认仓库路径中没有换行符。",
        ),
    )


def not_a_repository(folder: Path) -> UndecidedError:
    return UndecidedError(
        Text(f"{folder} is not inside a git repository.", f"{folder} 不在 git 仓库中。"),
        Text(
            "Run this inside the launch repository, or make one with git init.",
            "请在上线仓库内运行，或用 git init 建立仓库。",
        ),
    )


def not_bare(folder: Path) -> UndecidedError:
    return UndecidedError(
        Text(f"{folder} is not a bare git repository.", f"{folder} 不是裸仓库。"),
        Text(
            "Name the folder that holds HEAD and objects of a bare repository.",
            "请指定裸仓库中包含 HEAD 和 objects 的目录。",
        ),
    )


def dubious_ownership(folder: Path) -> UndecidedError:
    # Loaded here on purpose: only an error needs it.
    import shlex  # noqa: PLC0415

    command = f"git config --global --add safe.directory {shlex.quote(str(folder))}"
    return UndecidedError(
        Text(
            f"git does not trust {folder}: it belongs to another user (dubious ownership).",
            f"git 不信任 {folder}：它属于另一个用户（dubious ownership）。",
        ),
        Text(
            f"If you trust it, run: {command}",
            f"如果你信任该仓库，请运行：{command}",
        ),
    )


def other_work_tree(folder: Path, work_tree: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The repository in {folder} says that its work tree is {work_tree}.",
            f"{folder} 中的仓库声称其工作区位于 {work_tree}。",
        ),
        Text(
            "Remove core.worktree from its configuration, or run this in that folder.",
            "请从仓库配置中删除 core.worktree，或在该目录中运行。",
        ),
    )


def grafts(file: Path) -> UndecidedError:
    return UndecidedError(
        Text(
            f"{file} rewrites history (grafts), so nothing in it can be trusted.",
            f"{file} 改写了历史（grafts），因此历史不可信。",
        ),
        Text("Delete that file.", "请删除该文件。"),
    )


def foreign_index(index: Path) -> UndecidedError:
    return UndecidedError(
        Text(
            f"GIT_INDEX_FILE names {index}, which is no index of this repository.",
            f"GIT_INDEX_FILE 指向 {index}，它不是本仓库的索引。",
        ),
        Text(
            "Run: unset GIT_INDEX_FILE (hooks of another repository set it).",
            "请运行 unset GIT_INDEX_FILE（其他仓库的钩子会设置它）。",
        ),
    )


def unmerged_files(paths: Sequence[str]) -> UndecidedError:
    path_list = ", ".join(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
    return UndecidedError(
        Text(
            f"The index holds unmerged files: {path_list}",
            f"索引（暂存区）中有未合并的文件：{path_list}",
        ),
        Text(
            "Resolve the conflicts, then git add these files.",
            "请先解决冲突，再用 git add 添加这些文件。",
        ),
    )


def broken_head() -> UndecidedError:
    return UndecidedError(
        Text(
            "HEAD names a commit that is not in this clone, or none that can be read.",
            "HEAD 指向的提交不在本地克隆中，或者无法读取。",
        ),
        Text(
            "Check out a branch or commit that exists; git fsck shows what is damaged.",
            "请检出一个存在的分支或提交；git fsck 会显示损坏之处。",
        ),
    )


def ambiguous_name(name: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The name {name} is ambiguous: a branch, a tag or a commit of that name exist.",
            f"名称 {name} 有歧义：存在同名的分支、标签或提交。",
        ),
        Text(
            f"Write it in full, such as refs/heads/{name} or refs/remotes/{name}.",
            f"请写出全名，例如 refs/heads/{name} 或 refs/remotes/{name}。",
        ),
    )


def missing_object(oid: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The object {oid} is not in this clone, which is incomplete or damaged.",
            f"本地克隆中没有对象 {oid}：克隆不完整或已损坏。",
        ),
        Text(
            "Clone again without --filter; git fsck shows what is damaged.",
            "请不带 --filter 重新克隆；git fsck 会显示损坏之处。",
        ),
    )


def lacks_promised(complaint: str) -> bool:
    """Return whether git complains that an object was left out of a partial clone."""
    return "promisor remote" in complaint or "lazy fetching disabled" in complaint


def partial_clone(oid: str = "") -> UndecidedError:
    return UndecidedError(
        Text(
            f"This clone is partial: {f'the object {oid}' if oid else 'an object'} was left out "
            "(git clone --filter).",
            f"当前是部分克隆（git clone --filter）：缺少{f'对象 {oid}' if oid else '对象'}。",
        ),
        Text(
            "Fetch all of it: git fetch --refetch --no-filter (git 2.36 or newer), or clone again "
            "without --filter (actions/checkout: no `filter`).",
            "请获取全部对象：git fetch --refetch --no-filter（git 2.36 或更高版本），"
            "或不带 --filter 重新克隆（actions/checkout：去掉 `filter`）。",
        ),
    )


def corrupt_object(oid: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The object {oid} is damaged: its content is not what its id says.",
            f"对象 {oid} 已损坏：内容与其编号不符。",
        ),
        Text(
            "Run git fsck, then clone again from a good copy.",
            "请运行 git fsck，然后从完好的副本重新克隆。",
        ),
    )


def tree_too_large(path: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"There are too many or too deeply nested files below {path or 'the top level'}.",
            f"{path or '根目录'} 下的文件过多或嵌套过深。",
        ),
        Text(
            "Remove them from the commit; no launch repository needs so many.",
            "请从提交中移除这些文件；上线仓库不需要这么多文件。",
        ),
    )


def shallow_clone() -> UndecidedError:
    return UndecidedError(
        Text(
            "This clone is shallow: the history needed to compare two commits is missing.",
            "当前是浅克隆：缺少比较两个提交所需的历史。",
        ),
        Text(
            "Fetch all of it: git fetch --unshallow (actions/checkout: fetch-depth: 0).",
            "请获取完整历史：git fetch --unshallow(actions/checkout:fetch-depth: 0)。",
        ),
    )


def no_merge_base(base: str, head: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The commits {base} and {head} have no common ancestor.",
            f"提交 {base} 与 {head} 没有共同祖先。",
        ),
        Text(
            "Check the two names; a branch that was started again must be rebased onto the base.",
            "请检查这两个名称；重新建立的分支需要变基到基准分支之上。",
        ),
    )


def moved_and_changed(path: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"Base or head deleted or moved {path} while the other changed it, so git may merge "
            "that change into another file.",
            f"基准与提议中一方删除或移动了 {path}，另一方修改了它，"
            "git 可能会把修改合并到别的文件。",
        ),
        Text(
            "Bring the branch up to date: merge the base into it, or rebase it.",
            "请更新分支：把基准分支合并进来，或变基。",
        ),
    )


def too_many_commits(limit: int) -> UndecidedError:
    return UndecidedError(
        Text(
            f"This change has more than {limit} commits, too many to say who made it.",
            f"本次变更超过 {limit} 个提交，无法逐一确认作者。",
        ),
        Text(
            "Split it, or check that the base is the branch it is to be merged into.",
            "请拆分变更，或确认基准就是要合并到的分支。",
        ),
    )
