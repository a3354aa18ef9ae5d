"""Every setting, declared once: key, type, default, range and settings page.

A setting's key is also the code under which `app.ui` finds its label.
"""

from __future__ import annotations

from typing import Any, TypeVar

from app.core.languages import LANGUAGES
from app.core.settings.setting_types import (
    ChoiceSetting,
    FlagSetting,
    IntegerSetting,
    NamesSetting,
    NumberSetting,
    PricesSetting,
    RecordSetting,
    RowsSetting,
    Setting,
    TableSetting,
    TextSetting,
)

S = TypeVar("S", bound=Setting[Any])

FORMAT_VERSION = 1
"""Version of the settings file; see `app.storage.settings.MIGRATIONS`."""

DECLARED: dict[str, Setting[Any]] = {}
"""Every setting by its key, in the order in which its page shows it."""


def _check_profile(row: dict[str, Any]) -> None:
    # Imported here: unless the user changed or added a service, msgspec is not needed before the first paint.
    from app.core.profiles import profile_of

    profile_of(row)


def _check_chat_defaults(record: dict[str, Any]) -> None:
    # Imported here for the same reason.
    from app.core.chat_defaults import chat_defaults_of

    chat_defaults_of(record)


def _declare(setting: S) -> S:
    assert setting.key not in DECLARED, setting.key
    DECLARED[setting.key] = setting
    return setting


# Appearance.
THEME = _declare(ChoiceSetting("theme", "system", "appearance", ("system", "light", "dark")))
LANGUAGE = _declare(ChoiceSetting("language", "system", "appearance", ("system", *LANGUAGES)))
TEXT_SIZE = _declare(IntegerSetting("text_size", 100, "appearance", 80, 200, 10))
"""Per cent of the type scale."""
REDUCED_MOTION = _declare(FlagSetting("reduced_motion", False, "appearance"))
PRESENTATION_MODE = _declare(FlagSetting("presentation_mode", False, "appearance"))
PRESENTATION_HIDES_HOSTS = _declare(FlagSetting("presentation_hides_hosts", False, "appearance"))

# Services. A profile is the JSON form of `app.core.profiles.Profile`, without its API key.
PROFILES = _declare(RowsSetting("profiles", [], "services", _check_profile, stand_in="gateway"))
ACTIVE_PROFILE = _declare(TextSetting("active_profile", "demo", "services", 200))
QUOTA = _declare(NumberSetting("quota", 0.0, "services", 0.0, 1e12))
"""Monthly credits of the plan, as entered by the user; 0 if not entered."""
QUOTA_DAY = _declare(IntegerSetting("quota_day", 1, "services", 1, 31))
"""Day of the month on which the plan's credits are renewed."""
QUOTA_TOLD = _declare(TableSetting("quota_told", {}, "remembered", (int, float, str)))
"""The last quota threshold the user was notified of: `{"since": first day of the period, "share": per cent}`."""
TOKEN_PLAN_TERMS = _declare(FlagSetting("token_plan_terms", False, "services"))
"""Whether the user accepted the Token Plan's terms (coding tools only)."""
MODELS = _declare(TableSetting("models", {}, "services", dict))
"""The model chosen for each task, by profile: `{profile id: {"chat": model id, "speech": …, "recognition": …}}`."""
PRICES = _declare(PricesSetting("prices", {}, "services", dict))
"""The user's own prices per million tokens: `{profile id: {model id: {"currency", "hit", "miss", "output"}}}`."""

# Network.
PROXY = _declare(TextSetting("proxy", "", "network"))
TRUST_ENV = _declare(FlagSetting("trust_env", True, "network"))
"""Whether the proxy and certificate environment variables apply when `proxy` is empty."""
CERTIFICATES = _declare(TextSetting("certificates", "", "network"))
"""Path of a PEM file with further certificate authorities."""
CONNECT_TIMEOUT = _declare(NumberSetting("connect_timeout", 10.0, "network", 1.0, 120.0))
FIRST_BYTE_TIMEOUT = _declare(NumberSetting("first_byte_timeout", 90.0, "network", 5.0, 600.0))
IDLE_TIMEOUT = _declare(NumberSetting("idle_timeout", 90.0, "network", 5.0, 600.0))
SPEECH_TIMEOUT = _declare(NumberSetting("speech_timeout", 180.0, "network", 10.0, 1800.0))
RETRIES = _declare(IntegerSetting("retries", 3, "network", 0, 10))

