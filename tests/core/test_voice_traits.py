"""Traits of a voice: what a description says, and that a chip takes out exactly what it wrote."""

from __future__ import annotations

import pytest

from app.core.voice_traits import Trait, dimensions, traits_in, with_trait, without_trait

TRAITS = {trait.id: trait for dimension in dimensions() for trait in dimension.trait}
FULL = (
    "An old man in his seventies, hoarse and dry, amused, unhurried, a storyteller from a Beijing hutong, "
    "with a long echo."
)
TEXTS = (
    "", "An old sailor.", "A man", "hoarse, slow", "  Kind of odd ", " 声音好听", FULL, "沙哑，男性",
    "一位中年男性，声音低沉而有磁性，语速缓慢。", "A voice. It is dry.\nSecond line",
    "Someone in their seventies, velvety", "Hoarse. Someone in their teens",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_chip_writes_is_recognised_and_taken_out_to_the_letter(text: str) -> None:
    there = {found.trait.id for found in traits_in(text)}
    for trait in TRAITS.values():
        if trait.id in there:
            continue
        written = with_trait(text, trait)
        assert trait.id in {found.trait.id for found in traits_in(written)}, written
        assert without_trait(written, trait) == text, trait.id


@pytest.mark.parametrize(
    ("text", "trait", "written"),
    [
        ("", "man", "A man"),
        ("", "seventies", "Someone in their seventies"),
        ("A woman", "seventies", "A woman in her seventies"),
        ("男性，沙哑", "seventies", "七十多岁的男性，沙哑"),
        (FULL, "velvety", FULL.replace("and dry,", "and dry, velvety,")),
        (FULL, "clerk", FULL.replace("hutong,", "hutong, a clerk,")),
        ("An old sailor. He lives alone.", "hoarse", "An old sailor, hoarse. He lives alone."),
        ("声音好听。", "hoarse", "声音好听，沙哑。"),
    ],
)
def test_words_go_where_they_belong_in_the_language_of_the_description(text: str, trait: str, written: str) -> None:
    assert with_trait(text, TRAITS[trait]) == written


def test_an_age_goes_over_from_her_to_him() -> None:
    text = "A woman in her seventies, velvety"
    nobody = without_trait(text, TRAITS["woman"])
    assert nobody == "Someone in their seventies, velvety"
    assert with_trait(nobody, TRAITS["man"]) == "A man in his seventies, velvety"
    assert without_trait(with_trait("Hoarse, someone in their teens", TRAITS["child"]), TRAITS["child"]) == (
        "Hoarse, someone in their teens"
    )
    assert "someone" not in without_trait(FULL, TRAITS["man"]), "an old someone"


@pytest.mark.parametrize(
    ("trait", "left"),
    [
        ("hoarse", FULL.replace("hoarse and ", "")),
        ("dry", FULL.replace(" and dry", "")),
        ("amused", FULL.replace(", amused", "")),
        ("seventies", FULL.replace(" in his seventies", "")),
    ],
)
def test_words_that_were_typed_are_taken_out_with_their_separator(trait: str, left: str) -> None:
    assert without_trait(FULL, TRAITS[trait]) == left


@pytest.mark.parametrize("text", ["A drying kiln", "a mansion", "warmth", "deeper", "laundry", "a manly voice"])
def test_only_whole_words_count(text: str) -> None:
    assert traits_in(text) == ()


def test_every_trait_has_words_in_both_languages() -> None:
    assert len(TRAITS) == sum(len(dimension.trait) for dimension in dimensions())
    for trait in TRAITS.values():
        assert isinstance(trait, Trait)
        for words in (trait.en, trait.zh):
            assert words.label and words.words
    assert all(0 < dimension.visible <= len(dimension.trait) for dimension in dimensions())
