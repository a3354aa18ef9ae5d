"""What of the typed parameters is sent: nothing that the model, the mode or the protocol forces or ignores."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.catalogue import Model, ParameterState, catalogue
from app.core.profiles import Profile
from app.core.requests import Sampling

_UNSET: dict[str, Any] = {
    "temperature": None,
    "top_p": None,
    "max_tokens": None,
    "stop": (),
    "frequency_penalty": None,
    "presence_penalty": None,
    "json_mode": False,
}
"""The value with which a parameter of `Sampling` is not sent."""


def parameter_states(model: Model, profile: Profile | None, thinking: bool | None) -> dict[str, ParameterState]:
    """Range and restrictions of every parameter that models of this class have, by name.

    `thinking` is the request's setting; None means the model's default.
    """
    found = (
        catalogue().parameter(name, model, profile, thinking=model.thinks(thinking))
        for name in (*_UNSET, "thinking", "stream", "send_thinking", "tools", "web_search")
    )
    return {state.name: state for state in found if state is not None}


def sent_sampling(sampling: Sampling, model: Model, profile: Profile | None) -> Sampling:
    """The parameters to send; locked ones are left out, whatever was typed (WIRE.md sections 2 and 13)."""
    states = parameter_states(model, profile, sampling.thinking)
    left_out = {name: unset for name, unset in _UNSET.items() if name in states and not states[name].is_sent}
    return msgspec.structs.replace(sampling, **left_out) if left_out else sampling
