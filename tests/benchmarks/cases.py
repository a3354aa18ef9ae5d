"""`cases`: the table of test cases, 5,000 cases in 3 columns of answers, and a run of 1,000 cases.

`cases-scroll` is the 95th percentile of a frame of scrolling in process CPU time, beside one repaint of a page of text
in a bare `QTextBrowser`; `cases-scroll-list` is the same beside the same steps through a bare `QTableView` with the
same texts. `cases-open` is the time in which the table is filled and first painted, beside that of 50 cases.

`cases-fill` is as `queue-fill`: the requests that the service admitted in the windows beside those it would have
allowed, for a run of 1,000 cases that `Cases` begins as one press does.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from app.core.cases import Case, CaseResult, CaseSet, CaseVersion, Cell, Check, result_id, sent_key, sent_texts
from app.core.messages import Usage, new_id
from app.core.profiles import Profile
from app.core.requests import Sampling
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from app.services.bench.case_book import CaseBook
from app.services.jobs.ports import Limits
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.apart import apart
from tests.benchmarks.job_flood import OneClient
from tests.benchmarks.pages import shown_and_scrolled
from tests.benchmarks.queue import ANSWER_SECONDS, MAX_PARALLEL, REQUESTS, WINDOW_SECONDS
from tests.benchmarks.row import Row, count, row
from tests.plugins import demo_service
from tests.plugins.case_services import case_service
from tests.plugins.demo_service import DemoService

MODEL = "mimo-v2.6-flash"
CASES, FEW, VERSIONS = 5_000, 50, 3
SIZE = 1200, 800
STEP = 60
FRAMES = 600
ROUNDS = 3
WINDOWS = 8
RUN_CASES = 1_000


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    many, few = book(CASES), book(FEW)
    ours = min((_ours(many) for _ in range(ROUNDS)), key=lambda measured: measured[1])
    opened = min(_ours(many, frames=30)[0] for _ in range(ROUNDS))
    small = min(_ours(few, frames=30)[0] for _ in range(ROUNDS))
    bare = min((_bare(many) for _ in range(ROUNDS)), key=lambda measured: measured[1])
    repaint = apart("takes_scroll", "page")
    application.processEvents()
    return [
        row(
            "cases-scroll", ours[1] * 1e3, "ms/frame", peer="a page repaint", peer_value=repaint * 1e3, at_most=2.0
        ),
        row(
            "cases-scroll-list", ours[1] * 1e3, "ms/frame", peer="a bare QTableView", peer_value=bare[1] * 1e3,
            at_most=4.0,
        ),
        row("cases-open", opened * 1e3, "ms", peer="50 cases", peer_value=small * 1e3, at_most=3.0),
        *_fill_rows(),
    ]  # fmt: skip


# -- the table --------------------------------------------------------------------------------------------------------


def book(number: int) -> CaseBook:
    """A set of which every cell is answered and checked."""
    versions = tuple(
        CaseVersion(f"v{at}", "p", "Order intake", at, text="Order: {{message}} by {{channel}}")
        for at in range(1, VERSIONS + 1)
    )
    cases = tuple(
        Case(f"c{at}", {"message": f"{at} 箱龙井，送到杭州, kettle {at}", "channel": f"mail {at % 7}"})
        for at in range(number)
    )
    checks = (Check("c", "contains", "{"), Check("s", "shorter", "80"), Check("m", "matches", "item"))
    filled = CaseBook(
        CaseSet("set", "Orders", ("message", "channel"), cases, versions, checks, MODEL, MODEL), lambda model: model
    )
    results = []
    for at, case in enumerate(cases):
        for version in versions:
            cell = Cell(case.id, version.id)
            answer = f'{{"item":"龙井 {at}","qty":{at % 12},"city":"杭州","version":"{version.number}"}}'
            key = sent_key(sent_texts(version, case.values, filled.cases.variables))
            results.append(CaseResult(result_id("set", cell, "run"), "done", answer, key, MODEL, created=1.0))
    filled.add(results)
    filled.check_now(filled.cells())
    return filled


def _ours(filled: CaseBook, frames: int = FRAMES) -> tuple[float, float]:
    """CPU seconds until the table is shown, and of the 95th percentile of a frame."""
    from app.ui.bench.cases.model import CaseModel
    from app.ui.bench.cases.table import CaseTable
    from app.ui.theme.theme import theme

    model, view = CaseModel(), CaseTable()
    view.setModel(model)
    theme().style_window(view)
    start = time.process_time()
    model.attach(filled)
    return shown_and_scrolled(view, start, SIZE, STEP, frames)


def _bare(filled: CaseBook) -> tuple[float, float]:
    """The same of a bare table with the same texts."""
    cases = filled.cases
    model = QStandardItemModel(len(cases.cases), len(cases.variables) + len(cases.versions))
    for at, case in enumerate(cases.cases):
        texts = [case.values[name] for name in cases.variables]
        for version in cases.versions:
            result = filled.shown(Cell(case.id, version.id))
            texts.append(f"{result.answer if result is not None else ''}\ncontains shorter matches")
        for column, text in enumerate(texts):
            model.setItem(at, column, QStandardItem(text))
    view = QTableView()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setDefaultSectionSize(52)
    start = time.process_time()
    view.setModel(model)
    for column in range(model.columnCount()):
        view.setColumnWidth(column, 190 if column < len(cases.variables) else 270)
    return shown_and_scrolled(view, start, SIZE, STEP, FRAMES)


# -- a run ------------------------------------------------------------------------------------------------------------


def _fill_rows() -> list[Row]:
    service = demo_service.start(
        *("--pace", "0", "--answer-seconds", f"{ANSWER_SECONDS}"),
        *("--requests", f"{REQUESTS}", "--window", f"{WINDOW_SECONDS}", "--parallel", f"{MAX_PARALLEL}"),
    )
    try:
        counted = asyncio.run(_fill(service))
    finally:
        demo_service.stop(service)
    return [
        row(
            "cases-fill", counted["admitted"][MODEL], "requests", peer="allowed", peer_value=REQUESTS * WINDOWS,
            at_least=0.95,
        ),
        count("cases-fill-refused", sum(counted["refused"].values()), "answered 429"),
        count("cases-fill-window", counted["most_in_window"][MODEL], "in a window", at_most=REQUESTS),
    ]  # fmt: skip


async def _fill(service: DemoService) -> dict[str, Any]:
    """What the service counted in the windows since the press."""
    await asyncio.to_thread(service.reset)
    profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=REQUESTS, retries=3)
    limiter = RateLimiter(WINDOW_SECONDS)
    client = MimoClient(profile, service.key, rate_limiter=limiter)

    def limits(model: str) -> Limits:
        used = limiter.used_requests(profile.id, model)
        return Limits(REQUESTS, max(0, REQUESTS - used), limiter.parallel(profile.id, model))

    def free(_model: str, _usage: Usage) -> tuple[float, str]:
        return 0.0, "USD"

    failures: list[BaseException] = []
    async with AsyncExitStack() as stack:
        stack.push_async_callback(client.aclose)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cases-"))
        database = await Database.open(open_home(Path(folder)))
        stack.push_async_callback(database.close)
        tasks = TaskSet(failures.append)
        stack.push_async_callback(tasks.aclose)
        connection: Any = OneClient(profile, client)
        cases, _ = await stack.enter_async_context(
            case_service(connection, tasks, database, cost_of=free, limits=limits)
        )
        rows = tuple(Case(new_id(), {"message": f"Hi {number}"}) for number in range(RUN_CASES))
        versions = (CaseVersion(new_id(), "p", "Echo", 1, text="Say “{{message}}”"),)
        checks = (Check(new_id(), "contains", "{{message}}"),)
        # The cheapest answers there are, because what is measured is the queue.
        sampling = Sampling(stream=False)
        cases.sets.add(CaseSet("set", "Run", ("message",), rows, versions, checks, MODEL, MODEL, sampling))
        began = time.monotonic()
        await cases.begin("set")
        await asyncio.sleep(WINDOWS * WINDOW_SECONDS - (time.monotonic() - began))
        state: dict[str, Any] = await asyncio.to_thread(service.state)
    assert not failures, failures
    return dict(state["counted"])
