"""Words about services: their names, where keys are, what a connection test found."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code
from app.core.hosts import host_of
from app.core.profiles import PRESETS, Profile, ServiceKind
from app.services.connection_test import TestResult
from app.ui.texts.errors import words
from app.ui.texts.numbers import seconds


def service_name(profile: Profile) -> str:
    """A preset's name in the language of now; the user's own name for any other."""
    if all(preset.id != profile.id or preset.name != profile.name for preset in PRESETS):
        return profile.name
    return kind_name(profile.kind)


def kind_name(kind: ServiceKind) -> str:
    """What can be added, in words."""
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


def place_words(profile: Profile, *, hide_host: bool) -> str:
    """Where a service is, short."""
    if profile.kind == "demo":
        return QCoreApplication.translate("Services", "runs on this computer")
    return "••••" if hide_host else host_of(profile.base_url) or profile.base_url


def place_of_key(place: str) -> str:
    """Where a key is, in a sentence that tells the truth about it."""
    match place:
        case "keyring":
            return QCoreApplication.translate("Services", "The key is in this computer's keychain.")
        case "environment":
            return QCoreApplication.translate("Services", "The key comes from MIMO_API_KEY and is not kept.")
        case "run":
            return QCoreApplication.translate(
                "Services", "No keychain works here: the key is kept for this run only and gone when the program ends."
            )
        case "file":
            return QCoreApplication.translate(
                "Services", "The key is in a file that only you can read; it is not encrypted."
            )
    return QCoreApplication.translate("Services", "No key is saved.")


def no_key_words(profile: Profile, *, keychain: bool) -> str:
    """That there is no key, where one is made, and where it would be kept."""
    if profile.authentication == "none":
        return QCoreApplication.translate("Services", "This service is asked without a key.")
    said = QCoreApplication.translate("Services", "No key is saved.")
    page = console_page(Code.KEY_MISSING, host_of(profile.base_url))
    if page:
        said += " " + QCoreApplication.translate("Services", "Keys are made at {address}").format(address=page)
    if not keychain:
        said += "\n" + QCoreApplication.translate(
            "Services", "No keychain works here: a key is kept for this run only, unless you ask for the file."
        )
    return said


def test_name(result: TestResult) -> str:
    """What was tried."""
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
    """How it went, in a word."""
    match result.state:
        case "good":
            return QCoreApplication.translate("Services", "works")
        case "warn":
            return QCoreApplication.translate("Services", "not quite")
        case "bad":
            return QCoreApplication.translate("Services", "fails")
        case "skipped":
            return QCoreApplication.translate("Services", "not tried")


def test_facts(result: TestResult) -> str:
    """What came of it, or why not and what to do."""
    if result.error is not None:
        return str(words(result.error))
    if result.state == "skipped":
        if result.offered:
            return test_state(result)
        return QCoreApplication.translate("Services", "not offered by this kind of service")
    took = seconds(result.seconds) if result.seconds is not None else ""
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
                model=result.model, time=took
            )
        case "stream" if result.state == "good":
            return QCoreApplication.translate("Services", "first words after {time}").format(time=took)
        case "speech" if result.state == "good":
            if result.pieces > 1:
                return QCoreApplication.translate("Services", "first sound after {time}, true streaming").format(
                    time=took
                )
            return QCoreApplication.translate("Services", "sound after {time}, in one piece").format(time=took)
    return took
