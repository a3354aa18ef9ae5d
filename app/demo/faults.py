"""Faults on request: what to do wrong, ordered by a header or armed for the next requests.

`X-Demo-Fault: status=503; retry-after=2` or `drip=0.01; cut=700`: names with or without a value, combinable.
"""

from __future__ import annotations

from collections import deque

from app.demo.errors import incorrect

# What travels wrong: done by the middleware, whatever the endpoint says.
TRANSPORT = {
    "status": "answer with this status and its documented body",
    "quota": "429 quota exhausted",
    "risk": "HTTP 400 with code 441, risk control",
    "param": "400 with this text in `param` (underscores become blanks)",
    "ok-error": "HTTP 200 with an error body",
    "framed": "error bodies as one `data:` line",
    "bare": "error bodies without the outer `error`",
    "html": "error bodies as a proxy's HTML page",
    "retry-after": "a Retry-After header with this value",
    "redirect": "307 to this address",
    "type": "another content type",
    "delay": "seconds before the status line",
    "stall": "seconds of silence after the first event or half of the body",
    "drip": "seconds between small pieces of 48 bytes",
    "split": "pieces of this many bytes (default 1), anywhere, also inside a character",
    "cut": "close the connection after this many bytes of body",
    "junk": "lines that are no protocol between the events; a body that is not JSON",
    "comments": "SSE comment lines between the events",
    "crlf": "CRLF line ends",
    "duplicate": "every event but the last twice",
    "out-of-order": "neighbouring events swapped",
    "huge": "one event of this many bytes (default 8,000,000) of content",
    "error": "an error frame after this many events (default 3), then the end",
    "no-done": "the stream ends without `[DONE]`",
    "no-usage": "the usage chunk is left out",
    "no-blank": "the last event lacks its blank line",
}
# What is said wrong: done where the answer is composed.
SPOKEN = {
    "leak": "the tool call sits inside the thinking text (chat that thinks)",
    "loop": "the same tool is called again after its result (chat)",
    "refusal": "HTTP 200, content_filter, the refusal as text",
    "repetition": "the answer repeats itself and ends with repetition_truncation (chat)",
    "length": "the answer is cut off: finish_reason length",
    "mute": "an empty answer or transcript, or speech without sound",
    "unspoken": "thinking holds the answer, content is empty (chat that thinks)",
    "search-off": "webSearchEnabled is false",
    "search-error": "the search fails with an error_message",
    "odd": "speech pieces of odd byte counts only",
    "one-piece": "speech as one giant piece",
    "no-audio": "speech frames with `audio: null` only",
    "long": "an answer or transcript of this many tokens",
}

Faults = dict[str, str]


def read(text: str) -> Faults:
    """Names and values of an order; a name without a value has an empty one.

    Raises:
        Refusal: for a name that is no fault.
    """
    faults: Faults = {}
    for part in filter(None, (piece.strip() for piece in text.replace(",", ";").split(";"))):
        name, _, value = part.partition("=")
        if name.strip() not in TRANSPORT and name.strip() not in SPOKEN:
            raise incorrect(f"Unknown demo fault: {name.strip()}. Faults: {', '.join(sorted(TRANSPORT | SPOKEN))}")
        faults[name.strip()] = value.strip()
    return faults


class Armed:
    """Faults waiting for requests that do not know of them."""

    def __init__(self) -> None:
        self._waiting: deque[Faults] = deque()

    def arm(self, faults: Faults, requests: int = 1) -> None:
        self._waiting.extend(dict(faults) for _ in range(requests))

    def disarm(self) -> None:
        self._waiting.clear()

    def take(self) -> Faults:
        """Faults for the request that has just come in; empty for none."""
        return self._waiting.popleft() if self._waiting else {}

    @property
    def waiting(self) -> int:
        return len(self._waiting)
