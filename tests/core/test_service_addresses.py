"""Whatever form of a service's address is pasted, requests go where the service listens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.service_addresses import AddressChange, service_address

MIMO = "https://api.xiaomimimo.com/v1"
ENDPOINT, SCHEME, VERSION = AddressChange.ENDPOINT, AddressChange.SCHEME, AddressChange.VERSION


@pytest.mark.parametrize(
    ("text", "base_url", "changes"),
    [
        (MIMO, MIMO, ()),
        (f"  {MIMO}/ \n", MIMO, ()),
        (f'"{MIMO}"', MIMO, ()),
        (f"“{MIMO}”", MIMO, ()),
        (f"\u200b{MIMO}\ufeff", MIMO, ()),
        (f"{MIMO}/chat/completions", MIMO, (ENDPOINT,)),
        (f"{MIMO}/chat/completions/", MIMO, (ENDPOINT,)),
        (f"{MIMO}/chat/completions/chat/completions", MIMO, (ENDPOINT,)),
        (f"{MIMO}/models", MIMO, (ENDPOINT,)),
        (f"{MIMO}/audio/speech?x=1", MIMO, (ENDPOINT,)),
        (f"POST {MIMO}/chat/completions", MIMO, (ENDPOINT,)),
        (f"curl -X POST '{MIMO}/chat/completions' -H 'api-key: x'", MIMO, (ENDPOINT,)),
        ("api.xiaomimimo.com", MIMO, (SCHEME, VERSION)),
        ("https://api.xiaomimimo.com", MIMO, (VERSION,)),
        ("https://api.xiaomimimo.com/", MIMO, (VERSION,)),
        ("HTTPS://API.XiaomiMiMo.com/v1", MIMO, ()),
        ("https:/api.xiaomimimo.com/v1", MIMO, ()),
        ("api.xiaomimimo.com/v1", MIMO, (SCHEME,)),
        ("localhost:8000", "http://localhost:8000/v1", (SCHEME, VERSION)),
        ("192.168.1.5:11434/v1", "http://192.168.1.5:11434/v1", (SCHEME,)),
        ("[::1]:8000", "http://[::1]:8000/v1", (SCHEME, VERSION)),
        ("127.0.0.1.evil.com", "https://127.0.0.1.evil.com/v1", (SCHEME, VERSION)),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1", ()),
        ("https://gateway.example/Team-A/openai", "https://gateway.example/Team-A/openai", ()),
        ("http://host:8080//v1//", "http://host:8080/v1", ()),
        ("https：／／api.xiaomimimo.com／v1", MIMO, ()),
        ("API.XIAOMIMIMO.COM/V1/", MIMO, (SCHEME,)),
        ("fe80::1", "http://[fe80::1]/v1", (SCHEME, VERSION)),
        ("http://localhost:11434/api/chat", "http://localhost:11434/v1", (ENDPOINT, VERSION)),
        (f"{MIMO}/images/generations", MIMO, (ENDPOINT,)),
        ("ftp://x.example", "ftp://x.example", ()),
    ],
)  # fmt: skip
def test_a_pasted_address_becomes_a_base_url(text: str, base_url: str, changes: tuple[AddressChange, ...]) -> None:
    address = service_address(text)
    assert (address.base_url, address.changes) == (base_url, changes)


@pytest.mark.parametrize(
    "text",
    ["https://api.xiaomimimo.com/anthropic/v1/messages", "https://api.xiaomimimo.com/anthropic/messages",
     "https://api.xiaomimimo.com/anthropic"],
)  # fmt: skip
def test_the_anthropic_protocol_keeps_its_own_path(text: str) -> None:
    assert service_address(text, "anthropic").base_url == "https://api.xiaomimimo.com/anthropic"


def test_an_endpoint_tells_the_protocol() -> None:
    assert service_address("https://x.example/anthropic/v1/messages").protocol == "anthropic"
    assert service_address("https://x.example/v1/chat/completions").protocol == "openai"
    assert service_address("https://x.example/v1").protocol == ""
    for shared in ("models", "models/x", "files", "batches"):
        assert service_address(f"https://x.example/v1/{shared}") == (
            "https://x.example/v1",
            (AddressChange.ENDPOINT,),
            "",
        )
    assert service_address("https://x.example", "anthropic").base_url == "https://x.example"


@pytest.mark.parametrize("text", ["", "   ", "not an address", "https://", "http://[::1", "ftp"])
def test_what_is_no_address_is_left_for_the_check_that_follows(text: str) -> None:
    assert " " not in service_address(text).base_url or service_address(text).base_url == text.strip()


@given(st.text(max_size=40))
def test_reading_twice_changes_nothing_more(text: str) -> None:
    once = service_address(text).base_url
    assert service_address(once).base_url == once
