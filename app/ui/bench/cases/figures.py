"""Shows on the Cases page what changes while cases are run: progress, figures per version, and what filters leave."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.services.bench.case_book import CaseBook
from app.services.bench.case_counts import CASE_FILTERS
from app.services.bench.case_plan import RunPlan, RunProgress
from app.ui.bench.cases.header import VersionTitle
from app.ui.bench.cases.page import CasesPage
from app.ui.texts.cases import check_names, short_version
from app.ui.texts.models import model_short_name
from app.ui.texts.numbers import money_sign


def show_figures(page: CasesPage, book: CaseBook, plan: RunPlan, progress: RunProgress) -> None:
    """Show how far a set is, and what a press of Run cases will do."""
    cases = book.cases
    page.bar.limit.setPrefix(money_sign(plan.currency))
    page.bar.show_run(plan, progress)
    page.table.watch_writing(going=bool(book.writing))
    page.table.titles.show_titles(cases.variables, _titles(book))
    counts = {name: book.counts.matching(name) for name in CASE_FILTERS}
    pair = tuple(short_version(version, cases.versions) for version in cases.versions[-2:])
    page.tools.show_counts(counts, (pair[0], pair[1]) if len(pair) == 2 else None)
    page.tools.show_models(_models_text(book))


def _titles(book: CaseBook) -> tuple[VersionTitle, ...]:
    names = check_names(book.cases.checks)
    titles = []
    for version in book.cases.versions:
        score = book.version_score(version.id)
        checks = "   ".join(
            f"{names[check_id]} {f'{good}/{judged}' if judged else '–'}"
            for check_id, (good, judged) in score.by_check.items()
            if check_id in names
        )
        titles.append(VersionTitle(version, score, checks))
    return tuple(titles)


def _models_text(book: CaseBook) -> str:
    model = model_short_name(catalogue().model(book.model)) if book.model else "–"
    if not any(check.kind == "judge" for check in book.cases.checks):
        return model
    judge = model_short_name(catalogue().model(book.judge_model)) if book.judge_model else "–"
    return QCoreApplication.translate("Cases", "{model}, judged by {judge}").format(model=model, judge=judge)
