"""What happened and what to do next, for every error code.

The remedies are those of the platform's documentation (WIRE.md sections 9 and 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code, WorkbenchError
from app.ui.texts import numbers


class Words(NamedTuple):
    """One sentence of what happened, and one of what to do next (may be empty)."""

    what: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}".strip()


class _Params(dict[str, Any]):
    """Parameters for `format_map`; a missing one leaves nothing behind."""

    def __missing__(self, key: str) -> str:
        return ""


def words(error: BaseException) -> Words:
    """The words for an error; anything that is no WorkbenchError is "unexpected"."""
    if not isinstance(error, WorkbenchError):
        error = WorkbenchError(Code.UNEXPECTED, kind=type(error).__name__, message=str(error))
    what, next_step = _template(error.code)
    page = console_page(error.code, str(error.params.get("host") or ""))
    if page:
        at_page = QCoreApplication.translate("Errors", "The page for it: {page}")
        next_step = f"{next_step} {at_page}"
    params = _filled(error.params)
    params["page"] = page
    return Words(_tidy(what.format_map(params)), _tidy(next_step.format_map(params)))


def _filled(given: Mapping[str, Any]) -> _Params:
    """The parameters as the sentences name them: raisers know a message, a host, a path; people a reason, a file."""
    params = _Params(given)
    path = str(params["path"])
    params["detail"] = _detail(given)
    params["reason"] = params["reason"] or params["message"]
    params["service"] = params["service"] or params["host"] or QCoreApplication.translate("Errors", "this service")
    params["name"] = params["name"] or Path(path).name or QCoreApplication.translate("Errors", "The file")
    params["path"] = params["aside"] or path
    limit = params["limit"]
    if isinstance(limit, int):
        params["limit"] = numbers.size(limit)
    elif not limit and params["seconds"]:
        params["limit"] = numbers.seconds(float(params["seconds"]))
    if isinstance(params["seconds"], float):
        params["seconds"] = f"{params['seconds']:g}"
    return params


def _detail(params: Mapping[str, Any]) -> str:
    """The service's own words: `message` and `param` together, since the useful one may be either."""
    message, param = str(params.get("message") or "").strip(), str(params.get("param") or "").strip()
    if not message or not param or param in message:
        return message or param
    return f"{message} ({param})"


def _tidy(sentence: str) -> str:
    """No hole where a parameter was missing: `did not answer ().` reads `did not answer.`"""
    for hole, filled in ((" ()", ""), ("（）", ""), (": .", "."), ("：。", "。"), ("  ", " "), (" .", ".")):
        sentence = sentence.replace(hole, filled)
    return sentence.strip()


def _template(code: Code) -> tuple[str, str]:
    return (_service(code) or _transport(code) or _tools(code) or _sound(code) or _input(code) or _kept(code)) or (
        QCoreApplication.translate("Errors", "Something unexpected happened ({kind}): {message}."),
        QCoreApplication.translate(
            "Errors", "Your work is kept. To report it, use “Copy diagnostics” in Settings, About."
        ),
    )


