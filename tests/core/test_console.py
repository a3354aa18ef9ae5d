"""Console pages for errors."""

from __future__ import annotations

import pytest

from app.core.console import console_page, documentation_page
from app.core.errors import Code
from app.core.profiles import PRESETS

PLATFORM = "token-plan-sgp.xiaomimimo.com"


@pytest.mark.parametrize(
    ("code", "page"),
    [
        (Code.UNAUTHORIZED, "api-keys"),
        (Code.RISK_CONTROL, "api-keys"),
        (Code.NO_BALANCE, "balance"),
        (Code.QUOTA_EXHAUSTED, "plan-manage"),
        (Code.TOO_MANY_REQUESTS, "usage"),
        (Code.SEARCH_OFF, "plugin"),
    ],
)
def test_the_console_page_for_an_error(code: Code, page: str) -> None:
    assert console_page(code, PLATFORM) == f"https://platform.xiaomimimo.com/#/console/{page}"
    assert {console_page(code, preset) == "" for preset in PRESETS if preset.kind in ("demo", "self-hosted")} == {True}
    assert {console_page(code, preset) for preset in PRESETS if preset.kind.startswith("token")} == {
        f"https://platform.xiaomimimo.com/#/console/{page}"
    }


@pytest.mark.parametrize("host", ["gateway.example", "notxiaomimimo.com", "127.0.0.1", ""])
def test_other_services_have_no_console_page(host: str) -> None:
    assert console_page(Code.NO_BALANCE, host) == ""


def test_other_errors_have_no_console_page() -> None:
    assert console_page(Code.BAD_REQUEST, PLATFORM) == "" == console_page(Code.CONNECTION_LOST, PLATFORM)


def test_documentation_is_on_the_present_host_in_both_languages() -> None:
    model = "quick-start/summary/model"
    assert (
        documentation_page(Code.MODEL_UNSUPPORTED, PLATFORM, chinese=True) == f"https://mimo.mi.com/docs/zh-CN/{model}"
    )
    english = documentation_page(Code.MODEL_UNSUPPORTED, "api.xiaomimimo.com", chinese=False)
    assert english == f"https://mimo.mi.com/docs/en-US/{model}"
    assert documentation_page(Code.MODEL_UNSUPPORTED, "gateway.example", chinese=False) == ""
    assert documentation_page(Code.NO_BALANCE, PLATFORM, chinese=False) == ""
