"""When waiting requests will be sent, if nothing else is asked: a simulation of the rate limiter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

import msgspec

from app.core.requests import Priority
from app.mimo.admission import Admission, Pace, Use


class Counted(msgspec.Struct, frozen=True, order=True):
    """A request in the window: when it leaves the window, its priority and tokens."""

    until: float
    priority: Priority
    tokens: int


def forecast(
    rules: Admission, now: float, queues: Mapping[Priority, Sequence[int]], counted: list[Counted], ends: list[float],
    pace: Pace, call_seconds: float,
) -> Iterator[tuple[Priority, float]]:  # fmt: skip
    """Yield the priority and the time of each request in the order in which they will be sent.

    `queues` has the tokens of the waiting requests, `ends` when the calls in progress are expected to end.
    `call_seconds` is how long a call takes; 0 if unknown, and then every call ends at once.
    """
    waiting = {priority: deque(tokens) for priority, tokens in queues.items()}
    window, running = list(counted), list(ends) if call_seconds else []
    heapify(window)
    heapify(running)
    use = Use(running=len(running))
    for request in window:
        use.add(request.priority, request.tokens)
    pace = msgspec.structs.replace(pace)
    time = max(now, rules.paused_until)
    while waiting["interactive"] or waiting["batch"]:
        while window and window[0].until <= time:
            left = heappop(window)
            use.add(left.priority, left.tokens, -1)
        while running and running[0] <= time:
            heappop(running)
        use.running = len(running)
        interval = rules.interval(time)
        pace.refill(time, interval, rules.burst, backlog=bool(waiting["batch"]))
        priority: Priority = "interactive" if waiting["interactive"] else "batch"
        tokens = waiting[priority][0]
        if rules.admits(priority, tokens, time, use, pace):
            waiting[priority].popleft()
            yield priority, time
            use.add(priority, tokens)
            heappush(window, Counted(time + rules.window, priority, tokens))
            if priority == "batch":
                pace.credit -= 1.0
            if call_seconds:
                heappush(running, time + call_seconds)
            continue
        changes = [rules.in_use_until, pace.ready_at(interval)]
        changes += [window[0].until] if window else []
        changes += [running[0]] if running else []
        time = min((change for change in changes if change > time), default=time + rules.window)
