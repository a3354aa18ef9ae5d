"""Composing the answer to a question: tools first, then what can really be computed, then the script."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from app.demo import tokens
from app.demo.chat import arithmetic, json_mode, search, tools, units
from app.demo.chat.question import Answer, Call, Language, Question, Usage, language_of
from app.demo.chat.script import Script, Topic, script
from app.demo.errors import REJECTED, too_long

_MORE = re.compile(
    r"^\W*(go on|continue|more|tell me more|and then|what else|another|next|why\W*$|really\W*$"
    r"|expand|elaborate|details?|say more|keep going"
    r"|继续|还有|再(说|来|讲|多)|详细|然后呢|为什么\W*$|展开|接着|多说)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(shorter|brief(ly)?|tl;?dr|in short|one sentence|concise)\b|简短|短(一)?点|一句话|精简|长话短说", re.IGNORECASE
)
_ENGLISH = re.compile(r"\b(in|into|to) english\b|(用|成|说)英(文|语)", re.IGNORECASE)
_CHINESE = re.compile(r"\b(in|into|to) (chinese|mandarin)\b|(用|成|说)(中文|汉语|普通话)", re.IGNORECASE)
_FOLLOW_UP_LENGTH = 80
_CALL_TOKENS = 8  # of a tool call, beside its arguments
_INJECTED_PROMPT = 192  # tokens of the system prompt the platform adds where none is sent (WIRE.md section 1)
_TIME_WITHOUT_TOOL = re.compile(
    r"what time is it|what(?:'s| is) the (?:time|date)|what day is|几点|今天.{0,3}(?:几号|星期几|日期)", re.IGNORECASE
)


_TITLE = re.compile(
    r"\btitles?\b.{0,60}\b(conversation|chat|for|of)\b|\b(give|write|suggest).{0,30}\btitle\b|标题", re.IGNORECASE
)
_SUMMARY = re.compile(r"\bsummar(y|ise|ize)\b|概括|总结|摘要", re.IGNORECASE)
_TRANSLATE = re.compile(r"\btranslat(e|ion)\b|翻译", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。！？!?.\n]+[。！？!?.]*")
_SPEAKER = re.compile(r"^\s*(user|you|human|用户|我)\s*[:：]\s*", re.IGNORECASE)


class Draft(msgspec.Struct, frozen=True):
    """What is to be said, before limits, stops and figures. `marked` texts close with the line that says "demo"."""

    text: str
    thinking: str = ""
    marked: bool = True


def answer(question: Question) -> Answer:
    """The answer with its usage figures, cut where `max_tokens` or a stop string ends it.

    Raises:
        Refusal: the prompt is longer than the model's context.
    """
    prompt, cached = _prompt_tokens(question)
    prompt += sum(question.media_tokens.values())
    if prompt > question.model.context:
        raise too_long(prompt, question.model.context)
    words = script(question.language)
    said = _odd(question, words) or _said(question, words)
    return _finished(question, said, prompt, cached)


def _said(question: Question, words: Script) -> Answer:
    """Calls where tools fit, words otherwise; either beside what a search brought."""
    calls = () if question.results else tools.choose(question)
    found = _found(question, busy=bool(calls or question.results))
    if calls:
        said = Answer("", _calling(words, [call.name for call in calls]), calls, finish="tool_calls")
    else:
        draft = _draft(question, found, words)
        said = Answer(_dressed(question, draft, words), words.thought(draft.thinking))
    if found is None:
        return said
    usage = Usage(0, 0, 0, searches=(len(found.keywords), len(found.citations)))
    return msgspec.structs.replace(said, citations=found.citations, search_error=found.error, usage=usage)


def _found(question: Question, *, busy: bool) -> search.Found | None:
    """What the web search brought. Who has tools to call or results to report searches only when forced to."""
    if question.search is None or (busy and not question.search.force):
        return None
    return search.look_up(question, question.search)


def _draft(question: Question, found: search.Found | None, words: Script) -> Draft:
    if question.results:
        draft = Draft(_report(question, words), words.say("thinking_result"))
    elif found is not None:
        draft = _searched(found, words)
    else:
        draft = _spoken(question, words)
    if question.json:
        told = draft.text if question.results or found else ""
        return Draft(json_mode.answer(question, told), words.say("thinking_json"), marked=False)
    return draft


def _odd(question: Question, words: Script) -> Answer | None:
    """Answers that go wrong as ordered; None where the order does not concern this turn."""
    lead, oddities = words.say("thinking_lead"), question.oddities
    if "refusal" in oddities:
        return Answer(REJECTED, lead, finish="content_filter")
    if "mute" in oddities:
        return Answer("", lead)
    if "repetition" in oddities:
        return Answer("again and " * 200, lead, finish="repetition_truncation")
    if "unspoken" in oddities and question.thinking:
        return Answer("", f"{lead} {_spoken(question, words).text}")
    if "length" in oddities:
        text = _dressed(question, _spoken(question, words), words)
        return Answer(text[: len(text) // 2], lead, finish="length")
    if "long" in oddities:
        wanted = int(oddities["long"]) if oddities["long"].isdigit() else 2_000
        text = "\n\n".join(topic.answer.strip() for topic in words.topic)
        return Answer(_cut(f"{text}\n\n" * (wanted // tokens.count(text) + 1), wanted), lead)
    if "loop" in oddities and question.results:
        last = question.results[-1][0]
        return Answer("", words.say("result_loop"), (tools.again(last),), finish="tool_calls")
    if "leak" in oddities and question.thinking and (calls := tools.choose(question)):
        leaked = f'<tool_call>\n{{"name": "{calls[0].name}", "arguments": {calls[0].arguments}}}\n</tool_call>'
        return Answer("", f"{lead} {leaked}")
    return None


def _searched(found: search.Found, words: Script) -> Draft:
    """What the sources say, each with its number."""
    points = "\n".join(
        words.say("search_point", summary=citation.summary, number=number)
        for number, citation in enumerate(found.citations, 1)
    )
    text = words.say("search", points=points) if points else words.say("search_none")
    return Draft(text, words.say("thinking_search", words=", ".join(found.keywords), count=len(found.citations)))


def _report(question: Question, words: Script) -> str:
    """What the tools answered, and what was measured in the pictures among it."""
    told = tools.report(question)
    if not any(message.attachments for _, message in question.results):
        return told
    return "\n\n".join((told, words.media["intro"], *question.observed))


def _calling(words: Script, names: list[str]) -> str:
    if len(names) == 1:
        return words.thought(words.say("thinking_tool", tool=names[0]))
    return words.thought(words.say("thinking_tools", tools=", ".join(names)))


def _spoken(question: Question, words: Script) -> Draft:
    text = question.asked.text
    if question.observed:
        paragraphs = "\n\n".join((words.media["intro"], *question.observed))
        return Draft(paragraphs, words.media["thinking"])
    if draft := _task(question, text, words):
        return draft
    if draft := _follow_up(question, text, words):
        return draft
    if conversion := units.find(text):
        parts = msgspec.to_builtins(conversion)
        return Draft(
            words.say("convert", **{**parts, "amount": f"{conversion.amount:g}"}),
            words.say("thinking_sum", expression=text.strip(), value=conversion.value),
        )
    if found := arithmetic.find(text):
        said = {"expression": found.expression, "value": found.value}
        return Draft(f"{words.say('sum', **said)}\n\n{words.say('sum_asked')}", words.say("thinking_sum", **said))
    if _TIME_WITHOUT_TOOL.search(text):
        return _clock(question.language, words)
    if topic := words.topic_of(text):
        return Draft(topic.answer.strip(), topic.thinking)
    earlier = sum(message.role != "system" for message in question.messages) - 1
    return Draft(
        words.say(
            "fallback", words=len(text.split()), characters=len(text), earlier=max(earlier, 0), model=question.model.id
        ),
        words.say("fallback_thinking"),
    )


def _task(question: Question, text: str, words: Script) -> Draft | None:
    """A title or a summary, taken from what was said; bare, for it goes into a field of the caller's."""
    said = [message for message in question.messages if message.role in ("user", "assistant") and message.text][:-1]
    if _TITLE.search(text):
        _, _, quoted = text.partition("\n")
        source = quoted.strip() or (said[0].text if said else "")
        if source:
            return Draft(_title(source), words.say("thinking_title"), marked=False)
    if _SUMMARY.search(text):
        _, _, quoted = text.partition("\n")
        if len(quoted.strip()) > 80:
            return Draft("".join(_SENTENCE.findall(quoted.strip())[:3]).strip(), words.say("thinking_summary"))
        if said:
            names = {"user": "summary_asked", "assistant": "summary_answered"}
            points = "; ".join(words.say(names[m.role], text=_title(m.text, 90)) for m in said)
            return Draft(words.say("summary", points=points), words.say("thinking_summary"))
    if _TRANSLATE.search(text) and not _last_topic(question):
        return Draft(words.say("translate_unknown"), words.say("translate_thinking"))
    return None


