"""What of a conversation differs from its defaults, and what it is reset to."""

from __future__ import annotations

import msgspec

from app.core.catalogue import catalogue
from app.core.chat_defaults import PARAMETERS, ChatDefaults, changed_parameters, reset_fields
from app.core.conversation import Conversation
from app.core.requests import Sampling, WebSearch
from app.core.sent_parameters import parameter_states

STATES = parameter_states(catalogue().model("mimo-v2.6-pro"), None, False)
EVERYTHING = Conversation(
    "c",
    system="Mine",
    sampling=Sampling(False, 0.3, 0.5, 9, ("x",), 1.0, 1.0, True, False, False, {"top_k": 1}),
    web_search=WebSearch(True, 2, 3, "Hebei"),
    searches=True,
    extra_body='{"top_k": 1}',
)


def test_every_parameter_is_noticed_and_reset() -> None:
    defaults = ChatDefaults("Yours")
    assert changed_parameters(EVERYTHING, defaults, STATES) == PARAMETERS
    reset = msgspec.structs.replace(EVERYTHING, **reset_fields(EVERYTHING, defaults, PARAMETERS))
    assert changed_parameters(reset, defaults, STATES) == ()
    assert reset.sampling == Sampling(thinking=False), "thinking has its own switch in the composer"


def test_one_parameter_is_reset_alone() -> None:
    for name in PARAMETERS:
        fields = reset_fields(EVERYTHING, ChatDefaults("Yours"), (name,))
        left = changed_parameters(msgspec.structs.replace(EVERYTHING, **fields), ChatDefaults("Yours"), STATES)
        assert set(PARAMETERS) - set(left) == {name}


def test_a_value_like_the_model_s_own_is_no_change() -> None:
    typed = Conversation("c", sampling=Sampling(temperature=1.0, top_p=0.95, max_tokens=131_072, presence_penalty=0.0))
    assert changed_parameters(typed, ChatDefaults(), STATES) == ()


def test_own_defaults_are_compared_with_instead_of_the_model_s() -> None:
    own = ChatDefaults.of(EVERYTHING)
    assert changed_parameters(EVERYTHING, own, STATES) == ()
    assert "temperature" in changed_parameters(Conversation("c"), own, STATES)
