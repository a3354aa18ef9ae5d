"""Answers from the script: tasks about the conversation, follow-ups, computed results, topics, or an honest no."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from app.demo.chat import arithmetic, stage_direction, units, value_text, verdict, voice_sketch
from app.demo.chat.question import Language, Question, language_of
from app.demo.chat.script import Script, Topic, load_script

_ASKS_MORE = re.compile(
    r"^\W*(go on|continue|more|tell me more|and then|what else|another|next|why\W*$|really\W*$"
    r"|expand|elaborate|details?|say more|keep going"
    r"|继续|还有|再(说|来|讲|多)|详细|然后呢|为什么\W*$|展开|接着|多说)",
    re.IGNORECASE,
)
_ASKS_SHORT = re.compile(
    r"\b(shorter|brief(ly)?|tl;?dr|in short|one sentence|concise)\b|简短|短(一)?点|一句话|精简|长话短说", re.IGNORECASE
)
_ASKS_ENGLISH = re.compile(r"\b(in|into|to) english\b|(用|成|说)英(文|语)", re.IGNORECASE)
_ASKS_CHINESE = re.compile(r"\b(in|into|to) (chinese|mandarin)\b|(用|成|说)(中文|汉语|普通话)", re.IGNORECASE)
_MAX_FOLLOW_UP_LENGTH = 80
_ASKS_TIME = re.compile(
    r"what time is it|what(?:'s| is) the (?:time|date)|what day is|几点|什么时间|今天.{0,3}(?:几号|星期几|日期)",
    re.IGNORECASE,
)
_ASKS_TITLE = re.compile(
    r"\btitles?\b.{0,60}\b(conversation|chat|for|of)\b|\b(give|write|suggest).{0,30}\btitle\b|标题", re.IGNORECASE
)
_ASKS_SUMMARY = re.compile(r"\bsummar(y|ise|ize)\b|概括|总结|摘要", re.IGNORECASE)
_ASKS_TRANSLATION = re.compile(r"\btranslat(e|ion)\b|翻译", re.IGNORECASE)
_ECHO = re.compile(
    r"(?:please |just )?(?:say|repeat(?: after me)?)[:：,]?\s+[“\"'‘]?"
    r"(?P<words>(?!something|anything|more\b)[^“”\"]{1,200}?)[”\"'’]?$"
    r"|请?你?(?:说|跟我念|跟我说|重复)(?:一?句|一下|一遍)?[:：，]?\s*[“\"](?P<chinese>[^“”\"]{1,60})[”\"][。！]?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?.\n]+[。！？!?.]*")
_SPEAKER_LABEL = re.compile(r"^\s*(user|you|human|用户|我)\s*[:：]\s*", re.IGNORECASE)


class Draft(msgspec.Struct, frozen=True):
    """Text of an answer before stop strings, limits and usage. `is_marked` text ends with the line that says "demo"."""

    text: str
    thinking: str = ""
    is_marked: bool = True


def scripted(question: Question, script: Script) -> Draft:
    """The answer without tools and search, to the latest user message."""
    text = question.user_message.text
    if question.media_descriptions:
        paragraphs = "\n\n".join((script.media["intro"], *question.media_descriptions))
        return Draft(paragraphs, script.media["thinking"])
    if (line := stage_direction.asked_for(text, question.language)) is not None:
        direction = stage_direction.written(line, question.language, script)
        return Draft(direction, script.sentence("thinking_direction"), is_marked=False)
    if (judged := verdict.asked_for(text)) is not None:
        return Draft(verdict.written(*judged), script.sentence("fallback_thinking"), is_marked=False)
    if (sketch := voice_sketch.asked_for(text, question.language)) is not None:
        description = voice_sketch.written(sketch, question.language)
        return Draft(description, script.sentence("thinking_voice"), is_marked=False)
    if draft := _conversation_task(question, text, script):
        return draft
    if draft := _follow_up(question, text, script):
        return draft
    if conversion := units.find(text):
        source, target = f"{conversion.amount:g} {conversion.source}", f"{conversion.value} {conversion.target}"
        return Draft(
            script.sentence("convert", source=source, target=target),
            script.sentence("thinking_sum", expression=text.strip(), value=conversion.value),
        )
    if result := arithmetic.find(text):
        fields = {"expression": value_text.pretty(result.expression), "value": result.value}
        return Draft(
            f"{script.sentence('sum', **fields)}\n\n{script.sentence('sum_asked')}",
            script.sentence("thinking_sum", **fields),
        )
    if _ASKS_TIME.search(text):
        return _clock(question.language, script)
    if topic := script.topic_of(text):
        answer_text = topic.answer.strip()
        is_nearest = topic.is_nearest(text)
        return Draft(f"{script.sentence('nearest')}\n\n{answer_text}" if is_nearest else answer_text, topic.thinking)
    if echo := _ECHO.match(text.strip()):
        said = next(filter(None, echo.groups())).strip()
        return Draft(said[0].upper() + said[1:], script.sentence("echo_thinking"))
    return Draft(script.sentence("fallback"), script.sentence("fallback_thinking"))


def _conversation_task(question: Question, text: str, script: Script) -> Draft | None:
    """A title or summary of the conversation. A title is unmarked because clients put it into a field of their own."""
    earlier = [message for message in question.messages if message.role in ("user", "assistant") and message.text][:-1]
    if _ASKS_TITLE.search(text):
        _, _, quoted = text.partition("\n")
        source = quoted.strip() or (earlier[0].text if earlier else "")
        if source:
            return Draft(_title(source), script.sentence("thinking_title"), is_marked=False)
    if _ASKS_SUMMARY.search(text):
        _, _, quoted = text.partition("\n")
        if len(quoted.strip()) > 80:
            return Draft("".join(_SENTENCE.findall(quoted.strip())[:3]).strip(), script.sentence("thinking_summary"))
        if earlier:
            names = {"user": "summary_asked", "assistant": "summary_answered"}
            points = "; ".join(script.sentence(names[m.role], text=_title(m.text, 90)) for m in earlier)
            return Draft(script.sentence("summary", points=points), script.sentence("thinking_summary"))
    if _ASKS_TRANSLATION.search(text) and not _last_topic(question):
        return Draft(script.sentence("translate_unknown"), script.sentence("translate_thinking"))
    return None


def _title(text: str, length: int = 40) -> str:
    """First sentence without Markdown, cut at a word boundary."""
    plain = re.sub(r"[#*`>|_$]+", " ", _SPEAKER_LABEL.sub("", text))
    first = next((s.strip() for s in _SENTENCE.findall(plain) if s.strip()), plain.strip())
    first = " ".join(first.split()).rstrip("。.!！?？:：")
    if len(first) <= length:
        return first
    cut = first[:length]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _clock(language: Language, script: Script) -> Draft:
    now = dt.datetime.now()
    date = f"{now:%Y}年{now.month}月{now.day}日" if language == "zh" else f"{now:%A}, {now.day} {now:%B %Y}"
    return Draft(script.sentence("clock", time=f"{now:%H:%M}", date=date), script.sentence("thinking_clock"))


def _follow_up(question: Question, text: str, script: Script) -> Draft | None:
    """Continue, shorten or translate the last topic before this message."""
    if len(text) > _MAX_FOLLOW_UP_LENGTH:
        return None
    result = _last_topic(question)
    if result is None:
        return None
    language, topic = result
    thinking = script.sentence("thinking_follow_up", topic=topic.name)
    if _ASKS_ENGLISH.search(text) or _ASKS_CHINESE.search(text):
        other: Language = "en" if _ASKS_ENGLISH.search(text) else "zh"
        return Draft(_translated_topic(language, topic, other).answer.strip(), thinking)
    if _ASKS_SHORT.search(text) and topic.short:
        return Draft(topic.short.strip(), thinking)
    if _ASKS_MORE.search(text):
        is_exhausted = any(
            topic.more.strip() in message.text for message in question.messages if message.role == "assistant"
        )
        return Draft(
            script.sentence("nothing_more") if is_exhausted or not topic.more else topic.more.strip(), thinking
        )
    return None


def _last_topic(question: Question) -> tuple[Language, Topic] | None:
    earlier = [message.text for message in question.messages if message.role == "user"][:-1]
    for text in reversed(earlier):
        language = language_of(text)
        if (
            not _ASKS_MORE.search(text)
            and not _ASKS_SHORT.search(text)
            and (topic := load_script(language).topic_of(text))
        ):
            return language, topic
    return None


def _translated_topic(language: Language, topic: Topic, other: Language) -> Topic:
    """The same topic in the other language. Both scripts list their topics in the same order."""
    return load_script(other).topics[load_script(language).topics.index(topic)]
