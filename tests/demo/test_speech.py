"""Speech synthesis and recognition over HTTP (WIRE.md sections 3 and 4)."""

# ruff: noqa: E501 (the platform's error messages are not split)

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
from app.demo.speech.synthesiser import Word
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


def transcript(post: Post, file: bytes, kind: str = "wav") -> str:
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
def test_invalid_speech_requests_return_the_platforms_error(
    post: Post, model: str, messages: list[Any], audio: Any, param: str
) -> None:
    answer = post(model, messages, audio=audio)
    assert answer.status_code == 400
    assert answer.json()["error"] == {"code": "400", "message": "Param Incorrect", "param": param, "type": ""}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"content": [{"type": "text", "text": "x"}]}, "ASR request must not include text parts; text prompt is injected by the server"),
        ({"content": []}, "ASR requires exactly one input_audio part, found: 0"),
        ({"asr_options": {"language": "ja"}}, "asr_options.language must be one of: zh, en, auto. Got: ja"),
        ({"max_tokens": 8192}, "max_tokens is too large: 8192. This model supports at most 4096 completion tokens, whereas you provided 8192."),
        ({"max_tokens": 0}, "max_tokens is too small: 0. This model supports at least 1 completion tokens, whereas you provided 0."),
        ({"max_completion_tokens": -1}, "max_completion_tokens is too small: -1. This model supports at least 1 completion tokens, whereas you provided -1."),
        ({"role": "assistant"}, "ASR request requires a user message with input_audio content"),
        ({"content": "hello"}, "ASR request requires a user message with input_audio content"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,AAAA"}}, {"type": "image_url"}]}, "ASR request must not include parts beside input_audio, found: image_url"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "data:audio/wave;base64,AAAA"}}]}, "input_audio.format must be one of: wav, mp3"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "ogg"}}]}, "input_audio.format must be one of: wav, mp3"),
        ({"content": [{"type": "input_audio", "input_audio": {"data": "%%", "format": "wav"}}]}, "invalid base64 format"),
    ],
)  # fmt: skip
def test_invalid_recognition_requests_return_the_platforms_error(
    post: Post, fields: dict[str, Any], param: str
) -> None:
    fields = dict(fields)
    content = fields.pop("content", [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}])
    answer = post("mimo-v2.5-asr", [{"role": fields.pop("role", "user"), "content": content}], **fields)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param


def test_audio_has_the_requested_container(post: Post) -> None:
    starts = {}
    for container in ("wav", "mp3", "pcm16"):
        answer = post(TTS, [say("Hello there.")], audio={"format": container}).json()
        starts[container] = base64.b64decode(answer["choices"][0]["message"]["audio"]["data"])
    assert starts["wav"][:4] == b"RIFF"
    assert starts["mp3"][0] == 0xFF
    assert len(starts["pcm16"]) % 2 == 0
    assert len(starts["pcm16"]) > 24_000


def test_voices_differ_in_pitch_and_takes_differ_from_each_other(post: Post) -> None:
    pitch = {}
    for voice in ("Mia", "Dean"):
        samples, _ = sound(post(TTS, [say("The night is deep and nobody is awake.")], audio={"voice": voice}))
        pitch[voice] = clone.measure(samples).pitch_hz
    assert pitch["Mia"] > 1.8 * pitch["Dean"]
    one, other = (sound(post(TTS, [say("Again.")]))[1] for _ in range(2))
    assert one != other


def test_direction_and_tags_change_pace_and_whispering(post: Post) -> None:
    text = "We walk home along the river and say nothing at all."

    def takes(messages: list[Any]) -> np.ndarray:
        """Four takes in a row, to average the random variation of about a tenth."""
        return np.concatenate([sound(post(TTS, messages))[0] for _ in range(4)])

    plain = takes([say(text)])
    slow = takes([direct("Slow and deliberate."), say(text)])
    fast = takes([say(f"(fast){text}")])
    whispered = takes([say(f"[whispering]{text}")])
    assert len(fast) < 0.9 * len(plain) < 0.9 * 0.9 * len(slow)
    assert np.sqrt(np.mean(whispered**2)) < 0.6 * np.sqrt(np.mean(plain**2))


def test_tags_take_effect_but_are_not_spoken(post: Post) -> None:
    samples, file = sound(post(TTS, [say("I just... (sighs deeply) I don't know. [long pause] 好吧。（大笑）")]))
    assert transcript(post, file) == "I just… I don't know. 好吧。"
    plain, _ = sound(post(TTS, [say("I just... I don't know. 好吧。")]))
    assert len(samples) > len(plain) + 2 * 24_000


def test_singing_takes_longer_than_speaking(post: Post) -> None:
    sung, file = sound(post(TTS, [say("(唱歌)夜已经很深了，没有人还醒着。")]))
    spoken, _ = sound(post(TTS, [say("夜已经很深了，没有人还醒着。")]))
    assert len(sung) > 1.4 * len(spoken)
    assert transcript(post, file) == "夜已经很深了，没有人还醒着。"


