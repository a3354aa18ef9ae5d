"""Authentication: `api-key` or `Authorization: Bearer`; for Anthropic also `x-api-key` (WIRE.md section 1)."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from app.demo.errors import invalid_key


def require_key(request: Request, key: str) -> None:
    """Check that the request carries the key.

    Raises:
        Refusal: 401 if no accepted header contains the key.
    """
    headers = request.headers
    scheme, _, bearer = headers.get("authorization", "").strip().partition(" ")
    sent_key = headers.get("api-key") or (bearer if scheme.lower() == "bearer" else "")
    if not sent_key and request.url.path.startswith("/anthropic/"):
        sent_key = headers.get("x-api-key", "")
    if not hmac.compare_digest(sent_key.strip().encode(), key.encode()):
        raise invalid_key()
