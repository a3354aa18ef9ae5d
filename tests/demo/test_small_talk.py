"""First impressions: greetings, small talk and the documents' examples are answered; anything else honestly not."""

from __future__ import annotations

import pytest

from app.demo.chat import reply
from app.demo.chat.question import Message, Question
from app.demo.chat.script import load_script
from app.demo.models import MODELS


def said(text: str) -> str:
    return reply.answer(Question(MODELS["mimo-v2.6-pro"], (Message("user", text),))).text


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("Say hello", "Hello!"), ("hi", "Hello!"), ("Good morning!", "Hello!"), ("打个招呼", "您好"),
        ("你好", "您好"), ("How are you?", "Very well"), ("How's it going?", "Very well"), ("你好吗？", "很好"),
        ("最近怎么样", "很好"), ("please introduce yourself", "I'm the **demo service**"),
        ("Who are you?", "I'm the **demo service**"), ("你是谁？", "我是这个工作台自带的**示例服务**"),
        ("What is MiMo?", "**MiMo** is Xiaomi's"), ("什么是MiMo？", "**MiMo** 是小米"),
        ("Thanks!", "You're welcome!"), ("That is great, thank you!", "You're welcome!"), ("谢谢", "不客气"),
        ("test", "Loud and clear"), ("测试", "收到"), ("ok", "Good."), ("好的", "好。"), ("Sorry", "No harm"),
        ("抱歉", "没关系"), ("I'm bored", "A day on Venus"), ("讲个冷知识", "金星"),
        ("Nice to meet you", "Nice to meet you"), ("幸会", "我也很高兴"), ("You are awesome", "That's kind"),
        ("你真棒", "您过奖"), ("Bye", "Goodbye!"), ("再见", "再见"), ("Say cheese", "Cheese"),
        ("请说“我爱学习”", "我爱学习"),
        ("Say hello in five languages", "- English: Hello!"), ("用五种语言问好", "- 中文：你好！"),
        ("What is the capital of France?", "The capital of France is **Paris**."),
        ("法国的首都是哪里？", "法国的首都是**巴黎**。"), ("How many r's are in strawberry?", "There are **three**"),
        ("草莓 strawberry 有几个 r？", "strawberry 里有**三个** r"), ("What is 17.5 × 3?", "17.5 × 3 is **52.5**."),
        ("17.5 乘以 3 等于多少？", "17.5 × 3 等于 **52.5**。"),
        ("Convert 10 km to miles", "10 km is **6.21371 mi**."),
        ("10 公里是多少英里？", "10 km 等于 **6.21371 mi**。"),
        ("What is the weather like in Hebei?", "I can't look out of a window"), ("河北天气怎么样？", "我看不到窗外"),
        ("Good morning. Could you tell me what the weather will be like today?", "I can't look out of a window"),
    ],
)  # fmt: skip
def test_small_talk_and_examples_are_answered(asked: str, begins: str) -> None:
    assert said(asked).startswith(begins)


@pytest.mark.parametrize("asked", ["How does a transformer work?", "Explain quantum entanglement", "Why do cats purr?"])
def test_unknown_topics_get_an_honest_answer_with_suggestions(asked: str) -> None:
    text = said(asked)
    assert text.startswith("That one isn't in my script. I'm the demo service")
    assert "*Settings → Services*" in text and "*Compare tea and coffee*" in text


def test_unknown_topics_are_admitted_in_chinese_too() -> None:
    assert said("黑洞是怎么形成的？").startswith("这个问题不在我的脚本里。我是工作台自带的示例服务")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_that_is_suggested_is_answered(language: str) -> None:
    script = load_script(language)  # type: ignore[arg-type]
    suggested = [line for line in script.sentence("fallback").splitlines() if line.startswith("- ")]
    questions = [
        part.strip(" *")
        for line in suggested
        for part in line.partition(":** " if language == "en" else "：** ")[2].split("·")
    ]
    assert len(questions) >= 10
    opening = script.sentence("fallback")[:20]
    nearest = script.sentence("nearest")
    assert [asked for asked in questions if said(asked).startswith((opening, nearest))] == []


@pytest.mark.parametrize(
    "asked",
    [
        "Write a poem about autumn", "Compare Python and Rust", "Plan a trip to Rome", "Tell me a story about a dragon",
        "Write an email to my landlord about the heating", "写一首关于秋天的诗", "比较Python和Rust", "去西安的旅行计划",
    ],
)  # fmt: skip
def test_neighbouring_topics_are_introduced_as_the_nearest(asked: str) -> None:
    script = load_script("zh" if asked[0] > "z" else "en")
    assert said(asked).startswith(script.sentence("nearest"))


@pytest.mark.parametrize("asked", ["Write a poem", "Write a poem about the sea", "Compare tea and coffee", "写一首诗"])
def test_topics_of_the_script_need_no_introduction(asked: str) -> None:
    assert not said(asked).startswith((load_script("en").sentence("nearest"), load_script("zh").sentence("nearest")))


@pytest.mark.parametrize(
    ("asked", "labels", "holds"),
    [
        ("Write Role, Scene and Guidance for this line.\n\nThe text:\nThe train leaves at nine!",
         ("Role: ", "Scene: ", "Guidance: "), "staff"),
        ("Give me a role, a scene and guidance.\nText: Once upon a time there was a fox.",
         ("Role: ", "Scene: ", "Guidance: "), "storyteller"),
        ("请写角色、场景和指导。\n文字：\n街口那个老周啊。", ("角色：", "场景：", "指导："), "老人"),
        ("请写角色、场景和指导。\n文字：\n水是湿的。", ("角色：", "场景：", "指导："), "旁白"),
    ],
)  # fmt: skip
def test_a_direction_is_written_for_what_the_text_is_like(asked: str, labels: tuple[str, ...], holds: str) -> None:
    parts = said(asked).split("\n\n")
    assert [part.startswith(label) for part, label in zip(parts, labels, strict=True)] == [True] * 3
    assert holds in parts[0]
