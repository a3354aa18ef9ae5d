import msgspec

from app.core.takes import SpeechSession, Take, VoiceSnapshot

TAKE = Take("t", VoiceSnapshot("builtin", "Mia"), origin="chat")
SESSION = SpeechSession("s", takes_made=3, title_is_custom=True)


def test_renamed_fields_are_stored_under_their_original_names() -> None:
    assert msgspec.to_builtins(TAKE)["place"] == "chat"
    stored = msgspec.to_builtins(SESSION)
    assert (stored["made"], stored["named"]) == (3, True)
    assert msgspec.convert(msgspec.to_builtins(TAKE), Take) == TAKE
    assert msgspec.json.decode(msgspec.json.encode(SESSION), type=SpeechSession) == SESSION
