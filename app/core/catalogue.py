"""What is known of the models: classes, limits, abilities, parameters and what forces them (mimo-api section 2).

The facts are `resources/catalogue.toml`. An id that is not in it is as usable as one that is: its class follows
from its name, and what nobody knows is None or only `maybe`, never refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Literal

import msgspec

from app.core.profiles import Profile
from app.core.requests import ModelEntry
from app.core.resources import resource_path

ModelKind = Literal["chat", "speech", "speech-design", "speech-clone", "recognition"]
Input = Literal["text", "image", "audio", "video"]
Effect = Literal["forced", "absent", "noted"]


class ModelNote(StrEnum):
    """Which plain name and sentence belong to a model; both are in `app.ui.texts`."""

    V26_PRO = "v2.6-pro"
    V26_FLASH = "v2.6-flash"
    V26_PRO_ULTRASPEED = "v2.6-pro-ultraspeed"
    V25_PRO = "v2.5-pro"
    V25 = "v2.5"
    V2_PRO = "v2-pro"
    V2_OMNI = "v2-omni"
    V2_FLASH = "v2-flash"
    V25_TTS = "v2.5-tts"
    V25_TTS_VOICEDESIGN = "v2.5-tts-voicedesign"
    V25_TTS_VOICECLONE = "v2.5-tts-voiceclone"
    V2_TTS = "v2-tts"
    V25_ASR = "v2.5-asr"
    UNKNOWN_CHAT = "unknown-chat"
    UNKNOWN_SPEECH = "unknown-speech"
    UNKNOWN_SPEECH_DESIGN = "unknown-speech-design"
    UNKNOWN_SPEECH_CLONE = "unknown-speech-clone"
    UNKNOWN_RECOGNITION = "unknown-recognition"


class RuleReason(StrEnum):
    """Why a parameter is locked or carries a note."""

    THINKING_FORCES = "thinking-forces"
    THINKING_MAY_IGNORE = "thinking-may-ignore"
    PROTOCOL_LACKS = "protocol-lacks"
    NO_LONGER_DOCUMENTED = "no-longer-documented"
    MODEL_LACKS = "model-lacks"


class Model(msgspec.Struct, frozen=True):
    """One model as the workbench sees it.

    Attributes:
        context, output: tokens; None when not known.
        default_tokens: the service's own limit when a request names none.
        inputs: what it takes for certain; `maybe` what nobody has confirmed.
        abilities: `thinking`, `tools`, `json`, `search`; `voices`, `description`, `sample`, `direction`, `tags`,
            `old-tags`, `singing`, `polish`; `live` when it really streams.
        thinking: whether it thinks unless told otherwise; None when not known.
        temperature: its own default, where it differs from its class.
        retires: when it goes offline; `routed` when another model began to answer for it.
        contract: offered by contract only.
        listed: False for an id the catalogue does not know.
    """

    id: str
    kind: ModelKind
    note: ModelNote
    context: int | None = None
    output: int | None = None
    default_tokens: int | None = None
    inputs: tuple[Input, ...] = ("text",)
    maybe: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    thinking: bool | None = None
    temperature: float | None = None
    retires: datetime | None = None
    routed: datetime | None = None
    successor: str = ""
    contract: bool = False
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    listed: bool = True

    def can(self, ability: str) -> bool:
        """Whether it is certain that the model takes this input or has this ability."""
        return ability in self.inputs or ability in self.abilities

    def thinks(self, asked: bool | None) -> bool:
        """Whether it thinks when that is asked of it; None asks for nothing, and its own default holds."""
        return bool(self.thinking if asked is None else asked) and self.may("thinking")

    def may(self, ability: str) -> bool:
        """Whether it is worth a try: certain, or not ruled out."""
        return self.can(ability) or ability in self.maybe

    def retired(self, now: datetime) -> bool:
        return self.retires is not None and now >= self.retires


class Parameter(msgspec.Struct, frozen=True):
    """Range and default of a parameter for a class of models; for `stop`, `high` counts strings."""

    name: str
    kinds: tuple[ModelKind, ...]
    low: float | None = None
    high: float | None = None
    default: float | None = None


class Rule(msgspec.Struct, frozen=True):
    """What a mode or a protocol does to a parameter.

    Attributes:
        when: `thinking`, or "" for always.
        on_platform: true only of Xiaomi's own hosts; gateways and own servers have rules of their own.
        value: what the service uses instead, or what it may use.
    """

    parameter: str
    kinds: tuple[ModelKind, ...]
    effect: Effect
    reason: RuleReason
    when: Literal["", "thinking"] = ""
    protocol: Literal["", "openai", "anthropic"] = ""
    on_platform: bool = False
    value: float | None = None


class ParameterState(msgspec.Struct, frozen=True):
    """A parameter as it stands for one model, profile and mode: its range, and what limits it."""

    name: str
    low: float | None
    high: float | None
    default: float | None
    effect: Effect | None = None
    reason: RuleReason | None = None
    value: float | None = None


class _Class(msgspec.Struct, frozen=True):
    contains: str
    kind: ModelKind


class _Unknown(msgspec.Struct, frozen=True):
    kind: ModelKind
    inputs: tuple[Input, ...]
    abilities: tuple[str, ...]
    maybe: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True):
    """The facts about models; see `catalogue()`."""

    classes: tuple[_Class, ...] = msgspec.field(name="class")
    unknown: tuple[_Unknown, ...]
    models: tuple[Model, ...] = msgspec.field(name="model")
    parameters: tuple[Parameter, ...] = msgspec.field(name="parameter")
    rules: tuple[Rule, ...] = msgspec.field(name="rule")

    def kind(self, model_id: str) -> ModelKind:
        """The class of any id, by what it contains."""
        return next(known.kind for known in self.classes if known.contains in model_id.lower())

    def model(self, model_id: str) -> Model:
        """What is known of an id; a gateway's `vendor/` and a `[1m]` behind it are looked through."""
        bare = bare_id(model_id)
        for known in self.models:
            if known.id == bare:
                return known if known.id == model_id else msgspec.structs.replace(known, id=model_id)
        kind = self.kind(model_id)
        traits = next(unknown for unknown in self.unknown if unknown.kind == kind)
        return Model(
            model_id, kind, ModelNote(f"unknown-{kind}"), inputs=traits.inputs, abilities=traits.abilities,
            maybe=traits.maybe, listed=False,
        )  # fmt: skip

    def merged(self, live: Iterable[ModelEntry] | None, now: datetime | None = None) -> tuple[Model, ...]:
        """The models to offer: catalogue order, retired ones behind, then ids it does not know in the service's order.

        `live` is the service's list and decides what exists. Without one (None) everything is offered that no other
        model answers for and that needs no contract: retirement dates are second-hand.
        """
        moment = now or datetime.now(UTC)
        if live is None:
            rows = [model for model in self.models if model.routed is None and not model.contract]
        else:
            rows = [self.model(name) for name in dict.fromkeys(entry.id for entry in live)]
        order = {model.id: place for place, model in enumerate(self.models)}
        return tuple(
            sorted(rows, key=lambda model: (not model.listed, model.retired(moment), order.get(bare_id(model.id), 0)))
        )

    def parameter(
        self, name: str, model: Model, profile: Profile | None = None, *, thinking: bool | None = None
    ) -> ParameterState | None:
        """How a parameter stands; None when models of this class have no such parameter.

        `thinking` is what the request asks for; None means the model's own default.
        """
        known = next((row for row in self.parameters if row.name == name and model.kind in row.kinds), None)
        if known is None:
            return None
        default = known.default
        if name == "temperature" and model.temperature is not None:
            default = model.temperature
        elif name == "max_tokens" and model.default_tokens is not None:
            default = float(model.default_tokens)
        high = float(model.output) if name == "max_tokens" and model.output is not None else known.high
        state = ParameterState(name, known.low, high, default)
        ability = {"web_search": "search", "json_mode": "json"}.get(name, name)
        if ability in ("search", "json", "tools", "thinking") and not model.may(ability):
            return msgspec.structs.replace(state, effect="absent", reason=RuleReason.MODEL_LACKS)
        rule = self._rule(name, model, profile, thinks=model.thinking if thinking is None else thinking)
        if rule is None:
            return state
        return msgspec.structs.replace(state, effect=rule.effect, reason=rule.reason, value=rule.value)

    def _rule(self, name: str, model: Model, profile: Profile | None, *, thinks: bool | None) -> Rule | None:
        protocol = profile.protocol if profile is not None else "openai"
        platform = profile is None or profile.kind not in ("gateway", "self-hosted")
        for rule in self.rules:
            if (
                rule.parameter == name
                and model.kind in rule.kinds
                and (not rule.when or thinks)
                and rule.protocol in ("", protocol)
                and (platform or not rule.on_platform)
            ):
                return rule
        return None


def bare_id(model_id: str) -> str:
    """The platform's own id inside a gateway's, e.g. `mimo-v2.5-pro` of `xiaomi/mimo-v2.5-pro` (mimo-api 12)."""
    return model_id.rpartition("/")[2].removesuffix("[1m]").lower()


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return msgspec.toml.decode(resource_path("catalogue.toml").read_bytes(), type=Catalogue)
