"""Names of services, where their keys are stored, and the results of a connection test."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code
from app.core.hosts import host_of
from app.core.profiles import PRESETS, Profile, ServiceKind
from app.services.connection_test import TestResult
from app.ui.texts.errors import error_message
from app.ui.texts.numbers import seconds


def service_name(profile: Profile) -> str:
    """The name of a service: translated for a preset, the user's own for any other."""
    if all(preset.id != profile.id or preset.name != profile.name for preset in PRESETS):
        return profile.name
    return kind_name(profile.kind)


def kind_name(kind: ServiceKind) -> str:
    """The name of a kind of service."""
    match kind:
        case "demo":
            return QCoreApplication.translate("Services", "Demo service")
        case "payg":
            return QCoreApplication.translate("Services", "Pay-as-you-go")
        case "token-plan-cn":
            return QCoreApplication.translate("Services", "Token Plan, China")
        case "token-plan-sgp":
            return QCoreApplication.translate("Services", "Token Plan, Singapore")
        case "token-plan-ams":
            return QCoreApplication.translate("Services", "Token Plan, Amsterdam")
        case "self-hosted":
            return QCoreApplication.translate("Services", "Self-hosted")
        case "gateway":
            return QCoreApplication.translate("Services", "Gateway")


def service_location(profile: Profile, *, hide_host: bool) -> str:
    """The host of a service, in short; dots while hosts are hidden."""
    if profile.kind == "demo":
        return QCoreApplication.translate("Services", "runs on this computer")
    return "••••" if hide_host else host_of(profile.base_url) or profile.base_url


def key_location(place: str) -> str:
    """A sentence that says where a key is stored, and how safely."""
    match place:
        case "keyring":
            return QCoreApplication.translate("Services", "The key is in this computer's keychain.")
        case "environment":
            return QCoreApplication.translate("Services", "The key comes from MIMO_API_KEY and is not saved.")
        case "run":
            return QCoreApplication.translate(
                "Services", "No keychain is available: the key is kept only until the program closes."
            )
        case "file":
            return QCoreApplication.translate("Services", "The key is in an unencrypted file that only you can read.")
    return QCoreApplication.translate("Services", "No key is saved.")


def no_key_message(profile: Profile, *, keychain: bool) -> str:
    """Say that no key is saved, where to create one, and where it would be stored."""
    if profile.authentication == "none":
        return QCoreApplication.translate("Services", "This service needs no key.")
    message = QCoreApplication.translate("Services", "No key is saved.")
    page = console_page(Code.KEY_MISSING, host_of(profile.base_url))
    if page:
        message += " " + QCoreApplication.translate("Services", "Create a key at {address}").format(address=page)
    if not keychain:
        message += "\n" + QCoreApplication.translate(
            "Services",
            "No keychain is available: a key is kept only until the program closes, unless you choose to keep it in a "
            "file.",
        )
    return message


def test_name(result: TestResult) -> str:
    """The name of a test."""
    match result.name:
        case "key":
            return QCoreApplication.translate("Services", "Key")
        case "models":
            return QCoreApplication.translate("Services", "Models")
        case "chat":
            return QCoreApplication.translate("Services", "Chat")
        case "stream":
            return QCoreApplication.translate("Services", "Streaming")
        case "search":
            return QCoreApplication.translate("Services", "Web search")
        case "speech":
            return QCoreApplication.translate("Services", "Speech")


def test_state(result: TestResult) -> str:
    """The outcome of a test, in a word or two."""
    match result.state:
        case "good":
            return QCoreApplication.translate("Services", "works")
        case "warn":
            return QCoreApplication.translate("Services", "partly works")
        case "bad":
            return QCoreApplication.translate("Services", "fails")
        case "skipped":
            return QCoreApplication.translate("Services", "not tried")


def test_facts(result: TestResult) -> str:
    """What a test measured, or why it failed and what to do."""
    if result.error is not None:
        return str(error_message(result.error))
    if result.key == "none":
        return QCoreApplication.translate("Services", "no key is sent to this service")
    if result.key == "unproved":
        return QCoreApplication.translate(
            "Services", "not checked: no answer came from a MiMo service. Check the base URL and the network."
        )
    if result.state == "skipped":
        if result.offered:
            return test_state(result)
        return QCoreApplication.translate("Services", "not offered by this kind of service")
    elapsed = seconds(result.seconds) if result.seconds is not None else ""
    match result.name:
        case "models" if result.counts:
            chat = result.counts.get("chat", 0)
            recognition = result.counts.get("recognition", 0)
            return QCoreApplication.translate(
                "Services", "{n} found: {chat} chat, {speech} speech, {recognition} recognition"
            ).format(
                n=sum(result.counts.values()),
                chat=chat,
                speech=sum(result.counts.values()) - chat - recognition,
                recognition=recognition,
            )
        case "chat" | "search" if result.state == "good":
            return QCoreApplication.translate("Services", "{model} answered in {time}").format(
                model=result.model, time=elapsed
            )
        case "stream" if result.state == "good":
            return QCoreApplication.translate("Services", "first text after {time}").format(time=elapsed)
        case "speech" if result.state == "good":
            if result.pieces > 1:
                return QCoreApplication.translate("Services", "first audio after {time}, streamed").format(time=elapsed)
            return QCoreApplication.translate("Services", "audio after {time}, in one piece").format(time=elapsed)
    return elapsed
