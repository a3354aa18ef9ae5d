"""Why a server can't be used, as a code of `app.core.errors` with its parameters."""

from __future__ import annotations

from app.core.errors import Code


class ServerError(Exception):
    """A failure that the window shows; `params` are texts and numbers."""

    def __init__(self, code: Code, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
