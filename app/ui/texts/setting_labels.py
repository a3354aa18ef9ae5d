"""The label of every setting the user can see, for its page and for the messages about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

_LABELS: Mapping[str, Callable[[], str]] = {
    # Appearance
    "theme": lambda: QCoreApplication.translate("Appearance", "Theme"),
    "language": lambda: QCoreApplication.translate("Appearance", "Language"),
    "text_size": lambda: QCoreApplication.translate("Appearance", "Text size"),
    "reduced_motion": lambda: QCoreApplication.translate("Appearance", "Reduced motion"),
    "presentation_mode": lambda: QCoreApplication.translate("Settings", "Presentation mode"),
    "presentation_hides_hosts": lambda: QCoreApplication.translate("Appearance", "Hide hosts while presenting"),
    # Services
    "profiles": lambda: QCoreApplication.translate("Services", "Service profiles"),
    "active_profile": lambda: QCoreApplication.translate("Services", "Service in use"),
    "quota": lambda: QCoreApplication.translate("Spend", "Quota in million credits"),
    "quota_day": lambda: QCoreApplication.translate("Spend", "Day of renewal"),
    "token_plan_terms": lambda: QCoreApplication.translate("Services", "Token Plan terms"),
    "models": lambda: QCoreApplication.translate("Services", "Models of a service"),
    "prices": lambda: QCoreApplication.translate("Prices", "Prices"),
    # Network
    "proxy": lambda: QCoreApplication.translate("Network", "Proxy"),
    "trust_env": lambda: QCoreApplication.translate("Network", "Follow the system's proxy"),
    "certificates": lambda: QCoreApplication.translate("Network", "Certificate file"),
    "connect_timeout": lambda: QCoreApplication.translate("Network", "Seconds to connect"),
    "first_byte_timeout": lambda: QCoreApplication.translate("Network", "Seconds to the first byte"),
    "idle_timeout": lambda: QCoreApplication.translate("Network", "Seconds of silence"),
    "speech_timeout": lambda: QCoreApplication.translate("Network", "Seconds for a take"),
    "retries": lambda: QCoreApplication.translate("Network", "Retries"),
    # Audio
    "output_device": lambda: QCoreApplication.translate("Audio", "Output device"),
    "input_device": lambda: QCoreApplication.translate("Audio", "Input device"),
    "volume": lambda: QCoreApplication.translate("Studio", "Volume"),
    "buffer": lambda: QCoreApplication.translate("Audio", "Buffer"),
    "dictation_pause": lambda: QCoreApplication.translate("Audio", "Pause that ends dictation"),
    "equal_loudness": lambda: QCoreApplication.translate("Studio", "Equal loudness"),
    "takes_at_once": lambda: QCoreApplication.translate("Studio", "Takes at once"),
    # Data
    "backup_count": lambda: QCoreApplication.translate("Data", "Backups kept"),
    "backup_days": lambda: QCoreApplication.translate("Data", "Hours between backups"),
    "backup_limit": lambda: QCoreApplication.translate("Data", "Megabytes for backups"),
    "calls_kept": lambda: QCoreApplication.translate("Data", "Calls kept"),
    # Chat
    "thinking": lambda: QCoreApplication.translate("Composer", "Think first"),
    "stream": lambda: QCoreApplication.translate("Parameters", "Stream"),
    "ask_before_tool": lambda: QCoreApplication.translate("Parameters", "Ask before each tool"),
    "always_allowed_tools": lambda: QCoreApplication.translate("Tools", "Tools always allowed"),
    "tool_rounds": lambda: QCoreApplication.translate("Tools", "Rounds of calls before asking"),
    "enabled_tools": lambda: QCoreApplication.translate("Tools", "Tools"),
    "talk_continuous": lambda: QCoreApplication.translate("Talk", "Listen again after the answer"),
    "talk_direct": lambda: QCoreApplication.translate("Talk", "Ask with the recording itself"),
    "talk_thinks": lambda: QCoreApplication.translate("Talk", "Think before a spoken answer"),
    "talk_marks": lambda: QCoreApplication.translate("Talk", "Mark words as they are heard"),
    "talk_keeps_recordings": lambda: QCoreApplication.translate("Talk", "Keep my recordings"),
    "talk_pause": lambda: QCoreApplication.translate("Talk", "Silence that ends a turn"),
    "chat_defaults": lambda: QCoreApplication.translate("Parameters", "Own defaults of new conversations"),
    "saved_prompts": lambda: QCoreApplication.translate("Parameters", "Saved prompts"),
}


def setting_label(key: str) -> str:
    """The label of a setting; the key itself for one that is only remembered and has no control."""
    label = _LABELS.get(key)
    return label() if label is not None else key
