"""Texts about jobs: what they will take, and how far they are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.jobs import JobEstimate
from app.ui.texts.numbers import money, seconds


def estimate_text(estimate: JobEstimate) -> str:
    """What a job will take: requests, time and cost, as far as they are known."""
    many = QCoreApplication.translate("Jobs", "{n} requests").format(n=estimate.requests)
    parts = [QCoreApplication.translate("Jobs", "1 request") if estimate.requests == 1 else many]
    if estimate.seconds is not None:
        parts.append(QCoreApplication.translate("Jobs", "≈ {t}").format(t=seconds(estimate.seconds)))
    parts.append(cost_text(estimate.cost, estimate.currency))
    if estimate.free is not None and estimate.free < estimate.requests:
        parts.append(QCoreApplication.translate("Jobs", "{n} of them now").format(n=estimate.free))
    return " · ".join(parts)


def cost_text(cost: float | None, currency: str) -> str:
    """An amount; free and unknown in words."""
    if cost is None:
        return QCoreApplication.translate("Jobs", "cost unknown")
    return money(cost, currency) if cost else QCoreApplication.translate("Jobs", "free")
