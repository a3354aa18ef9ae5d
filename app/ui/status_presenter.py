"""Keeps the status bar true: who answers, what this run used, how often it asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.hosts import host_of
from app.core.profiles import Profile
from app.services.connection import Connection
from app.services.models import Models
from app.services.run_statistics import RunStatistics
from app.ui.status_bar import StatusBar
from app.ui.texts.numbers import UNKNOWN, money, seconds, short_count
from app.ui.texts.spend import credits_words

MINUTE_MSEC = 2_000
"""How often "requests in the last minute" is counted again while there are any."""


class StatusPresenter(QObject):
    """Shows connection, meter and output device in the status bar."""

    def __init__(self, bar: StatusBar, connection: Connection, meter: RunStatistics, models: Models) -> None:
        super().__init__(bar)
        self._bar = bar
        self._connection = connection
        self._meter = meter
        self._models = models
        self._again = QTimer(self)
        self._again.setInterval(MINUTE_MSEC)
        self._again.timeout.connect(self._show_usage)
        connection.on_change.append(self._show_service)
        models.on_change.append(self._show_service)
        meter.on_change.append(self._show_usage)
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
        """Whether the service gave its models, and an answer to the last question."""
        failed = self._models.error is not None or self._meter.failed
        self._bar.set_health("warn" if failed else "good")

    def _show_usage(self) -> None:
        meter = self._meter
        self._show_health()
        latency = UNKNOWN if meter.latency is None else seconds(meter.latency)
        self._bar.set_value("latency", latency)
        self._bar.set_value("tokens", short_count(meter.tokens))
        costs = [money(amount, currency) for currency, amount in meter.cost.items()]
        if meter.credits:
            costs.append(credits_words(meter.credits))
        self._bar.set_value("cost", " + ".join(costs) or UNKNOWN)
        limit = self._connection.profile.requests_per_minute
        requests = meter.requests
        per_minute = QCoreApplication.translate("StatusBar", "{n} / {limit} per min")
        no_limit = QCoreApplication.translate("StatusBar", "{n} per min")
        self._bar.set_value("requests", (per_minute if limit else no_limit).format(n=requests, limit=limit))
        if requests:
            self._again.start()
        else:
            self._again.stop()

    def show_output(self, name: str) -> None:
        """The device that sound comes out of; empty while none is known."""
        self._bar.set_value("output", name)


def service_words(profile: Profile) -> str:
    """A service and where it is: `Demo service`, `Pay-as-you-go · api.xiaomimimo.com`."""
    if profile.kind == "demo":
        return QCoreApplication.translate("StatusBar", "Demo service")
    host = host_of(profile.base_url)
    return profile.name if host == profile.name else f"{profile.name} · {host}"
