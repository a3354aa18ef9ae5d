"""Pages of the platform's console and documentation that help with an error (WIRE.md sections 7, 10 and 13)."""

from __future__ import annotations

from app.core.errors import Code
from app.core.hosts import host_of
from app.core.profiles import Profile

_CONSOLE = "https://platform.xiaomimimo.com/#/console/"
USAGE = f"{_CONSOLE}usage"
KEYS = f"{_CONSOLE}api-keys"
BALANCE = f"{_CONSOLE}balance"
PLAN = f"{_CONSOLE}plan-manage"
PLUGIN = f"{_CONSOLE}plugin"
_DOCUMENTATION = "https://mimo.mi.com/docs/"

_PAGES = {
    Code.UNAUTHORIZED: KEYS,
    Code.KEY_MISSING: KEYS,
    Code.KEY_KIND: KEYS,
    Code.FORBIDDEN: KEYS,
    Code.RISK_CONTROL: KEYS,
    Code.NO_BALANCE: BALANCE,
    Code.QUOTA_EXHAUSTED: PLAN,
    Code.TOO_MANY_REQUESTS: USAGE,
    Code.SEARCH_OFF: PLUGIN,
}

_DOCUMENTS = {
    Code.MODEL_UNSUPPORTED: "quick-start/summary/model",
    Code.UNEXPECTED_STATUS: "api/guidance/error-codes",
}


def documentation_page(code: Code, service: Profile | str, *, chinese: bool) -> str:
    """The URL of the documentation that helps with an error; "" as for `console_page`."""
    page = _DOCUMENTS.get(code, "")
    return f"{_DOCUMENTATION}{'zh-CN' if chinese else 'en-US'}/{page}" if page and _is_platform(service) else ""


def console_page(code: Code, service: Profile | str) -> str:
    """The URL of the page that helps with an error; "" if there is none or the service is not the platform.

    `service` is the profile in use, or its host.
    """
    return _PAGES.get(code, "") if _is_platform(service) else ""


def _is_platform(service: Profile | str) -> bool:
    host = service if isinstance(service, str) else host_of(service.base_url)
    return host == "xiaomimimo.com" or host.endswith(".xiaomimimo.com")
