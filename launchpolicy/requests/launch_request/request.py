"""`kind: LaunchRequest`, the whole file."""

from __future__ import annotations

from typing import Literal

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    required_key,
)
from launchpolicy.requests.launch_request.metadata import Metadata
from launchpolicy.requests.launch_request.spec import Spec
from launchpolicy.requests.launch_request.status import Status
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


@explain(
    Text("Launch request", "上线申请"),
    Text(
        "What is to be launched and how (spec), and what happened (status).",
        "上线什么、如何上线（spec），以及实际执行情况（status）。",
    ),
)
class LaunchRequest(RequestSection):
    """One launch request; `spec` is asked for and approved, `status` is what happened."""

    api_version: Maybe[Literal["launchpolicy/v1"]] = required_key(
        Text("Format version", "格式版本"),
        Text("The version of launchpolicy's file formats.", "launchpolicy 文件格式的版本。"),
    )
    kind: Maybe[Literal["LaunchRequest"]] = required_key(
        Text("Kind", "类型"),
        Text(
            "The kind of this file: LaunchRequest.", "本文件的类型：`LaunchRequest`（上线申请）。"
        ),
    )
    metadata: Metadata = required_key(
        Text("Metadata", "元数据"), Text("What the request is called.", "申请的编号与标题。")
    )
    spec: Spec = required_key(
        Text("Specification", "申请内容"),
        Text("What is asked for and approved.", "申请并获批准的内容。"),
    )
    status: Status = required_key(
        Text("Status", "状态"),
        Text("What happened, and how far it has come.", "实际执行情况与所处阶段。"),
    )


def launch_request_of(data: Data) -> LaunchRequest:
    """Return the launch request that `data` writes, be it finished, a draft or malformed.

    `data` is the plain data of a document. Nothing is copied and nothing is judged: what has not
    the shape of its key is absent.
    """
    return LaunchRequest(data if isinstance(data, dict) else {})
