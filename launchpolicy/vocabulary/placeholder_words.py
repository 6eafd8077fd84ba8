"""The words that stand where a text is missing, normalised as `content_of` does it.

One list for all: requests are held against all of them, the text of
documents and reports against `LATER` and `NOTHING`.
"""

from __future__ import annotations

import re

LATER = frozenset(
    {
        *("tbd", "tba", "tbc", "tbs", "todo", "fixme", "wip", "later", "asap"),
        *("tobedone", "tobedecided", "tobedetermined", "tobedefined", "tobeconfirmed"),
        *("tobeannounced", "tobeadded", "tobeprovided", "tobefilled", "tobefilledin"),
        *("tobecompleted", "tobesupplied", "tobewritten", "tobeclarified", "tobeagreed"),
        *("tofollow", "willfollow", "follows", "comingsoon", "notyet", "notyetknown"),
        *("notyetdecided", "undecided", "undetermined", "pending", "unknown", "notknown"),
        *("dontknow", "idontknow", "sameasabove", "sameasbefore", "seeabove", "asabove"),
        *("ditto", "idem", "placeholder", "dummy", "loremipsum", "fillin", "fillinlater"),
        *("noneyet", "nothingyet", "notyetavailable", "notyetwritten", "notyetdefined"),
        *("tocome", "noidea", "notdecided", "same", "sampletext"),
        *("待定", "待补", "待补充", "待填", "待填写", "待完善", "待明确", "待确认", "待确定"),
        *("待议", "待商定", "待商议", "待提供", "待更新", "待办", "未定", "未确定", "尚未确定"),
        *("尚未定", "尚待确定", "暂定", "暂缺", "暂未确定", "暂不确定", "不确定", "不详"),
        *("不知道", "未知", "不清楚", "后补", "后续补充", "稍后", "稍后补充", "以后再说", "以后补"),
        *(
            "随后补充",
            "补充中",
            "整理中",
            "编写中",
            "同上",
            "同前",
            "同左",
            "如上",
            "见上",
            "见上文",
            "参见上文",
        ),
        *("answerlater", "depends", "itdepends", "wewillsee", "tobeseen", "asthecasemaybe"),
        *("看情况", "视情况", "视情况而定", "再说", "到时再说", "到时候再说", "看着办"),
        *("会后答复", "稍后答复", "以后答复"),
        *("待后补", "待定后补", "后续补上", "随便"),
        *("seeattachment", "seeattachments", "seeattached", "seetheattachment", "asattached"),
        *("seeattachedfile", "seeattacheddocument", "refertoattachment", "attached", "seereport"),
        *("seeappendix", "seeannex", "seebelow", "asbelow", "asdiscussed"),
        *(
            "见附件",
            "详见附件",
            "参见附件",
            "请见附件",
            "如附件",
            "附件",
            "附后",
            "见附后",
            "见附表",
        ),
        *("见附录", "见报告", "详见报告", "见下", "见下文", "如下", "详见下文"),
        *("略", "省略", "从略", "占位", "占位符", "请填写", "填写"),
    }
)
"""Put off, or a reference to nothing."""

NOTHING = frozenset(
    {
        *("none", "na", "nil", "null", "asdf", "asdfg", "asdfgh", "qwer", "qwert", "qwerty"),
        *("foo", "bar", "foobar", "baz", "blah", "testtest", "无", "没有", "暂无", "测试测试"),
    }
)
"""Says that there is nothing, or is nothing but keys of a keyboard."""

NO_REASON = frozenset(
    {
        *("no", "notapplicable", "nothing", "void", "empty", "undefined", "nan", "noreason"),
        *("notneeded", "notnecessary", "noneed", "unnecessary", "norequirement", "notrequired"),
        *("abc", "abcd", "xyz", "text", "string", "test"),
        *("空", "没", "否", "不", "无理由", "没有理由", "无原因", "没有原因", "无需", "不需要"),
        *("不必", "不用", "无必要", "没必要", "不适用", "不涉及", "无内容", "无说明", "某某", "某"),
        *("文本", "文字", "内容"),
    }
)
"""Says nothing where a reason is asked for; the name of a test case may well be "empty"."""

