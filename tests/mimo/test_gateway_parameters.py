"""A gateway gets its own token-limit field and extra fields, and none of the parameters it refuses."""

from __future__ import annotations

from app.core.messages import user_message
from app.core.profiles import Profile, profile_of
from app.core.requests import ChatRequest, Sampling
from app.mimo import anthropic_requests, openai_requests

REQUEST = ChatRequest(
    "mimo-v2.5", (user_message("Hello"),), sampling=Sampling(thinking=True, max_tokens=9, temperature=0.5)
)


def test_unsupported_parameters_are_left_out() -> None:
    profile = Profile(
        "x", "gateway", "X", "https://x.example/v1", token_field="max_tokens", extra_body={"top_k": 20},
        unsupported_parameters=("thinking", "temperature"),
    )  # fmt: skip
    body = openai_requests.chat_body(profile, REQUEST)
    assert body["max_tokens"] == 9
    assert body["top_k"] == 20
    assert not {"thinking", "temperature"} & body.keys()


def test_the_other_protocol_leaves_them_out_too() -> None:
    profile = Profile(
        "x", "gateway", "X", "https://x.example", protocol="anthropic", unsupported_parameters=("temperature",)
    )
    assert "temperature" not in anthropic_requests.chat_body(profile, REQUEST)


def test_a_profile_of_an_earlier_version_opens() -> None:
    row = {"id": "x", "kind": "gateway", "name": "X", "base_url": "https://x.example/v1"}
    assert profile_of(row).unsupported_parameters == ()