# Audio. A device is given by its identifier; an empty one means the system default.
OUTPUT_DEVICE = _declare(TextSetting("output_device", "", "audio"))
INPUT_DEVICE = _declare(TextSetting("input_device", "", "audio"))
VOLUME = _declare(IntegerSetting("volume", 80, "audio", 0, 100))
"""Per cent."""
BUFFER = _declare(NumberSetting("buffer", 0.15, "audio", 0.05, 1.0, 0.05))
"""Device latency in seconds."""
DICTATION_PAUSE = _declare(NumberSetting("dictation_pause", 0.8, "audio", 0.3, 10.0, 0.1))
"""Seconds of silence after which dictation ends."""
EQUAL_LOUDNESS = _declare(FlagSetting("equal_loudness", True, "audio"))
TAKES_AT_ONCE = _declare(IntegerSetting("takes_at_once", 1, "audio", 1, 8))

# Data.
BACKUP_COUNT = _declare(IntegerSetting("backup_count", 7, "data", 1, 100))
BACKUP_DAYS = _declare(NumberSetting("backup_days", 1.0, "data", 0.04, 90.0))
"""Days between two automatic backups."""
BACKUP_LIMIT = _declare(IntegerSetting("backup_limit", 2048, "data", 64, 1_048_576))
"""Size of all backups together, in MiB."""
CALLS_KEPT = _declare(IntegerSetting("calls_kept", 5000, "data", 100, 1_000_000))
"""Number of calls kept for the inspector; the oldest are deleted first."""

# Chat.
THINKING = _declare(ChoiceSetting("thinking", "model", "chat", ("model", "on", "off")))
"""`model` uses the model's own default."""
STREAM = _declare(FlagSetting("stream", True, "chat"))
ASK_BEFORE_TOOL = _declare(FlagSetting("ask_before_tool", True, "chat"))
ALWAYS_ALLOWED_TOOLS = _declare(NamesSetting("always_allowed_tools", [], "chat"))
TOOL_ROUNDS = _declare(IntegerSetting("tool_rounds", 10, "chat", 2, 100))
"""Exchanges with tool calls in one turn before the user is asked whether to go on."""
ENABLED_TOOLS = _declare(NamesSetting("enabled_tools", [], "chat"))
"""Names of the tools offered to the model; none unless the user turned one on."""
SAVED_PROMPTS = _declare(TableSetting("saved_prompts", {}, "chat", str))
"""The user's own system prompts by name, as earlier versions saved them; `PromptLibrary` moves them into its store."""
TALK_CONTINUOUS = _declare(FlagSetting("talk_continuous", False, "chat"))
"""Whether Talk listens again after each answer."""
TALK_DIRECT = _declare(FlagSetting("talk_direct", False, "chat"))
"""Whether a model that hears is asked with the recording itself."""
TALK_THINKS = _declare(FlagSetting("talk_thinks", False, "chat"))
TALK_MARKS = _declare(FlagSetting("talk_marks", True, "chat"))
"""Whether the words of an answer are marked as they are heard."""
TALK_KEEPS_RECORDINGS = _declare(FlagSetting("talk_keeps_recordings", False, "chat"))
TALK_PAUSE = _declare(NumberSetting("talk_pause", 1.2, "chat", 0.5, 5.0, 0.1))
"""Seconds of silence that end what the user says."""
CHAT_DEFAULTS = _declare(RecordSetting("chat_defaults", {}, "chat", _check_chat_defaults))
"""The JSON form of `app.core.chat_defaults.ChatDefaults`, with which new conversations begin; empty for none."""

