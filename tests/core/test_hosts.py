import pytest

from app.core.hosts import host_of, is_local_host, is_private_host, is_web_address, origin_of, reaches_private_host
from app.core.keys import key_fits

LOCAL = ["127.0.0.1", "127.8.9.1", "127.255.255.255", "::1", "[::1]", "::ffff:127.0.0.1", "localhost", "LOCALHOST",
         "localhost.", "mimo.localhost"]  # fmt: skip
PRIVATE = ["10.0.0.1", "172.16.0.1", "172.31.9.9", "192.168.0.2", "169.254.1.1", "fd00::1", "fe80::1", "[fe80::1]",
           "nas.local", "GPU.lan.", "box.home.arpa", "100.101.1.2"]  # fmt: skip
PUBLIC = ["127.0.0.1.evil.com", "127.evil.com", "127.1", "localhost.example", "evil-localhost", "0.0.0.0", "8.8.8.8",
          "172.32.0.1", "api.xiaomimimo.com", "192.168.0.2.example", "evil.local.example",
          "local", "100.128.0.1", ""]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_a_loopback_host_is_local_and_private(host: str) -> None:
    assert is_local_host(host)
    assert is_private_host(host)


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_of_a_private_network_is_private_but_not_local(host: str) -> None:
    assert not is_local_host(host)
    assert is_private_host(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_any_other_host_is_neither_local_nor_private(host: str) -> None:
    assert not is_local_host(host)
    assert not is_private_host(host)


@pytest.mark.parametrize(
    ("url", "host", "origin"),
    [
        ("https://API.example.org/v1", "api.example.org", "https://api.example.org:443"),
        ("http://[::1]:30000/v1", "::1", "http://::1:30000"),
        ("http://user:word@127.0.0.1:8080", "127.0.0.1", "http://127.0.0.1:8080"),
        ("api.example.org", "", ""),
        ("https://[::1", "", ""),
        ("", "", ""),
    ],
)
def test_the_host_and_origin_of_a_url(url: str, host: str, origin: str) -> None:
    assert host_of(url) == host
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("url", "valid"),
    [
        ("https://api.example.org/v1", True),
        ("http://localhost:30000", True),
        ("ftp://example.org", False),
        ("https://user@example.org", False),
        ("https://example.org:0", False),
        ("https://example.org/a b", False),
        ("https://[::1", False),
        ("example.org", False),
    ],
)
def test_a_web_address_has_a_scheme_and_host_and_no_credentials(url: str, valid: bool) -> None:
    assert is_web_address(url) is valid


@pytest.mark.parametrize(
    ("key", "host", "fits"),
    [
        ("sk-1", "api.xiaomimimo.com", True),
        ("tp-1", "api.xiaomimimo.com", False),
        ("ttp-1", "token-plan-cn.xiaomimimo.com", True),
        ("sk-1", "token-plan-sgp.xiaomimimo.com", False),
        ("other", "api.xiaomimimo.com", True),
        ("sk-1", "gateway.example.org", True),
        ("sk-1 2", "gateway.example.org", False),
        ("sk-密钥", "api.xiaomimimo.com", False),
    ],
)
def test_a_key_fits_the_hosts_of_its_kind_and_unknown_hosts(key: str, host: str, fits: bool) -> None:
    assert key_fits(key, host) is fits


@pytest.mark.parametrize(
    "host",
    [*LOCAL, *PRIVATE, "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "１２７.0.0.1", "0", "0.0.0.0", "::", "10.1",
     "0xa9fea9fe"],
)  # fmt: skip
def test_another_spelling_of_a_private_address_reaches_it_too(host: str) -> None:
    assert reaches_private_host(host)


@pytest.mark.parametrize("host", [host for host in PUBLIC if host not in ("127.1", "0.0.0.0")] + ["8.8", "134744072"])
def test_a_public_host_in_any_spelling_reaches_no_private_one(host: str) -> None:
    assert not reaches_private_host(host)
