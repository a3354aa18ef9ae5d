"""Authentication: `api-key` or `Authorization: Bearer`; for Anthropic also `x-api-key` (WIRE.md section 1)."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from app.demo.errors import invalid_key


def require_key(request: Request, key: str) -> None:
    """Check that the request carries the key. One header counts: `api-key` if it is there, whatever the others hold.

    Raises:
        Refusal: 401 if the header that counts does not contain the key.
    """
    headers = request.headers
    scheme, _, bearer = headers.get("authorization", "").strip().partition(" ")
    if "api-key" in headers:
        sent_key = headers["api-key"]
    elif scheme.lower() == "bearer":
        sent_key = bearer
    else:
        sent_key = headers.get("x-api-key", "") if request.url.path.startswith("/anthropic/") else ""
    if not hmac.compare_digest(sent_key.strip().encode(), key.encode()):
        raise invalid_key()
