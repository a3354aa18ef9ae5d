"""A connection error names the proxy, and the variable it comes from."""

from __future__ import annotations

import pytest

from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.mimo.client import MimoClient
from app.ui.texts.errors import error_message

SERVICE = Profile("x", "gateway", "X", "http://gateway.example/v1", authentication="none", retries=0)


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def failure(profile: Profile) -> TransportError:
    client = MimoClient(profile, None)
    try:
        with pytest.raises(TransportError) as caught:
            await client.models()
        return caught.value
    finally:
        await client.aclose()


@pytest.mark.parametrize(
    ("variable", "value", "code", "named"),
    [
        ("HTTP_PROXY", "http://me:secret@127.0.0.1:9", Code.UNREACHABLE, "127.0.0.1:9"),
        ("ALL_PROXY", "socks://127.0.0.1:9", Code.BAD_PROXY, "socks://127.0.0.1:9"),
        ("NO_PROXY", "localhost,fe80::1:2:3/64", Code.BAD_PROXY, "fe80::1:2:3/64"),
    ],
)
async def test_the_variable_of_a_proxy_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, code: Code, named: str
) -> None:
    monkeypatch.setenv(variable, value)
    error = await failure(SERVICE)
    assert error.code is code
    assert error.params["variable"] == variable
    sentence = str(error_message(error))
    assert variable in sentence
    assert named in sentence
    assert "secret" not in sentence


async def test_a_closed_port_and_an_unknown_name_read_differently() -> None:
    closed = await failure(Profile("x", "gateway", "X", "http://127.0.0.1:9/v1", authentication="none", retries=0))
    unknown = await failure(Profile("x", "gateway", "X", "http://nowhere.invalid/v1", authentication="none", retries=0))
    assert "refused the connection" in str(error_message(closed))
    assert "No server named nowhere.invalid" in str(error_message(unknown))
