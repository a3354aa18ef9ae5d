"""The model catalogue: classes, limits, abilities and parameters of the models (WIRE.md section 2).

The facts are in `resources/catalogue.toml`. A model that is not listed is usable as well: its class follows from its
id, and an unknown fact is None or `maybe`, never a reason to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from app.core.profiles import Profile
from app.core.requests import ModelEntry
from app.core.resources import resource_path

ModelKind = Literal["chat", "speech", "speech-design", "speech-clone", "recognition"]
Input = Literal["text", "image", "audio", "video"]
Effect = Literal["locked", "absent", "noted"]


class ModelNote(StrEnum):
    """Code of a model's name and description in `app.ui.texts`."""

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
    """Why a parameter is locked or has a note."""

    THINKING_FORCES = "thinking-forces"
    PROTOCOL_LACKS = "protocol-lacks"
    NO_LONGER_DOCUMENTED = "no-longer-documented"
    MODEL_LACKS = "model-lacks"
    SERVICE_REFUSES = "service-refuses"


class Model(msgspec.Struct, frozen=True):
    """One model.

    Attributes:
        context, output: limits in tokens; None if unknown.
        default_tokens: the service's default for `max_tokens`.
        inputs: supported input types; `maybe` are unconfirmed inputs and abilities.
        abilities: `thinking`, `tools`, `json`, `search`; `voices`, `description`, `sample`, `direction`, `tags`,
            `old-tags`, `singing`, `polish`; `live` if it streams in real time.
        thinking: whether it thinks by default; None if unknown.
        temperature: its default if different from that of its class.
        retires: when it goes offline; `routed`: since when requests are answered by `successor`.
        contract: available by contract only.
        injected_tokens: of the system prompt that the platform adds where none is sent (WIRE.md section 1).
        listed: False for an id that is not in the catalogue.
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
    injected_tokens: int = 0
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    listed: bool = True

    def can(self, ability: str) -> bool:
        """Whether the model certainly supports an input or has an ability."""
        return ability in self.inputs or ability in self.abilities

    def thinks(self, requested: bool | None) -> bool:
        """Whether the model thinks, given the request's setting; None for the model's default."""
        return bool(self.thinking if requested is None else requested) and self.may("thinking")

    def may(self, ability: str) -> bool:
        """Whether the model may support an input or ability: it does, or it is unconfirmed."""
        return self.can(ability) or ability in self.maybe

    def retired(self, now: datetime) -> bool:
        return self.retires is not None and now >= self.retires


class Parameter(msgspec.Struct, frozen=True):
    """Range and default of a parameter for classes of models; for `stop`, `high` is the number of strings."""

    name: str
    kinds: tuple[ModelKind, ...]
    low: float | None = None
    high: float | None = None
    default: float | None = None


class Rule(msgspec.Struct, frozen=True):
    """The effect of a mode or protocol on a parameter: a locked one is not sent, and its typed value is kept.

    Attributes:
        when: `thinking`, or "" for always.
        on_platform: applies to Xiaomi's own hosts only, not to gateways and self-hosted servers.
        value: the value that the service uses or may use instead.
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
    """Range and restrictions of a parameter for one model, profile and mode."""

    name: str
    low: float | None
    high: float | None
    default: float | None
    effect: Effect | None = None
    reason: RuleReason | None = None
    value: float | None = None

    @property
    def is_sent(self) -> bool:
        """Whether a value that the user set goes into the request."""
        return self.effect not in ("locked", "absent")


class ParameterRange(NamedTuple):
    """Range and default of a numeric parameter."""

    low: float
    high: float
    default: float


class SpeechDefaults(msgspec.Struct, frozen=True):
    """Defaults of the service's speech.

    Attributes:
        voice: id of the voice that the service uses by default.
        replaced_voices: current voice by the id of a retired one.
    """

    voice: str
    replaced_voices: dict[str, str]


class _ModelClass(msgspec.Struct, frozen=True):
    contains: str
    kind: ModelKind


class _UnlistedModel(msgspec.Struct, frozen=True):
    kind: ModelKind
    inputs: tuple[Input, ...]
    abilities: tuple[str, ...]
    maybe: tuple[str, ...] = ()


