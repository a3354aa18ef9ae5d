"""Chat request bodies of the OpenAI protocol (WIRE.md sections 5, 6.1, 6.5, 6.6, 7, 12 and 13)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.core.catalogue import catalogue
from app.core.messages import Media, Message, Part, Text, Thinking, ToolCall
from app.core.profiles import Profile
from app.core.requests import ChatRequest, FunctionTool, Sampling, WebSearch, additional_fields
from app.core.search_location import SearchLocation, parse_location
from app.mimo.embedded_files import embedded

NO_RESULT = '{"error":"not run"}'
"""Result sent for an unanswered tool call: the service refuses a call without a result."""
NO_PARAMETERS: dict[str, Any] = {"type": "object", "properties": {}}
"""Schema of a function without arguments: without one, the model writes the call into its answer (WIRE.md 6.5)."""
NO_ANSWER = "[The reply ended while thinking, without an answer.]"
"""Content of an earlier reply that consists of thinking alone: services refuse an assistant message without content."""


def chat_body(profile: Profile, request: ChatRequest) -> dict[str, Any]:
    """The JSON body of one exchange; fields the user did not set are left out."""
    sampling = request.sampling
    body: dict[str, Any] = {"model": request.model, "messages": list(_messages(profile, request))}
    body["stream"] = sampling.stream
    if sampling.stream and profile.kind in ("gateway", "self-hosted"):
        body["stream_options"] = {"include_usage": True}  # the platform always reports usage (WIRE.md section 6.3)
    body |= _sampling_fields(profile, sampling)
    tools = [_function(tool) for tool in request.tools]
    if request.web_search is not None:
        tools.append(_search(request.web_search))
    if tools:
        body |= {"tools": tools, "tool_choice": "auto"}
    body = {name: value for name, value in body.items() if name not in profile.unsupported_parameters}
    return body | additional_fields(profile.extra_body, sampling.extra)


def _sampling_fields(profile: Profile, sampling: Sampling) -> dict[str, Any]:
    fields: dict[str, Any] = {
        profile.token_field: sampling.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "frequency_penalty": sampling.frequency_penalty,
        "presence_penalty": sampling.presence_penalty,
        "stop": list(sampling.stop) or None,
        "response_format": {"type": "json_object"} if sampling.json_mode else None,
    }
    if sampling.thinking is not None:
        if profile.kind == "self-hosted":
            # SGLang and vLLM switch thinking by an argument of the chat template.
            fields["chat_template_kwargs"] = {"enable_thinking": sampling.thinking}
        else:
            fields["thinking"] = {"type": "enabled" if sampling.thinking else "disabled"}
    return {name: value for name, value in fields.items() if value is not None}


def _function(tool: FunctionTool) -> dict[str, Any]:
    function: dict[str, Any] = {
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters or NO_PARAMETERS,
    }
    if tool.strict:
        function["strict"] = True
    return {"type": "function", "function": function}


def _search(search: WebSearch) -> dict[str, Any]:
    tool: dict[str, Any] = {
        "type": "web_search",
        "max_keyword": search.keywords,
        "force_search": search.force,
        "limit": search.results,
    }
    location = parse_location(search.location)
    if isinstance(location, SearchLocation) and location.fields():
        tool["user_location"] = {"type": "approximate", **location.fields()}
    return tool


def wants_thinking(request: ChatRequest) -> bool:
    """Whether tool calls without thinking need an empty `reasoning_content`.

    A model in thinking mode refuses calls without it (WIRE.md section 6.5), other models may refuse the field. So the
    model must be known to think: from the request, the catalogue, or thinking earlier in the conversation.
    """
    if request.sampling.thinking is False:
        return False
    model = catalogue().model(request.model)
    if request.sampling.thinking or (model.listed and model.can("thinking")):
        return True
    return any(isinstance(part, Thinking) for message in request.messages for part in message.parts)


def _messages(profile: Profile, request: ChatRequest) -> Iterator[dict[str, Any]]:
    if request.system:
        yield {"role": "system", "content": request.system}
    thinks = wants_thinking(request)
    unanswered: list[str] = []
    for position, message in enumerate(request.messages):
        if message.role != "tool":
            yield from _missing_results(unanswered)
        if message.role == "assistant":
            following = request.messages[position + 1] if position + 1 < len(request.messages) else None
            has_tool_messages = following is not None and following.role == "tool"
            unanswered = (
                [
                    part.id
                    for part in message.parts
                    if isinstance(part, ToolCall) and part.result is None and not part.is_cut
                ]
                if has_tool_messages
                else []
            )
            yield from _assistant(profile, message, request.sampling, has_tool_messages, thinks=thinks)
        elif message.role == "tool":
            yield from _tool_results(message, unanswered)
        else:
            content = user_content(message, _media)
            if content:
                yield {"role": message.role, "content": content} | _name(message)
    yield from _missing_results(unanswered)


def _name(message: Message) -> dict[str, str]:
    return {"name": message.name} if message.name else {}


def user_content(message: Message, encode: Callable[[Media], dict[str, Any]]) -> str | list[dict[str, Any]]:
    """Content of a message of the user: its text alone, or blocks with its media, each written by `encode`."""
    media = [encode(part) for part in message.parts if isinstance(part, Media)]
    if not media:
        return message.text
    return ([{"type": "text", "text": message.text}] if message.text else []) + media


def _media(part: Media) -> dict[str, Any]:
    kind = part.mime.partition("/")[0]
    url = embedded(part.url, part.mime, part.name, part.size)
    if kind == "image":
        return {"type": "image_url", "image_url": {"url": url}}
    if kind == "audio":
        return {"type": "input_audio", "input_audio": {"data": url}}
    video: dict[str, Any] = {"type": "video_url", "video_url": {"url": url}}
    if part.fps is not None:
        video["fps"] = part.fps  # next to `video_url`, not inside it (WIRE.md section 5)
    if part.resolution is not None:
        video["media_resolution"] = part.resolution
    return video


def steps(message: Message) -> Iterator[list[Part]]:
    """What an assistant message sends of each of its steps, in order: its parts without media and cut calls."""
    sent = [part for part in message.joined_parts if not isinstance(part, Media) and not is_cut(part)]
    for step in sorted({part.step for part in sent}):
        yield [part for part in sent if part.step == step]


def _assistant(
    profile: Profile, message: Message, sampling: Sampling, has_tool_messages: bool, *, thinks: bool
) -> Iterator[dict[str, Any]]:
    for parts in steps(message):
        text = "\n\n".join(part.text for part in parts if isinstance(part, Text) and part.text.strip())
        thoughts = [part for part in parts if isinstance(part, Thinking) and part.text.strip()]
        calls = [part for part in parts if isinstance(part, ToolCall)]
        if not (text or calls or thoughts):
            continue
        wire: dict[str, Any] = {"role": "assistant", "content": text or ("" if calls else NO_ANSWER)} | _name(message)
        if thoughts and (sampling.send_thinking or calls):
            _add_thinking(wire, thoughts, profile)
        elif calls and thinks:
            wire["reasoning_content"] = ""
        if calls:
            wire["tool_calls"] = [
                {
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": _arguments(call.arguments)},
                }
                for call in calls
            ]
        yield wire
        for call in calls:
            if call.result is not None or not has_tool_messages:
                result = NO_RESULT if call.result is None else call.result_text(sends_images=False)
                yield {"role": "tool", "tool_call_id": call.id, "content": result}


def is_cut(part: Part) -> bool:
    """Whether a part is a tool call that was cut off: sent without its arguments, it would be another call."""
    return isinstance(part, ToolCall) and part.is_cut


def _add_thinking(wire: dict[str, Any], thoughts: list[Thinking], profile: Profile) -> None:
    """Add earlier thinking in the shape in which it came; the platform itself always takes `reasoning_content`."""
    thinking = "\n\n".join(part.text for part in thoughts)
    match thoughts[0].form if profile.kind in ("gateway", "self-hosted") else "":
        case "reasoning":
            wire["reasoning"] = thinking
        case "reasoning_details":
            wire["reasoning_details"] = [
                {"type": "reasoning.text", "text": part.text}
                | ({"signature": part.signature} if part.signature else {})
                for part in thoughts
            ]
        case "parts":
            text = [{"type": "text", "text": wire["content"]}] if wire["content"] else []
            wire["content"] = [{"type": "thinking", "thinking": [{"type": "text", "text": thinking}]}, *text]
        case "tags":
            wire["content"] = with_tags(thinking, wire["content"])
        case _:
            wire["reasoning_content"] = thinking


def with_tags(thinking: str, text: str) -> str:
    """Thinking and answer as one text."""
    return f"<think>\n{thinking}\n</think>\n\n{text}".rstrip()


def _arguments(text: str) -> str:
    """The arguments unchanged; an empty object if they are not valid JSON, which a service may refuse."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return "{}"
    return text


def _tool_results(message: Message, unanswered: list[str]) -> Iterator[dict[str, Any]]:
    """The results in a separate tool message: of the calls it names, or else of the oldest call without a result."""
    calls = [part for part in message.parts if isinstance(part, ToolCall)]
    for call in calls:
        if call.id in unanswered:
            unanswered.remove(call.id)
        yield {"role": "tool", "tool_call_id": call.id, "content": call.result_text(sends_images=False) or message.text}
    if not calls:
        call_id = unanswered.pop(0) if unanswered else message.name or message.id
        yield {"role": "tool", "tool_call_id": call_id, "content": message.text}


def _missing_results(unanswered: list[str]) -> Iterator[dict[str, Any]]:
    """Results for the calls that the following tool messages did not answer."""
    while unanswered:
        yield {"role": "tool", "tool_call_id": unanswered.pop(0), "content": NO_RESULT}
