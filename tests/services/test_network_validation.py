"""What is typed for the network is refused before it is used, and its password is not told."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.core.errors import Code, InputError, TransportError
from app.core.profiles import Profile
from app.mimo.client import MimoClient
from app.services.network_validation import check_certificates, check_proxy


@pytest.mark.parametrize(
    "url", ["", "http://proxy.local:8080", "https://bob:s3cret@proxy.local", "socks5://127.0.0.1:9"]
)
def test_a_proxy_that_can_be_used_is_taken(url: str) -> None:
    check_proxy(url)


@pytest.mark.parametrize(
    "url",
    ["ftp://bob:s3cret@host:1", "http://bob:s3cret@host:port", "bob:s3cret@host", "http://bob:s3cret@", "nonsense"],
)
def test_another_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InputError) as raised:
        check_proxy(url)
    assert raised.value.code == Code.BAD_PROXY
    assert raised.value.params["field"] == "proxy"
    assert "s3cret" not in f"{raised.value} {raised.value!r} {raised.value.params}"


def test_a_file_without_a_certificate_is_refused(tmp_path: Path) -> None:
    check_certificates("")
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("not a certificate", encoding="utf-8")
    for path in (wrong, tmp_path / "missing.pem"):
        with pytest.raises(InputError) as raised:
            check_certificates(str(path))
        assert raised.value.code == Code.CERTIFICATES_UNREADABLE
        assert raised.value.params["path"] == str(path)


async def test_a_socks_proxy_is_really_asked(unused_tcp_port: int) -> None:
    """That nobody listens there is told as of any other place; a part that is missing would make it a bad proxy."""
    profile = Profile("p", "self-hosted", "P", "https://mimo.invalid/v1", proxy=f"socks5://127.0.0.1:{unused_tcp_port}")
    client = MimoClient(msgspec.structs.replace(profile, retries=0), "key")
    try:
        with pytest.raises(TransportError) as raised:
            await client.models()
    finally:
        await client.aclose()
    assert raised.value.code in (Code.UNREACHABLE, Code.CONNECT_TIMEOUT)