LYRICS = "夜已经很深了，没有人还醒着。"


def test_singing_tag_is_ignored_by_models_that_cannot_sing() -> None:
    assert synthesis_plan.parse(f"(唱歌){LYRICS}") == synthesis_plan.SynthesisPlan(
        synthesis_plan.parse(LYRICS).items, LYRICS, is_sung=True
    )
    assert synthesis_plan.parse(f"(唱歌){LYRICS}", can_sing=False) == synthesis_plan.parse(LYRICS)


@pytest.mark.parametrize(("model", "can_sing"), [(TTS, True), (DESIGN, False), (CLONE, False)])
def test_singing_tag_is_only_a_style_for_designed_and_cloned_voices(model: str, can_sing: bool) -> None:
    audio = {"voice": url(b"RIFF")} if model == CLONE else {}
    body = {"model": model, "messages": [direct("An old man"), say(f"(singing){LYRICS}")], "audio": audio}
    assert request_parser.parse_speech(body, models.get_model(model)).synthesis.can_sing is can_sing


def test_style_elements_of_the_v2_model_are_spoken_like_any_other_text() -> None:
    text = f"<style>sing</style>{LYRICS}"
    plan = synthesis_plan.parse(text)
    assert (plan.text, plan.is_sung) == (text, False)


def test_description_gives_the_same_speaker_but_different_takes(post: Post) -> None:
    def pitch(description: str) -> float:
        return clone.measure(sound(post(DESIGN, [direct(description), say("Nobody is awake any more.")]))[0]).pitch_hz

    man, again, girl = pitch("An old man, deep"), pitch("An old man, deep"), pitch("A little girl")
    assert man != again
    assert abs(man / again - 1) < 0.2
    assert girl > 1.7 * man


def test_optimised_text_is_returned_only_on_request(post: Post) -> None:
    asked = [direct("A young woman, warm")]
    written = post(DESIGN, asked, audio={"optimize_text_preview": True}).json()["choices"][0]["message"]
    assert len(written["final_text_preview"]) > 20
    plain = post(DESIGN, [*asked, say("Hi there.")]).json()["choices"][0]["message"]
    assert "final_text_preview" not in plain


@pytest.mark.parametrize("voice", ["Dean", "Chloe"])
def test_cloned_voice_has_the_pitch_of_its_sample(post: Post, voice: str) -> None:
    sample, file = sound(post(TTS, [say("The night is deep and nobody is awake any more.")], audio={"voice": voice}))
    spoken, _ = sound(post(CLONE, [say("We walk home along the river and say nothing.")], audio={"voice": url(file)}))
    assert clone.measure(spoken).pitch_hz == pytest.approx(clone.measure(sample).pitch_hz, rel=0.15)


def pieces(answer: Any) -> list[bytes]:
    frames = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    deltas = [frame["choices"][0]["delta"] for frame in frames if frame["choices"]]
    assert answer.text.endswith("data: [DONE]\n\n")
    return [base64.b64decode(delta["audio"]["data"]) for delta in deltas if delta.get("audio")]


def test_built_in_voices_stream_many_pieces_and_others_one(post: Post) -> None:
    text = say("Streaming works. It has several sentences. And a third one.")
    many = pieces(post(TTS, [text], stream=True, fault="odd"))
    assert len(many) > 5
    assert all(len(piece) % 2 for piece in many[:2])
    assert len(pieces(post(DESIGN, [direct("a boy"), text], stream=True))) == 1


@pytest.mark.parametrize("container", [None, "wav", "mp3", "pcm", "pcm16"])
def test_stream_is_pcm_whatever_was_asked(post: Post, container: str | None) -> None:
    audio = {"format": container} if container else {}
    for model in (TTS, DESIGN):
        sent = b"".join(pieces(post(model, [direct("a boy"), say("Good evening.")], stream=True, audio=audio)))
        assert not sent.startswith((b"RIFF", b"\xff\xf3", b"ID3"))
        assert len(sent) % 2 == 0
        assert np.abs(np.frombuffer(sent, "<i2")).max() > 1_000, "samples, not the header of a file"


def test_pieces_last_about_a_third_of_a_second(post: Post) -> None:
    text = "The night is deep and nobody is awake, so we walk home along the river and say nothing at all."
    sizes = [len(piece) for piece in pieces(post(TTS, [say(text)], stream=True))]
    full = [size for size in sizes if size > 8_000]
    assert len(full) > 5
    assert 14_000 < sum(full) / len(full) < 18_000