BARE_ASSENT = frozenset(
    {
        *("ok", "okay", "fine", "good", "yes", "yep", "sure", "great", "alright", "allright"),
        *("allgood", "allok", "allfine", "looksgood", "lookgood", "lgtm", "noproblem"),
        *("noproblems", "noissue", "noissues", "noconcerns", "nothingtoreport", "done"),
        *("可以", "行", "好", "好的", "没问题", "没有问题", "无问题", "都好", "都可以", "挺好"),
        *("还行", "不错", "很好", "嗯", "是", "是的", "对", "没事", "没毛病"),
    }
)
"""Agrees or reassures, and leaves open to what and why; a rule relies on what was found."""

BEGINNINGS = ("tbd", "tba", "tbc", "todo", "fixme", "待定", "待补充", "后补", "同上")
"""What puts a text off even with a few words behind it."""

FURTHER_LATER = frozenset(
    {
        *(
            "如题",
            "见标题",
            "同标题",
            "见题目",
            "马上补",
            "明天补",
            "回头补",
            "下周补",
            "先占个位",
            "先占位",
        ),
        *(
            "见邮件",
            "详见邮件",
            "参考附件",
            "参见邮件",
            "seemail",
            "seeemail",
            "seetitle",
            "seesubject",
        ),
        *("此处填写", "在此填写", "unclear", "notclear", "willadd", "willaddlater", "addlater"),
    }
)
"""More of `LATER`, which count since edition 11."""

FURTHER_NOTHING = frozenset(
    {
        *(
            "示例",
            "样例",
            "测试数据",
            "测试内容",
            "试一下",
            "随便写的",
            "随便写写",
            "你好",
            "知道了",
            "收到",
        ),
        *(
            "都行",
            "无所谓",
            "空白",
            "暂时没有",
            "略过",
            "xx系统",
            "xxx系统",
            "某系统",
            "某某系统",
            "xxx",
        ),
        *(
            "example",
            "hello",
            "helloworld",
            "title",
            "summary",
            "reason",
            "description",
            "whatever",
        ),
        *("sometext", "anytext", "somethings", "something", "blank", "thetitle", "thesummary"),
    }
)
"""More words that say nothing as a whole text that a rule relies on, since edition 11."""

NAMES = re.compile(r"todo(?:lists?|items?|apps?)|后补(?:发票|小票|差价|票)[\u4e00-\u9fff]*")
"""What begins like a text that is put off, and is the name of a thing."""

REFERENCE = re.compile(
    r"(?:please)?(?:see|seealso|referto|asin|asper|accordingto)"
    r"(?:the|our|this|attached|other|separate|main|project|product|design|functional|requirements?)*"
    r"(?:documents?|docs?|documentation|files?|specs?|specifications?|requirements?"
    r"|prd|wiki|links?|tickets?)"
    r"|(?:具体|详细|内容)?(?:请|可)?(?:详见|参见|另见|见|参阅)"
    r"(?:相关|有关|对应|该|本|原|项目|产品|设计|功能|需求|说明|规格)*"
    r"(?:文档|文件|资料|需求|需求书|规格|规格书|说明|说明书|原文|链接|工单|prd|wiki)"
)
"""Refers to a document without a name; the whole of a text, as `content_of` gives it."""

UNDER_WAY = re.compile(
    r"(?:it|this|that|they|the[a-z]{3,16})?"
    r"(?:is|are)?(?:still|now|currently)?"
    r"(?:underinvestigation|inpreparation|inprogress|underconstruction"
    r"|being(?:written|prepared|collected|analy[sz]ed|investigated|drafted|workedout|compiled))"
    r"|(?:will|to)be(?:announced|decided|determined|defined)"
    r"(?:later|soon|separately|induecourse|bythe[a-z]{3,12})"
    r"|[\u4e00-\u9fff]{0,6}(?:收集|统计|整理|编写|撰写|编制|制作|准备|汇总|排查|调查|起草|协商|商讨)中"
    r"|[\u4e00-\u9fff]{0,6}另行(?:通知|公布|安排|确定|告知|发布|商定|协商)"
)
"""Is still being made, or is announced later; the whole of a text, as `content_of` gives it."""
