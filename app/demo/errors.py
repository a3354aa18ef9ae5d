"""Refusals in the platform's envelope (WIRE.md section 9): `code` is a string, the useful detail sits in `param`."""

from __future__ import annotations

from typing import Any

import msgspec

REJECTED = "The request was rejected because it was considered high risk"
"""What moderation says, as an error or as the content of an answer that ends with `content_filter`."""
NOT_FOUND_PAGE = (
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n"
    "<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n"
)


class Refusal(Exception):
    """A request that is answered with an error.

    Attributes:
        status: HTTP status.
        code: the string in the envelope: the status, unless the platform sends another (441 with HTTP 400).
        framed: the body goes out as an SSE line even where the request did not stream (the image 404 does).
    """

    def __init__(
        self,
        status: int,
        message: str,
        param: str | None = "",
        type: str = "",
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
        """The envelope as the platform orders it; `param` is left out where the platform leaves it out."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.param is not None:
            error["param"] = self.param
        error["type"] = self.type
        return {"error": error}

    def anthropic_body(self) -> dict[str, Any]:
        """The same refusal in the other protocol's envelope, with the platform's own fields beside it."""
        kind = _ANTHROPIC_KINDS.get(self.status, "api_error")
        error = {**self.body()["error"], "type": kind}
        return {"type": "error", "error": error}


_ANTHROPIC_KINDS = {
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
    """400 with the detail in `param`, by far the commonest refusal."""
    return Refusal(400, "Param Incorrect", param)


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


def bad_literal(field: str, allowed: tuple[str, ...], given: Any) -> Refusal:
    """A value outside a fixed list, worded like the platform's own validator (WIRE.md section 9)."""
    *rest, last = (f"'{value}'" for value in allowed)
    expected = f"{', '.join(rest)} or {last}"
    detail = [
        {
            "type": "literal_error",
            "loc": ("body", field),
            "msg": f"Input should be {expected}",
            "input": given,
            "ctx": {"expected": expected},
        }
    ]
    return Refusal(400, str(detail), "", "Bad Request")


def by_status(status: int) -> Refusal:
    """What comes with a bare status; bodies of 402, 403, 421, 500 and 503 were never recorded (WIRE.md section 11)."""
    known = {
        400: incorrect("the demo service was asked to refuse this request"),
        401: invalid_key(),
        402: Refusal(402, "Insufficient account funds", "", "insufficient_balance"),
        403: Refusal(403, "Illegal access", None, "illegal_access"),
        404: no_image_input(),
        421: Refusal(421, REJECTED, "", "content_filter"),
        429: too_many_requests(),
        500: Refusal(500, "Internal server error", "", "server_error"),
        503: Refusal(503, "Server overloaded, please try again later", "", "overloaded"),
    }
    return known.get(status) or Refusal(status, f"Demo service: status {status} as ordered")


def encode(refusal: Refusal, *, streaming: bool, anthropic: bool = False) -> tuple[bytes, str]:
    """Body and content type. Errors of streamed requests come framed as one `data:` line without a space."""
    body = msgspec.json.encode(refusal.anthropic_body() if anthropic else refusal.body())
    if anthropic or not (streaming or refusal.framed):
        return body, "application/json"
    return b"data:" + body + b"\n\n", "text/event-stream"
