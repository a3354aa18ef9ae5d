import base64
import json
import logging
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.redaction import MASK, Redactor, tail

KEY = "tp-Zk3/v+9Qx0=w7Yb2n5M8c1"


@pytest.fixture
def redactor():
    one = Redactor()
    one.add(KEY)
    return one


@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_a_key_inside_base64_is_found_at_every_alignment(before, after):
    redactor = Redactor()
    redactor.add(KEY)
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        assert MASK in redactor.redact(encode(before + KEY.encode() + after).decode())


@pytest.mark.parametrize("form", [KEY, quote(KEY, safe=""), quote(KEY), json.dumps(KEY), KEY.encode().hex()])
def test_every_encoding_of_a_key_is_replaced(redactor, form):
    shown = redactor.redact(f"GET /v1?key={form}&x=1")
    assert MASK in shown
    assert form.strip('"') not in shown


def test_other_text_is_not_changed(redactor):
    assert redactor.redact("the key to 你好 sk-other") == "the key to 你好 sk-other"


KEYS = ["sk-1234", "tp-abc", "x7Kq9Z", "gw_8f3k2", "k3y-9f", "Tr0ub4dor&3", "QkZpXvLw", "p@ss!word", "7f3a91c0",
        "correct-horse-battery-staple", "swordfishswordfish", "1234567890123456"]  # fmt: skip
"""Short values that do not occur in ordinary sentences."""


@pytest.mark.parametrize("key", KEYS)
def test_a_value_that_looks_like_a_key_is_replaced_everywhere(key):
    redactor = Redactor()
    redactor.add(key)
    text = f"x={key}; {json.dumps({'note': f'mine is {key}!', 'of': [key]})}\n{key}"
    assert redactor.redact(text).count(MASK) == 4
    assert key not in redactor.redact(text)
    assert redactor.redact(key.encode().hex()) == MASK


WORDS = ["ollama", "EMPTY", "lm-studio", "llama3", "gpt4all", "qwen2.5", "no-api-key", "content",
         "assistant", "none", "key", "123456", "null", "OpenWebUI", "llama3:8b", "qwen/qwen2-7b"]  # fmt: skip
"""Keys that users enter for self-hosted servers, and words and field names of the program."""


@pytest.mark.parametrize("word", WORDS)
def test_an_ordinary_word_used_as_a_key_is_not_replaced_in_text(word):
    redactor = Redactor()
    redactor.add(word)
    message = {word: 1, "role": word, "text": f"I run {word} here: {word}, not the {word}-key.", "api_key": None}
    for kept in (json.dumps(message), json.dumps(message, separators=(",", ":"))):
        assert redactor.redact(kept) == kept


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer {}",
        "api-key: {}",
        'OpenAI(api_key="{}")',
        '{{"api_key":"{}"}}',
        '"{{\\"apiKey\\": \\"{}\\"}}"',
        "MIMO_API_KEY={} python",
        "Incorrect API key: {}, see",
        "access_token={}",
        "Incorrect API key provided: {}.",
        "Authentication failed for key '{}'",
        "https://a.example/v1?key={}&x=1",
        "[(b'api-key', b'{}'), (b'accept', b'*/*')]",
        "(b'authorization', b'Bearer {}')",
        "{{'api-key': b'{}'}}",
    ],
)
def test_an_ordinary_word_is_replaced_where_it_is_used_as_a_key(word, text):
    redactor = Redactor()
    redactor.add(KEY)
    redactor.add(word)
    assert redactor.redact(text.format(word)) == text.format(MASK)
    other = text.format(f"{word}-is-another")
    assert redactor.redact(other) == other