# Remembered between runs.
PARAMETERS_OPEN = _declare(FlagSetting("parameters_open", True, "remembered"))
INSPECTOR_OPEN = _declare(FlagSetting("inspector_open", False, "remembered"))
TOOLS_OPEN = _declare(FlagSetting("tools_open", False, "remembered"))
STUDIO_SIDE_OPEN = _declare(FlagSetting("studio_side_open", True, "remembered"))
"""Whether sessions and parameters stand beside the text in a wide studio."""
PANEL_WIDTHS = _declare(TableSetting("panel_widths", {}, "remembered", int))
"""Widths of the pages of the chat's side panel in logical pixels, before text scaling, by the key of the page."""
WINDOW_GEOMETRY = _declare(TextSetting("window_geometry", "", "remembered", 20_000))
"""Qt's saved window geometry, in base64."""
RECENT_COMMANDS = _declare(NamesSetting("recent_commands", [], "remembered"))
"""Keys of the commands run last, newest first: the palette offers them first."""
LAST_CONVERSATION = _declare(TextSetting("last_conversation", "", "remembered", 200))
LAST_SESSION = _declare(TextSetting("last_session", "", "remembered", 200))
LAST_PROMPT = _declare(TextSetting("last_prompt", "", "remembered", 200))
LAST_FOLDER = _declare(TextSetting("last_folder", "", "remembered"))
SPEECH_VOICE = _declare(TextSetting("speech_voice", "", "remembered", 200))
STARRED_VOICES = _declare(NamesSetting("starred_voices", [], "remembered"))
"""Ids of the built-in voices with a star; voices of the library have their own."""
BUILTIN_VOICE_USE = _declare(TableSetting("builtin_voice_use", {}, "remembered", (int, float)))
"""When a built-in voice last spoke (Unix time in seconds): `{voice id: time}`."""
DESIGN_ROUNDS = _declare(IntegerSetting("design_rounds", 0, "remembered", 0, 1_000_000_000))
"""The highest number that a round of designing a voice ever had, so that none is given twice."""
USUAL_GAINS = _declare(TableSetting("usual_gains", {}, "remembered", (int, float)))
"""The gain in dB that takes of a model needed lately to be equally loud: `{model id: gain}`."""
RECENT_TAGS = _declare(NamesSetting("recent_tags", [], "remembered"))
EXPORT_TEMPLATE = _declare(TextSetting("export_template", "{number} {voice} {text}", "remembered", 500))
EXPORT_FORMAT = _declare(ChoiceSetting("export_format", "wav", "remembered", ("wav", "flac", "mp3", "ogg")))
EXPORT_RATE = _declare(IntegerSetting("export_rate", 0, "remembered", 0, 48_000))
"""Frames per second; 0 as delivered."""
EXPORT_LOUDNESS = _declare(FlagSetting("export_loudness", False, "remembered"))
"""Whether exported takes are brought to `EXPORT_TARGET`."""
EXPORT_TARGET = _declare(NumberSetting("export_target", -16.0, "remembered", -40.0, -5.0, 0.5))
"""LUFS."""
EXPORT_PEAK = _declare(NumberSetting("export_peak", -1.0, "remembered", -12.0, 0.0, 0.5))
"""dBTP that no true peak exceeds."""
EXPORT_TAGS = _declare(FlagSetting("export_tags", True, "remembered"))
EXPORT_SETTINGS = _declare(FlagSetting("export_settings", True, "remembered"))
EXPORT_FOLDER = _declare(TextSetting("export_folder", "", "remembered"))
"""Where takes were exported last; empty for the folder that dialogs start in."""
AUDITION_BLIND = _declare(FlagSetting("audition_blind", True, "remembered"))
FAVOURITE_TAGS = _declare(NamesSetting("favourite_tags", [], "remembered"))
"""Tags the user starred, as `kind:words`, the oldest first."""
