"""Direction in layers, written for the platform and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.speech.direction import layered, layers

line = st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters=":："), max_size=40).map(
    str.strip
)


@given(line, line, line)
def test_layers_come_back_as_they_were(role: str, scene: str, guidance: str) -> None:
    written = layered(role, scene, guidance)
    assert layers(written) == ((role, scene, guidance) if written else None)


def test_a_layer_may_have_paragraphs() -> None:
    assert layers(layered("Grandpa", "", "Slow.\n\nThen a laugh.")) == ("Grandpa", "", "Slow.\n\nThen a laugh.")


@pytest.mark.parametrize("free", ["", "Softly, as to a child.", "Tell it in her Role: a nurse."])
def test_free_words_have_no_layers(free: str) -> None:
    assert layers(free) is None
