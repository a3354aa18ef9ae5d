"""What a model, a mode, a protocol or a service forces or ignores is locked, and what is locked is not sent."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.core.catalogue import RuleReason, catalogue
from app.core.profiles import Profile
from app.core.requests import Sampling
from app.core.sent_parameters import parameter_states, sent_sampling

ALL = Sampling(
    temperature=0.3, top_p=0.5, max_tokens=9, stop=("x",), frequency_penalty=1.0, presence_penalty=1.0, json_mode=True
)
ANTHROPIC = {"frequency_penalty", "presence_penalty", "json_mode"}


@pytest.mark.parametrize(
    ("model_id", "thinking", "fields", "locked"),
    [
        ("mimo-v2.6-pro", None, {}, {"temperature", "top_p"}),
        ("mimo-v2.6-pro", False, {}, set()),
        ("mimo-v2-flash", None, {}, set()),
        ("mimo-v2.6-pro", True, {"kind": "gateway"}, set()),
        ("mimo-v2.6-pro", True, {"kind": "self-hosted"}, set()),
        ("mimo-v2.6-pro", False, {"protocol": "anthropic"}, ANTHROPIC),
        ("mimo-v2.6-pro", True, {"protocol": "anthropic"}, {"temperature", "top_p"} | ANTHROPIC),
        ("other", False, {"kind": "gateway", "unsupported_parameters": ("top_p", "stop")}, {"top_p", "stop"}),
        ("other", False, {"kind": "gateway", "token_field": "max_tokens", "unsupported_parameters": ("max_tokens",)},
         {"max_tokens"}),
        ("other", False, {"kind": "gateway", "unsupported_parameters": ("response_format",)}, {"json_mode"}),
        ("other", False, {"kind": "gateway", "protocol": "anthropic", "unsupported_parameters": ("stop_sequences",)},
         {"stop"} | ANTHROPIC),
    ],
)  # fmt: skip
def test_what_is_locked_is_not_sent(
    model_id: str, thinking: bool | None, fields: dict[str, Any], locked: set[str]
) -> None:
    model = catalogue().model(model_id)
    profile = Profile(**({"id": "p", "kind": "payg", "name": "P", "base_url": "https://a"} | fields))
    states = parameter_states(model, profile, thinking)
    named = {name for name in ("temperature", "top_p", "max_tokens", "stop", "json_mode", "frequency_penalty",
                               "presence_penalty") if not states[name].is_sent}  # fmt: skip
    assert named == locked
    assert all(states[name].reason is not None for name in locked)
    sent = sent_sampling(msgspec.structs.replace(ALL, thinking=thinking), model, profile)
    left_out = {
        name for name in msgspec.structs.asdict(ALL) if name != "thinking" and getattr(sent, name) != getattr(ALL, name)
    }
    assert left_out == locked


def test_web_search_is_locked_over_the_anthropic_protocol() -> None:
    model = catalogue().model("mimo-v2.6-pro")
    other = Profile("p", "payg", "P", "https://a", protocol="anthropic")
    assert parameter_states(model, other, None)["web_search"].reason is RuleReason.PROTOCOL_LACKS
    assert parameter_states(model, Profile("p", "payg", "P", "https://a"), None)["web_search"].is_sent
