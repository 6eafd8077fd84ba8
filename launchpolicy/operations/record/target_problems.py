"""Why a result is not recorded: it says less, or other, than what the plan asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from launchpolicy.operations.record.refusal import FactRefusedError
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_SHOWN: Final = {
    "symptom": Text('--symptom "what was seen"', '--symptom "错误现象"'),
    "handling": Text('--handling "what was done about it"', '--handling "处理过程"'),
}


def no_account(step: str, failed_at: str, missing: Sequence[str]) -> FactRefusedError:
    """Return the error about a failed step that is done without saying how."""
    english, chinese = (
        " ".join(_SHOWN[key].in_language(one) for key in missing) for one in ("en", "zh")
    )
    command = f"launchpolicy record step {step} done"
    return FactRefusedError(
        Text(
            f"Not recorded. The step {step} failed first ({failed_at}), so its record must say "
            "what was seen and what was done about it.",
            f"未登记：步骤 {step} 曾失败（{failed_at}），须写明错误现象和处理过程。",
        ),
        Text(f"{command} {english}", f"请运行：{command} {chinese}"),
    )


def not_measured(check: str, limit: object, minimum: object) -> FactRefusedError:
    """Return the error about a check that has a target and no measured value."""
    target = _target(limit, minimum)
    return FactRefusedError(
        Text(
            f"Not recorded. The plan sets the check {check} {target.en}, and nothing says what was "
            "measured.",
            f"未登记：方案为检查 {check} 规定了{target.zh}，而没有给出实测值。",
        ),
        Text(
            f"launchpolicy record check {check} passed --measured VALUE",
            f"请运行：`launchpolicy record check {check} passed --measured 实测值`",
        ),
    )


def misses_target(check: str, measured: str, limit: object, minimum: object) -> FactRefusedError:
    """Return the error about a check called passed whose measured value misses the target."""
    target = _target(limit, minimum)
    return FactRefusedError(
        Text(
            f"Not recorded. The check {check} measured {measured}; the plan sets {target.en}, in "
            "that unit.",
            f"未登记：检查 {check} 的实测值是 {measured}，方案规定{target.zh}（同一单位）。",
        ),
        Text(
            f"Record it as it was: launchpolicy record check {check} failed --measured "
            f'"{measured}". Measure again once the problem is fixed, or roll back.',
            f"请如实登记：`launchpolicy record check {check} failed --measured "
            f'"{measured}"`。修复后重新检查，或回滚。',
        ),
    )


def no_evidence_path(name: str, problem: Text) -> UsageError:
    """Return the error about a file whose name no reference to evidence may have."""
    return UsageError(
        Text(f"{name} cannot be evidence: {problem.en}", f"{name} 不能作为证据：{problem.zh}"),
        Text("Rename the file, then record again.", "请重命名该文件后重新登记。"),
    )


def too_large(name: str, most: int) -> UsageError:
    """Return the error about a file of evidence with more than `most` bytes."""
    size = most // (1024 * 1024)
    return UsageError(
        Text(f"{name} is larger than {size} MiB.", f"{name} 超过 {size} MiB。"),
        Text("Attach a smaller file.", "请附上较小的文件。"),
    )


def other_file(path: str) -> UsageError:
    """Return the error about a path at which another file is committed already."""
    return UsageError(
        Text(f"Another file is committed as {path} already.", f"{path} 处已提交了另一个文件。"),
        Text(
            "Rename the new one; what is recorded stays as it is.",
            "请重命名新文件；已登记的内容保持不变。",
        ),
    )


def open_failures(steps: Sequence[str]) -> FactRefusedError:
    """Return the error about an end while it is not recorded how failed steps ended."""
    first = steps[0]
    return FactRefusedError(
        Text(
            f"Not recorded. It is not recorded how this ended, which failed: {', '.join(steps)}.",
            f"未登记：下列步骤失败，而没有登记最终结果：{'、'.join(steps)}。",
        ),
        Text(
            f"It worked after all: launchpolicy record step {first} done --handling … It did not: "
            f"launchpolicy record step {first} failed --unresolved --handling …, then finish and "
            "roll back.",
            f"处理后成功：`launchpolicy record step {first} done --handling …`；"
            f"未能解决：`launchpolicy record step {first} failed --unresolved --handling …`，"
            "再结束并回滚。",
        ),
    )


def broken_off(step: Text) -> FactRefusedError:
    """Return the error about a further step of a launch that is broken off."""
    return FactRefusedError(
        Text(
            f"Not recorded. The launch is broken off, so {step.en} does not follow.",
            f"未登记：上线已中止，不再执行{step.zh.rstrip()}。",
        ),
        Text(
            "launchpolicy record finish, then launchpolicy record rollback. If the step was taken "
            "all the same, add --anyway.",
            "请运行 launchpolicy record finish，再运行 launchpolicy record rollback。"
            "如该步骤确已执行，请加 --anyway。",
        ),
    )


def nothing_to_roll_back() -> FactRefusedError:
    """Return the error about a rollback of a launch that never began."""
    return FactRefusedError(
        Text(
            "Not recorded. The launch has not begun, so there is nothing to roll back.",
            "未登记：上线尚未开始，无需回滚。",
        ),
        Text(
            "Move it: launchpolicy postpone REQUEST --window START/END. Call it off: launchpolicy "
            "advance REQUEST cancelled.",
            "改期：launchpolicy postpone 申请 --window 开始/结束；取消：launchpolicy advance 申请 "
            "cancelled。",
        ),
    )


def _target(limit: object, minimum: object) -> Text:
    english = [f"a limit of {limit}"] if limit is not None else []
    chinese = [f"上限 {limit}"] if limit is not None else []
    if minimum is not None:
        english.append(f"a minimum of {minimum}")
        chinese.append(f"下限 {minimum}")
    return Text(" and ".join(english), "、".join(chinese))
