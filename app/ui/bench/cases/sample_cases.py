"""Prepared cases for the gallery: an order desk, halfway through a run, and one in which much went wrong."""

from __future__ import annotations

import msgspec

from app.core.case_reading import read_table
from app.core.cases import (
    Case,
    CaseResult,
    CaseSet,
    CaseVersion,
    Cell,
    Check,
    Judgement,
    VerdictState,
    result_id,
    sent_key,
    sent_texts,
)
from app.core.catalogue import catalogue
from app.core.differences import word_differences
from app.core.messages import Failure, Reply, Usage
from app.services.bench.case_book import CaseBook
from app.services.bench.case_checks import question_of
from app.services.bench.case_plan import RunPlan, RunProgress
from app.ui.bench.cases.cell_view import compared_answers, fill_cell_panel
from app.ui.bench.cases.figures import show_figures
from app.ui.bench.cases.page import CasesPage
from app.ui.texts.cases import check_names, left_out_text

PRO, FLASH = (model.id for model in catalogue().merged(None)[:2])
_QUESTION = "Does the order hold everything that “{{message}}” asks for?"
_ROWS = (
    ("两箱龙井，送到杭州，周五前", "WeChat", '{"item":"龙井","qty":2,"unit":"箱","city":"杭州"}', "pass"),
    ("3 kettles to Leeds, no rush", "mail", '{"item":"kettle","qty":3,"city":"Leeds"}', "pass"),
    ("Same as last time, but one more", "mail", '{"item":"unknown","qty":1,"city":null}', "fail"),
    ("要那个蓝色的，算了，还是绿的", "phone", '{"item":"蓝色水壶","qty":1,"city":null}', "fail"),
    ("Ship 2 doz. candles to 12 Hill Rd", "mail", '{"item":"candle","qty":2,"city":null}', "fail"),
    ("先来五斤，好吃再加", "WeChat", 'Sure! Here is the JSON you asked for: {"item":null}', "none"),
    (
        "Cancel #4471 and send a fresh one, same address, the box was crushed. Thanks!", "mail",
        '{"item":"order 4471","qty":1,"action":"replace"}', "pass",
    ),
    ("给我妈那份别放香菜", "phone", '{"item":"套餐","qty":1,"note":"别放香', ""),
    ("Two for tonight, one for Monday", "phone", "", ""),
    ("和上次一样，换大号", "WeChat", "", ""),
)  # fmt: skip


def sample_set() -> CaseSet:
    """Ten cases against two versions of a prompt."""
    cases = tuple(
        Case(f"case{number}", {"message": message, "channel": channel})
        for number, (message, channel, _answer, _judged) in enumerate(_ROWS, 1)
    )
    text = "Turn this order from {{channel}} into JSON: {{message}}"
    versions = (
        CaseVersion("v3", "orders", "Order intake", 3, "prompt", text, "first version"),
        CaseVersion("v4", "orders", "Order intake", 4, "prompt", f"{text} Ask when unsure.", "asks when unsure"),
    )
    checks = (
        Check("c", "contains", "{"),
        Check("s", "schema", '{"type": "object"}'),
        Check("j", "judge", _QUESTION),
    )
    return CaseSet(
        "orders", "Order intake", ("message", "channel"), cases, versions, checks, FLASH, PRO, spend_limit=0.05
    )


def _result(cases: CaseSet, case: Case, version: CaseVersion, answer: str, judged: str) -> CaseResult:
    question = question_of(cases.checks[-1], case.values, cases.variables)
    said = {"pass": "Everything is in the order.", "fail": "Part of the request is missing.", "none": "Hard to say!"}
    state: VerdictState = "pass" if judged == "pass" else "fail" if judged == "fail" else "none"
    judgement = Judgement(
        "j", question, PRO, state, "" if judged in ("pass", "fail") else "nonsense", said.get(judged, ""), "", 0.00001
    )
    reply = Reply(FLASH, FLASH, "stop", Usage(160, 38), 0.36, 1.1, "call")
    return CaseResult(
        result_id(cases.id, Cell(case.id, version.id), "run"), "done", answer,
        sent_key(sent_texts(version, case.values, cases.variables)), FLASH, cases.sampling, "Demo", reply, None,
        0.00003, "USD", (judgement,) if judged else (), "", 1.0,
    )  # fmt: skip


