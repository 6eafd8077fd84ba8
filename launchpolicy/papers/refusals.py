"""A paper that would say what is not so is not made: a notice to nobody, or before its time."""

from __future__ import annotations

from launchpolicy.vocabulary.text import Text


class PaperRefusal(Exception):  # noqa: N818 (it is an answer, not a failure of the program)
    """Why a paper is not made yet.

    `field` is the route of the request that has to be filled in first, `problem` says what is
    wrong with it, `remedy` what to do.
    """

    def __init__(self, field: str, problem: Text, remedy: Text) -> None:
        super().__init__(problem.en)
        self.field = field
        self.problem = problem
        self.remedy = remedy


def no_recipients(field: str) -> PaperRefusal:
    """Return the refusal of a notice without recipients."""
    return PaperRefusal(
        field,
        Text(
            f"The notice has no recipients: `{field}` is empty.",
            f"通知没有主送单位：`{field}` 未填写。",
        ),
        Text(
            f"List under `{field}` the departments that have to receive it.",
            f"请在 `{field}` 中填写应当收到通知的部门。",
        ),
    )


def no_sender(field: str) -> PaperRefusal:
    """Return the refusal of a mail of which nobody is the sender."""
    return PaperRefusal(
        field,
        Text(f"The mail has no sender: `{field}` is empty.", f"邮件没有发件人：`{field}` 未填写。"),
        Text(f"Write under `{field}` who sends it.", f"请在 `{field}` 中填写发出人。"),
    )


def no_signers() -> PaperRefusal:
    """Return the refusal of a paper to sign in a process that asks nobody to sign it."""
    return PaperRefusal(
        "spec.process",
        Text(
            "The process of this launch asks nobody to sign this paper.",
            "本次上线的流程不要求任何人签署此文书。",
        ),
        Text(
            "Write the papers that belong to the process: launchpolicy paper --all REQUEST FOLDER.",
            "请生成该流程的文书：launchpolicy paper --all 申请 文件夹。",
        ),
    )


def not_yet(field: str, problem: Text) -> PaperRefusal:
    """Return the refusal of a paper that is asked for before its time."""
    return PaperRefusal(
        field,
        problem,
        Text(
            f"Fill in `{field}` once it has happened, then write the paper.",
            f"请在完成后填写 `{field}`，再生成文书。",
        ),
    )
