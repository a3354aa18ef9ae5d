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


@pytest.mark.parametrize(
    "pasted",
    [
        '{"api_key": "KEY"}', "key KEY", "密钥 KEY", "我的密钥是：KEY。", "密码：KEY", "<KEY>", "(KEY)",
        "KEY (created today)",
        "Bearer: KEY", "bearer%20KEY", "\u202aKEY\u202c", "\u3000KEY\xa0", "curl -H 'api-key: KEY' https://x.example",
    ],
)  # fmt: skip
def test_a_key_of_the_platform_is_taken_out_of_a_line(pasted: str) -> None:
    assert unwrapped_key(pasted.replace("KEY", "sk-0123abcd4567")) == "sk-0123abcd4567"


@pytest.mark.parametrize("written", ["ｓｋ－0123abcd4567", "sk–0123abcd4567"])
def test_full_width_characters_and_dashes_are_those_of_a_key(written: str) -> None:
    assert unwrapped_key(written) == "sk-0123abcd4567"


@pytest.mark.parametrize("text", ["sk-0123abcd\n4567efgh", "sk-0123abcd4567 or sk-4567abcd0123"])
def test_of_several_keys_or_lines_none_is_chosen(text: str) -> None:
    assert key_kind(unwrapped_key(text)) == "unreadable" or unwrapped_key(text) == text
