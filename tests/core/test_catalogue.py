"""Models, prices, credits and token estimates, from the documented tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.core import catalogue as catalogue_module
from app.core.catalogue import ModelNote, RuleReason, catalogue, is_same_model
from app.core.messages import Usage
from app.core.prices import Currency, call_credits, cost, is_off_peak, price_list, usual_currency
from app.core.profiles import Profile
from app.core.requests import ModelEntry
from app.core.tokens import audio_tokens, image_size, image_tokens, text_tokens

PEAK = datetime(2026, 9, 1, 10, tzinfo=UTC)
OFF_PEAK = datetime(2026, 9, 1, 18, tzinfo=UTC)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("model_id", "kind"),
    [
        ("mimo-v9-tts-voiceclone", "speech-clone"),
        ("x/mimo-v9-tts-voicedesign", "speech-design"),
        ("mimo-v9-tts", "speech"),
        ("mimo-v9-asr", "recognition"),
        ("anything", "chat"),
    ],
)
def test_an_unlisted_model_gets_the_abilities_of_its_class(model_id: str, kind: str) -> None:
    model = catalogue().model(model_id)
    assert (model.kind, model.listed, model.note) == (kind, False, ModelNote(f"unknown-{kind}"))
    assert model.context is None


def test_a_gateways_id_is_mapped_to_the_platforms() -> None:
    for model_id in ("xiaomi/mimo-v2.5-pro", "mimo-v2.5-pro[1m]", "XIAOMI/MiMo-V2.5-Pro"):
        model = catalogue().model(model_id)
        assert (model.id, model.note, model.context) == (model_id, ModelNote.V25_PRO, 1_048_576)


def test_the_inputs_and_abilities_of_models() -> None:
    models = catalogue()
    assert not models.model("mimo-v2.5-pro").may("image")
    assert all(models.model("mimo-v2.5").can(kind) for kind in ("image", "audio", "video"))
    assert models.model("mimo-v2.6-pro").can("image")
    assert models.model("mimo-v2.6-pro").can("audio") and not models.model("mimo-v2.6-pro").can("video")
    assert models.model("mimo-v2.5-tts").can("singing") and not models.model("mimo-v2.5-tts-voiceclone").can("singing")


def test_the_live_list_decides_what_exists() -> None:
    live = [ModelEntry(name) for name in ("new-one", "mimo-v2.5", "mimo-v2.6-flash", "mimo-v2.5-asr", "mimo-v2.5")]
    merged = [model.id for model in catalogue().merged(live, datetime(2026, 11, 1, tzinfo=UTC))]
    assert merged == ["mimo-v2.6-flash", "mimo-v2.5-asr", "mimo-v2.5", "new-one"]


def test_without_a_list_only_current_models_are_offered() -> None:
    offered = {model.id for model in catalogue().merged(None)}
    assert {"mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.5-tts", "mimo-v2.5-asr"} <= offered
    assert not offered & {"mimo-v2.5-pro", "mimo-v2.5", "mimo-v2-pro", "mimo-v2-tts", "mimo-v2.6-pro-ultraspeed"}


def test_retirement() -> None:
    model = catalogue().model("mimo-v2.5-pro")
    assert not model.retired(datetime(2026, 10, 21, 1, 59, tzinfo=UTC))
    assert model.retired(datetime(2026, 10, 21, 2, 0, tzinfo=UTC))
    assert model.successor == "mimo-v2.6-pro"


def state(name: str, model_id: str, **fields: Any) -> Any:
    thinking = fields.pop("thinking", None)
    profile = Profile(**({"id": "p", "kind": "payg", "name": "P", "base_url": "https://a"} | fields))
    return catalogue().parameter(name, catalogue().model(model_id), profile, thinking=thinking)


def test_thinking_locks_temperature_and_top_p() -> None:
    forced = state("temperature", "mimo-v2.5-pro")
    assert (forced.effect, forced.value, forced.reason) == ("locked", 1.0, RuleReason.THINKING_FORCES)
    assert state("temperature", "mimo-v2.5-pro", thinking=False).effect is None
    assert state("temperature", "mimo-v2-flash").effect is None and state("temperature", "mimo-v2-flash").default == 0.3
    assert state("temperature", "mimo-v2.5-pro", kind="gateway").effect is None
    locked = state("top_p", "mimo-v2.6-pro")
    assert (locked.effect, locked.value, locked.reason) == ("locked", 0.95, RuleReason.THINKING_FORCES)
    assert state("top_p", "mimo-v2.6-pro", thinking=False).effect is None


@pytest.mark.parametrize(
    ("asked", "answered", "same"),
    [
        ("mimo-v2.6-pro", "MiMo-V2.6-Pro", True),
        ("xiaomi/mimo-v2.6-pro", "mimo-v2.6-pro", True),
        ("mimo-v2.6-pro[1m]", "mimo-v2.6-pro-20261104", True),
        ("mimo-v2.6-pro", "mimo-v2.6-pro-2026-11-04", True),
        ("mimo-v2.5-pro", "mimo-v2.6-pro", False),
        ("mimo-v2.6-pro", "mimo-v2.6-pro-ultraspeed", False),
    ],
)
def test_which_model_answered(asked: str, answered: str, same: bool) -> None:
    assert is_same_model(asked, answered) == same


def test_facts_of_v26() -> None:
    for model_id in ("mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.6-pro-ultraspeed"):
        model = catalogue().model(model_id)
        assert model.default_tokens == model.output == 131_072
        assert model.can("image") and model.can("audio") and model.can("search") and model.can("json")
        assert model.may("video") and not model.can("video")
    ultraspeed = catalogue().model("mimo-v2.6-pro-ultraspeed")
    assert ultraspeed.contract and ultraspeed.requests_per_minute is None and ultraspeed.tokens_per_minute is None


@pytest.mark.parametrize(
    ("typed", "on_platform", "sent"),
    [
        ("mimo-v2.5-pro[1m]", True, "mimo-v2.5-pro"),
        ("MiMo-V2.6-Pro", True, "mimo-v2.6-pro"),
        ("MiMo-V2.6-Pro[1M]", True, "mimo-v2.6-pro"),
        ("MiMo-V9", True, "MiMo-V9"),
        ("Xiaomi/MiMo-V2.6-Pro[1m]", False, "Xiaomi/MiMo-V2.6-Pro"),
        ("MiMo-V2.6-Pro", False, "MiMo-V2.6-Pro"),
    ],
)
def test_the_id_that_is_sent(typed: str, on_platform: bool, sent: str) -> None:
    assert catalogue().wire_id(typed, on_platform=on_platform) == sent


def test_ranges_and_missing_parameters_of_protocols_and_classes() -> None:
    assert (state("max_tokens", "mimo-v2-flash").high, state("max_tokens", "mimo-v2.5").default) == (65_536, 32_768)
    assert state("json_mode", "mimo-v2.5", protocol="anthropic").reason is RuleReason.PROTOCOL_LACKS
    assert state("web_search", "mimo-v2.5").effect is None
    assert state("thinking", "mimo-v2.5-tts") is None and state("temperature", "mimo-v2.5-tts").default == 0.6


@pytest.mark.parametrize(
    ("model_id", "currency", "price"),
    [
        ("mimo-v2.5-pro", "CNY", 0.025 + 3 + 6),
        ("mimo-v2.6-pro", "USD", 0.0036 + 0.435 + 0.87),
        ("mimo-v2.5", "CNY", 3.02),
        ("xiaomi/mimo-v2.6-flash", "USD", 0.4228),
        ("mimo-v2.6-pro-ultraspeed", "USD", 0.036 + 4.35 + 8.7),
        ("mimo-v2.5-tts", "CNY", 0.0),
    ],
)
def test_prices_of_a_million_tokens_of_each_kind(model_id: str, currency: Any, price: float) -> None:
    usage = Usage(prompt=2 * MILLION, cached=MILLION, completion=MILLION)
    assert listed_cost(model_id, usage, currency, PEAK) == pytest.approx(price)


def listed_cost(model_id: str, usage: Usage, currency: Currency, when: datetime) -> float | None:
    prices = price_list()
    return cost(usage, prices.price(model_id, currency, when), prices.search_price(currency))


def test_older_prices_had_tiers() -> None:
    before = datetime(2026, 5, 26, 15, 59, tzinfo=UTC)
    assert listed_cost("mimo-v2.5-pro", Usage(prompt=100_000), "CNY", before) == pytest.approx(0.7)
    assert listed_cost("mimo-v2.5-pro", Usage(prompt=300_000), "CNY", before) == pytest.approx(4.2)
    assert listed_cost("mimo-v2.5-pro", Usage(prompt=300_000), "CNY", PEAK) == pytest.approx(0.9)


def test_searches_and_audio_are_billed_separately() -> None:
    assert listed_cost("mimo-v2.5", Usage(searches=3), "CNY", PEAK) == pytest.approx(0.048)
    assert listed_cost("mimo-v2.5-asr", Usage(audio_seconds=1800), "CNY", PEAK) == pytest.approx(0.25)
    assert listed_cost("mimo-v2.5-asr", Usage(audio_seconds=3600), "USD", PEAK) == pytest.approx(0.074)
    assert call_credits("mimo-v2.6-pro", Usage(prompt=1), PEAK) == 300.0
    assert call_credits("mimo-v2.6-flash", Usage(completion=1), PEAK) == 200.0


def test_an_unknown_price_is_not_zero() -> None:
    assert listed_cost("anything", Usage(prompt=1), "USD", PEAK) is None
    assert call_credits("mimo-v2.6-pro-ultraspeed", Usage(prompt=1), PEAK) is None
    assert call_credits("mimo-v2.5-tts", Usage(prompt=100), PEAK) == 0.0


def test_the_worked_examples_of_the_faq() -> None:
    spent = call_credits("mimo-v2.5-pro", Usage(prompt=10 * MILLION), PEAK)
    lite = next(plan for plan in price_list().plans if plan.id == "lite")
    assert spent == 3_000 * MILLION and lite.credits - spent == 1_100 * MILLION
    hour = call_credits("mimo-v2.5-asr", Usage(audio_seconds=3600), PEAK)
    assert hour is not None and lite.credits / hour == pytest.approx(136.6, abs=0.1)
    ten = Usage(completion=10 * MILLION // 600 + 1)
    peak, night = call_credits("mimo-v2.5-pro", ten, PEAK), call_credits("mimo-v2.5-pro", ten, OFF_PEAK)
    assert peak is not None and night == pytest.approx(0.8 * peak)


def test_off_peak_is_midnight_to_eight_in_beijing() -> None:
    hours = [is_off_peak(datetime(2026, 9, 1, hour, tzinfo=UTC)) for hour in (15, 16, 23, 0)]
    assert hours == [False, True, True, False]


def test_the_usual_currency() -> None:
    for url, currency in (
        ("https://token-plan-cn.xiaomimimo.com/v1", "CNY"),
        ("https://api.xiaomimimo.com/v1", "USD"),
        ("https://gateway.cn:8443/v1", "CNY"),
    ):
        assert usual_currency(Profile("p", "gateway", "P", url)) == currency


def test_token_estimates() -> None:
    assert image_tokens(1024, 1024) == 1024
    assert image_size(100, 10) >= (64, 32) and image_size(20_000, 20_000)[0] ** 2 <= 8_388_608
    assert audio_tokens(4) == 25
    assert text_tokens("a" * 400) == 100 and text_tokens("中" * 3) == 2


def test_speech_defaults_and_default_models() -> None:
    models = catalogue()
    assert [models.default_model(kind).id for kind in ("chat", "speech", "recognition")] == [
        "mimo-v2.6-pro",
        "mimo-v2.5-tts",
        "mimo-v2.5-asr",
    ]
    assert models.range_of("temperature", "speech-design") == (0.0, 1.5, 0.6)
    assert models.range_of("max_tokens", "speech") == (1.0, 8192.0, 8192.0)
    with pytest.raises(KeyError):
        models.range_of("stop", "chat")
    assert models.speech.voice == "mimo_default"


def test_model_ids_are_in_the_catalogue_only() -> None:
    app = Path(catalogue_module.__file__).parents[1]
    named = [
        str(path)
        for path in app.rglob("*.py")
        if (app / "demo") not in path.parents and re.search(r"\"mimo[-_](?:v\d|default)", path.read_text("utf-8"))
    ]
    assert named == []
