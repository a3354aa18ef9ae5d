"""Composes the answer to a question: tool calls first, then computed results, then the script."""

from __future__ import annotations

import json

import msgspec

from app.demo import tokens
from app.demo.chat import json_mode, search, spoken_turn, tool_report, tools
from app.demo.chat.fields import role_of
from app.demo.chat.question import Answer, Call, Question, Tool, Usage
from app.demo.chat.script import Script, load_script
from app.demo.chat.scripted_answer import Draft, scripted
from app.demo.errors import REJECTED, too_long

_CALL_TOKENS = 8  # of a tool call, in addition to its arguments
_MESSAGE_TOKENS = 4  # that frame a message
_REPLY_TOKENS = 3  # that open the answer: with them "hi" costs 8 on v2.6-flash and 248 on v2.5 (WIRE.md section 1)
_PADDING_TOKENS = 2_000


def answer(question: Question) -> Answer:
    """Compose the answer with its usage, cut at `max_tokens` or a stop string.

    Raises:
        Refusal: the prompt is longer than the model's context.
    """
    prompt, cached = _prompt_tokens(question)
    prompt += sum(question.media_tokens.values())
    if prompt > question.model.context:
        raise too_long(prompt, question.model.context)
    question = _without_prefill(question)
    script = load_script(question.language)
    composed = _faulty(question, script) or _composed(question, script)
    return _limited(question, composed, prompt, cached)


def _without_prefill(question: Question) -> Question:
    """The question whose answer is continued, with the beginning of that answer apart from its messages."""
    last = question.messages[-1] if question.messages else None
    if last is None or last.role != "assistant" or not last.text or last.calls:
        return question
    return msgspec.structs.replace(question, messages=question.messages[:-1], prefill=last.text)


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
        draft = scripted(question, script)
    if question.json:
        text = draft.text if question.tool_results or result else ""
        return Draft(json_mode.answer(question, text), script.sentence("thinking_json"), is_marked=False)
    return _spoken(question, draft, script) if spoken_turn.is_spoken(question) else draft


def _spoken(question: Question, draft: Draft, script: Script) -> Draft:
    """The same in a few sentences; that it is no answer of MiMo is said once in a conversation."""
    is_first = not any(message.role == "assistant" for message in question.messages)
    text = spoken_turn.brief(draft.text)
    if spoken_turn.is_unrecognised(question, script):
        text = script.sentence("spoken_unknown" if is_first else "spoken_unknown_again")
    return Draft(text, draft.thinking, is_marked=is_first)


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
        return Answer("", f"{introduction} {scripted(question, script).text}")
    if "length" in faults:
        text = _with_mark(question, scripted(question, script), script)
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
    """A call as the model wrote it into its answer (WIRE.md section 6.5)."""
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


def _with_mark(question: Question, draft: Draft, script: Script) -> str:
    text = f"{draft.text}\n\n{script.sentence('mark')}" if draft.is_marked else draft.text
    prefill = question.prefill
    if not prefill:
        return text
    # Continue a prefilled answer instead of repeating it.
    return text[len(prefill) :] if text.startswith(prefill) else f" {script.sentence('continued')}\n\n{text}"


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
    """Cut thinking, text and tool calls, in this order, to `remaining` tokens in total."""
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
