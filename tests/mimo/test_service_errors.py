"""The service's error responses."""

from __future__ import annotations

import json

import pytest

from app.core.errors import Code
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.response_parser import ResponseParser
from app.mimo.retry import retry_delay
from app.mimo.service_errors import error_from_body, error_from_value

REASONING = "The reasoning_content in the thinking mode must be passed back to the API."


def body(**error: object) -> bytes:
    return json.dumps({"error": error}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (
            400,
            body(code="400", message="Param Incorrect", param="audio.voice must be a DataURL", type=""),
            Code.BAD_REQUEST,
        ),
        (400, body(code="400", message="Param Incorrect", param=REASONING), Code.REASONING_MISSING),
        (400, body(code="400", message="webSearchEnabled is false", param=""), Code.SEARCH_OFF),
        (400, body(code="400", message="Param Incorrect", param="webSearchEnabled is false"), Code.SEARCH_OFF),
        (400, body(code="441", message="检测到您有高频的违规请求", type="risk_control"), Code.RISK_CONTROL),
        (
            401,
            body(code="401", message="Invalid API Key", param="Please provide valid API Key", type="invalid_key"),
            Code.UNAUTHORIZED,
        ),
        (402, body(code="402", message="Insufficient account funds"), Code.NO_BALANCE),
        (403, body(code="403", message="Illegal access", type="illegal_access"), Code.FORBIDDEN),
        (403, body(code="403", message="Restricted by risk control"), Code.RISK_CONTROL),
        (
            404,
            b'data:{"error":{"code":"404","message":"No endpoints found that support image input"}}\n\n',
            Code.NO_IMAGE_INPUT,
        ),
        (404, b"<html><h1>404 Not Found</h1><hr>openresty</html>", Code.NOT_FOUND),
        (421, body(code="421", message="blocked"), Code.CONTENT_REFUSED),
        (429, body(code="429", message="Too many requests", type="limitation"), Code.TOO_MANY_REQUESTS),
        (429, body(code="429", message="quota exhausted", type="limitation", param=""), Code.QUOTA_EXHAUSTED),
        (429, b"", Code.TOO_MANY_REQUESTS),
        (500, b"Internal Server Error", Code.SERVER_ERROR),
        (502, b"<html>Bad Gateway</html>", Code.SERVER_ERROR),
        (503, body(code="503", message="overloaded"), Code.OVERLOADED),
        (529, body(type="overloaded_error", message="Overloaded"), Code.OVERLOADED),
        (413, b"<html>Request Entity Too Large</html>", Code.TOO_LARGE),
        (418, b"{}", Code.UNEXPECTED_STATUS),
        (405, b"null", Code.UNEXPECTED_STATUS),
    ],
)
def test_status_and_message_decide_the_code(status: int, content: bytes, code: Code) -> None:
    error = error_from_body(status, content, "host.example")
    assert error.code is code
    assert error.params["host"] == "host.example"


@pytest.mark.parametrize(
    "content",
    [
        b'{"error":{"code":"400","message":"Param Incorrect","param":"n is not allowed"}}',
        b'{"code":"400","message":"Param Incorrect","param":"n is not allowed"}',
        b'data:{"error":{"code":"400","message":"Param Incorrect","param":"n is not allowed"}}\n\n',
        b': hi\nevent: error\ndata: {"error":{"code":400,"message":"Param Incorrect","param":"n is not allowed"}}\n\n',
    ],
)
def test_message_and_param_are_found_in_every_framing(content: bytes) -> None:
    error = error_from_body(400, content)
    assert (error.params["message"], error.params["param"]) == ("Param Incorrect", "n is not allowed")


def test_a_detail_that_is_not_a_string_is_kept_as_json() -> None:
    assert error_from_body(400, body(message=[{"loc": ["body", "n"]}])).params["message"] == '[{"loc":["body","n"]}]'


def test_a_plain_text_body_is_the_message_but_html_is_not() -> None:
    assert error_from_body(500, b"boom").params["message"] == "boom"
    assert error_from_body(500, b"<html>boom</html>").params["message"] == ""


def test_the_length_of_messages_is_limited() -> None:
    assert len(error_from_body(500, b"x" * 100_000).params["message"]) == 2000


