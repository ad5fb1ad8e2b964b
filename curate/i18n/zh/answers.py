"""What readers are answered, and what is told of it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "answers.help": "回复编号（例如 {n}）看一条内容，回复“最新”看最新一期，\n回复栏目名看这个栏目最近的内容：{names}。\n也可以直接写想找的词。",
    "answers.help.review": "回复编号（例如 {n}）看一条内容，回复“最新”看最新一期，回复“合集”看最近的合集，\n回复栏目名看这个栏目最近的内容：{names}。\n也可以直接写想找的词。",
    "answers.help.empty": "还没有内容，过些天再来看看。",
    "answers.found": "找到 {n} 条",
    "answers.nearest": "没有编号 {n}，最接近的是第 {issue} 期：",
    "answers.no token": "没有设环境变量 {name}：公众平台“消息与事件推送”里填的令牌（Token）",
    "answers.no key": "{name} 不是 EncodingAESKey：应当是 43 个字母和数字，在公众平台“消息与事件推送”里",
    "answers.no appid": "没有设环境变量 {name}：加密的消息要用 AppID 解",
    "answers.own": "{file}：{said}",
}
