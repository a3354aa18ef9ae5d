"""Fault injection: faults requested by a header, or queued for the next requests.

`X-Demo-Fault: status=503; retry-after=2` or `drip=0.01; cut=700`: names with or without a value, which combine.
"""

from __future__ import annotations

from collections import deque

from app.demo.errors import incorrect

# Transport faults, injected by the middleware whatever the endpoint returns.
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
    "stall": "seconds of silence after the first event, or after half of the body",
    "drip": "seconds between small pieces of 48 bytes",
    "split": "pieces of this many bytes (default 1), even in the middle of a character",
    "cut": "close the connection after this many bytes of body",
    "junk": "invalid lines between the events; a body that is not JSON",
    "comments": "SSE comment lines between the events",
    "crlf": "CRLF line endings",
    "duplicate": "every event twice, except the last",
    "out-of-order": "neighbouring events swapped",
    "huge": "one event of this many bytes (default 8,000,000) of content",
    "error": "an error frame after this many events (default 3), then the stream ends",
    "no-done": "the stream ends without `[DONE]`",
    "no-usage": "the usage chunk is left out",
    "processing": "a `: PROCESSING` comment after this many seconds (default 5), the first event as long after it",
    "no-blank": "the last event lacks its blank line",
}
# Content faults, injected where the response is composed.
CONTENT = {
    "leak": "the tool call is inside the thinking text (chat with thinking)",
    "loop": "the same tool is called again after its result (chat)",
    "refusal": "HTTP 200 with content_filter and the refusal as text",
    "repetition": "the answer repeats itself and ends with repetition_truncation (chat)",
    "length": "the answer is cut off: finish_reason length",
    "mute": "an empty answer or transcript, or speech without sound",
    "unspoken": "the thinking contains the answer and content is empty (chat with thinking)",
    "search-off": "webSearchEnabled is false",
    "search-error": "web search fails with an error_message",
    "search-none": "web search is ignored even if forced, as within five minutes after the plugin was switched on",
    "leak-content": "the tool call is inside the answer, finish_reason tool_calls without calls (chat)",
    "padding": "a JSON answer breaks off and is padded with this many blanks (default 2,000): finish_reason length",
    "no-default-voice": "`mimo_default` is an unknown voice",
    "odd": "speech pieces with odd byte counts only",
    "one-piece": "speech in a single large piece",
    "wav-header": "streamed speech begins with the header of a WAV file",
    "raw": "speech without a header where WAV was asked for",
    "rate": "the header of a WAV file states this rate in Hz (default 16,000)",
    "bad-base64": "the third piece of speech and later ones are no base64",
    "no-bytes": "speech frames whose audio is empty",
    "no-audio": "only speech frames with `audio: null`",
    "long": "an answer or transcript of this many tokens",
    "drop-word": "speech leaves out the word with this number (default: the one in the middle)",
    "add-word": "speech says a word that is not in the text after the word with this number",
    "repeat-word": "speech says the word with this number twice",
}

Faults = dict[str, str]


def parse(text: str) -> Faults:
    """Parse fault names and values; the value of a bare name is empty.

    Raises:
        Refusal: for an unknown fault.
    """
    faults: Faults = {}
    for part in filter(None, (piece.strip() for piece in text.replace(",", ";").split(";"))):
        name, _, value = part.partition("=")
        if name.strip() not in TRANSPORT and name.strip() not in CONTENT:
            raise incorrect(f"Unknown demo fault: {name.strip()}. Faults: {', '.join(sorted(TRANSPORT | CONTENT))}")
        faults[name.strip()] = value.strip()
    return faults


class ArmedFaults:
    """Queue of faults for the next requests."""

    def __init__(self) -> None:
        self._waiting: deque[Faults] = deque()

    def arm(self, faults: Faults, requests: int = 1) -> None:
        self._waiting.extend(dict(faults) for _ in range(requests))

    def clear(self) -> None:
        self._waiting.clear()

    def pop(self) -> Faults:
        """Remove and return the faults for the next request; empty if none are queued."""
        return self._waiting.popleft() if self._waiting else {}

    @property
    def waiting(self) -> int:
        return len(self._waiting)