def sample_book() -> CaseBook:
    """The set halfway through its run."""
    cases = sample_set()
    book = CaseBook(cases, lambda chosen: chosen)
    first, second = cases.versions
    for case, (_message, _channel, answer, judged) in zip(cases.cases[:7], _ROWS, strict=False):
        book.add([_result(cases, case, first, answer, judged)])
        better = answer.replace('"item"', '"orders":[{"item"').replace("}", "}]}") if judged == "pass" else answer
        if case.id == "case7":
            better = '{"orders":[],"cancel":["4471"]}'
        book.add([_result(cases, case, second, better, "fail" if case.id == "case7" else "pass")])
    writing = Cell("case8", "v3")
    queued = {Cell(case.id, version.id): "" for case in cases.cases[7:] for version in cases.versions}
    book.set_queued(queued, (), {})
    book.writing[writing] = _ROWS[7][2]
    book.check_now(book.cells())
    return book


def show_full(page: CasesPage) -> None:
    """Show the run in progress, with one cell in the side panel."""
    book = sample_book()
    plan = RunPlan((), (), 0, 0.0, "USD", None, 0, (), 0, 0, 0)
    _show(page, book, plan, RunProgress(14, 20, 6, True, False, "", 8.0, 0.0042, "USD"))
    cell = Cell("case7", "v4")
    page.table.choose(cell)
    fill_cell_panel(page.cell, book, cell, 5)
    before, after, title = compared_answers(book, cell)
    page.cell.show_difference(title, [(run.change, run.text) for run in word_differences(before, after)])
    page.open_panel("cell")


def show_failed(page: CasesPage) -> None:
    """Show a set with broken rows, failures and lost answers, after the spend limit was reached."""
    cases = sample_set()
    broken = read_table('message,channel\nA line without a channel\n"A quotation mark, mail\n', ",").cases
    cases = msgspec.structs.replace(cases, cases=(*cases.cases[:4], *broken))
    book = CaseBook(cases, lambda chosen: chosen)
    first, second = cases.versions
    done = _result(cases, cases.cases[0], first, _ROWS[0][2], "none")
    cut = msgspec.structs.replace(
        _result(cases, cases.cases[1], first, '{"item":"ket', ""), state="cut", failure=Failure("connection-lost")
    )
    failed = msgspec.structs.replace(
        _result(cases, cases.cases[2], first, "", ""), state="failed", failure=Failure("server-error", {"status": 500})
    )
    book.add([done, cut, failed])
    paused = {Cell(case.id, second.id): "" for case in cases.cases[:4]}
    book.set_queued(paused, set(paused), {})
    book.check_now(book.cells())
    lost = (Cell(cases.cases[1].id, first.id),)
    plan = RunPlan((), (), 4, 0.00012, "USD", 4.0, 4, lost, 4, 0, 0)
    _show(page, book, plan, RunProgress(1, 12, 4, False, True, "spend-limit", None, 0.05, "USD"))
    page.notice.say("warn", lambda: left_out_text(plan), "Ask once more")
    cell = Cell(cases.cases[2].id, first.id)
    page.table.choose(cell)
    fill_cell_panel(page.cell, book, cell, 5)
    page.cell.show_difference("", [])
    page.open_panel("cell")


def _show(page: CasesPage, book: CaseBook, plan: RunPlan, progress: RunProgress) -> None:
    page.model.attach(book)
    page.bar.sets.set_choices([(book.cases.id, book.cases.name)])
    page.bar.sets.set_key(book.cases.id)
    page.bar.show_limit(book.cases.spend_limit)
    names = check_names(book.cases.checks)
    page.tools.show_checks([(check.id, names[check.id]) for check in book.cases.checks])
    show_figures(page, book, plan, progress)
