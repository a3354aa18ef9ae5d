"""A pasted key is taken out of what is around it."""

from __future__ import annotations

import pytest

from app.core.keys import key_kind, unwrapped_key


@pytest.mark.parametrize(
    "pasted",
    [
        "sk-0123abc", ' "sk-0123abc" ', "“sk-0123abc”", "Bearer sk-0123abc", "Authorization: Bearer sk-0123abc",
        "sk-0123\u200babc\ufeff", "api-key: sk-0123abc", "API Key：sk-0123abc", "密钥：sk-0123abc",
        "x-api-key=sk-0123abc",
        'export MIMO_API_KEY="sk-0123abc"', "MIMO_API_KEY=sk-0123abc", "-H 'api-key: sk-0123abc'",
        '"api_key": "sk-0123abc",', "`sk-0123abc`",
    ],
)  # fmt: skip
def test_a_pasted_key_is_unwrapped(pasted: str) -> None:
    assert unwrapped_key(pasted) == "sk-0123abc"


@pytest.mark.parametrize("key", ["user:password", "a=b", "tp-1/2+3==", "token"])
def test_what_belongs_to_the_key_stays(key: str) -> None:
    assert unwrapped_key(key) == key


def test_what_is_no_key_is_unreadable() -> None:
    assert key_kind(unwrapped_key("我的 sk-0123abc")) == "unreadable"
