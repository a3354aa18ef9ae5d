"""Files in a recorded request: put back, left to the client, or missing."""

from __future__ import annotations

import hashlib

from app.core.messages import Media, user_message
from app.services.chat.recorded_request import restored_files

DIGEST = "a" * 64
ADDRESS = "data:image/png;base64,AAAA"


def mark(digest: str) -> str:
    return f"data:image/png;base64,<26 characters, sha256 {digest}>"


def test_a_file_of_the_home_is_left_to_the_client_and_one_of_the_message_is_put_back() -> None:
    stored, inline = Media("image/png", f"blob:{DIGEST}"), Media("image/png", ADDRESS)
    messages = (user_message("Look", media=(stored, inline)),)
    body = {"messages": [{"url": mark(DIGEST)}, {"url": mark(hashlib.sha256(ADDRESS.encode()).hexdigest())}]}
    restored, is_whole = restored_files(body, messages, to_send=True)
    assert is_whole and restored == {"messages": [{"url": mark(DIGEST)}, {"url": ADDRESS}]}
    assert restored_files(body, messages)[1] is False, "code that is copied has no access to the home"
    assert restored_files(body, messages[:0], to_send=True)[1] is False
