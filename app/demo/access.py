"""Who may call: `api-key` or `Authorization: Bearer`, on the Anthropic side `x-api-key` too (WIRE.md section 1)."""

from __future__ import annotations

import hmac

from starlette.requests import Request

from app.demo.errors import invalid_key


def require_key(request: Request, key: str) -> None:
    """Raises:
    Refusal: 401 where no accepted header carries the key.
    """
    headers = request.headers
    scheme, _, bearer = headers.get("authorization", "").strip().partition(" ")
    given = headers.get("api-key") or (bearer if scheme.lower() == "bearer" else "")
    if not given and request.url.path.startswith("/anthropic/"):
        given = headers.get("x-api-key", "")
    if not hmac.compare_digest(given.strip().encode(), key.encode()):
        raise invalid_key()