def _service(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.BAD_REQUEST:
            return (
                QCoreApplication.translate("Errors", "The service did not accept the request: {detail}."),
                QCoreApplication.translate("Errors", "Change what it names and try again."),
            )
        case Code.REASONING_MISSING:
            return (
                QCoreApplication.translate("Errors", "The service wants the earlier thinking back: {detail}."),
                QCoreApplication.translate(
                    "Errors", "Switch on “Send earlier thinking” in Parameters, or thinking off, and try again."
                ),
            )
        case Code.SEARCH_OFF:
            return (
                QCoreApplication.translate("Errors", "Web search is switched off for this account."),
                QCoreApplication.translate(
                    "Errors", "Switch the plugin on in the console (it takes five minutes) or send without web search."
                ),
            )
        case Code.UNAUTHORIZED:
            return (
                QCoreApplication.translate("Errors", "The service did not accept the key: {detail}."),
                QCoreApplication.translate(
                    "Errors",
                    "It may be mistyped, expired, or belong to another plan or region. Check it in Settings, Services.",
                ),
            )
        case Code.KEY_MISSING:
            return (
                QCoreApplication.translate("Errors", "No key is saved for {service}."),
                QCoreApplication.translate("Errors", "Enter one in Settings, Services, or use the demo service."),
            )
        case Code.KEY_KIND:
            return (
                QCoreApplication.translate("Errors", "This key is of another kind than {host} takes; it was not sent."),
                QCoreApplication.translate(
                    "Errors",
                    "Keys beginning sk- are for pay-as-you-go, tp- and ttp- for Token Plan: choose that service.",
                ),
            )
        case Code.NO_BALANCE:
            return (
                QCoreApplication.translate("Errors", "The account has no balance left: {detail}."),
                QCoreApplication.translate("Errors", "Recharge it in the console, then try again."),
            )
        case Code.FORBIDDEN:
            return (
                QCoreApplication.translate("Errors", "The service refuses access: {detail}."),
                QCoreApplication.translate(
                    "Errors", "It may not be available in this region, or the key is locked: create a new key."
                ),
            )
        case Code.RISK_CONTROL:
            return (
                QCoreApplication.translate("Errors", "The service sees a risk in the requests: {detail}."),
                QCoreApplication.translate("Errors", "Mind the content you send; a new key may be needed."),
            )
        case Code.NOT_FOUND:
            return (
                QCoreApplication.translate("Errors", "The service knows no such model or address: {detail}."),
                QCoreApplication.translate("Errors", "Check the base URL and choose a model from the list."),
            )
        case Code.NO_IMAGE_INPUT:
            return (
                QCoreApplication.translate("Errors", "This model takes no images."),
                QCoreApplication.translate("Errors", "Choose a model that sees, or remove the image."),
            )
        case Code.CONTENT_REFUSED:
            return (
                QCoreApplication.translate("Errors", "The service refused the content: {detail}."),
                QCoreApplication.translate("Errors", "Rephrase it without unsafe or sensitive content."),
            )
        case Code.TOO_MANY_REQUESTS:
            return (
                QCoreApplication.translate("Errors", "Too many requests in the last minute."),
                QCoreApplication.translate("Errors", "Wait a little and try again."),
            )
        case Code.QUOTA_EXHAUSTED:
            return (
                QCoreApplication.translate("Errors", "The plan's quota is used up."),
                QCoreApplication.translate("Errors", "Upgrade the plan, wait for its renewal, or use pay-as-you-go."),
            )
        case Code.SERVER_ERROR:
            return (
                QCoreApplication.translate("Errors", "The service had an internal error ({status}): {detail}."),
                QCoreApplication.translate("Errors", "Try again later; if it stays, write to support-mimo@xiaomi.com."),
            )
        case Code.OVERLOADED:
            return (
                QCoreApplication.translate("Errors", "The service is overloaded."),
                QCoreApplication.translate("Errors", "Try again in a moment."),
            )
        case Code.UNEXPECTED_STATUS:
            return (
                QCoreApplication.translate("Errors", "The service answered with status {status}: {detail}."),
                QCoreApplication.translate("Errors", "Check the base URL in Settings, Services."),
            )
    return None


def _transport(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.UNREACHABLE:
            return (
                QCoreApplication.translate("Errors", "{host} can't be reached."),
                QCoreApplication.translate("Errors", "Check the network and the base URL, then try again."),
            )
        case Code.CONNECT_TIMEOUT:
            return (
                QCoreApplication.translate("Errors", "{host} did not take the connection within {seconds} s."),
                QCoreApplication.translate("Errors", "Check the network or the proxy, then try again."),
            )
        case Code.FIRST_BYTE_TIMEOUT:
            return (
                QCoreApplication.translate("Errors", "{host} sent nothing within {seconds} s."),
                QCoreApplication.translate("Errors", "Try again; the time limit is in Settings, Network."),
            )
        case Code.IDLE_TIMEOUT:
            return (
                QCoreApplication.translate("Errors", "The reply went silent for {seconds} s."),
                QCoreApplication.translate("Errors", "What arrived is kept. Try again."),
            )
        case Code.TOTAL_TIMEOUT:
            return (
                QCoreApplication.translate("Errors", "The call was not finished after {seconds} s."),
                QCoreApplication.translate("Errors", "Try a shorter text, or raise the limit in Settings, Network."),
            )
        case Code.TLS:
            return (
                QCoreApplication.translate("Errors", "The secure connection to {host} failed: {message}."),
                QCoreApplication.translate("Errors", "Check the computer's clock, the proxy and its certificates."),
            )
        case Code.CONNECTION_LOST:
            return (
                QCoreApplication.translate("Errors", "The connection to {host} broke off."),
                QCoreApplication.translate("Errors", "What arrived is kept. Try again."),
            )
        case Code.CUT_SHORT:
            return (
                QCoreApplication.translate("Errors", "The reply ended before it was finished."),
                QCoreApplication.translate("Errors", "What arrived is kept. Try again."),
            )
        case Code.GARBAGE:
            return (
                QCoreApplication.translate("Errors", "{host} answered with something that is not the MiMo protocol."),
                QCoreApplication.translate("Errors", "Check the base URL and the protocol in Settings, Services."),
            )
        case Code.TOO_LARGE:
            return (
                QCoreApplication.translate("Errors", "The reply is larger than the limit of {limit}."),
                QCoreApplication.translate("Errors", "Ask for less at once."),
            )
        case Code.PLAIN_HTTP:
            return (
                QCoreApplication.translate("Errors", "{host} would get the key unencrypted; nothing was sent."),
                QCoreApplication.translate("Errors", "Use an https address, or allow plain http for this service."),
            )
        case Code.BAD_URL:
            return (
                QCoreApplication.translate("Errors", "The base URL is no web address: {url}."),
                QCoreApplication.translate("Errors", "It looks like https://api.xiaomimimo.com/v1."),
            )
        case Code.CERTIFICATES_UNREADABLE:
            return (
                QCoreApplication.translate("Errors", "{path} holds no certificates that can be read: {reason}."),
                QCoreApplication.translate("Errors", "Choose a PEM file of your authority in Settings, Network."),
            )
        case Code.BAD_PROXY:
            return (
                QCoreApplication.translate("Errors", "The proxy is no address that can be used: {url}."),
                QCoreApplication.translate("Errors", "It looks like http://127.0.0.1:7890; see Settings, Network."),
            )
        case Code.TERMS_NOT_ACCEPTED:
            return (
                QCoreApplication.translate("Errors", "The terms of the Token Plan are not accepted yet."),
                QCoreApplication.translate("Errors", "Read and accept them in Settings, Services; nothing was sent."),
            )
        case Code.REDIRECT_REFUSED:
            return (
                QCoreApplication.translate("Errors", "{host} sends us on to {target}; the key was not sent there."),
                QCoreApplication.translate("Errors", "If you trust it, enter that address as the base URL."),
            )
        case Code.DEMO_NOT_INSTALLED:
            return (
                QCoreApplication.translate("Errors", "The demo service is not installed (missing: {missing})."),
                QCoreApplication.translate(
                    "Errors", "Start with “python3 packaging/bootstrap.py run”, or install the extra “demo”."
                ),
            )
        case Code.DEMO_DIED:
            return (
                QCoreApplication.translate("Errors", "The demo service ended unexpectedly."),
                QCoreApplication.translate("Errors", "It starts again with the next try."),
            )
        case Code.DEMO_START:
            return (
                QCoreApplication.translate("Errors", "The demo service did not start: {reason}."),
                QCoreApplication.translate("Errors", "Try again, or choose another service in Settings."),
            )
    return None


def _tools(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.TOOL_UNKNOWN:
            return (
                QCoreApplication.translate("Errors", "The model asked for a tool that does not exist: {name}."),
                QCoreApplication.translate("Errors", "It was told so and may go on."),
            )
        case Code.TOOL_ARGUMENTS:
            return (
                QCoreApplication.translate("Errors", "The arguments for {name} can't be used: {reason}."),
                QCoreApplication.translate("Errors", "The model was told; you can edit them and replay."),
            )
        case Code.TOOL_FAILED:
            return (
                QCoreApplication.translate("Errors", "{name} failed: {reason}."),
                QCoreApplication.translate("Errors", "The model was told so."),
            )
        case Code.TOOL_LOOP:
            return (
                QCoreApplication.translate("Errors", "{name} was called again with the same arguments and result."),
                QCoreApplication.translate("Errors", "Retry lets MiMo go on; a clearer question may help more."),
            )
    return None


def _sound(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.NO_PORTAUDIO:
            return (
                QCoreApplication.translate("Errors", "Sound needs the PortAudio library, which is missing here."),
                QCoreApplication.translate(
                    "Errors", "Install it (Debian, Ubuntu: apt install libportaudio2). Everything else works."
                ),
            )
        case Code.NO_OUTPUT:
            return (
                QCoreApplication.translate("Errors", "There is no device to play on."),
                QCoreApplication.translate("Errors", "Connect one or choose it in Settings, Audio."),
            )
        case Code.NO_INPUT:
            return (
                QCoreApplication.translate("Errors", "There is no microphone."),
                QCoreApplication.translate("Errors", "Connect one or choose it in Settings, Audio; a file works too."),
            )
        case Code.DEVICE_LOST:
            return (
                QCoreApplication.translate("Errors", "The sound device went away."),
                QCoreApplication.translate("Errors", "Playback waits at its place: press Play to go on elsewhere."),
            )
        case Code.MICROPHONE_LOST:
            return (
                QCoreApplication.translate("Errors", "The microphone “{device}” is gone; what it had heard is kept."),
                QCoreApplication.translate("Errors", "Choose another one in Settings, Audio."),
            )
        case Code.DEVICE_BUSY:
            return (
                QCoreApplication.translate("Errors", "The sound device can't be opened: {reason}."),
                QCoreApplication.translate("Errors", "Close what uses it, or choose another in Settings, Audio."),
            )
        case Code.SOUND_EMPTY:
            return (
                QCoreApplication.translate("Errors", "There is no sound in it."),
                QCoreApplication.translate("Errors", "Try again, or choose another file."),
            )
        case Code.SOUND_UNREADABLE:
            return (
                QCoreApplication.translate("Errors", "{name} can't be read as sound."),
                QCoreApplication.translate("Errors", "Choose a WAV, FLAC, MP3, OGG or AIFF file."),
            )
        case Code.SOUND_FORMAT:
            return (
                QCoreApplication.translate("Errors", "{name} is in a sound format that can't be used here."),
                QCoreApplication.translate("Errors", "Choose a WAV, FLAC, MP3, OGG or AIFF file."),
            )
        case Code.SOUND_NEEDS_FFMPEG:
            return (
                QCoreApplication.translate("Errors", "Reading {name} needs the program ffmpeg, which is missing here."),
                QCoreApplication.translate("Errors", "Install ffmpeg, or convert the file to WAV or MP3."),
            )
        case Code.SOUND_TOO_LARGE:
            return (
                QCoreApplication.translate("Errors", "{name} is larger than the limit of {limit}."),
                QCoreApplication.translate("Errors", "Cut it shorter first."),
            )
        case Code.SAMPLE_TOO_LARGE:
            return (
                QCoreApplication.translate("Errors", "The sample is too large to travel with a request ({limit})."),
                QCoreApplication.translate("Errors", "Trim it: 10 to 30 seconds of speech are enough."),
            )
    return None


def _input(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.MEDIA_UNSUPPORTED:
            return (
                QCoreApplication.translate("Errors", "This service takes no {mime} in a message."),
                QCoreApplication.translate("Errors", "Remove it, or choose another model or protocol."),
            )
        case Code.SETTING_INVALID:
            return (
                QCoreApplication.translate("Errors", "{value} can't be used for the setting {key}."),
                QCoreApplication.translate("Errors", "Nothing was changed."),
            )
        case Code.NO_TEXT:
            return (
                QCoreApplication.translate("Errors", "There is no text to speak."),
                QCoreApplication.translate("Errors", "Type a line first."),
            )
        case Code.NO_DESCRIPTION:
            return (
                QCoreApplication.translate("Errors", "The voice is not described yet."),
                QCoreApplication.translate("Errors", "Say in a sentence who speaks and how."),
            )
        case Code.NO_SAMPLE:
            return (
                QCoreApplication.translate("Errors", "There is no sample to take the voice from."),
                QCoreApplication.translate("Errors", "Choose or record one."),
            )
        case Code.SAMPLE_SILENT:
            return (
                QCoreApplication.translate("Errors", "Nobody speaks in the sample."),
                QCoreApplication.translate("Errors", "Record or choose one with 10 to 60 seconds of speech."),
            )
        case Code.NO_CONSENT:
            return (
                QCoreApplication.translate("Errors", "The speaker's consent is not confirmed."),
                QCoreApplication.translate("Errors", "Tick “The speaker has agreed” if that is so."),
            )
        case Code.NO_NAME:
            return (
                QCoreApplication.translate("Errors", "The voice has no name."),
                QCoreApplication.translate("Errors", "Type one."),
            )
        case Code.NO_MODEL:
            return (
                QCoreApplication.translate("Errors", "The service offers no model for this."),
                QCoreApplication.translate("Errors", "Choose another service in Settings."),
            )
        case Code.FILE_MISSING:
            return (
                QCoreApplication.translate("Errors", "There is no file {path}."),
                QCoreApplication.translate("Errors", "Check the path."),
            )
        case Code.FILE_UNREADABLE:
            return (
                QCoreApplication.translate("Errors", "{path} can't be read: {reason}."),
                QCoreApplication.translate("Errors", "Check that you may read it."),
            )
        case Code.FILE_NOT_WRITTEN:
            return (
                QCoreApplication.translate("Errors", "{path} can't be written: {reason}."),
                QCoreApplication.translate("Errors", "Choose another place."),
            )
    return None


def _kept(code: Code) -> tuple[str, str] | None:
    match code:
        case Code.HOME_IN_USE:
            return (
                QCoreApplication.translate("Errors", "Another MiMo Workbench uses {path}."),
                QCoreApplication.translate("Errors", "Use its window, close it, or start with another --home."),
            )
        case Code.DATABASE_CLOSED:
            return (
                QCoreApplication.translate("Errors", "The program is ending: this was not kept any more."),
                QCoreApplication.translate("Errors", "Start it again and repeat the last step."),
            )
        case Code.NOT_KEPT:
            return (
                QCoreApplication.translate("Errors", "This is no longer kept, or its sound is missing."),
                QCoreApplication.translate("Errors", "A backup may still hold it: Settings, Data."),
            )
        case Code.BACKUP_UNREADABLE:
            return (
                QCoreApplication.translate("Errors", "The backup can't be read: {reason}."),
                QCoreApplication.translate("Errors", "Nothing was changed; choose an older one."),
            )
        case Code.IMPORT_UNREADABLE:
            return (
                QCoreApplication.translate("Errors", "{name} is nothing that can be imported here, or it is damaged."),
                QCoreApplication.translate(
                    "Errors",
                    "A conversation (.json) comes in by Import conversation in Chat, a voice by Import voice in "
                    "Voices, and everything (.zip) by Import in Settings, Data.",
                ),
            )
        case Code.DISK_FULL:
            return (
                QCoreApplication.translate("Errors", "The disk is full: {path} was not written."),
                QCoreApplication.translate("Errors", "Free some space; what is on screen is still here."),
            )
        case Code.HOME_READ_ONLY:
            return (
                QCoreApplication.translate("Errors", "{path} can't be written to."),
                QCoreApplication.translate("Errors", "Start with --home and a folder that is yours."),
            )
        case Code.NO_KEYRING:
            return (
                QCoreApplication.translate("Errors", "This computer offers no keychain."),
                QCoreApplication.translate("Errors", "The key is kept for this run only."),
            )
        case Code.KEYRING_FAILED:
            return (
                QCoreApplication.translate("Errors", "The computer's keychain did not keep the key: {reason}."),
                QCoreApplication.translate(
                    "Errors", "The key is kept for this run only; unlock the keychain and save again."
                ),
            )
        case Code.SETTINGS_DAMAGED:
            return (
                QCoreApplication.translate("Errors", "The settings file, or a part of it, could not be read."),
                QCoreApplication.translate("Errors", "Defaults hold in its place; the old file is kept as {path}."),
            )
        case Code.KEYS_DAMAGED:
            return (
                QCoreApplication.translate("Errors", "The file with the keys could not be read."),
                QCoreApplication.translate("Errors", "It is kept as {path}; type keys again in Settings, Services."),
            )
        case Code.DATABASE_DAMAGED:
            return (
                QCoreApplication.translate("Errors", "The database is damaged."),
                QCoreApplication.translate(
                    "Errors", "It is kept as {path}; a backup can be restored in Settings, Data."
                ),
            )
        case Code.DATABASE_NEWER:
            return (
                QCoreApplication.translate("Errors", "The database was written by a newer MiMo Workbench."),
                QCoreApplication.translate("Errors", "Install that version, or start with another --home."),
            )
    return None


def restore_words() -> str:
    """What is offered after a database was set aside."""
    return QCoreApplication.translate("Errors", "Restore the last backup")


def left_out_words(rows: int) -> str:
    """Of what is kept, but can't be read any more; the rest is shown."""
    said = QCoreApplication.translate(
        "Errors", "Some of what is kept could not be read and is left out ({n}). A backup may hold it: Settings, Data."
    )
    return said.format(n=numbers.count(rows))