class Catalogue(msgspec.Struct, frozen=True):
    """The contents of the catalogue; see `catalogue()`."""

    classes: tuple[_ModelClass, ...] = msgspec.field(name="class")
    unknown: tuple[_UnlistedModel, ...]
    models: tuple[Model, ...] = msgspec.field(name="model")
    parameters: tuple[Parameter, ...] = msgspec.field(name="parameter")
    rules: tuple[Rule, ...] = msgspec.field(name="rule")
    speech: SpeechDefaults

    def kind(self, model_id: str) -> ModelKind:
        """The class of any model id, by what the id contains."""
        return next(known.kind for known in self.classes if known.contains in model_id.lower())

    def model(self, model_id: str) -> Model:
        """The model of an id; the prefix `vendor/` of gateways and the suffix `[1m]` are ignored for the lookup."""
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

    def wire_id(self, model_id: str, *, on_platform: bool) -> str:
        """The id to send: without the suffix `[1m]`, and on the platform in the case in which it knows the id."""
        without_suffix = model_id.strip().removesuffix("[1m]").removesuffix("[1M]")
        known = bare_id(without_suffix)
        is_listed = on_platform and any(model.id == known for model in self.models)
        return known if is_listed and without_suffix.lower() == known else without_suffix

    def default_model(self, kind: ModelKind) -> Model:
        """The first current model of a class, for when the service lists none."""
        return next(model for model in self.merged(None) if model.kind == kind)

    def range_of(self, name: str, kind: ModelKind) -> ParameterRange:
        """Range and default of a numeric parameter for a class. Raises KeyError if one of them is missing."""
        for row in self.parameters:
            if row.name == name and kind in row.kinds and None not in (row.low, row.high, row.default):
                return ParameterRange(row.low or 0.0, row.high or 0.0, row.default or 0.0)
        raise KeyError(name)

    def merged(self, live: Iterable[ModelEntry] | None, now: datetime | None = None) -> tuple[Model, ...]:
        """The models to offer: in catalogue order, then retired ones, then unlisted ids in the service's order.

        `live` is the service's list and decides which models exist. Without one (None), all models are offered except
        those that retire (WIRE.md section 10) or are available by contract only.
        """
        time = now or datetime.now(UTC)
        if live is None:
            rows = [model for model in self.models if model.retires is None and not model.contract]
        else:
            rows = [self.model(name) for name in dict.fromkeys(entry.id for entry in live)]
        order = {model.id: position for position, model in enumerate(self.models)}
        return tuple(
            sorted(rows, key=lambda model: (not model.listed, model.retired(time), order.get(bare_id(model.id), 0)))
        )

    def parameter(
        self, name: str, model: Model, profile: Profile | None = None, *, thinking: bool | None = None
    ) -> ParameterState | None:
        """Range and restrictions of a parameter; None if models of this class do not have it.

        `thinking` is the request's setting; None means the model's default.
        """
        declared = next((row for row in self.parameters if row.name == name and model.kind in row.kinds), None)
        if declared is None:
            return None
        default = declared.default
        if name == "temperature" and model.temperature is not None:
            default = model.temperature
        elif name == "max_tokens" and model.default_tokens is not None:
            default = float(model.default_tokens)
        high = float(model.output) if name == "max_tokens" and model.output is not None else declared.high
        state = ParameterState(name, declared.low, high, default)
        ability = _NEEDED_ABILITIES.get(name, "")
        if ability and not model.may(ability):
            return msgspec.structs.replace(state, effect="absent", reason=RuleReason.MODEL_LACKS)
        if profile is not None and not _wire_names(name, profile).isdisjoint(profile.unsupported_parameters):
            return msgspec.structs.replace(state, effect="absent", reason=RuleReason.SERVICE_REFUSES)
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


_NEEDED_ABILITIES = {
    "web_search": "search", "json_mode": "json", "tools": "tools", "thinking": "thinking", "send_thinking": "thinking",
}  # fmt: skip
"""The ability that a model needs for a parameter to have any effect."""
_WIRE_NAMES = {"json_mode": "response_format", "web_search": "tools"}


def _wire_names(name: str, profile: Profile) -> set[str]:
    """The fields of a request body that carry a parameter."""
    if name == "max_tokens":
        return {"max_tokens" if profile.protocol == "anthropic" else profile.token_field}
    if name == "stop" and profile.protocol == "anthropic":
        return {"stop_sequences"}
    return {_WIRE_NAMES.get(name, name)}


def bare_id(model_id: str) -> str:
    """The platform's id in a gateway's id (WIRE.md section 12), in lower case: `name` for `xiaomi/NAME`."""
    return model_id.rpartition("/")[2].lower().removesuffix("[1m]")


_DATE = re.compile(r"-(?:\d{8}|\d{4}-\d{2}-\d{2})$")


def is_same_model(asked: str, answered: str) -> bool:
    """Whether the model that answered is the one that was asked.

    Case, a gateway's prefix, the suffix `[1m]` and the date of a version make no difference.
    """
    return _DATE.sub("", bare_id(asked)) == _DATE.sub("", bare_id(answered))


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue; it is read once."""
    return msgspec.toml.decode(resource_path("catalogue.toml").read_bytes(), type=Catalogue)
