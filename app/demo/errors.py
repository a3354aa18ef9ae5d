"""Error responses in the platform's format (WIRE.md section 9): `code` is a string, details are in `param`."""

from __future__ import annotations

from typing import Any

import msgspec

REJECTED = "The request was rejected because it was considered high risk"
"""Moderation text, sent as an error or as the content of a response that finishes with `content_filter`."""
NOT_FOUND_PAGE = (
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n"
    "<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n"
)


class Refusal(Exception):
    """Raised to answer a request with an error.

    Attributes:
        status: HTTP status.
        code: error code in the body: the status, unless the platform sends another one (441 with HTTP 400).
        framed: send the body as an SSE line even if the request did not ask for a stream (as the image 404 does).
    """

    def __init__(
        self,
        status: int,
        message: str,
        param: str | None = "",
        type: str | None = "",
        *,
        code: str | None = None,
        framed: bool = False,
    ) -> None:
        super().__init__(message, param)
        self.status = status
        self.message = message
        self.param = param
        self.type = type
        self.code = code or str(status)
        self.framed = framed

    def body(self) -> dict[str, Any]:
        """Error body with its fields in the platform's order; `param` and `type` are omitted where they are None."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.param is not None:
            error["param"] = self.param
        if self.type is not None:
            error["type"] = self.type
        return {"error": error}

    def anthropic_body(self) -> dict[str, Any]:
        """Error body of the Anthropic protocol, with the platform's additional fields."""
        anthropic_type = _ANTHROPIC_TYPES.get(self.status, "api_error")
        error = {**self.body()["error"], "type": anthropic_type}
        return {"type": "error", "error": error}


_ANTHROPIC_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    503: "overloaded_error",
}


def incorrect(param: str) -> Refusal:
    """400 with the detail in `param`, by far the most common error."""
    return Refusal(400, "Param Incorrect", param)


def unsupported_model(id: str) -> Refusal:
    return Refusal(400, f"Unsupported model {id}", None, None)


def invalid_json() -> Refusal:
    return Refusal(400, "Invalid JSON in request body", None, None)


def token_limit(field: str, value: int, model_limit: int) -> Refusal | None:
    """The refusal of a token limit outside [1, model_limit]; None if it is inside."""
    if value < 1:
        reason, bound = "too small", "at least 1"
    elif value > model_limit:
        reason, bound = "too large", f"at most {model_limit}"
    else:
        return None
    return incorrect(
        f"{field} is {reason}: {value}. This model supports {bound} completion tokens, whereas you provided {value}."
    )


def not_listed() -> Refusal:
    """400 for a value outside a fixed list; the platform does not name the field."""
    return Refusal(400, "Invalid request parameters", "", "Bad Request")


def invalid_key() -> Refusal:
    return Refusal(401, "Invalid API Key", "Please provide valid API Key", "invalid_key")


def too_many_requests() -> Refusal:
    return Refusal(429, "Too many requests", None, "limitation")


def quota_exhausted() -> Refusal:
    return Refusal(429, "quota exhausted", "", "limitation")


def no_image_input() -> Refusal:
    return Refusal(404, "No endpoints found that support image input", framed=True)


def too_long(tokens: int, context: int) -> Refusal:
    return incorrect(f"the messages have {tokens} tokens, this model's context is {context}")


def reasoning_missing() -> Refusal:
    return incorrect("The reasoning_content in the thinking mode must be passed back to the API.")


def bad_literal(field: str, allowed: tuple[str, ...], value: Any) -> Refusal:
    """400 for a value outside a fixed list, in the wording of the platform's validator (WIRE.md section 9)."""
    *rest, last = (f"'{literal}'" for literal in allowed)
    expected = f"{', '.join(rest)} or {last}"
    detail = [
        {
            "type": "literal_error",
            "loc": ("body", field),
            "msg": f"Input should be {expected}",
            "input": value,
            "ctx": {"expected": expected},
        }
    ]
    return Refusal(400, str(detail), "", "Bad Request")


def for_status(status: int) -> Refusal:
    """The error for an HTTP status. The bodies of 403, 421, 500 and 503 were never recorded (WIRE.md section 11)."""
    known = {
        400: incorrect("the demo service was asked to refuse this request"),
        401: invalid_key(),
        402: Refusal(402, "Insufficient account balance", None, None),
        403: Refusal(403, "Illegal access", None, "illegal_access"),
        404: no_image_input(),
        421: Refusal(421, REJECTED, "", "content_filter"),
        429: too_many_requests(),
        500: Refusal(500, "Internal server error", "", "server_error"),
        503: Refusal(503, "Server overloaded, please try again later", "", "overloaded"),
    }
    return known.get(status) or Refusal(status, f"Demo service: status {status} as ordered")


def encode(refusal: Refusal, *, streaming: bool, anthropic: bool = False) -> tuple[bytes, str]:
    """Return body and content type. Errors of streamed requests are framed as one `data:` line without a space."""
    body = msgspec.json.encode(refusal.anthropic_body() if anthropic else refusal.body())
    if anthropic or not (streaming or refusal.framed):
        return body, "application/json"
    return b"data:" + body + b"\n\n", "text/event-stream"
