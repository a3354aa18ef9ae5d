"""Names and explanations of the chat's parameters, and why one is locked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import ParameterState, RuleReason
from app.core.sentence_joiner import join_sentences
from app.ui.texts.numbers import count, decimal


def parameter_name(name: str) -> str:
    """The name of a parameter, as its control has it."""
    names = {
        "system": QCoreApplication.translate("Parameters", "System prompt"),
        "task": QCoreApplication.translate("Parameters", "Task preset"),
        "temperature": QCoreApplication.translate("Parameters", "Temperature"),
        "top_p": QCoreApplication.translate("Parameters", "Top P"),
        "max_tokens": QCoreApplication.translate("Parameters", "Max tokens"),
        "web_search": QCoreApplication.translate("Parameters", "Web search"),
        "force_search": QCoreApplication.translate("Parameters", "Force search"),
        "search_keywords": QCoreApplication.translate("Parameters", "Search keywords"),
        "search_results": QCoreApplication.translate("Parameters", "Search results"),
        "search_location": QCoreApplication.translate("Parameters", "Search location"),
        "json_mode": QCoreApplication.translate("Parameters", "JSON mode"),
        "stream": QCoreApplication.translate("Parameters", "Stream"),
        "send_thinking": QCoreApplication.translate("Parameters", "Send earlier thinking"),
        "ask": QCoreApplication.translate("Parameters", "Ask before each tool"),
        "stop": QCoreApplication.translate("Parameters", "Stop sequences"),
        "frequency_penalty": QCoreApplication.translate("Parameters", "Frequency penalty"),
        "presence_penalty": QCoreApplication.translate("Parameters", "Presence penalty"),
        "extra_body": QCoreApplication.translate("Parameters", "Extra body"),
    }
    return names[name]


def parameter_caption(name: str) -> str:
    """The name of a parameter beside its control, where what is above makes it clear."""
    captions = {
        "search_keywords": QCoreApplication.translate("Parameters", "Keywords"),
        "search_results": QCoreApplication.translate("Parameters", "Results"),
        "search_location": QCoreApplication.translate("Parameters", "Location"),
    }
    return captions.get(name) or parameter_name(name)


def explain_parameter(name: str, state: ParameterState | None = None) -> str:
    """What a parameter does, with its range and default, and what forces or ignores it."""
    parts = [_purpose(name), _range(name, state)]
    if state is not None and not state.is_sent:
        parts.append(lock_reason(state))
    elif name == "temperature":
        parts.append(QCoreApplication.translate("Parameters", "While thinking, the platform always uses 1.0."))
    elif name == "top_p":
        parts.append(QCoreApplication.translate("Parameters", "While thinking, the platform always uses 0.95."))
    elif name in ("json_mode", "frequency_penalty", "presence_penalty", "web_search"):
        parts.append(QCoreApplication.translate("Parameters", "The Anthropic protocol has no such field."))
    return join_sentences(*(part for part in parts if part))


def _purpose(name: str) -> str:
    texts = {
        "system": QCoreApplication.translate(
            "Parameters",
            "Tells MiMo who it is and how to behave; it goes before the messages. {date} and {week} are filled in. "
            "Default: the prompt that the platform recommends.",
        ),
        "task": QCoreApplication.translate(
            "Parameters",
            "Sets Thinking, Temperature and Top P to what the platform recommends for a kind of work. "
            "Any of them can be changed afterwards.",
        ),
        "temperature": QCoreApplication.translate(
            "Parameters",
            "How freely MiMo picks its words: low is steady, high is varied. Change this or Top P, not both.",
        ),
        "top_p": QCoreApplication.translate(
            "Parameters",
            "MiMo picks only from the most likely words, until together they reach this probability. "
            "Change this or Temperature, not both.",
        ),
        "max_tokens": QCoreApplication.translate(
            "Parameters",
            "The most tokens that thinking and answer may have together. Thinking alone can use up a small limit.",
        ),
        "web_search": QCoreApplication.translate(
            "Parameters", "The platform searches the web before MiMo answers. Default: off."
        ),
        "force_search": QCoreApplication.translate(
            "Parameters", "Searches for every message, instead of letting MiMo decide. Default: off."
        ),
        "search_keywords": QCoreApplication.translate(
            "Parameters", "The most searches for one answer. Each is billed. From 1 to 50, default 5."
        ),
        "search_results": QCoreApplication.translate(
            "Parameters", "The most pages that a search returns. From 1 to 50, default 5."
        ),
        "search_location": QCoreApplication.translate("Parameters", "A place whose results come first. Default: none."),
        "json_mode": QCoreApplication.translate(
            "Parameters",
            "The answer will be valid JSON, but not with certain keys: ask for JSON and describe it in a message. "
            "Default: off.",
        ),
        "stream": QCoreApplication.translate(
            "Parameters", "Shows the answer while it is written. Off, it arrives in one piece. Default: on."
        ),
        "send_thinking": QCoreApplication.translate(
            "Parameters",
            "Sends MiMo's earlier thinking back with every message, as the platform recommends. Off saves tokens; "
            "thinking before tool calls is always sent. Default: on.",
        ),
        "ask": QCoreApplication.translate(
            "Parameters",
            "Every tool call waits until you allow, deny or answer it. It holds for all conversations. Default: on.",
        ),
        "stop": QCoreApplication.translate(
            "Parameters", "The answer ends before the first of these texts. Up to 4, one per line. Default: none."
        ),
        "frequency_penalty": QCoreApplication.translate(
            "Parameters", "Above 0, words become less likely the more often they were used; below 0, more likely."
        ),
        "presence_penalty": QCoreApplication.translate(
            "Parameters", "Above 0, words that were used at all become less likely; below 0, more likely."
        ),
        "extra_body": QCoreApplication.translate(
            "Parameters",
            "A JSON object whose fields are added to every request. The platform ignores unknown fields without a "
            "word, so a typo has no effect; over the Anthropic protocol they are refused. Default: none.",
        ),
    }
    return texts[name]


def _range(name: str, state: ParameterState | None) -> str:
    if state is None or state.low is None or state.high is None:
        return ""
    low, high = _number(name, state.low), _number(name, state.high)
    if state.default is None:
        return QCoreApplication.translate("Parameters", "From {low} to {high}.").format(low=low, high=high)
    return QCoreApplication.translate("Parameters", "From {low} to {high}, default {default}.").format(
        low=low, high=high, default=_number(name, state.default)
    )


def _number(name: str, value: float) -> str:
    return count(round(value)) if name == "max_tokens" else decimal(value, 2)


def lock_label(reason: RuleReason | None) -> str:
    """Why a parameter is locked, in two or three words beside its control."""
    match reason:
        case RuleReason.THINKING_FORCES:
            return QCoreApplication.translate("Parameters", "while thinking")
        case RuleReason.PROTOCOL_LACKS:
            return QCoreApplication.translate("Parameters", "not over Anthropic")
        case RuleReason.MODEL_LACKS:
            return QCoreApplication.translate("Parameters", "not for this model")
        case RuleReason.SERVICE_REFUSES:
            return QCoreApplication.translate("Parameters", "refused by the service")
    return ""


def lock_reason(state: ParameterState) -> str:
    """Why a parameter is locked, in a sentence; empty for one that is not."""
    if state.is_sent:
        return ""
    match state.reason:
        case RuleReason.THINKING_FORCES:
            return QCoreApplication.translate(
                "Parameters", "While thinking, the platform uses {value} whatever is sent. Your own value is kept."
            ).format(value=decimal(state.value or 0.0, 2))
        case RuleReason.PROTOCOL_LACKS:
            return QCoreApplication.translate(
                "Parameters", "The Anthropic protocol has no such field, so it is not sent. Your own value is kept."
            )
        case RuleReason.MODEL_LACKS:
            return QCoreApplication.translate(
                "Parameters", "This model can't do that, so it is not sent. Your own value is kept."
            )
        case RuleReason.SERVICE_REFUSES:
            return QCoreApplication.translate(
                "Parameters", "Settings say that this service refuses it, so it is not sent. Your own value is kept."
            )
    return ""