def _title(text: str, length: int = 40) -> str:
    """The first sentence without Markdown, cut at a word."""
    plain = re.sub(r"[#*`>|_$]+", " ", _SPEAKER.sub("", text))
    first = next((s.strip() for s in _SENTENCE.findall(plain) if s.strip()), plain.strip())
    first = " ".join(first.split()).rstrip("。.!！?？:：")
    if len(first) <= length:
        return first
    cut = first[:length]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _clock(language: Language, words: Script) -> Draft:
    now = dt.datetime.now()
    date = f"{now:%Y}年{now.month}月{now.day}日" if language == "zh" else f"{now:%A}, {now.day} {now:%B %Y}"
    return Draft(words.say("clock", time=f"{now:%H:%M}", date=date), words.say("thinking_clock"))


def _follow_up(question: Question, text: str, words: Script) -> Draft | None:
    """More, less, or the same in the other language, about the last topic before this message."""
    if len(text) > _FOLLOW_UP_LENGTH:
        return None
    found = _last_topic(question)
    if found is None:
        return None
    language, topic = found
    thinking = words.say("thinking_follow_up", topic=topic.name)
    if _ENGLISH.search(text) or _CHINESE.search(text):
        other: Language = "en" if _ENGLISH.search(text) else "zh"
        return Draft(_twin(language, topic, other).answer.strip(), thinking)
    if _SHORT.search(text) and topic.short:
        return Draft(topic.short.strip(), thinking)
    if _MORE.search(text):
        said = any(topic.more.strip() in message.text for message in question.messages if message.role == "assistant")
        return Draft(words.say("nothing_more") if said or not topic.more else topic.more.strip(), thinking)
    return None


