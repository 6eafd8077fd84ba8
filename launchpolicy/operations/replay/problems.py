"""What can go wrong with a replay, and what to do about it."""

from __future__ import annotations

from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text


def other_rules() -> UndecidedError:
    """Return the error of rules that changed while the landings were judged."""
    return UndecidedError(
        Text(
            "The rules are not the same in every process: they changed while landings were judged, "
            "or a worker has another clone.",
            "各进程读到的规则不一致：判定期间规则有变更，或工作节点的克隆不同。",
        ),
        Text(
            "Run it again, or name a commit with --rules. On a cluster, every worker needs the same"
            " clone at the same path.",
            "请重新运行，或用 --rules 指定提交。在集群上，各工作节点须在同一路径有同样的克隆。",
        ),
    )


def other_program(here: str, there: str) -> tuple[Text, Text]:
    """Return problem and remedy of a worker with another version of launchpolicy."""
    return (
        Text(
            f"A worker runs launchpolicy {there}, and this is launchpolicy {here}.",
            f"某工作节点运行 launchpolicy {there}，而本机为 launchpolicy {here}。",
        ),
        Text("Install the same version on every worker.", "请在各工作节点安装同一版本。"),
    )


def no_rules(commit: str) -> UndecidedError:
    """Return the error of a landing before which no rules are found."""
    return UndecidedError(
        Text(
            f"No rules are found that the landing {commit} landed on.",
            f"找不到合入 {commit} 时所依据的规则。",
        ),
        Text("Verify the ledger: launchpolicy ledger verify", _VERIFY_ZH),
    )


def lost_landings(count: int) -> UndecidedError:
    """Return the error of an executor that does not answer for every landing."""
    return UndecidedError(
        Text(
            f"The executor gave no answer for {count} landings, so nothing is said about any.",
            f"执行器未返回 {count} 次合入的结果，因此不给出任何结论。",
        ),
        _FEWER,
    )


def ended_worker(reason: str) -> UndecidedError:
    """Return the error of a process that ended, or a cluster that is gone, before it answered."""
    return UndecidedError(
        Text(
            f"A process ended before it had judged its landings ({reason}).",
            f"某个进程在判定完成之前已结束（{reason}）。",
        ),
        _FEWER,
    )


def unknown_executor(name: str) -> UsageError:
    """Return the error of a name that stands for no executor."""
    return UsageError(
        Text(f"There is no executor `{name}`.", f"没有名为 `{name}` 的执行器。"),
        with_meant(
            Text(
                "Use processes, or dask:ADDRESS with the address of a Dask scheduler, such as "
                "dask:tcp://127.0.0.1:8786.",
                "请使用 processes，或 dask:ADDRESS（ADDRESS 为 Dask 调度器的地址，例如 dask:tcp://127.0.0.1:8786）。",
            ),
            name,
            ("processes", "dask"),
        ),
    )


def no_library(error: ImportError) -> UndecidedError:
    """Return the error of a missing extra."""
    return UndecidedError(
        Text(
            f"The library for Dask clusters is not installed: {error}.",
            f"未安装使用 Dask 集群所需的程序库：{error}。",
        ),
        Text(
            "Install it with: pip install 'launchpolicy[dask]'",
            "请安装：pip install 'launchpolicy[dask]'",
        ),
    )


def no_cluster(address: str, reason: str) -> UndecidedError:
    """Return the error of a scheduler that cannot be reached, or has no worker."""
    return UndecidedError(
        Text(
            f"The Dask cluster at {address} cannot be used: {reason}.",
            f"无法使用位于 {address} 的 Dask 集群：{reason}。",
        ),
        Text(
            "Start a scheduler and workers there, or leave out --executor.",
            "请在该处启动调度器和工作节点，或去掉 --executor。",
        ),
    )


_VERIFY_ZH = "请验证上线日志：launchpolicy ledger verify"
_FEWER = Text(
    "Check that there is enough memory, and run it again with --jobs 1.",
    "请确认内存充足，并使用 --jobs 1 重新运行。",
)
