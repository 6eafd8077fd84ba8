"""Further words of texts that fit every launch, which count since edition 11, by their place."""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.general_words import words_in

FURTHER_WORDS: Final = tuple(
    (re.compile(pattern), words_in(words))
    for pattern, words in (
        (
            r"\.(none|dropped)\.reason$|defects\.reason$|problems\.reason$",
            (
                "tiny minor change changes deal nothing happen never requested nobody same last see"
                " above before discussed talked phone"
                " 小改动 改动 很小 无需 不用 用不着 没有必要 没必要 惯例 一直 沟通 知道 经 讨论"
                " 商量 必须 不是 没写 规定 同 同上 上次 相同 一样 参照 以往 按 没人 要求"
                " before yet enough worry 以前 之前 从来 打扰 麻烦"
                " pointless useless told takes ages 没啥 啥 用 没用 上面 太费劲 费劲"
            ),
        ),
        (
            r"^spec\.rollback\.trigger$",
            (
                "if case goes says leader leaders manager boss bad wrong unexpected"
                " abnormal whatever rollback roll back 回滚 回退 出 出了 有了 就 即 则 视 而定"
                " 说 需 出事 坏 不行 意外 突发"
                " fails anomaly incident unstable solved resolved cannot judged site major decided"
                " then occur occurs 现场 无法 重大 大 难以"
                " out control looks off customer customers unhappy discuss big large impact last"
                " resort quickly"
                " 客户 不满意 商量 短时间 修 修不好 不好 实在 大家 现场"
                " stuck takes long risky too feels feel about 搞不定 拖 太久 风险 太大 觉得"
            ),
        ),
        (
            r"^spec\.backup\.restore\.how$",
            (
                "standard procedure procedures call operations"
                " documentation"
                " documents according normal way administrator"
                " 标准 流程 步骤 找 直接 拷贝 常规 方式 方法 参照 参考 文档 规范 正常"
                " one click book automatic automatically vendor supplier 一键 自动 让 厂家 厂商 来"
                " 点"
            ),
        ),
        (
            r"^spec\.watch\.how$",
            (
                "logs log dashboard somebody people on duty permanently group messages"
                " 看 看着 盯 盯着 有人 专人 值守 值班 随时 日志 群 群里 消息 群消息 时刻 留意 密切"
                " 负责 专人 看一下 一下 多看 多"
                " closely keep eye care careful pay attention react take everyone always"
                " real continuously continuous stay alert follow up present constantly 重点 实时"
                " 跟踪 上心 点 做好 全程"
            ),
        ),
        (
            r"^spec\.attempt\.(cause|fix)$",
            (
                "technical environment reason reasons known changed"
                " change corrected adjusted adjust retest retested test tested tests testing more"
                " care careful bad wrong oversight operator"
                " 环境 技术 找到 查明 查到 明确 改 改了 改好 修 修好 调整 更新 测试 重新"
                " 重测 多加 加 小心 细心 粗心 大意 责任心 有误 错 不当 不足 不够 检查"
                " clear insufficient bad luck miscommunication program circumstances software"
                " redeployed redeploy restart restarted reboot rebooted communication lessons"
                " learned try tried dev better best"
                " 点 出了点 出了 充分 不充分 考虑 不周 周 周全 运气 不好 沟通 没想到 软件 部署"
                " 重启 总结 经验 教训 吸取"
                " force majeure legacy factors factor negligence investigation under investigating"
                " patch patched raise raised awareness discipline training follow up"
                " 不可抗力 历史 遗留 多方面 排查 排查中 能力 培训 严格 引以为戒 补丁 打 打了 后续"
                " 跟进 回炉 意识"
                " weird strange sporadic say internal taken seriously assigned rectified sorted out"
                " somebody"
                " 说不清 奇怪 偶发 内部 重视 起来 搞好 安排 盯 专人 整改"
            ),
        ),
        (
            r"^status\.summary\.text$",
            (
                "thanks thank you everybody effort efforts support cooperation goals goal reached"
                " 感谢 谢谢 辛苦 努力 支持 配合 大家 各位 各部门 目标 达到 达成 预期 符合 总的来说"
                " according see log logs 任务 下 日志 记录 详见 见 报告"
                " keep watching watch great job observe 观察 很 任务"
                " nice incident incidents 搞定 挺 挺好 好 没出事 出事"
            ),
        ),
        (
            r"^(spec|status)\.rollback\.(impact|impactAssessment)\.(summary|otherwise)$",
            "much minor acceptable limited slight 基本 有限 轻微 可接受 接受 少量 个别",
        ),
        (
            r"^status\.rollback\.reason$",
            (
                "technical leader leaders management decided decision asked wanted unstable"
                " 出 出了 技术 领导 要求 决定 系统 不稳定 用户 投诉 效果 不好 不理想"
                " something broke broken boss"
                " urgent satisfying satisfactory customer customers complained bug bugs 太多 紧急"
                " 客户 不满 不满意"
            ),
        ),
        (
            r"\.cancellation\.reason$",
            (
                "plans change changed changes management decision decided leader leaders longer"
                " wanted business reasons reason internal circumstances"
                " 不上 不上了 有变 变化 领导 要求 时间 不合适 合适 因 原 申请 撤回 作废"
                " 安排 其他 其它"
                " now priorities priority other bad timing known 另 另有 个人 考虑 综合 各种"
                " hold postponed 暂缓 推迟 延期 条件 不成熟 成熟 不具备 ready"
                " never mind lost interest nobody cares 算了 想 没人 管 不想"
            ),
        ),
        (
            r"^spec\.emergency\.reason$",
            (
                "customer customers user users client waiting waits wait business now today asks"
                " ask asked want wants wanted management leader leaders boss urgently priority"
                " 急 很急 特急 客户 用户 催 催促 催得 必须 上 先 今天 今晚 等 着急 优先 优先级 高"
                " 业务方"
            ),
        ),
        (
            r"^status\.review\.findings$",
            (
                "lessons learned lesson special attention care better next"
                " 没什么 什么 都 挺 挺好 还好 经验 教训 吸取 加以 改 特别 流程"
            ),
        ),
        (
            r"^status\.feedback\.text$",
            "praise positive likes liked happy satisfied pleased 挺 挺好 好评 点赞 认可 棒 说 都说",
        ),
        (
            r"^status\.execution\.steps\.(symptom|handling)$",
            (
                "sorted took care repaired reported informed asked helped help looked into"
                " 修 修好 好 找 人 找人 处理好 弄 弄好 解决掉 搞定 上报 报告 请 帮忙 协助"
            ),
        ),
        (
            r"^spec\.development\.defects\.none\.reason$|\.defects\.reason$",
            "recorded record kept keep list count counted did 记录 统计 登记 没记 没统计",
        ),
    )
)
"""Places, as patterns of their keys, each with the words that join those of `generic_words`."""
