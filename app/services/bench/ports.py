"""Protocols for what test cases need from storage. Every method raises StorageError."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from app.core.cases import CaseResult, CaseSet, CaseTally
from app.services.jobs.ports import Write


class CaseSetStore(Protocol):
    async def keep(self, record: CaseSet) -> None: ...
    async def listed(self) -> tuple[CaseSet, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...


class CaseTallyStore(Protocol):
    async def keep(self, record: CaseTally) -> None: ...
    async def listed(self) -> tuple[CaseTally, ...]: ...


class CaseResultStore(Protocol):
    def writing(self, result: CaseResult) -> Write:
        """A change that adds or replaces an answer, for a transaction of another store."""

    async def keep(self, results: Iterable[CaseResult]) -> None: ...

    async def of_set(self, set_id: str) -> tuple[CaseResult, ...]:
        """Return the answers of a set."""

    async def find(self, result_id: str) -> CaseResult | None: ...

    async def complete(self, result_ids: Sequence[str]) -> Collection[str]:
        """Which of these answers came completely."""

    async def delete(self, set_id: str) -> None: ...
    async def restore(self, set_id: str) -> None: ...
