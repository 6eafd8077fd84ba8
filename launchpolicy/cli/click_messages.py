"""Translate click's own messages into Chinese: usage, headings of the help, argument errors.

click takes its messages through gettext, for which it ships no catalogue. A message that is not
in the table (of a newer click) stays English.
"""

from __future__ import annotations

import re
import sys

import click

from launchpolicy.cli.chinese_help import ChineseHelpFormatter

_CHINESE = {
    # help
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示此帮助并退出。",
    "Show the version and exit.": "显示版本并退出。",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "(dynamic)": "（动态）",
    "deprecated": "已弃用",
    # complaints
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "运行“{command} {option}”查看帮助。",
    "Aborted!": "已中止。",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数 {param_name}",
    "Invalid value: {message}": "取值无效：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值无效：{message}",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such option: {name}": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    "Did you mean {possibility}?": "是否想写 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是否想写以下之一：{possibilities}？",
    "(Possible options: {possibilities})": "是否想写以下之一：{possibilities}？",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    "Option {name!r} requires an argument.": "选项 {name!r} 需要一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 需要 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 需要 {nargs} 个值。",
    "Takes {nargs} values but 1 was given.": "需要 {nargs} 个值，只给出 1 个。",
    "Takes {nargs} values but {len} were given.": "需要 {nargs} 个值，给出了 {len} 个。",
    "Choose from:\n\t{choices}": "可取：\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} 不是 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不在可取的值 {choices} 之中。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的 {number_type}。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是目录。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 不可读。",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 不可写。",
    "{name} {filename!r} is not executable.": "{name} {filename!r} 不可执行。",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
    "Could not open file {filename!r}: {message}": "无法打开文件 {filename!r}：{message}",
    "unknown error": "未知错误",
    # questions
    "Error: invalid input": "错误：输入无效",
    "Do you want to continue?": "是否继续？",
    "Repeat for confirmation": "请再次输入以确认",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
}


def tidy(message: str) -> str:
    """Return a message that click has put together, with full-width punctuation."""
    message = re.sub(r"\.(?=\s|$)", "。", message)
    message = re.sub(r"', '", "'、'", message)
    message = re.sub(r" ?'([^']*)' ?", r"“\1”", message)
    message = re.sub(r" ?integer( range)?(?=。)", "整数", message)
    return re.sub(r"(?<=[，。；：？！]) +", "", message)


def translate_click() -> None:
    """Replace the gettext functions that click's modules imported by our translations."""
    click.Context.formatter_class = ChineseHelpFormatter
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for function, ours in (("_", _one), ("ngettext", _one_or_many)):
                if hasattr(module, function):
                    setattr(module, function, ours)


def _one(message: str) -> str:
    return _CHINESE.get(message, message)


def _one_or_many(singular: str, plural: str, number: int) -> str:
    return _one(singular if number == 1 else plural)
