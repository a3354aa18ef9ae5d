"""Direction in layers, written for the platform and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.speech.direction import Layers, read, written

letters = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=":：")
line = st.text(letters, max_size=40)


@given(line, line, line, line)
def test_layers_come_back_as_they_were(free: str, role: str, scene: str, guidance: str) -> None:
    layers = Layers(free, role, scene, guidance)
    assert read(written(layers)) == layers


def test_a_layer_may_have_paragraphs() -> None:
    layers = Layers("Softly.\n\nVery softly.", "Grandpa", "", "Slow.\n\nThen a laugh.")
    assert written(layers) == "Softly.\n\nVery softly.\n\nRole: Grandpa\n\nGuidance:\nSlow.\n\nThen a laugh."
    assert read(written(layers)) == layers


def test_labels_follow_the_language_of_the_layers() -> None:
    assert written(Layers(role="历经沧桑的老前辈", scene="傍晚的街口")) == "角色：历经沧桑的老前辈\n\n场景：傍晚的街口"


@pytest.mark.parametrize("free", ["", "Softly, as to a child.", "Tell it in her Role: a nurse."])
def test_free_words_have_no_layers(free: str) -> None:
    assert read(free) == Layers(free)