@pytest.mark.parametrize("key", ["secret123", "hunter2", "pass-1word", "p@ssword", "geheim42"])
@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: {}. See",
        "Authentication failed for key '{}'",
        "/v1?key={}&x=1",
        "(b'api-key', b'{}')",
        "{} is not known here",
        "nobody knows {}!",
        '{{"note":"line one\\n{} of","of":["{}"]}}',
        '{{"note": "\\u662f{}"}}',
        "是{}。",
        "/v1?q=my%20{}",
    ],
)
def test_a_short_key_is_replaced_where_it_is_a_whole_word(key, text):
    redactor = Redactor()
    redactor.add(key)
    assert redactor.redact(text.format(key, key)) == text.format(MASK, MASK)
    for kept in (f"x{key}", f"{key}x", f"{key}-is-another", json.dumps({key: 1})):
        assert redactor.redact(kept) == kept
    assert redactor.redact(base64.b64encode(key.encode()).decode()) != base64.b64encode(key.encode()).decode()


@pytest.mark.parametrize("key", ["max_completion_tokens", "reasoning_content", "completion_tokens", "1234567890123456"])
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_json_keeps_its_structure_whatever_the_key(key, separators):
    redactor = Redactor()
    redactor.add(key)
    body = {"max_completion_tokens": 9, "reasoning_content": "r", "at": 0.1234567890123456, "n": 12345678901234567890}
    body |= {"inside": json.dumps({"max_completion_tokens": 9})}
    written = json.dumps(body, separators=separators)
    assert redactor.redact(written) == written
    assert json.loads(redactor.redact(json.dumps({"text": f"my key: {key}"}))) == {"text": f"my key: {MASK}"}


def test_a_number_as_the_value_of_a_key_field_is_not_changed():
    redactor = Redactor()
    redactor.add("123456")
    assert redactor.redact('{"api_key":123456}') == '{"api_key":123456}'


def test_a_short_key_with_a_known_prefix_does_not_break_words():
    redactor = Redactor()
    redactor.add("tp-proxy")
    assert redactor.redact("an http-proxy, tp-proxy") == f"an http-proxy, {MASK}"


def test_an_environment_variable_with_invalid_text_is_redacted():
    value = "sk-\udcff0123456789"
    redactor = Redactor()
    redactor.add(value)
    assert redactor.redact(f"x {value}") == f"x {MASK}"


def test_a_log_record_is_redacted_in_message_arguments_and_traceback(redactor, tmp_path):
    path = tmp_path / "log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.addFilter(redactor)
    logger = logging.getLogger("app.test-redaction")
    logger.addHandler(handler)
    try:
        logger.warning("sent %s to %s", {"api-key": KEY}, "host")
        try:
            raise ValueError(KEY)
        except ValueError:
            logger.exception("failed", stack_info=True)
        logger.warning("arguments %d do not fit", KEY)
    finally:
        logger.removeHandler(handler)
        handler.close()
    written = path.read_text("utf-8")
    assert KEY not in written
    assert written.count(MASK) >= 3
    assert "ValueError" in written and "to host" in written and "do not fit" in written


def test_a_tail_shows_four_characters_of_a_long_key_only():
    assert tail("sk-0123456789abcdef3f2a") == "…3f2a"
    assert tail("secret") == "…"


@pytest.mark.parametrize("quoted", ["sk-pr***wxyz", "sk-...9wxyz", "…wxyz", "********wxyz", "sk-●●●●89wxyz"])
def test_the_end_of_a_key_quoted_by_a_service_is_redacted(quoted: str) -> None:
    redactor = Redactor()
    redactor.add("sk-presented0123456789wxyz")
    assert "wxyz" not in redactor.redact(f'{{"message":"Incorrect API key provided: {quoted}. See /keys."}}')
    assert redactor.redact("Well… wxyz, and *wxyz* too") == "Well… wxyz, and *wxyz* too"


def test_a_long_sound_is_not_searched_for_quotations() -> None:
    """The pattern takes 20 ms of a megabyte, in which no other thread runs; nothing is quoted without a mark."""
    key, redactor = "sk-0123456789abcdefghijkl", Redactor()
    redactor.add(key)
    sound = "QUJD" * 50_000
    searched: list[str] = []

    class Pattern:
        def sub(self, _mask: str, text: str) -> str:
            searched.append(text)
            return text

    redactor._quoted = Pattern()  # type: ignore[assignment]
    assert redactor.redact(sound) == sound and searched == []
    assert redactor.redact(f"sk-0…{key[-4:]}") and len(searched) == 1
