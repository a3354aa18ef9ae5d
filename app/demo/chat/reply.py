"""Composes the answer to a question: tool calls first, then computed results, then the script."""

from __future__ import annotations

import datetime as dt
import json
import re

import msgspec

from app.demo import tokens
from app.demo.chat import arithmetic, json_mode, search, tool_report, tools, units, value_text
from app.demo.chat.fields import role_of
from app.demo.chat.question import Answer, Call, Language, Question, Tool, Usage, language_of
from app.demo.chat.script import Script, Topic, load_script
from app.demo.errors import REJECTED, too_long

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
_CALL_TOKENS = 8  # of a tool call, in addition to its arguments
_MESSAGE_TOKENS = 4  # that frame a message
_REPLY_TOKENS = 3  # that open the answer: with them "hi" costs 8 on v2.6-flash and 248 on v2.5 (mimo-api section 1)
_PADDING_TOKENS = 2_000
_ASKS_TIME = re.compile(
    r"what time is it|what(?:'s| is) the (?:time|date)|what day is|几点|今天.{0,3}(?:几号|星期几|日期)", re.IGNORECASE
)


_ASKS_TITLE = re.compile(
    r"\btitles?\b.{0,60}\b(conversation|chat|for|of)\b|\b(give|write|suggest).{0,30}\btitle\b|标题", re.IGNORECASE
)
_ASKS_SUMMARY = re.compile(r"\bsummar(y|ise|ize)\b|概括|总结|摘要", re.IGNORECASE)
_ASKS_TRANSLATION = re.compile(r"\btranslat(e|ion)\b|翻译", re.IGNORECASE)
_ECHO = re.compile(
    r"(?:please |just )?(?:say|repeat(?: after me)?)[:：,]?\s+[“\"'‘]?(?P<words>[^“”\"]{1,200}?)[”\"'’]?$"
    r"|请?(?:你)?(?:说|跟我念|跟我说|重复)(?:一?句|一下)?[:：，]?\s*[“\"]?(?P<chinese>[^“”\"一个]{1,60})[”\"]?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。！？!?.\n]+[。！？!?.]*")
_SPEAKER_LABEL = re.compile(r"^\s*(user|you|human|用户|我)\s*[:：]\s*", re.IGNORECASE)


class Draft(msgspec.Struct, frozen=True):
    """Text of an answer before stop strings, limits and usage. `is_marked` text ends with the line that says "demo"."""

    text: str
    thinking: str = ""
    is_marked: bool = True


def answer(question: Question) -> Answer:
    """Compose the answer with its usage, cut at `max_tokens` or a stop string.

    Raises:
        Refusal: the prompt is longer than the model's context.
    """
    prompt, cached = _prompt_tokens(question)
    prompt += sum(question.media_tokens.values())
    if prompt > question.model.context:
        raise too_long(prompt, question.model.context)
    script = load_script(question.language)
    composed = _faulty(question, script) or _composed(question, script)
    return _limited(question, composed, prompt, cached)


def _composed(question: Question, script: Script) -> Answer:
    """Answer with tool calls if tools match, otherwise with text; either may come with search results."""
    choice = tools.Choice() if question.tool_results else tools.choose(question)
    calls = choice.calls
    result = _search_result(question, with_tools=bool(calls or question.tool_results))
    if calls:
        composed = Answer("", _calling_text(script, [call.name for call in calls]), calls, finish="tool_calls")
    else:
        draft = _draft(question, choice, result, script)
        composed = Answer(_with_mark(question, draft, script), script.thinking_text(draft.thinking))
    if result is None:
        return composed
    usage = Usage(0, 0, 0, searches=(len(result.keywords), len(result.citations)))
    return msgspec.structs.replace(composed, citations=result.citations, search_error=result.error, usage=usage)


def _search_result(question: Question, *, with_tools: bool) -> search.SearchResult | None:
    """Run the web search. With tool calls or tool results, it runs only if forced."""
    if question.search is None or (with_tools and not question.search.force):
        return None
    return search.look_up(question, question.search)


