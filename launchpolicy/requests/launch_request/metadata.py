"""`metadata`: what the request is called."""

from __future__ import annotations

from launchpolicy.requests.launch_request.fields import (
    Maybe,
    RequestSection,
    explain,
    optional_key,
    required_key,
)
from launchpolicy.requests.launch_request.scalars import Identifier, Line, RequestName
from launchpolicy.requests.launch_request.texts import Prose
from launchpolicy.vocabulary.text import Text


@explain(Text("Metadata", "元数据"), Text("What the request is called.", "申请的编号与标题。"))
class Metadata(RequestSection):
    """Name, title and labels."""

    name: Maybe[RequestName] = required_key(
        Text("Name", "编号"),
        Text(
            "The request's name, unique in the repository, and the name of its folder.",
            "申请编号，在仓库中唯一，与所在目录同名。",
        ),
    )
    title: Maybe[Prose] = optional_key(
        Text("Title", "标题"),
        Text("What is launched, in a few words.", "用几个字说明上线什么。"),
        examples=({"en": "Checkout 3.2", "zh": "结算服务 3.2 上线"},),
    )
    labels: Maybe[dict[Identifier, Line]] = optional_key(
        Text("Labels", "标签"),
        Text(
            "Own marks for searching and sorting; no policy of ours reads them.",
            "自定义标签，便于检索与分类；自带策略不读取。",
        ),
        examples=({"team": "payments"},),
    )
