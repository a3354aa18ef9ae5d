"""Talk listens, asks and has the answer spoken while it streams; whatever goes wrong, nothing said is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from app.core.conversation import Conversation, MessageTree
from app.core.errors import AudioError, Code, ServiceError
from app.core.events import Finished, TextDelta
from app.core.messages import BLOB, Media, Text
from app.core.talk import SPOKEN_PROMPTS, TalkOptions
from app.services.chat.approval import Approvals
from app.services.chat.session import ChatSession
from app.services.talk import talk as talk_module
from app.services.talk import unsent
from app.services.talk.speech_queue import SpeechQueue
from app.services.talk.talk import Talk
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox
from tests.services.talk.fakes import MIA, FakeDictation, FakeModels, FakePlayback, FakeSpeech
from tests.services.test_chat_session import OneClient, Script
from tests.waiting import wait_until

ANSWER = [TextDelta("Mostly your"), TextDelta("self. The hall "), TextDelta("is stone."), Finished("stop")]


class FakeRecordings:
    def __init__(self) -> None:
        self.discarded: list[str] = []

    async def media(self, samples: Any) -> Media:
        return Media("audio/wav", BLOB + "a" * 64, seconds=1.4)

    async def discard(self, media: Media, conversation_id: str) -> None:
        self.discarded.append(media.digest)


def conversation(tasks: TaskSet, *exchanges: list[Any]) -> tuple[ChatSession, Script]:
    """A conversation whose answers are these events."""
    script = Script(*exchanges)
    session = ChatSession(
        Conversation("c", model="mimo-v2.6-pro", system="Be kind.", direction="softly"), MessageTree(),
        connection=cast(Any, OneClient(script)), toolbox=Toolbox(()), approvals=Approvals(ask=False),
        tasks=tasks, now=lambda: 1.0,
    )  # fmt: skip
    return session, script


class Desk:
    """Talk in a conversation, with everything beside it under control of the test."""

    def __init__(self, tasks: TaskSet, *exchanges: list[Any]) -> None:
        self.speech, self.playback, self.dictation = FakeSpeech(), FakePlayback(), FakeDictation()
        self.options, self.recordings = TalkOptions(), FakeRecordings()
        self.session, self.script = conversation(tasks, *exchanges)
        self.hushed: list[bool] = []
        queue = SpeechQueue(cast(Any, self.speech), cast(Any, self.playback), cast(Any, FakeModels()))
        self.talk = Talk(
            cast(Any, self.dictation), queue, cast(Any, self.recordings), tasks, lambda: self.options,
            lambda conversation: MIA, lambda: self.hushed.append(True),
        )  # fmt: skip
        self.talk.begin(self.session)

    async def state(self, state: str) -> None:
        await wait_until(lambda: self.talk.state == state, 3, 0.0)

    async def listening(self) -> None:
        self.talk.listen()
        await self.state("listening")

    async def speaking(self) -> None:
        """Say something and hear the first sentence of the answer begin."""
        await self.listening()
        self.dictation.say()
        await wait_until(lambda: self.speech.takes, 3, 0.0)
        self.speech.begin(0)
        assert self.talk.state == "speaking"

    @property
    def trouble(self) -> str:
        return self.talk.trouble.kind if self.talk.trouble is not None else ""

    @property
    def words(self) -> list[str]:
        return [message.text for message in self.session.branch]


@asynccontextmanager
async def desk(*exchanges: list[Any]) -> AsyncIterator[Desk]:
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    made = Desk(tasks, *exchanges)
    try:
        yield made
    finally:
        made.talk.end()
        await tasks.aclose()


async def test_what_is_said_is_asked_and_the_answer_spoken_sentence_by_sentence() -> None:
    rest = asyncio.Event()
    async with desk([TextDelta("Mostly your"), TextDelta("self. T"), rest, *ANSWER[1:]]) as it:
        it.session.configure(draft="typed before")
        await it.speaking()
        assert it.hushed == [True] and not it.dictation.is_open
        assert it.speech.texts == ["Mostly yourself."], "while the rest is still being written"
        question = it.session.branch[0]
        assert question.text == it.dictation.words
        assert question.spoken is not None and question.spoken.recording is None
        assert 1.0 < question.spoken.seconds < 2.0, "without the silence around it"
        request = it.script.requests[0]
        assert request.system == f"Be kind.\n\n{SPOKEN_PROMPTS['en']}"
        assert request.sampling.thinking is False
        assert it.session.conversation.system == "Be kind." and it.session.conversation.draft == "typed before"
        rest.set()
        await it.session.wait()
        it.playback.end()
        await wait_until(lambda: len(it.speech.takes) > 1, 3, 0.0)
        it.speech.begin(1)
        it.playback.end()
        it.speech.begin(2)
        assert it.talk.state == "speaking"
        it.playback.end()
        assert it.talk.state == "silent" and it.dictation.recordings == 1


async def test_the_turn_ends_by_a_pause_or_by_releasing_the_key() -> None:
    async with desk(ANSWER) as it:
        await it.listening()
        assert it.dictation.pause() == 1.2
        it.talk.escape()
        await it.state("silent")
        it.talk.listen(held=True)
        await it.state("listening")
        assert it.dictation.pause() > 1e9, "while the key is held, silence ends nothing"
        it.dictation.begin_to_speak()
        it.talk.finish()
        await wait_until(lambda: it.speech.takes, 3, 0.0)


@pytest.mark.parametrize("thinks", [False, True])
async def test_thinking_is_a_switch(thinks: bool) -> None:
    async with desk(ANSWER) as it:
        it.options = TalkOptions(thinks=thinks)
        await it.speaking()
        assert it.script.requests[0].sampling.thinking is thinks


async def test_continuous_listens_again_after_the_answer_until_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_module, "ECHO_SECONDS", 0.0)
    async with desk([TextDelta("Yes."), Finished("stop")]) as it:
        it.options = TalkOptions(continuous=True)
        await it.speaking()
        await it.session.wait()
        assert not it.dictation.is_open, "it does not hear itself"
        it.playback.end()
        await it.state("listening")
        it.dictation.hear_nothing()
        await wait_until(lambda: it.dictation.recordings == 3, 3, 0.0)
        it.talk.escape()
        await it.state("silent")
        assert it.trouble == ""


async def test_escape_silences_while_the_text_goes_on_and_listening_silences_too() -> None:
    rest = asyncio.Event()
    async with desk([TextDelta("One. Two. T"), rest, TextDelta("hree."), Finished("stop")], ANSWER) as it:
        await it.speaking()
        assert it.talk.escape()
        assert (it.talk.state, it.playback.silenced) == ("silent", 1)
        assert it.session.running
        await it.listening()
        it.dictation.say()
        await wait_until(lambda: len(it.script.requests) == 2, 3, 0.0)
        assert it.words[1].startswith("One. Two."), "what had arrived is kept"
        assert not it.talk.queue.sentences or it.talk.queue.sentences[0].text == "Mostly yourself."


async def test_escape_while_listening_keeps_what_was_said_to_be_recognised() -> None:
    async with desk(ANSWER) as it:
        await it.listening()
        it.dictation.begin_to_speak()
        assert it.talk.escape()
        await it.state("silent")
        assert it.trouble == "stopped" and it.script.requests == []
        it.talk.recognise_again()
        await wait_until(lambda: it.script.requests, 3, 0.0)
        assert it.trouble == ""


@pytest.mark.parametrize(
    ("break_it", "trouble"),
    [
        (lambda it: setattr(it.dictation, "error", AudioError(Code.NO_INPUT)), "microphone"),
        (lambda it: setattr(it.dictation, "recognition_error", ServiceError(Code.OVERLOADED)), "recognition"),
        (lambda it: setattr(it.dictation, "words", ""), "no-words"),
        (lambda it: setattr(it.talk, "may_ask", lambda *_: False), "not-sent"),
    ],
)
async def test_each_failure_is_one_trouble_and_nothing_said_is_lost(break_it: Any, trouble: str) -> None:
    async with desk(ANSWER) as it:
        break_it(it)
        it.talk.listen()
        await wait_until(lambda: it.dictation.is_open or it.trouble, 3, 0.0)
        if it.dictation.is_open:
            it.dictation.say()
        await wait_until(lambda: it.trouble, 3, 0.0)
        await it.state("silent")
        assert it.trouble == trouble and it.script.requests == []
        if trouble in ("recognition", "no-words"):
            it.dictation.recognition_error, it.dictation.words = None, "Again."
            it.talk.recognise_again()
            await wait_until(lambda: it.script.requests, 3, 0.0)
            assert it.words[0] == "Again."
        if trouble == "not-sent":
            assert it.session.conversation.draft == it.dictation.words


@pytest.mark.parametrize(("peak", "trouble"), [(-80.0, "muted"), (-40.0, "unheard")])
async def test_silence_is_told_from_a_muted_microphone(peak: float, trouble: str) -> None:
    async with desk() as it:
        it.options = TalkOptions(continuous=trouble == "muted")
        await it.listening()
        it.dictation.hear_nothing(peak)
        await it.state("silent")
        assert it.trouble == trouble


async def test_what_was_said_before_the_microphone_was_unplugged_becomes_a_draft_and_is_not_sent() -> None:
    async with desk(ANSWER) as it:

        async def microphone() -> str:
            return "Built-in"

        it.talk.microphone = microphone
        await it.listening()
        it.dictation.say(error=AudioError(Code.MICROPHONE_LOST, device="headset"))
        await wait_until(lambda: it.trouble, 3, 0.0)
        await it.state("silent")
        assert it.trouble == "disconnected" and it.script.requests == []
        assert it.session.conversation.draft == it.dictation.words
        assert it.talk.trouble is not None and it.talk.trouble.microphone == "Built-in"


async def test_half_a_turn_that_was_not_recognised_becomes_a_draft_when_it_is() -> None:
    async with desk(ANSWER) as it:
        await it.listening()
        it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        it.dictation.say(error=AudioError(Code.MICROPHONE_LOST, device="headset"))
        await wait_until(lambda: it.trouble == "recognition", 3, 0.0)
        await it.state("silent")
        it.dictation.recognition_error = None
        it.talk.recognise_again()
        await wait_until(lambda: it.session.conversation.draft, 3, 0.0)
        await it.state("silent")
        assert it.session.conversation.draft == it.dictation.words
        assert it.trouble == "not-sent" and it.script.requests == []


async def test_what_was_stopped_becomes_a_draft_where_the_user_goes_on_typing() -> None:
    async with desk(ANSWER) as it:
        await it.listening()
        it.dictation.begin_to_speak()
        it.talk.escape()
        await it.state("silent")
        it.talk.end(drafts=True)
        await wait_until(lambda: it.session.conversation.draft, 3, 0.0)
        assert it.session.conversation.draft == it.dictation.words
        it.talk.begin(it.session)
        assert it.trouble == "", "it is not offered again"


async def test_what_can_not_become_a_draft_is_said_and_offered_again() -> None:
    async with desk(ANSWER) as it:
        said: list[str] = []
        it.talk.unsent.on_remembered.subscribe(lambda session, trouble: said.append(trouble.kind))
        it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await it.listening()
        it.dictation.begin_to_speak()
        it.talk.end(drafts=True)
        await wait_until(lambda: said, 3, 0.0)
        assert said == ["recognition"]
        it.dictation.recognition_error = None
        it.talk.draft_again(it.session)
        await wait_until(lambda: it.session.conversation.draft, 3, 0.0)
        assert it.session.conversation.draft == it.dictation.words


@pytest.mark.parametrize("was_stopped", [False, True])
async def test_the_end_of_the_program_waits_for_the_words_of_what_is_said(was_stopped: bool) -> None:
    async with desk() as it:
        await it.listening()
        it.dictation.begin_to_speak()
        if was_stopped:
            it.talk.escape()
            await it.state("silent")
        await it.talk.aclose()
        assert it.session.conversation.draft == it.dictation.words
        assert not it.dictation.is_open and it.session.conversation.attachments == ()


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("how", ["fails", "hangs"])
async def test_at_the_end_of_the_program_the_recording_is_kept_only_where_that_is_on(
    keeps: bool, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "CLOSING_SECONDS", 0.05 if how == "hangs" else 5.0)
    async with desk() as it:
        it.options = TalkOptions(keeps_recordings=keeps)
        if how == "hangs":
            it.dictation.recognise = lambda speech: asyncio.sleep(60)  # type: ignore[method-assign, assignment, return-value]
        else:
            it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await it.listening()
        it.dictation.begin_to_speak()
        await it.talk.aclose()
        kept = [media.name for media in it.session.conversation.attachments]
        assert kept == (["recording.wav"] if keeps else [])
        assert it.session.conversation.draft == ""


async def test_a_recording_that_can_not_be_asked_with_becomes_words_in_the_draft() -> None:
    async with desk(ANSWER) as it:
        it.options = TalkOptions(direct=True)
        it.talk.hears = lambda conversation: True
        it.talk.may_ask = lambda *_: False
        await it.listening()
        it.dictation.say()
        await wait_until(lambda: it.trouble == "not-sent", 3, 0.0)
        assert it.session.conversation.draft == it.dictation.words
        assert len(it.recordings.discarded) == 1


async def test_speech_that_fails_in_the_middle_offers_retry_while_the_text_goes_on() -> None:
    rest = asyncio.Event()
    async with desk([TextDelta("One. Two. T"), rest, TextDelta("hree."), Finished("stop")]) as it:
        await it.speaking()
        it.speech.fail(1, ServiceError(Code.TOO_MANY_REQUESTS, status=429))
        it.playback.end()
        assert (it.trouble, it.talk.state) == ("speech", "silent")
        rest.set()
        await it.session.wait()
        assert it.words[1] == "One. Two. Three."
        it.talk.speak_again()
        assert it.speech.texts == ["One.", "Two.", "Two.", "Three."]
        it.speech.begin(2)
        assert (it.talk.state, it.trouble) == ("speaking", "")


async def test_a_reply_that_fails_is_told_and_what_was_written_is_spoken_as_is_the_one_in_its_place() -> None:
    async with desk([TextDelta("One. Two."), ServiceError(Code.OVERLOADED)], ANSWER) as it:
        await it.speaking()
        await it.session.wait()
        assert it.trouble == "answer"
        assert it.speech.texts == ["One."]
        it.playback.end()
        assert it.talk.state == "silent"
        it.session.regenerate(it.session.branch[-1].id)
        await wait_until(lambda: "Mostly yourself." in it.speech.texts, 3, 0.0)
        assert it.trouble == ""


@pytest.mark.parametrize("keeps", [False, True])
async def test_the_recording_is_kept_only_where_that_is_on(keeps: bool) -> None:
    async with desk(ANSWER) as it:
        it.options = TalkOptions(keeps_recordings=keeps)
        await it.speaking()
        spoken = it.session.branch[0].spoken
        assert spoken is not None and (spoken.recording is not None) is keeps


@pytest.mark.parametrize("keeps", [False, True])
async def test_a_model_that_hears_is_asked_with_the_recording_whose_words_then_take_its_place(keeps: bool) -> None:
    async with desk(ANSWER) as it:
        it.options = TalkOptions(direct=True, keeps_recordings=keeps)
        it.talk.hears = lambda conversation: True
        await it.speaking()
        sent = it.script.requests[0].messages[0]
        assert [type(part) for part in sent.parts] == [Media]
        await wait_until(lambda: it.words[0], 3, 0.0)
        question = it.session.branch[0]
        assert question.parts == (Text(it.dictation.words),)
        assert question.spoken is not None and (question.spoken.recording is not None) is keeps
        await wait_until(lambda: keeps or it.recordings.discarded, 3, 0.0)
        assert it.session.conversation.title


async def test_listening_again_goes_on_when_the_words_of_the_turn_before_are_found() -> None:
    rest = asyncio.Event()
    async with desk([TextDelta("One. Two."), rest, Finished("stop")]) as it:
        it.options = TalkOptions(direct=True)
        it.talk.hears = lambda conversation: True
        await it.speaking()
        await it.listening()
        rest.set()
        await wait_until(lambda: it.words[0], 3, 0.0)
        assert it.talk.state == "listening" and it.dictation.is_open


async def test_a_recording_whose_words_are_not_known_stays_in_the_message() -> None:
    async with desk(ANSWER) as it:
        it.options = TalkOptions(direct=True)
        it.talk.hears = lambda conversation: True
        it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await it.speaking()
        await wait_until(lambda: it.trouble, 3, 0.0)
        assert it.trouble == "wordless"
        assert isinstance(it.session.branch[0].parts[0], Media)


async def test_what_is_said_when_talk_is_switched_off_becomes_a_draft() -> None:
    async with desk() as it:
        await it.listening()
        it.dictation.begin_to_speak()
        it.talk.end()
        await wait_until(lambda: it.session.conversation.draft, 3, 0.0)
        await it.state("silent")
        assert it.session.conversation.draft == it.dictation.words
        assert it.session.branch == ()


async def test_what_was_not_recognised_is_offered_again_when_talk_is_reopened() -> None:
    async with desk(ANSWER) as it:
        it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await it.listening()
        it.dictation.say()
        await wait_until(lambda: it.trouble, 3, 0.0)
        it.talk.end()
        it.talk.begin(it.session)
        assert it.trouble == "recognition"
        await it.listening()
        assert it.trouble == "", "the notice makes room while it listens"
        it.talk.escape()
        await wait_until(lambda: it.trouble == "recognition", 3, 0.0)
        it.dictation.recognition_error = None
        it.talk.recognise_again()
        await wait_until(lambda: it.script.requests, 3, 0.0)
        assert it.words[0] == it.dictation.words and it.trouble == ""


async def test_what_is_not_recognised_after_talk_is_switched_off_is_offered_in_its_conversation_only() -> None:
    async with desk() as it:
        it.dictation.recognition_error = ServiceError(Code.OVERLOADED)
        await it.listening()
        it.dictation.begin_to_speak()
        it.talk.end()
        await it.state("recognising")
        await it.state("silent")
        assert it.trouble == ""
        it.talk.begin(it.session)
        assert it.trouble == "recognition"
        it.talk.dismiss()
        it.talk.end()
        it.talk.begin(it.session)
        assert it.trouble == ""
