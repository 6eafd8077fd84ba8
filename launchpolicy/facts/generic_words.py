"""The words of which a text that fits every launch is made, by the place that it stands at.

A list is chosen by the keys of the place. What a list leaves out says something: a name, a figure,
a thing that was seen or done. `tests/facts/test_generic_texts.py` shows honest short texts.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.general_words import GENERIC_WORDS, NEGATIONS, NOUNS, words_in

GROUPS: Final = tuple(
    (re.compile(pattern), shared | words_in(own))
    for pattern, shared, own in (
        (
            r"\.(none|dropped)\.reason$|defects\.reason$|problems\.reason$",
            GENERIC_WORDS - NOUNS,
            (
                "apply applies does applicable project asked agrees agreed 适用 项目"
                " considered deemed required unnecessary announcement backup backups promotion"
                " meeting important worth impact risk risks low high small little acceptable"
                " accepted 低 高 小 大 考虑 认为 备份 通告 公告 推广 会议 重要 风险 接受 可接受"
                " 不做"
            ),
        ),
        (
            r"^status\.operation\.fixes$",
            frozenset(),
            (
                "some fixes fixed several bugs bug were was a few done 修复 了 一些 若干 问题 已"
                " 有 优化 缺陷 部分"
            ),
        ),
        (
            r"^spec\.development\.communication\.how$",
            frozenset(),
            (
                "by talking talk as needed communication communicate we if the in good 沟通 交流"
                " 联系 保持 及时 加强 畅通 按需 随时 有效"
            ),
        ),
        (
            r"\.team\.members\.responsibility$",
            frozenset(),
            (
                "everything all help helps work works support supports member project the team"
                " tasks in of as needed 负责 工作 配合 参与 项目 协助 支持 成员 相关 一切 全部"
                " 事务 事宜 团队 各项 的"
            ),
        ),
        (
            r"^(spec|status)\.rollback\.(impact|impactAssessment)\.(summary|otherwise)$",
            GENERIC_WORDS - NEGATIONS,
            (
                "users user customers customer 用户 客户 rollback affected affects affect impact"
                " effect minimal assessed yet worse small little dba 回滚 回退 评估 待 严重 更大"
                " 受到 受 功能 没有评估 未评估 尚未评估"
            ),
        ),
        (
            r"\.questions\.answer$",
            frozenset(),
            (
                "noted recorded considered consider we will it thanks yes be see later think"
                " about 记录 收到 考虑 好 好的 会 再 已 以后 处理 将 后续 我们"
            ),
        ),
        (
            r"^status\.summary\.text$",
            GENERIC_WORDS,
            "users user customers customer 用户 客户 see attachment 总结 见 附件 详见",
        ),
        (
            r"^status\.execution\.steps\.(symptom|handling)$",
            GENERIC_WORDS,
            "联系 厂家 厂商 开发商 开发 现象 提示 步骤 step",
        ),
        (
            r"^spec\.attempt\.(cause|fix)$",
            GENERIC_WORDS,
            "unknown cause 不明 不详 see evidence yet human mistake 开发 人为 操作 失误 疏忽",
        ),
        (
            r"^status\.feedback\.text$",
            GENERIC_WORDS,
            (
                "tried say thanks thank feedback comment comments suggestions suggestion opinion"
                " like users user customers customer 用户 客户 体验 使用 意见 建议 反馈 收到 谢谢"
                " 不错 好 好用 试用 感觉 效果 满意 还"
            ),
        ),
        (
            r"^status\.operation\.monitors$",
            GENERIC_WORDS,
            "monitor monitors monitoring 监控 观察 期间",
        ),
        (
            r"\.(risks\.(summary|treatment)|requirements\.problems\.treatment)$",
            GENERIC_WORDS,
            (
                "risk risks low little small minor wait see avoid avoided monitoring watch"
                " acceptable 风险 低 小 可接受 监控 跟踪 关注 控制 应对 进度 具体问题具体分析 到"
            ),
        ),
        (
            r"\.introduction\.(features|functions|advantages|scenarios)$",
            GENERIC_WORDS,
            (
                "features functions advantages strong useful slides see presentation users user"
                " customers customer 用户 客户 特点 功能 优势 突出 好用 见 演示 文稿 强大 明显"
                " 众多 丰富 先进"
            ),
        ),
        (
            r"\.demonstration\.summary$",
            GENERIC_WORDS,
            "demo demonstration shown demonstrated presented 演示 展示 介绍 现场 功能",
        ),
        (
            r"\.releasePlan\.(marketing|promotion)$",
            GENERIC_WORDS,
            (
                "marketing promotion promote channels channel market increase strengthen 推广"
                " 宣传 营销 市场 市场部 力度 加大 渠道 多渠道 确定 待 制定 方案 策略 策划"
            ),
        ),
        (
            r"\.(actionItems\.task|preparations\.summary|tasks\.summary)$",
            GENERIC_WORDS,
            "follow up followup prepare preparation task 跟进 准备 任务 事项 配合",
        ),
        (
            r"\.competitors\.summary$",
            GENERIC_WORDS,
            (
                "competitor competitors competition others exist exists similar products market"
                " 竞品 竞争 竞争力 竞争对手 同类 市场 上 类似 较多 很多 激烈 众多"
            ),
        ),
        (
            r"\.studies\.findings$|\.research\.needs$",
            GENERIC_WORDS,
            (
                "users user customers customer 用户 客户 like want wants needs positive demand"
                " interested satisfied useful 满意 反响 旺盛 需求 喜欢 效率 大 强烈 好评 认可 期待"
                " 市场"
            ),
        ),
        (
            r"\.requirements\.functions\.summary$|\.positioning\.statement$",
            GENERIC_WORDS,
            (
                "users user customers customer 用户 客户 functions function features basic main"
                " best leading first quality excellent high end 功能 基本 主要 满足 需求 领先 行业"
                " 第一 高端 优质 最好 一流 优秀 品质"
            ),
        ),
        (
            r"\.feasibility\.summary$",
            GENERIC_WORDS,
            "feasible technically technical technology mature 可行 技术 成熟 可以 实现 具备",
        ),
        (
            r"\.architecture\.summary$|\.featurePlan\.technicalRoute$",
            GENERIC_WORDS,
            (
                "architecture modern standard technology technologies proven design mainstream"
                " 架构 先进 采用 技术 成熟 主流 路线 标准 现代 设计 通用"
            ),
        ),
        (
            r"\.improvements\.summary$",
            GENERIC_WORDS,
            "better increase users user customers customer 用户 客户 活跃度 满意度 体验",
        ),
        (
            r"^spec\.infrastructure\.plan\.goal$",
            GENERIC_WORDS,
            "live goal 目标 投产",
        ),
        (
            r"^spec\.infrastructure\.deliveries\.how$",
            GENERIC_WORDS,
            "delivered contract vendor 合同 按 厂商 发货",
        ),
        (
            r"^status\.review\.findings$",
            GENERIC_WORDS,
            "findings found finding review emergency justified 复盘 评审 紧急 总结",
        ),
        (
            r"^spec\.emergency\.reason$",
            GENERIC_WORDS,
            "urgent important late emergency because deadline 紧急 重要 要求 领导 赶 进度",
        ),
        (
            r"\.plan\.phases\.resources$",
            frozenset(),
            (
                "people staff as needed enough sufficient resources some"
                " 人员 资源 相关 足够 充足 按需 到位"
            ),
        ),
        (
            r"^spec\.infrastructure\.ports\.purpose$",
            frozenset(),
            "network use used port connection purpose the for 网络 用途 使用 端口 连接 用",
        ),
        (
            r"^spec\.rollback\.trigger$",
            GENERIC_WORDS,
            (
                "decides decide lead operations serious major complain users user"
                " 用户 投诉 较多 很多 严重 重大 不稳定 负责人 判断 决定"
                " 监控 领导"
            ),
        ),
        (
            r"^spec\.backup\.restore\.how$",
            GENERIC_WORDS,
            (
                "restore restored recover backup backups use hand manual manually ask dba way"
                " database data files runbook see 恢复 还原 备份 手工 手动 人工 联系 操作 手册"
                " 执行 数据库 数据 文件 从 用 按 dba 管理员"
            ),
        ),
        (
            r"^spec\.watch\.how$",
            GENERIC_WORDS,
            "see look monitor monitoring watch 查看 看看 监控 关注 确认 观察 备份",
        ),
        (
            r"^spec\.foresight\.impact$",
            GENERIC_WORDS,
            (
                "users user customers customer 用户 客户 effect effects impact present state"
                " change changes changed small 现状 变化 有所 改变 流程 体验 客户体验 带来"
            ),
        ),
        (
            r"\.operationsPlan\.(maintenance|upgrades)$",
            GENERIC_WORDS,
            "maintenance upgrade upgrades regularly 维护 升级 负责 定期 就",
        ),
        (
            r"^spec\.dataConversion\.verification$",
            GENERIC_WORDS,
            "verified verify verification data right checked 核对 验证 数据 检查 无误 准确",
        ),
        (
            r"\.design\.reviews\.verified$",
            GENERIC_WORDS,
            (
                "functions function experience users user customers customer 用户 客户 prototype"
                " verified 功能 体验 原型 验证 用户体验"
            ),
        ),
        (
            r"^spec\.meeting\.goal$",
            GENERIC_WORDS,
            "meeting discuss discussion 会议 开会 讨论 研究",
        ),
        (
            r"\.cancellation\.reason$",
            GENERIC_WORDS,
            "cancelled 取消 因故 内部 调整 变更 决定",
        ),
        (
            r"^status\.rollback\.reason$",
            GENERIC_WORDS,
            "rolled back rollback 回滚 回退 严重 重大",
        ),
    )
)
"""Places, as patterns of their keys, each with the words of which a text there says nothing."""