@pytest.mark.parametrize(
    ("value", "code", "status"),
    [
        ({"error": {"code": "429", "message": "Too many requests"}}, Code.TOO_MANY_REQUESTS, 429),
        ({"error": {"code": 503, "message": "later"}}, Code.OVERLOADED, 503),
        ({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, Code.OVERLOADED, 503),
        ({"type": "error", "error": {"type": "authentication_error", "message": "no"}}, Code.UNAUTHORIZED, 401),
        (
            {"error": {"code": "invalid_api_key", "type": "invalid_request_error", "message": "no"}},
            Code.BAD_REQUEST,
            400,
        ),
        ({"error": "boom"}, Code.SERVER_ERROR, 500),
        ({"error": "not_found", "message": "no such model"}, Code.SERVER_ERROR, 500),
        ({"error": {}}, Code.SERVER_ERROR, 500),
        ("odd", Code.SERVER_ERROR, 500),
        (None, Code.SERVER_ERROR, 500),
    ],
)
def test_inside_a_stream_the_status_is_in_the_body(value: object, code: Code, status: int) -> None:
    error = error_from_value(200, value)
    assert (error.code, error.params["status"]) == (code, status)


LITERAL = "[{'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low'\"}]"
FIELD = "reasoning_effort: Input should be 'low'"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"detail": "Not here"}, "Not here"),
        ({"msg": "Not here"}, "Not here"),
        ({"code": 1001, "msg": "Not here"}, "Not here"),
        ({"errors": ["Not here", "nor there"]}, "Not here; nor there"),
        ({"errors": {"top_p": ["too large"]}}, "top_p: too large"),
        ({"errors": [{"field": "top_p", "message": "too large"}]}, "top_p: too large"),
        ({"detail": [{"loc": ["body", "messages", 0, "role"], "msg": "bad role"}]}, "messages.0.role: bad role"),
        ({"detail": {"message": "Not here"}}, "Not here"),
        ([{"error": {"code": 400, "message": "Not here", "status": "INVALID"}}], "Not here"),
        ({"error": [{"message": "Not here"}]}, "Not here"),
        ({"error": {"detail": "Not here"}}, "Not here"),
        ({"error": {"code": "400", "message": LITERAL, "param": ""}}, FIELD),
        ({"object": "error", "message": LITERAL, "code": 400}, FIELD),
    ],
)
def test_the_words_of_the_service_are_found_wherever_they_are(value: object, message: str) -> None:
    assert error_from_body(422, json.dumps(value).encode()).params["message"] == message
    parser = ResponseParser(OpenAiEventParser())
    parser.feed(json.dumps(value).encode())
    parser.close()
    assert parser.failure is not None and parser.failure.params["message"] == message


def test_a_validator_behind_a_500_is_not_worth_a_retry() -> None:
    error = error_from_body(500, body(code="500", message=LITERAL))
    assert error.code is Code.BAD_REQUEST and error.params["status"] == 500
    assert retry_delay(error, 1, 3) is None
    assert retry_delay(error_from_body(500, b"boom"), 1, 3) is not None


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<html><head><title>Sign in to Hotel</title></head><body>x</body></html>", "Sign in to Hotel"),
        (b"<html><script>f()</script><p>Out of order</p></html>", "Out of order"),
        (b"Service is being moved.", "Service is being moved."),
        (b'{"hello": 1}', '{"hello": 1}'),
    ],
)
def test_what_a_page_without_a_stream_says_is_shown(page: bytes, words: str) -> None:
    parser = ResponseParser(OpenAiEventParser())
    parser.feed(page)
    parser.close()
    assert parser.failure is not None
    assert (parser.failure.code, parser.failure.params["message"]) == (Code.GARBAGE, words)


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (400, body(code="400", message="Unsupported model mimo-v2.5-pro"), Code.MODEL_UNSUPPORTED),
        (400, body(code="400", message="Multimodal data is corrupted"), Code.MEDIA_CORRUPTED),
        (402, body(code="402", message="Insufficient account balance"), Code.NO_BALANCE),
        (400, body(code="400", message="Invalid JSON in request body"), Code.BAD_REQUEST),
        (400, body(code="responses_feature_not_supported", message="no", type="unsupported_feature"), Code.BAD_REQUEST),
    ],
)
def test_errors_of_two_keys_and_with_a_word_as_code(status: int, content: bytes, code: Code) -> None:
    assert error_from_body(status, content).code is code
