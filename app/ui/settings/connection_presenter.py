"""Tests the shown service and explains the results."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code
from app.core.hosts import host_of
from app.core.profiles import TOKEN_PLAN_HOSTS, Profile, TokenPlanKind
from app.services.connection_test import NAMES, Name, TestResult, run_tests
from app.ui.settings.connection_section import ConnectionSection, ResultExplanation
from app.ui.settings.page_presenter import PagePresenter, open_address
from app.ui.settings.ports import SettingsDependencies
from app.ui.texts.numbers import seconds
from app.ui.texts.services import test_facts, test_name, test_state
from app.ui.widgets.chips import Kind
from app.ui.widgets.row_model import Row

_KINDS: dict[str, Kind] = {"good": "good", "warn": "warn", "bad": "bad", "skipped": "neutral"}


class ConnectionPresenter(PagePresenter):
    """Runs the connection tests and shows their results."""

    def __init__(
        self,
        section: ConnectionSection,
        dependencies: SettingsDependencies,
        current: Callable[[], Profile],
        check_allowed: Callable[[], bool],
        change: Callable[[dict[str, Any]], None],
    ) -> None:
        """Show and run the tests.

        `current` returns the service on the page; `check_allowed` tells whether it may be used, or shows why not;
        `change` saves changed fields of it.
        """
        super().__init__(section, dependencies)
        self._section, self._current, self._check_allowed = section, current, check_allowed
        self._change = change
        self._results: list[TestResult] = []
        self._explained_test = ""
        self._test_task: asyncio.Task[Any] | None = None
        section.test_requested.connect(self._test_or_stop)
        section.result_selected.connect(self._explain)
        section.cluster_chosen.connect(self._switch_cluster)
        section.address_opened.connect(open_address)

    def show(self) -> None:
        """Show the results so far in the current language."""
        done = {result.name for result in self._results}
        rows = [
            Row(result.name, _name(result.name), _facts(result), _state(result), _KINDS[result.state])
            for result in self._results
        ]
        waiting = (
            QCoreApplication.translate("Services", "waiting")
            if self._test_task is not None
            else QCoreApplication.translate("Services", "not tested yet")
        )
        rows += [Row(name, _name(name), waiting) for name in NAMES if name not in done]
        self._section.show_results(rows)
        if self._explained_test:
            self._explain(self._explained_test)
        self._section.offer_clusters(self._other_clusters())

    def _other_clusters(self) -> list[str]:
        """The clusters a Token Plan key may belong to, once a test has shown that this one refuses it.

        A key works in one cluster only, and the answer does not tell in which (WIRE.md section 1).
        """
        host = host_of(self._current().base_url)
        refused = any(result.error is not None and result.error.code is Code.UNAUTHORIZED for result in self._results)
        if self._test_task is not None or not refused or host not in TOKEN_PLAN_HOSTS.values():
            return []
        return [kind for kind, cluster in TOKEN_PLAN_HOSTS.items() if cluster != host]

    def _switch_cluster(self, kind: TokenPlanKind) -> None:
        """Send the key to another cluster from now on, and test it there."""
        profile = self._current()
        moved = profile.base_url.replace(host_of(profile.base_url), TOKEN_PLAN_HOSTS[kind], 1)
        self._change({"base_url": moved})
        if self._current().base_url == moved and self._test_task is None:
            self._test_or_stop()

    def reset(self) -> None:
        """Discard the results, because the shown service has changed."""
        if self._test_task is not None:
            self._test_task.cancel()
        self._results = []
        self._explained_test = ""
        self._section.show_explanation(None)
        self._section.offer_clusters(())

    def _test_or_stop(self) -> None:
        if self._test_task is not None:
            self._test_task.cancel()
        elif self._check_allowed():
            self._test_task = self.spawn(self._test(self._current()))

    async def _test(self, current: Profile) -> None:
        """Test a service, whether it is in use or not."""
        task = asyncio.current_task()
        self._section.show_testing(True)
        self._results = []
        self._explained_test = ""
        self._section.show_explanation(None)
        self.show()
        try:
            profile = self.dependencies.profiles.with_network(current)
            found = await self.dependencies.keys.find(profile.id) if profile.kind != "demo" else None
            key = found.value if found is not None else None
            if profile.kind == "demo":
                address, key = await self.dependencies.demo_address()
                profile = msgspec.structs.replace(profile, base_url=address)
            client = self.dependencies.make_client(profile, key)
            try:
                async with aclosing(run_tests(profile, client, has_key=bool(key))) as results:
                    async for result in results:
                        self._add(result)
            finally:
                await client.aclose()
        finally:
            if self._test_task is task:
                self._test_task = None
                self._section.show_testing(False)
                self.show()

    def _add(self, result: TestResult) -> None:
        self._results.append(result)
        self.show()
        if result.error is not None and not self._explained_test:
            self._explain(result.name)

    def _explain(self, name: str) -> None:
        """Explain below the list the result of a test and what to do about it."""
        result = next((result for result in self._results if result.name == name), None)
        self._explained_test = name if result is not None else ""
        if result is None:
            self._section.show_explanation(None)
            return
        text = f"{_name(result.name)}: {_facts(result) or _state(result)}"
        address = console_page(result.error.code, host_of(self._current().base_url)) if result.error is not None else ""
        self._section.show_explanation(ResultExplanation(_KINDS[result.state], text, address))


def _name(test: Name) -> str:
    """The name of a test, the same before, during and after it, so that its row keeps its name."""
    return test_name(TestResult(test, "skipped"))


def _facts(result: TestResult) -> str:
    if result.name == "key" and result.state == "good" and result.seconds is not None:
        return QCoreApplication.translate("Services", "accepted in {time}").format(time=seconds(result.seconds))
    return test_facts(result)


def _state(result: TestResult) -> str:
    """The state of a result, or an empty string if the facts already tell it."""
    return "" if result.state == "skipped" else test_state(result)
