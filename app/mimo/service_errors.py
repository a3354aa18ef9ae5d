"""Parses the service's error responses into `ServiceError` (WIRE.md section 9)."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.errors import Code, ServiceError, TransportError, WorkbenchError
from app.mimo.error_words import error_words, page_words

_BY_STATUS = {
    400: Code.BAD_REQUEST,
    401: Code.UNAUTHORIZED,
    402: Code.NO_BALANCE,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    413: Code.TOO_LARGE,
    421: Code.CONTENT_REFUSED,
    422: Code.BAD_REQUEST,
    429: Code.TOO_MANY_REQUESTS,
    441: Code.RISK_CONTROL,
    500: Code.SERVER_ERROR,
    502: Code.SERVER_ERROR,
    503: Code.OVERLOADED,
    504: Code.SERVER_ERROR,
    529: Code.OVERLOADED,
}

_BY_TYPE = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "invalid_key": 401,
    "billing_error": 402,
    "permission_error": 403,
    "illegal_access": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "limitation": 429,
    "risk_control": 441,
    "api_error": 500,
    "overloaded_error": 503,
}
"""Status by error type: the Anthropic protocol identifies errors by type alone, even in a response with status 200."""

_BY_MESSAGE = (
    ("reasoning_content", Code.REASONING_MISSING, {400}),
    ("websearchenabled is false", Code.SEARCH_OFF, {400}),
    ("support image input", Code.NO_IMAGE_INPUT, {404}),
    ("unsupported model", Code.MODEL_UNSUPPORTED, {400, 404, 500}),
    ("multimodal data is corrupted", Code.MEDIA_CORRUPTED, {400}),
    ("quota", Code.QUOTA_EXHAUSTED, {429}),
    ("insufficient", Code.QUOTA_EXHAUSTED, {429}),
    ("risk", Code.RISK_CONTROL, {403}),
)
"""For ambiguous statuses, text in the service's message decides: (text, code, statuses it applies to)."""


def error_from_body(status: int, body: bytes, host: str = "") -> ServiceError:
    """The error of a non-2xx response: JSON, JSON in an SSE frame, JSON without the outer `error`, HTML, or nothing."""
    return error_from_value(status, _parsed(body), host)


def error_from_value(status: int, value: Any, host: str = "") -> ServiceError:
    """The error described by a parsed body.

    `status` is the HTTP status; if that is 200 (an error inside a stream), the code or type in the body is used.
    """
    words = error_words(value)
    kind, body_code = words.kind, _number(words.code)
    if body_code == 441 or kind == "risk_control":
        effective = 441
    elif status >= 400:
        effective = status
    elif body_code is not None and body_code >= 400:
        effective = body_code
    else:
        # Words without any sign of an error kind are shown with the status they came with.
        effective = _BY_TYPE.get(kind) or (500 if words.marked or not words.message else status)
    code = _BY_STATUS.get(effective) or (Code.SERVER_ERROR if 500 <= effective < 600 else Code.UNEXPECTED_STATUS)
    if words.is_validation and code in (Code.SERVER_ERROR, Code.UNEXPECTED_STATUS):
        code = Code.BAD_REQUEST  # gateways report a refused field with 500; the same request fails again
    text = f"{words.message} {words.param} {kind}".lower()
    for needle, specific_code, statuses in _BY_MESSAGE:
        if effective in statuses and needle in text:
            code = specific_code
            break
    return ServiceError(code, status=effective, message=words.message, param=words.param, host=host)


def error_in_body(text: str) -> ServiceError | None:
    """The error of a 2xx body that is no response of the protocol, if it is JSON with words of the service."""
    value = _parsed(text.encode())
    words = error_words(value)
    if isinstance(value, dict | list) and (words.marked or words.message):
        return error_from_value(200, value)
    return None


def garbage(text: str) -> WorkbenchError:
    """The error for a body that is no response of the protocol: the service's, or GARBAGE with what the body says."""
    found = error_in_body(text) if text.lstrip()[:1] in ("{", "[") else None
    return found or TransportError(Code.GARBAGE, beginning=text[:200], message=page_words(text))


def _parsed(body: bytes) -> Any:
    text = body.decode("utf-8", "replace").strip()
    for line in text.splitlines() if text.startswith(("data:", "event:", ":")) else [text]:
        candidate = line.strip().removeprefix("data:").strip()
        try:
            return msgspec.json.decode(candidate)
        except (msgspec.DecodeError, RecursionError):
            continue
    return None if text.startswith("<") else text


def _number(value: Any) -> int | None:
    """The body's `code` as a number; it may be a number, a string with the status, or a name like `invalid_api_key`."""
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 3 else None
