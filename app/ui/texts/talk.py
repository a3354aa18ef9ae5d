"""Texts of Talk: what it is doing, how it is set, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code, WorkbenchError
from app.core.sentence_joiner import join_sentences
from app.core.talk import TalkState, TroubleKind
from app.ui.texts.errors import error_message, error_sentences
from app.ui.texts.numbers import decimal, seconds

LOUD_PEAK_DB = -3.0
"""A peak above this may be distorted."""


def state_word(state: TalkState) -> str:
    """The one word for what Talk is doing. It begins the label that assistive tools read."""
    match state:
        case "listening":
            return QCoreApplication.translate("Talk", "Listening")
        case "speaking":
            return QCoreApplication.translate("Talk", "Speaking")
        case _:
            return QCoreApplication.translate("Talk", "Silent")


def state_detail(state: TalkState, *, pause: float, waited: float | None, is_held: bool, is_writing: bool) -> str:
    """The line below that word.

    `pause` is how many seconds of silence end what is said, `waited` how many the next sentence is awaited already.
    """
    match state:
        case "opening":
            return QCoreApplication.translate("Talk", "Opening the microphone…")
        case "listening" if is_held:
            return QCoreApplication.translate("Talk", "Sends when you release the keys")
        case "listening":
            text = QCoreApplication.translate("Talk", "Sends after {n} s of silence, or when you press Talk")
            return text.format(n=decimal(pause, 1))
        case "recognising":
            return QCoreApplication.translate("Talk", "Recognising what you said…")
        case "asking":
            return QCoreApplication.translate("Talk", "MiMo is answering…")
        case "speaking" if waited is not None:
            text = QCoreApplication.translate("Talk", "The next sentence is still being made, {n} s")
            return text.format(n=decimal(waited, 1))
        case "speaking":
            return QCoreApplication.translate("Talk", "The microphone is closed until the answer ends")
        case _ if is_writing:
            return QCoreApplication.translate("Talk", "MiMo goes on writing. Press Talk to speak.")
        case _:
            return QCoreApplication.translate("Talk", "Press Talk, or hold the keys, and speak")


def level_words(level: float, peak: float, threshold: float) -> str:
    """What the level of the microphone is worth; all in dBFS."""
    if peak > LOUD_PEAK_DB:
        return QCoreApplication.translate("Talk", "too loud · move away from the microphone")
    if level > threshold:
        return QCoreApplication.translate("Talk", "good · the tick is the room's own noise")
    return QCoreApplication.translate("Talk", "quiet · the tick is the room's own noise")


def trouble_sentences(
    kind: TroubleKind, error: WorkbenchError | None, number: int = 0, microphone: str = ""
) -> str:  # fmt: skip
    """What went wrong, and what to do.

    `number` is that of the sentence that was not spoken, `microphone` the one that Retry listens to.
    """
    match kind:
        case "microphone" if error is not None:
            if microphone and error.code is Code.MICROPHONE_LOST:
                lost = QCoreApplication.translate("Talk", "The microphone was disconnected before you said anything.")
                return join_sentences(lost, _next_microphone(microphone))
            return error_sentences(error)
        case "disconnected":
            lost = QCoreApplication.translate(
                "Talk", "The microphone was disconnected. What you said so far is in the message field."
            )
            return join_sentences(lost, _next_microphone(microphone))
        case "muted":
            return QCoreApplication.translate(
                "Talk",
                "The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.",
            )
        case "recognition" if error is not None:
            text = QCoreApplication.translate("Talk", "What you said is still here, but was not recognised: {reason}")
            return text.format(reason=error_sentences(error))
        case "stopped":
            return QCoreApplication.translate("Talk", "Stopped. What you said was not sent yet.")
        case "no-words":
            return QCoreApplication.translate("Talk", "No words were recognised in what you said.")
        case "not-sent":
            return QCoreApplication.translate(
                "Talk", "What you said was not sent. It is in the message field: choose Type instead."
            )
        case "answer" if error is not None:
            text = QCoreApplication.translate("Talk", "The answer broke off: {reason} Retry is below the answer.")
            return text.format(reason=error_message(error).what)
        case "speech" if error is not None:
            text = QCoreApplication.translate(
                "Talk", "Sentence {n} could not be spoken: {reason} The text goes on; Retry speaks from there."
            )
            return text.format(n=number, reason=error_message(error).what)
        case "wordless" if error is not None:
            text = QCoreApplication.translate(
                "Talk", "The words of what you said are not known: {reason} The recording stays in the message."
            )
            return text.format(reason=error_message(error).what)
        case _:
            return QCoreApplication.translate(
                "Talk", "No speech was heard. Speak closer to the microphone, then press Talk again."
            )


def _next_microphone(name: str) -> str:
    """What Retry will listen to, which may not be the microphone that was lost."""
    if not name:
        return QCoreApplication.translate(
            "Talk", "Connect it again and press Retry, or choose another one in Settings, Audio."
        )
    return QCoreApplication.translate("Talk", "Retry listens to “{device}”.").format(device=name)


def trouble_action(kind: TroubleKind) -> str:
    """What the button beside it says; empty where the next step is elsewhere."""
    match kind:
        case "recognition" | "speech" | "microphone" | "disconnected":
            return QCoreApplication.translate("Talk", "Retry")
        case "stopped" | "no-words":
            return QCoreApplication.translate("Talk", "Recognise it")
        case _:
            return ""


def spoken_line(duration: float, *, is_kept: bool) -> str:
    """What is said below a message that was spoken."""
    # Thousandths of a second would be another scale than that of the lengths above and below.
    short = QCoreApplication.translate("Numbers", "{n} s").format(n=decimal(duration, 1))
    time = short if duration < 1 else seconds(duration)
    if is_kept:
        return QCoreApplication.translate("Talk", "spoken, {time} · recording kept").format(time=time)
    return QCoreApplication.translate("Talk", "spoken, {time} · recording not kept").format(time=time)


def takes_count(number: int) -> str:
    """How many takes speak an answer."""
    if number == 1:
        return QCoreApplication.translate("Talk", "1 take")
    return QCoreApplication.translate("Talk", "{n} takes").format(n=number)
