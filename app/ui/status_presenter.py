"""Keeps the status bar up to date: active service, usage of this run and request rate."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.hosts import host_of
from app.core.profiles import Profile
from app.services.connection import Connection
from app.services.models import Models
from app.services.run_statistics import RunStatistics
from app.ui.status_bar import StatusBar
from app.ui.texts.numbers import UNKNOWN, money, seconds, short_count
from app.ui.texts.spend import credits_text

REFRESH_INTERVAL_MSEC = 2_000
"""How often the number of requests in the last minute is updated while it is not zero."""


class StatusPresenter(QObject):
    """Shows the connection, the statistics of this run and the output device."""

    def __init__(self, bar: StatusBar, connection: Connection, statistics: RunStatistics, models: Models) -> None:
        super().__init__(bar)
        self._bar = bar
        self._connection = connection
        self._statistics = statistics
        self._models = models
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setInterval(REFRESH_INTERVAL_MSEC)
        self._refresh_timer.timeout.connect(self._show_usage)
        connection.on_change.subscribe(self._show_service)
        models.on_change.subscribe(self._show_service)
        statistics.on_change.subscribe(self._show_usage)
        bar.worded.connect(self._show_all)
        self._show_all()

    def _show_all(self) -> None:
        self._show_service()
        self._show_usage()

    def _show_service(self) -> None:
        profile = self._connection.profile
        self._bar.set_value("service", service_words(profile))
        self._show_health()

    def _show_health(self) -> None:
        """Show whether the model list and the last request succeeded."""
        failed = self._models.error is not None or self._statistics.failed
        self._bar.set_health("warn" if failed else "good")

    def _show_usage(self) -> None:
        statistics = self._statistics
        self._show_health()
        latency = UNKNOWN if statistics.latency is None else seconds(statistics.latency)
        self._bar.set_value("latency", latency)
        self._bar.set_value("tokens", short_count(statistics.tokens))
        costs = [money(amount, currency) for currency, amount in statistics.cost.items()]
        if statistics.credits:
            costs.append(credits_text(statistics.credits))
        self._bar.set_value("cost", " + ".join(costs) or UNKNOWN)
        limit = self._connection.profile.requests_per_minute
        requests = statistics.requests
        per_minute = QCoreApplication.translate("StatusBar", "{n} / {limit} per min")
        no_limit = QCoreApplication.translate("StatusBar", "{n} per min")
        self._bar.set_value("requests", (per_minute if limit else no_limit).format(n=requests, limit=limit))
        if requests:
            self._refresh_timer.start()
        else:
            self._refresh_timer.stop()

    def show_output(self, name: str) -> None:
        """Show the name of the output device; empty if unknown."""
        self._bar.set_value("output", name)


def service_words(profile: Profile) -> str:
    """The name of a service and its host: `Demo service`, `Pay-as-you-go · api.xiaomimimo.com`."""
    if profile.kind == "demo":
        return QCoreApplication.translate("StatusBar", "Demo service")
    host = host_of(profile.base_url)
    return profile.name if host == profile.name else f"{profile.name} · {host}"
