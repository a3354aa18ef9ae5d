"""Speech models and recognition over HTTP (WIRE.md sections 3 and 4)."""

# ruff: noqa: E501 (the platform's sentences stay whole)

from __future__ import annotations

import base64
import io
import json
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr

from app.demo import models
from app.demo.speech import clone, fingerprint_index, request_parser, synthesis_plan
from app.demo.speech.fingerprint import fingerprint
from app.demo.speech.voice import Word
from tests.demo.conftest import Post

TTS, DESIGN, CLONE = "mimo-v2.5-tts", "mimo-v2.5-tts-voicedesign", "mimo-v2.5-tts-voiceclone"


def say(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def direct(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def sound(answer: Any) -> tuple[np.ndarray, bytes]:
    assert answer.status_code == 200, answer.text
    file = base64.b64decode(answer.json()["choices"][0]["message"]["audio"]["data"])
    samples, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    assert rate == 24_000
    assert samples.ndim == 1
    return samples, file


def url(file: bytes, kind: str = "wav") -> str:
    return f"data:audio/{kind};base64,{base64.b64encode(file).decode()}"


def heard(post: Post, file: bytes, kind: str = "wav") -> str:
    part = {"type": "input_audio", "input_audio": {"data": url(file, kind)}}
    answer = post("mimo-v2.5-asr", [{"role": "user", "content": [part]}])
    assert answer.status_code == 200, answer.text
    return str(answer.json()["choices"][0]["message"]["content"])


@pytest.mark.parametrize(
    ("model", "messages", "audio", "param"),
    [
        (TTS, [direct("x")], {}, "messages must contain an assistant role for TTS model"),
        (TTS, [{"role": "system", "content": "x"}, say("x")], {}, "messages[0] system role is not allowed for TTS model"),
        (TTS, [say("x")], {"voice": "X"}, "Unknown voice: X. Available voices: [mimo_default, 冰糖, 茉莉, 苏打, 白桦, Mia, Chloe, Milo, Dean]"),
        (DESIGN, [direct("x"), say("x")], {"voice": "Mia"}, "audio.voice is not supported for voice design model"),
        (DESIGN, [say("x")], {}, "user message content must not be empty for voice design model"),
        (CLONE, [say("x")], {}, "audio.voice must not be empty for voice clone model"),
        (CLONE, [say("x")], {"voice": "AAAA"}, "audio.voice must be a DataURL for voice clone model"),
        (CLONE, [say("x")], {"voice": "https://a.b/c.wav"}, "audio.voice must be a DataURL for voice clone model"),
        (TTS, [say("")], {}, "assistant message content must not be empty for TTS model"),
        (CLONE, [say(" \n")], {"voice": "data:audio/wav;base64,AAAA"}, "assistant message content must not be empty for TTS model"),
        (CLONE, [say("x")], {"voice": "data:audio/x-wav;base64,AAAA"}, "Unsupported audio.voice source format: x-wav. Supported formats: [wav, mp3]"),
        (CLONE, [say("x")], {"voice": "data:audio/wav;base64," + "A" * (10 * 1024 * 1024)}, "audio.voice base64 string must not exceed 10 MB"),
        (CLONE, [say("x")], {"voice": "data:audio/ogg;base64,AAAA"}, "Unsupported audio.voice source format: ogg. Supported formats: [wav, mp3]"),
    ],
)  # fmt: skip
def test_mistakes_get_the_platforms_text(post: Post, model: str, messages: list[Any], audio: Any, param: str) -> None:
    answer = post(model, messages, audio=audio)
    assert answer.status_code == 400
    assert answer.json()["error"] == {"code": "400", "message": "Param Incorrect", "param": param, "type": ""}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"content": [{"type": "text", "text": "x"}]}, "ASR request must not include text parts; text prompt is injected by the server"),
        ({"content": []}, "ASR requires exactly one input_audio part, found: 0"),
        ({"asr_options": {"language": "ja"}}, "asr_options.language must be one of: zh, en, auto. Got: ja"),
        ({"max_tokens": 8192}, "This model supports at most 4096"),
        ({"max_tokens": 0}, "Expected `int` >= 1 - at `$.max_tokens`"),
        ({"max_completion_tokens": -1}, "Expected `int` >= 1 - at `$.max_completion_tokens`"),
        ({"role": "assistant"}, "ASR request must have a user message only, found role: assistant"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,AAAA"}}, {"type": "image_url"}]}, "ASR request must not include parts beside input_audio, found: image_url"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "data:audio/wave;base64,AAAA"}}]}, "input_audio.format must be one of: wav, mp3"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "ogg"}}]}, "input_audio.format must be one of: wav, mp3"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "%%", "format": "wav"}}]}, "invalid base64 format"),
    ],
)  # fmt: skip
def test_recognition_mistakes_get_the_platforms_text(post: Post, fields: dict[str, Any], param: str) -> None:
    fields = dict(fields)
    content = fields.pop("content", [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}])
    answer = post("mimo-v2.5-asr", [{"role": fields.pop("role", "user"), "content": content}], **fields)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param