def test_usage_is_about_what_the_documents_show(post: Post) -> None:
    """213 (109 of them cached) and 97 in the official example, whose text is not known; this is the guide's."""
    style = "Bright, bouncy, slightly sing-song tone. Fast pace, rising pitch at the end."
    line = "Hey boss - guess what? I just got the results back and I actually passed!"
    usage = post(TTS, [direct(style), say(line)], audio={"voice": "Chloe"}).json()["usage"]
    assert usage["prompt_tokens"] == pytest.approx(213, abs=15)
    assert usage["prompt_tokens_details"] == {"cached_tokens": 109}
    assert 30 < usage["completion_tokens"] < 130
    assert usage["completion_tokens_details"] == {"reasoning_tokens": 0}


def test_own_speech_is_recognised_after_conversion(post: Post) -> None:
    line = "夜已经很深了，没有人还醒着。"
    samples, file = sound(post(TTS, [say(line)]))
    quiet = soxr.resample(samples, 24_000, 16_000) * 0.1
    mp3, wav = io.BytesIO(), io.BytesIO()
    soundfile.write(mp3, quiet, 16_000, format="MP3")
    soundfile.write(wav, np.concatenate([np.zeros(9_001, np.float32), samples]), 24_000, format="WAV")
    assert [transcript(post, file), transcript(post, mp3.getvalue(), "mpeg"), transcript(post, wav.getvalue())] == [
        line
    ] * 3


def test_text_spoken_several_times_is_recognised_once() -> None:
    """Two takes of a line match a recording, one completely and one at its end; another line follows."""

    def take(*words: str) -> fingerprint_index.IndexedSpeech:
        spoken = tuple(Word(24_000 * number // 2, word) for number, word in enumerate(words))
        return fingerprint_index.IndexedSpeech(
            spoken, len(words) / 2, fingerprint(np.zeros(24_000, np.float32), 24_000)
        )

    line, other = take("It ", "is ", "not ", "far."), take("Not ", "far.")
    whole = fingerprint_index.Match(line, 0.1, np.arange(0.1, 2.0, 0.1))
    tail = fingerprint_index.Match(line, 0.14, np.array([1.7, 1.75, 1.8, 1.85, 1.9, 1.95, 2.0, 2.05]))
    next_ = fingerprint_index.Match(other, 2.1, np.arange(2.1, 3.0, 0.1))
    assert fingerprint_index.merged_text([whole, tail, next_], 3.2) == "It is not far. Not far."
    assert fingerprint_index.merged_text([next_, whole], 3.2) == "It is not far. Not far."


def test_transcript_is_cut_at_the_token_limit(post: Post) -> None:
    _, file = sound(post(TTS, [say("It is not far now, and the road is dry.")]))
    part = {"type": "input_audio", "input_audio": {"data": url(file)}}
    answer = post("mimo-v2.5-asr", [{"role": "user", "content": [part]}], max_tokens=3).json()
    assert answer["choices"][0]["message"]["content"] == "It is not"
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 3


def test_other_audio_is_not_transcribed(post: Post) -> None:
    noise = io.BytesIO()
    soundfile.write(noise, np.random.default_rng(1).standard_normal(24_000) * 0.1, 24_000, format="WAV")
    assert "only recognise speech that I spoke myself" in transcript(post, noise.getvalue())


def test_audio_is_measured_by_models_that_accept_it(post: Post) -> None:
    _, file = sound(post(TTS, [say("It is not far now.")]))
    parts = [{"type": "text", "text": "How was it?"}, {"type": "input_audio", "input_audio": {"data": url(file)}}]
    content = post("mimo-v2.5", [{"role": "user", "content": parts}]).json()["choices"][0]["message"]["content"]
    assert "24000 Hz, mono" in content
    assert "It is not far now." in content


def test_sound_in_the_wrong_container_and_at_a_wrong_rate(post: Post) -> None:
    text = say("Good evening, and welcome to the harbour. The ferry leaves at nine.")
    headed = b"".join(pieces(post(TTS, [text], stream=True, fault="wav-header; rate=48000")))
    samples, rate = soundfile.read(io.BytesIO(headed), dtype="int16")
    assert rate == 48_000 and samples.tobytes() == headed[44:]
    raw = json.loads(post(TTS, [text], fault="raw").text)["choices"][0]["message"]["audio"]["data"]
    plain = base64.b64decode(raw)
    assert not plain.startswith(b"RIFF") and np.abs(np.frombuffer(plain, "<i2")).max() > 1_000
    stated = json.loads(post(TTS, [text], fault="rate").text)["choices"][0]["message"]["audio"]["data"]
    assert soundfile.info(io.BytesIO(base64.b64decode(stated))).samplerate == 16_000
    garbled = pieces(post(TTS, [text], stream=True, fault="bad-base64"))
    assert all(garbled[:2]) and not any(garbled[2:]), "nothing in them is of the alphabet"
    assert set(pieces(post(TTS, [text], stream=True, fault="no-bytes"))) == {b""}