def _draft(question: Question, choice: tools.Choice, result: search.SearchResult | None, script: Script) -> Draft:
    if question.tool_results:
        draft = Draft(_tool_report(question, script), script.sentence("thinking_result"))
    elif result is not None:
        draft = _search_draft(result, script)
    elif choice.incomplete is not None:
        draft = _missing(choice.incomplete, choice.missing, script)
    else:
        draft = _scripted(question, script)
    if question.json:
        text = draft.text if question.tool_results or result else ""
        return Draft(json_mode.answer(question, text), script.sentence("thinking_json"), is_marked=False)
    return draft


def _faulty(question: Question, script: Script) -> Answer | None:
    """Answer with a requested content fault; None if no requested fault applies to this turn."""
    introduction, faults = script.sentence("thinking_lead"), question.faults
    if "refusal" in faults:
        return Answer(REJECTED, introduction, finish="content_filter")
    if "mute" in faults:
        return Answer("", introduction)
    if "repetition" in faults:
        return Answer("again and " * 200, introduction, finish="repetition_truncation")
    if "unspoken" in faults and question.thinking:
        return Answer("", f"{introduction} {_scripted(question, script).text}")
    if "length" in faults:
        text = _with_mark(question, _scripted(question, script), script)
        return Answer(text[: len(text) // 2], introduction, finish="length")
    if "long" in faults:
        token_count = int(faults["long"]) if faults["long"].isdigit() else 2_000
        text = "\n\n".join(topic.answer.strip() for topic in script.topics)
        return Answer(_cut(f"{text}\n\n" * (token_count // tokens.count(text) + 1), token_count), introduction)
    if "loop" in faults and question.tool_results:
        last = question.tool_results[-1][0]
        return Answer("", script.sentence("result_loop"), (tools.repeated(last),), finish="tool_calls")
    if "padding" in faults and question.json:
        count = int(faults["padding"]) if faults["padding"].isdigit() else _PADDING_TOKENS
        text = _draft(question, tools.Choice(), None, script).text
        return Answer(text[: len(text) // 2] + " \n" * (count // 2), introduction, finish="length")
    if "leak-content" in faults and (calls := tools.choose(question).calls):
        return Answer(_leaked_call(calls[0]), introduction, finish="tool_calls")
    if "leak" in faults and question.thinking and (calls := tools.choose(question).calls):
        leaked = f'<tool_call>\n{{"name": "{calls[0].name}", "arguments": {calls[0].arguments}}}\n</tool_call>'
        return Answer("", f"{introduction} {leaked}")
    return None


def _leaked_call(call: Call) -> str:
    """A call as the model wrote it into its answer (mimo-api 6.5)."""
    parameters = "".join(f"<parameter={name}>{value}</parameter>" for name, value in json.loads(call.arguments).items())
    return f"<tool_call><function={call.name}>{parameters}</function></tool_call>"


def _missing(tool: Tool, fields: tuple[str, ...], script: Script) -> Draft:
    """Ask for what a tool needs and the question does not say."""
    thinking = script.sentence("thinking_missing", tool=tool.name)
    if len(fields) == 1 and role_of(fields[0]) in ("place", "zone"):
        return Draft(script.sentence("missing_place", tool=tool.name), thinking)
    names = ", ".join(f"*{field.replace('_', ' ')}*" for field in fields)
    return Draft(
        script.sentence("missing" if len(fields) == 1 else "missing_several", tool=tool.name, fields=names), thinking
    )


def _search_draft(result: search.SearchResult, script: Script) -> Draft:
    """Summarise the sources, each with its number."""
    points = "\n".join(
        script.sentence("search_point", summary=citation.summary, number=number)
        for number, citation in enumerate(result.citations, 1)
    )
    text = script.sentence("search", points=points) if points else script.sentence("search_none")
    return Draft(
        text, script.sentence("thinking_search", words=", ".join(result.keywords), count=len(result.citations))
    )


def _tool_report(question: Question, script: Script) -> str:
    """Report the tool results and describe the images in them."""
    results_text = tool_report.report(question)
    if not any(message.attachments for _, message in question.tool_results):
        return results_text
    return "\n\n".join((results_text, script.media["intro"], *question.media_descriptions))


def _calling_text(script: Script, names: list[str]) -> str:
    if len(names) == 1:
        return script.thinking_text(script.sentence("thinking_tool", tool=names[0]))
    return script.thinking_text(script.sentence("thinking_tools", tools=", ".join(names)))


def _scripted(question: Question, script: Script) -> Draft:
    text = question.user_message.text
    if question.media_descriptions:
        paragraphs = "\n\n".join((script.media["intro"], *question.media_descriptions))
        return Draft(paragraphs, script.media["thinking"])
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


def _with_mark(question: Question, draft: Draft, script: Script) -> str:
    text = f"{draft.text}\n\n{script.sentence('mark')}" if draft.is_marked else draft.text
    last = question.messages[-1]
    if last.role == "assistant" and last.text:
        # Continue a prefilled answer instead of repeating it.
        return text[len(last.text) :] if text.startswith(last.text) else f" {script.sentence('continued')}\n\n{text}"
    return text


def _limited(question: Question, answer: Answer, prompt: int, cached: int) -> Answer:
    """Apply the thinking switch, stop strings and the token limit, and count the usage."""
    thinking = answer.thinking if question.thinking else None
    text = answer.text
    for stop in filter(None, question.stop):
        text = text.partition(stop)[0]
    limited = _cut_to_limit(question.max_tokens, thinking, text, answer.calls)
    finish = answer.finish if limited == (thinking, text, answer.calls) else "length"
    thinking, text, calls = limited
    reasoning = tokens.count(thinking or "")
    completion = reasoning + tokens.count(text) + sum(map(_call_tokens, calls))
    usage = Usage(prompt, completion, reasoning, cached, question.media_tokens, answer.usage.searches)
    return msgspec.structs.replace(answer, text=text, thinking=thinking, calls=calls, finish=finish, usage=usage)


def _cut_to_limit(
    remaining: int, thinking: str | None, text: str, calls: tuple[Call, ...]
) -> tuple[str | None, str, tuple[Call, ...]]:
    """Cut thinking, text and tool calls, in this order, to `room` tokens in total."""
    if thinking is not None:
        thinking = _cut(thinking, remaining)
        remaining -= tokens.count(thinking)
    text = _cut(text, remaining)
    remaining -= tokens.count(text)
    cut_calls = []
    for call in calls:
        remaining -= _CALL_TOKENS
        if remaining <= 0:
            break
        arguments = _cut(call.arguments, remaining)
        remaining -= tokens.count(arguments)
        cut_calls.append(msgspec.structs.replace(call, arguments=arguments))
    return thinking, text, tuple(cut_calls)


def _call_tokens(call: Call) -> int:
    return tokens.count(call.arguments) + _CALL_TOKENS


def _cut(text: str, limit: int) -> str:
    return "".join(tokens.pieces(text)[:limit])


def _prompt_tokens(question: Question) -> tuple[int, int]:
    """Tokens of the prompt, and how many of them are cached: the prefix before the latest user message."""
    sizes = [
        tokens.count(m.text) + tokens.count(m.thinking or "") + sum(map(_call_tokens, m.calls)) + _MESSAGE_TOKENS
        for m in question.messages
    ]
    schemas = sum(tokens.count(msgspec.json.encode(tool.parameters).decode()) + 12 for tool in question.tools)
    injected = 0 if question.system_prompt else question.model.injected_tokens
    last_user = max((n for n, m in enumerate(question.messages) if m.role == "user"), default=0)
    prefix = injected + schemas + sum(sizes[:last_user])
    return injected + schemas + sum(sizes) + _REPLY_TOKENS, prefix - prefix % 64
