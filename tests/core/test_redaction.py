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
def test_every_way_of_writing_a_key_is_replaced(redactor, form):
    shown = redactor.redact(f"GET /v1?key={form}&x=1")
    assert MASK in shown
    assert form.strip('"') not in shown


def test_other_text_stays_and_short_values_are_no_secrets(redactor):
    redactor.add("key")
    assert redactor.redact("the key to 你好 sk-other") == "the key to 你好 sk-other"


def test_a_log_record_loses_the_key_in_message_arguments_and_traceback(redactor, tmp_path):
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