def test_containers_are_what_was_asked_for(post: Post) -> None:
    starts = {}
    for container in ("wav", "mp3", "pcm16"):
        answer = post(TTS, [say("Hello there.")], audio={"format": container}).json()
        starts[container] = base64.b64decode(answer["choices"][0]["message"]["audio"]["data"])
    assert starts["wav"][:4] == b"RIFF"
    assert starts["mp3"][0] == 0xFF
    assert len(starts["pcm16"]) % 2 == 0
    assert len(starts["pcm16"]) > 24_000


def test_voices_differ_in_pitch_and_takes_from_each_other(post: Post) -> None:
    pitch = {}
    for voice in ("Mia", "Dean"):
        samples, _ = sound(post(TTS, [say("The night is deep and nobody is awake.")], audio={"voice": voice}))
        pitch[voice] = clone.measure(samples).hertz
    assert pitch["Mia"] > 1.8 * pitch["Dean"]
    one, other = (sound(post(TTS, [say("Again.")]))[1] for _ in range(2))
    assert one != other


def test_pace_and_whisper_follow_direction_and_tags(post: Post) -> None:
    text = "We walk home along the river and say nothing at all."

    def takes(messages: list[Any]) -> np.ndarray:
        """Four in a row: no two are alike, each may be a tenth faster or slower than meant."""
        return np.concatenate([sound(post(TTS, messages))[0] for _ in range(4)])

    plain = takes([say(text)])
    slow = takes([direct("Slow and deliberate."), say(text)])
    fast = takes([say(f"(fast){text}")])
    whispered = takes([say(f"[whispering]{text}")])
    assert len(fast) < 0.9 * len(plain) < 0.9 * 0.9 * len(slow)
    assert np.sqrt(np.mean(whispered**2)) < 0.6 * np.sqrt(np.mean(plain**2))


def test_tags_are_heard_but_never_spoken(post: Post) -> None:
    samples, file = sound(post(TTS, [say("I just... (sighs deeply) I don't know. [long pause] 好吧。（大笑）")]))
    assert heard(post, file) == "I just… I don't know. 好吧。"
    plain, _ = sound(post(TTS, [say("I just... I don't know. 好吧。")]))
    assert len(samples) > len(plain) + 2 * 24_000


def test_singing_holds_its_notes(post: Post) -> None:
    sung, file = sound(post(TTS, [say("(唱歌)夜已经很深了，没有人还醒着。")]))
    spoken, _ = sound(post(TTS, [say("夜已经很深了，没有人还醒着。")]))
    assert len(sung) > 1.4 * len(spoken)
    assert heard(post, file) == "夜已经很深了，没有人还醒着。"


SONG = "夜已经很深了，没有人还醒着。"


def test_only_the_model_that_can_sing_sings() -> None:
    assert synthesis_plan.read(f"(唱歌){SONG}") == synthesis_plan.Score(
        synthesis_plan.read(SONG).items, SONG, sung=True
    )
    assert synthesis_plan.read(f"(唱歌){SONG}", sings=False) == synthesis_plan.read(SONG)


@pytest.mark.parametrize(("model", "sings"), [(TTS, True), (DESIGN, False), (CLONE, False), ("mimo-v2-tts", True)])
def test_the_singing_tag_is_a_mere_style_for_designed_and_cloned_voices(model: str, sings: bool) -> None:
    audio = {"voice": url(b"RIFF")} if model == CLONE else {}
    body = {"model": model, "messages": [direct("An old man"), say(f"(singing){SONG}")], "audio": audio}
    assert request_parser.read_speech(body, models.model(model)).line.sings is sings


@pytest.mark.parametrize(("style", "sung"), [("唱歌", True), ("sing", True), ("Happy", False)])
def test_style_elements_belong_to_the_old_model(style: str, sung: bool) -> None:
    text = f"<style>{style}</style>{SONG}"
    body = {"messages": [say(text)]}
    old = request_parser.read_speech({**body, "model": "mimo-v2-tts"}, models.model("mimo-v2-tts")).line
    new = request_parser.read_speech({**body, "model": TTS}, models.model(TTS)).line
    assert (old.elements, new.elements) == (True, False)
    read = synthesis_plan.read(text, elements=True)
    assert (read.words, read.sung) == (SONG, sung)
    assert (read.items != synthesis_plan.read(SONG).items) == (style == "Happy")
    assert synthesis_plan.read(text).words == text, "spoken like any other words"


def test_an_old_project_is_sung(post: Post) -> None:
    sung, _ = sound(post("mimo-v2-tts", [say(f"<style>唱歌</style>{SONG}")]))
    spoken, _ = sound(post("mimo-v2-tts", [say(SONG)]))
    assert len(sung) > 1.4 * len(spoken)