def _last_topic(question: Question) -> tuple[Language, Topic] | None:
    earlier = [message.text for message in question.messages if message.role == "user"][:-1]
    for text in reversed(earlier):
        language = language_of(text)
        if not _MORE.search(text) and not _SHORT.search(text) and (topic := script(language).topic_of(text)):
            return language, topic
    return None


def _twin(language: Language, topic: Topic, other: Language) -> Topic:
    """The same topic in the other language: both scripts list their topics in one order."""
    return script(other).topic[script(language).topic.index(topic)]


def _dressed(question: Question, draft: Draft, words: Script) -> str:
    text = f"{draft.text}\n\n{words.say('mark')}" if draft.marked else draft.text
    last = question.messages[-1]
    if last.role == "assistant" and last.text:
        # A prefill is continued, not repeated.
        return text[len(last.text) :] if text.startswith(last.text) else f" {words.say('continued')}\n\n{text}"
    return text


def _finished(question: Question, answer: Answer, prompt: int, cached: int) -> Answer:
    """Applies thinking, stop strings and the token limit, and counts."""
    thinking = answer.thinking if question.thinking else None
    text = answer.text
    for stop in filter(None, question.stop):
        text = text.partition(stop)[0]
    kept = _within(question.max_tokens, thinking, text, answer.calls)
    finish = answer.finish if kept == (thinking, text, answer.calls) else "length"
    thinking, text, calls = kept
    reasoning = tokens.count(thinking or "")
    completion = reasoning + tokens.count(text) + sum(map(_call_tokens, calls))
    usage = Usage(prompt, completion, reasoning, cached, question.media_tokens, answer.usage.searches)
    return msgspec.structs.replace(answer, text=text, thinking=thinking, calls=calls, finish=finish, usage=usage)


def _within(
    room: int, thinking: str | None, text: str, calls: tuple[Call, ...]
) -> tuple[str | None, str, tuple[Call, ...]]:
    """As much as fits into `room` tokens, in the order in which it would be said."""
    if thinking is not None:
        thinking = _cut(thinking, room)
        room -= tokens.count(thinking)
    text = _cut(text, room)
    room -= tokens.count(text)
    made = []
    for call in calls:
        room -= _CALL_TOKENS
        if room <= 0:
            break
        arguments = _cut(call.arguments, room)
        room -= tokens.count(arguments)
        made.append(msgspec.structs.replace(call, arguments=arguments))
    return thinking, text, tuple(made)


def _call_tokens(call: Call) -> int:
    return tokens.count(call.arguments) + _CALL_TOKENS


def _cut(text: str, limit: int) -> str:
    return "".join(tokens.pieces(text)[:limit])


def _prompt_tokens(question: Question) -> tuple[int, int]:
    """Tokens of the prompt, and how many of them a prefix cache would hold: all before the latest user message."""
    sizes = [
        tokens.count(m.text) + tokens.count(m.thinking or "") + sum(map(_call_tokens, m.calls)) + 4
        for m in question.messages
    ]
    schemas = sum(tokens.count(msgspec.json.encode(tool.parameters).decode()) + 12 for tool in question.tools)
    injected = 0 if question.system else _INJECTED_PROMPT
    last_user = max((n for n, m in enumerate(question.messages) if m.role == "user"), default=0)
    prefix = injected + schemas + sum(sizes[:last_user])
    return injected + schemas + sum(sizes), prefix - prefix % 64
