"""Which proxy serves a URL; a connection error names it, and the variable it comes from."""

from __future__ import annotations

import asyncio
from urllib.request import getproxies

import msgspec
import pytest

from app.core.errors import Code, TransportError
from app.core.profiles import Profile
from app.mimo.client import MimoClient
from app.mimo.no_proxy import bypasses_proxy
from app.mimo.proxies import ProxyInUse, proxy_for, proxy_url
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
        ("all_proxy", "127.0.0.1:9", Code.UNREACHABLE, "127.0.0.1:9"),
        ("HTTP_PROXY", "socks5://127.0.0.1:9", Code.UNREACHABLE, "127.0.0.1:9"),
        ("HTTP_PROXY", "http://[::1", Code.BAD_PROXY, "http://[::1"),
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


@pytest.mark.parametrize(
    ("no_proxy", "direct", "proxied"),
    [
        ("", (), ("example.org",)),
        ("*", ("example.org", "[fe80::1]:8080"), ()),
        ("localhost, *", ("example.org",), ()),
        ("example.org", ("example.org", "api.example.org", "EXAMPLE.org.", "example.org:8443"), ("myexample.org",)),
        (".example.org", ("example.org", "api.example.org"), ("myexample.org", "example.org.cn")),
        ("*.example.org", ("a.b.example.org",), ("example.com",)),
        ("example.org.", ("example.org",), ()),
        ("example.org:8443", ("example.org:8443", "api.example.org:8443"), ("example.org", "example.org:443")),
        ("example.org:443", ("example.org",), ("example.org:8443",)),
        ("a.example b.example;c.example,\td.example", ("a.example", "c.example", "d.example"), ("e.example",)),
        ("  , ,,", (), ("example.org",)),
        ("192.168.1.7", ("192.168.1.7", "192.168.1.7:8080"), ("192.168.1.70", "1.192.168.1.7.example")),
        ("192.168.1.7:8080", ("192.168.1.7:8080",), ("192.168.1.7",)),
        ("10.0.0.0/8", ("10.1.2.3", "[::ffff:10.1.2.3]"), ("11.0.0.1", "10.example")),
        ("10.1.2.3/8", ("10.200.0.1",), ("11.0.0.1",)),
        ("10.0.0.0/99, 10.0.0.0/x", (), ("10.0.0.0",)),
        ("192.168.*", ("192.168.4.5",), ("192.16.4.5",)),
        ("fd00::/8", ("[fd12::5]:30000",), ("[fe80::1]", "10.0.0.1")),
        ("[fd00::]/8", ("[fd12::5]",), ()),
        ("fe80::1:2:3/64", ("[fe80::9]",), ("[fe81::9]",)),
        ("2001:db8::7", ("[2001:0db8:0:0::7]", "[2001:db8::7]:8080"), ("[2001:db8::8]",)),
        ("[2001:db8::7]", ("[2001:db8::7]",), ()),
        ("[2001:db8::7]:8080", ("[2001:db8::7]:8080",), ("[2001:db8::7]",)),
        ("fe80::1%eth0", ("[fe80::1]",), ()),
        ("http://plain.example", (), ("plain.example",)),
        ("https://secure.example/, all://any.example", ("secure.example", "any.example"), ()),
        ("bücher.example", ("xn--bcher-kva.example", "bücher.example"), ()),
        ("[broken, :80, ..", (), ("example.org",)),
    ],
)  # fmt: skip
def test_hosts_of_no_proxy(no_proxy: str, direct: tuple[str, ...], proxied: tuple[str, ...]) -> None:
    assert [host for host in direct if not bypasses_proxy(f"https://{host}/v1", no_proxy)] == []
    assert [host for host in proxied if bypasses_proxy(f"https://{host}/v1", no_proxy)] == []


def test_a_proxy_that_can_not_be_used_for_a_url_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "me:secret@127.0.0.1:10")
    monkeypatch.setenv("NO_PROXY", "fd00::/8")
    assert proxy_for(SERVICE, "http://gateway.example/v1") == ProxyInUse("127.0.0.1:10", "HTTP_PROXY")
    assert proxy_url(SERVICE, "http://gateway.example/v1") == "http://me:secret@127.0.0.1:10"
    assert proxy_for(SERVICE, "http://[fd00::5]:30000/v1") is None
    assert proxy_for(SERVICE, "http://127.0.0.1:30000/v1") is None
    own = msgspec.structs.replace(SERVICE, proxy="http://127.0.0.1:11", trust_env=False)
    assert proxy_for(own, "http://[fd00::5]/v1") == ProxyInUse("http://127.0.0.1:11")
    assert proxy_for(msgspec.structs.replace(SERVICE, trust_env=False), "http://gateway.example/v1") is None


def test_an_empty_variable_in_lower_case_switches_the_other_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "")
    assert "http" not in getproxies()
    assert proxy_for(SERVICE, "http://gateway.example/v1") is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n", "refused the connection: 407"),
        (b"", "of the environment variable HTTP_PROXY"),
    ],
)
async def test_what_a_proxy_answers_is_told(monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        monkeypatch.setenv("HTTP_PROXY", f"http://{address}")
        sentence = str(error_message(await failure(SERVICE)))
        assert said in sentence
        assert address in sentence
        monkeypatch.setenv("NO_PROXY", "gateway.example")
        assert "No server named gateway.example" in str(error_message(await failure(SERVICE)))