def test_a_description_keeps_its_speaker_but_not_its_take(post: Post) -> None:
    def pitch(description: str) -> float:
        return clone.measure(sound(post(DESIGN, [direct(description), say("Nobody is awake any more.")]))[0]).hertz

    man, again, girl = pitch("An old man, deep"), pitch("An old man, deep"), pitch("A little girl")
    assert man != again
    assert abs(man / again - 1) < 0.2
    assert girl > 1.7 * man


def test_the_polished_text_comes_back_only_when_asked_for(post: Post) -> None:
    asked = [direct("A young woman, warm")]
    written = post(DESIGN, asked, audio={"optimize_text_preview": True}).json()["choices"][0]["message"]
    assert len(written["final_text_preview"]) > 20
    plain = post(DESIGN, [*asked, say("Hi there.")]).json()["choices"][0]["message"]
    assert "final_text_preview" not in plain


@pytest.mark.parametrize("voice", ["Dean", "Chloe"])
def test_a_clone_has_the_pitch_of_its_sample(post: Post, voice: str) -> None:
    sample, file = sound(post(TTS, [say("The night is deep and nobody is awake any more.")], audio={"voice": voice}))
    spoken, _ = sound(post(CLONE, [say("We walk home along the river and say nothing.")], audio={"voice": url(file)}))
    assert clone.measure(spoken).hertz == pytest.approx(clone.measure(sample).hertz, rel=0.15)


def pieces(answer: Any) -> list[bytes]:
    frames = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    deltas = [frame["choices"][0]["delta"] for frame in frames if frame["choices"]]
    assert answer.text.endswith("data: [DONE]\n\n")
    return [base64.b64decode(delta["audio"]["data"]) for delta in deltas if delta.get("audio")]


def test_built_in_voices_stream_in_many_pieces_others_in_one(post: Post) -> None:
    text = say("Streaming works. It has several sentences. And a third one.")
    many = pieces(post(TTS, [text], stream=True, fault="odd"))
    assert len(many) > 5
    assert all(len(piece) % 2 for piece in many[:2])
    assert len(pieces(post(DESIGN, [direct("a boy"), text], stream=True))) == 1


def test_what_was_spoken_is_recognised_in_any_form(post: Post) -> None:
    line = "夜已经很深了，没有人还醒着。"
    samples, file = sound(post(TTS, [say(line)]))
    quiet = soxr.resample(samples, 24_000, 16_000) * 0.1
    mp3, wav = io.BytesIO(), io.BytesIO()
    soundfile.write(mp3, quiet, 16_000, format="MP3")
    soundfile.write(wav, np.concatenate([np.zeros(9_001, np.float32), samples]), 24_000, format="WAV")
    assert [heard(post, file), heard(post, mp3.getvalue(), "mpeg"), heard(post, wav.getvalue())] == [line] * 3


def test_what_was_spoken_often_is_recognised_once() -> None:
    """Two takes of a line agree with a recording: one all through, the other at its end too; then a line of its own."""

    def take(*words: str) -> fingerprint_index.Take:
        spoken = tuple(Word(24_000 * number // 2, word) for number, word in enumerate(words))
        return fingerprint_index.Take(spoken, len(words) / 2, fingerprint(np.zeros(24_000, np.float32), 24_000))

    line, other = take("It ", "is ", "not ", "far."), take("Not ", "far.")
    whole = fingerprint_index.Match(line, 0.1, np.arange(0.1, 2.0, 0.1))
    tail = fingerprint_index.Match(line, 0.14, np.array([1.7, 1.75, 1.8, 1.85, 1.9, 1.95, 2.0, 2.05]))
    next_ = fingerprint_index.Match(other, 2.1, np.arange(2.1, 3.0, 0.1))
    assert fingerprint_index.told([whole, tail, next_], 3.2) == "It is not far. Not far."
    assert fingerprint_index.told([next_, whole], 3.2) == "It is not far. Not far."


def test_a_transcript_ends_where_its_limit_does(post: Post) -> None:
    _, file = sound(post(TTS, [say("It is not far now, and the road is dry.")]))
    part = {"type": "input_audio", "input_audio": {"data": url(file)}}
    answer = post("mimo-v2.5-asr", [{"role": "user", "content": [part]}], max_tokens=3).json()
    assert answer["choices"][0]["message"]["content"] == "It is not"
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 3


def test_other_speech_is_not_guessed_at(post: Post) -> None:
    noise = io.BytesIO()
    soundfile.write(noise, np.random.default_rng(1).standard_normal(24_000) * 0.1, 24_000, format="WAV")
    assert "only recognise speech that I spoke myself" in heard(post, noise.getvalue())


def test_a_sound_is_measured_by_the_model_that_hears(post: Post) -> None:
    _, file = sound(post(TTS, [say("It is not far now.")]))
    parts = [{"type": "text", "text": "How was it?"}, {"type": "input_audio", "input_audio": {"data": url(file)}}]
    said = post("mimo-v2.5", [{"role": "user", "content": parts}]).json()["choices"][0]["message"]["content"]
    assert "24000 Hz, mono" in said
    assert "It is not far now." in said
