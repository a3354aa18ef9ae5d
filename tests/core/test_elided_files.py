"""One mark stands for a file wherever a recorded request is written, read and shown."""

from __future__ import annotations

import pytest

from app.core import json_window
from app.core.call_record import CallRecord
from app.core.elided_files import ELIDED, elided_mark
from app.mimo.embedded_files import EmbeddedFile, with_files
from app.services.call_history import SavedCall
from app.services.chat.recorded_request import has_left_out_files

DIGEST = "a1" * 32


@pytest.mark.parametrize("prefix", ["", "data:image/png;base64,", f"data:video/mp4;name={'n' * 150};base64,"])
def test_a_mark_is_understood_everywhere(prefix: str) -> None:
    file = EmbeddedFile(DIGEST, 300, prefix)
    mark = file.mark
    assert mark == elided_mark(prefix, len(prefix) + 400, DIGEST)
    found = ELIDED.fullmatch(mark)
    assert found is not None and (found[1] or "", found[2], found[3]) == (prefix, str(file.length), DIGEST)
    restored = with_files({"url": mark})["url"]
    assert (restored, restored.size) == (file, 300)
    request = f'{{"url": "{mark}"}}'
    assert has_left_out_files(request)
    assert SavedCall(CallRecord("c", "chat", request=request)).elided == file.length
    assert json_window._media(mark) is not None
