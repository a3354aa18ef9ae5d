"""Tries the shown service, and explains what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.hosts import host_of
from app.core.profiles import Profile
from app.services.connection_test import NAMES, Name, TestResult, run_tests
from app.ui.settings.connection_section import ConnectionSection, Remedy
from app.ui.settings.page_presenter import PagePresenter, open_address
from app.ui.settings.ports import SettingsDependencies
from app.ui.texts.numbers import seconds
from app.ui.texts.services import test_facts, test_name, test_state
from app.ui.widgets.chips import Kind
from app.ui.widgets.rows import Row

_KINDS: dict[str, Kind] = {"good": "good", "warn": "warn", "bad": "bad", "skipped": "neutral"}


class ConnectionPresenter(PagePresenter):
    """Joins the results with the tests."""

    def __init__(
        self,
        section: ConnectionSection,
        parts: SettingsDependencies,
        shown: Callable[[], Profile],
        may: Callable[[], bool],
    ) -> None:
        """`shown` is the service on the page; `may` says, and tells, whether it may be spoken to."""
        super().__init__(section, parts)
        self._section, self._shown, self._may = section, shown, may
        self._results: list[TestResult] = []
        self._explained = ""
        self._testing: asyncio.Task[Any] | None = None
        section.tested.connect(self._test_or_stop)
        section.selected.connect(self._explain)
        section.opened.connect(open_address)

    def show(self) -> None:
        """What came of the tests so far, in the language of now."""
        done = {result.name for result in self._results}
        rows = [
            Row(result.name, _name(result.name), _facts(result), _state(result), _KINDS[result.state])
            for result in self._results
        ]
        waiting = (
            QCoreApplication.translate("Services", "waiting")
            if self._testing is not None
            else QCoreApplication.translate("Services", "not tried yet")
        )
        rows += [Row(name, _name(name), waiting) for name in NAMES if name not in done]
        self._section.show_results(rows)
        if self._explained:
            self._explain(self._explained)

    def forget(self) -> None:
        """The service is another, or not what it was: what was found says nothing about it."""
        if self._testing is not None:
            self._testing.cancel()
        self._results = []
        self._explained = ""
        self._section.show_remedy(None)

    def _test_or_stop(self) -> None:
        if self._testing is not None:
            self._testing.cancel()
        elif self._may():
            self._testing = self.spawn(self._test(self._shown()))

    async def _test(self, shown: Profile) -> None:
        """Try a service, whether it is in use or not."""
        this = asyncio.current_task()
        self._section.show_testing(True)
        self._results = []
        self._explained = ""
        self._section.show_remedy(None)
        self.show()
        try:
            profile = self.parts.profiles.with_network(shown)
            found = await self.parts.keys.find(profile.id) if profile.kind != "demo" else None
            key = found.value if found is not None else None
            if profile.kind == "demo":
                address, key = await self.parts.demo_address()
                profile = msgspec.structs.replace(profile, base_url=address)
            client = self.parts.make_client(profile, key)
            try:
                async with aclosing(run_tests(profile, client)) as results:
                    async for result in results:
                        self._add(result)
            finally:
                await client.aclose()
        finally:
            if self._testing is this:
                self._testing = None
                self._section.show_testing(False)
                self.show()

    def _add(self, result: TestResult) -> None:
        self._results.append(result)
        self.show()
        if result.error is not None and not self._explained:
            self._explain(result.name)

    def _explain(self, name: str) -> None:
        """Say below the list what came of a test and what to do about it."""
        result = next((result for result in self._results if result.name == name), None)
        self._explained = name if result is not None else ""
        if result is None:
            self._section.show_remedy(None)
            return
        said = f"{_name(result.name)}: {_facts(result) or _state(result)}"
        address = console_page(result.error.code, host_of(self._shown().base_url)) if result.error is not None else ""
        self._section.show_remedy(Remedy(_KINDS[result.state], said, address))


def _name(test: Name) -> str:
    """The same before, while and after it runs, so that its row is found again."""
    return test_name(TestResult(test, "skipped"))


def _facts(result: TestResult) -> str:
    if result.name == "key" and result.state == "good" and result.seconds is not None:
        return QCoreApplication.translate("Services", "accepted in {time}").format(time=seconds(result.seconds))
    return test_facts(result)


def _state(result: TestResult) -> str:
    """A word, where the facts do not say it already."""
    return "" if result.state == "skipped" else test_state(result)
