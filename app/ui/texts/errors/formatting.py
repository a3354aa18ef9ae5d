"""Turns an error into a message in the current language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page, documentation_page
from app.core.errors import Code, WorkbenchError
from app.core.sentence_joiner import join_sentences
from app.ui.texts import numbers
from app.ui.texts.errors.attachments import ATTACHMENT_MESSAGES, attachment_variant
from app.ui.texts.errors.audio import AUDIO_MESSAGES
from app.ui.texts.errors.demo import DEMO_MESSAGES
from app.ui.texts.errors.input import INPUT_MESSAGES, consent_variant
from app.ui.texts.errors.message import ErrorMessage, MessageTable
from app.ui.texts.errors.network import NETWORK_MESSAGES, network_variant
from app.ui.texts.errors.prompts import PROMPT_MESSAGES
from app.ui.texts.errors.service import SERVICE_MESSAGES, service_variant
from app.ui.texts.errors.storage import STORAGE_MESSAGES
from app.ui.texts.errors.tool_servers import TOOL_SERVER_MESSAGES
from app.ui.texts.errors.tools import TOOLS_MESSAGES
from app.ui.texts.setting_labels import setting_label

MESSAGES: MessageTable = {
    **SERVICE_MESSAGES,
    **NETWORK_MESSAGES,
    **DEMO_MESSAGES,
    **TOOLS_MESSAGES,
    **TOOL_SERVER_MESSAGES,
    **AUDIO_MESSAGES,
    **INPUT_MESSAGES,
    **PROMPT_MESSAGES,
    **ATTACHMENT_MESSAGES,
    **STORAGE_MESSAGES,
    Code.UNEXPECTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Something unexpected happened ({kind}): {message}."),
        QCoreApplication.translate(
            "Errors", "Your work is saved. To report the problem, use “Copy diagnostics” in Settings, About."
        ),
    ),
}
"""The message of every code; its placeholders are the parameters of the error as `_sentence_params` names them."""


class _Params(dict[str, Any]):
    """Parameters for `format_map`; a missing one becomes an empty string."""

    def __missing__(self, key: str) -> str:
        return ""


def error_message(error: BaseException) -> ErrorMessage:
    """Return the message for an error. Anything but a WorkbenchError is reported as unexpected."""
    if not isinstance(error, WorkbenchError):
        error = WorkbenchError(Code.UNEXPECTED, kind=type(error).__name__, message=str(error))
    host = str(error.params.get("host") or "")
    variant = (
        network_variant(error.code, error.params)
        or service_variant(error.code, host)
        or attachment_variant(error.code, error.params)
        or consent_variant(error.code, error.params)
    )
    what, next_step = variant or MESSAGES[error.code]()
    # The language of the documentation, as the address names it.
    is_chinese = QCoreApplication.translate("Errors", "en-US") == "zh-CN"
    page = console_page(error.code, host) or documentation_page(error.code, host, chinese=is_chinese)
    if page:
        see_page = QCoreApplication.translate("Errors", "See {page}")
        next_step = join_sentences(next_step, see_page)
    params = _sentence_params(error.params)
    params["page"] = page
    return ErrorMessage(_without_gaps(what.format_map(params)), _without_gaps(next_step.format_map(params)))


def error_sentences(error: BaseException) -> str:
    """The message for an error as one text: what happened and what to do next."""
    return str(error_message(error))


def _sentence_params(raised: Mapping[str, Any]) -> _Params:
    """Map the parameters set where the error is raised to the names used in the sentences."""
    params = _Params(raised)
    path = str(params["path"])
    params["detail"] = _service_detail(raised)
    params["reason"] = params["reason"] or params["message"]
    params["service"] = params["service"] or params["host"] or QCoreApplication.translate("Errors", "this service")
    params["name"] = params["name"] or Path(path).name or QCoreApplication.translate("Errors", "The file")
    params["path"] = params["aside"] or path
    params["label"] = setting_label(str(params["key"]))
    params["value"] = str(params["value"]).strip("'\"")  # The raiser gives its repr.
    limit = params["limit"]
    if isinstance(limit, int):
        params["limit"] = numbers.size(limit)
    elif isinstance(limit, float) and params["currency"]:
        params["limit"] = numbers.money(limit, str(params["currency"]))
    elif not limit and params["seconds"]:
        params["limit"] = numbers.seconds(float(params["seconds"]))
    for name in ("most", "length"):
        if isinstance(params[name], int):
            params[name] = numbers.count(params[name])
    for name in ("size", "url_limit"):
        if isinstance(params[name], int):
            params[name] = numbers.size(params[name])
    if isinstance(params["seconds"], float):
        params["seconds"] = f"{params['seconds']:g}"
    return params


def _service_detail(params: Mapping[str, Any]) -> str:
    """Join the service's own `message` and `param`: either of them may be the useful one."""
    message, param = str(params.get("message") or "").strip(), str(params.get("param") or "").strip()
    if not message or not param or param in message:
        return message or param
    return f"{message} ({param})"


def _without_gaps(sentence: str) -> str:
    """Remove what a missing parameter leaves behind: `did not answer ().` becomes `did not answer.`"""
    for gap, closed in ((" ()", ""), ("（）", ""), (": .", "."), ("：。", "。"), ("  ", " "), (" .", ".")):
        sentence = sentence.replace(gap, closed)
    return sentence.strip()
