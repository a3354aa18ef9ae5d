"""The active service and its client. Switching affects the next call, never a running one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

import msgspec

from app.core.errors import Code, TransportError, WorkbenchError
from app.core.observers import Event
from app.core.profiles import DEMO, Profile
from app.services.demo_process import DemoProcess
from app.services.ports import KeySource, MakeClient, ServiceClient

log = logging.getLogger(__name__)


class _Lease:
    """A client and the number of calls using it."""

    def __init__(self, profile: Profile, client: ServiceClient) -> None:
        self.profile = profile
        self.client = client
        self.users = 0


class Connection:
    """Provides the client of the active profile.

    Attributes:
        on_change: the profile or its client was replaced; emitted on the loop.
    """

    def __init__(
        self, profile: Profile, *, keys: KeySource, make_client: MakeClient, demo: DemoProcess, ends_demo: bool = True
    ) -> None:
        """`ends_demo`: closing it stops the demo service, which several connections may use."""
        self._profile = profile
        self._ends_demo = ends_demo
        self._keys = keys
        self._make_client = make_client
        self._demo = demo
        self._demo.on_exit.subscribe(self._demo_ended)
        self._current: _Lease | None = None
        self._retired: set[_Lease] = set()
        self._open_lock = asyncio.Lock()
        self._choices = 0
        self.on_change: Event[()] = Event()

    @property
    def profile(self) -> Profile:
        return self._profile

    async def use(self, profile: Profile) -> None:
        """Use `profile` from the next call on. Call it too after its address or key changed."""
        self._profile = profile
        self._choices += 1
        await self._retire()
        self.on_change.emit()

    @contextlib.asynccontextmanager
    async def client(self) -> AsyncGenerator[tuple[Profile, ServiceClient], None]:
        """Yield the active profile and its client for one call.

        Raises TransportError if the demo service can't be started; errors of the client pass through.
        """
        lease = await self._lease()
        lease.users += 1
        try:
            yield lease.profile, lease.client
        finally:
            lease.users -= 1
            if lease in self._retired and not lease.users:
                await self._close(lease)

    async def _lease(self) -> _Lease:
        async with self._open_lock:
            for ended in [lease for lease in self._retired if not lease.users]:
                await self._close(ended)
            if self._current is not None and self._is_demo(self._current) and not self._demo.running:
                self._demo_ended()  # it died, but its watch task has not reported it yet
            while self._current is None:
                await self._open_chosen()
            return self._current

    async def _open_chosen(self) -> None:
        """Create the client of the active profile, unless another one was chosen meanwhile."""
        choice = self._choices
        try:
            opened = await self._open(self._profile)
        except WorkbenchError:
            if choice == self._choices:
                raise
            return
        if choice == self._choices:
            self._current = opened
        else:
            await self._close(opened)

    async def _open(self, profile: Profile) -> _Lease:
        if profile.kind == "demo":
            address = await self._demo.address()
            reached = msgspec.structs.replace(profile, base_url=address.base_url)
            return _Lease(reached, self._make_client(reached, address.key))
        key = await self._keys.find(profile.id)
        return _Lease(profile, self._make_client(profile, key.value if key is not None else None))

    def _demo_ended(self) -> None:
        """Retire the client of the demo service: running calls fail, the next one restarts it."""
        lease = self._current
        if lease is None or not self._is_demo(lease):
            return
        self._current = None
        self._retired.add(lease)
        self.on_change.emit()

    @staticmethod
    def _is_demo(lease: _Lease) -> bool:
        return lease.profile.kind == DEMO.kind

    async def _retire(self) -> None:
        lease, self._current = self._current, None
        if lease is None:
            return
        if lease.users:
            self._retired.add(lease)
        else:
            await self._close(lease)

    async def _close(self, lease: _Lease) -> None:
        self._retired.discard(lease)
        await lease.client.aclose()

    async def aclose(self) -> None:
        """Close every client and stop the demo service."""
        await self._retire()
        for lease in tuple(self._retired):
            await self._close(lease)
        if self._ends_demo:
            await self._demo.aclose()

    def explain(self, error: Exception, profile: Profile) -> Exception:
        """Replace a connection error by DEMO_DIED if the demo service has exited."""
        ended = profile.kind == DEMO.kind and not self._demo.running
        if ended and isinstance(error, TransportError) and error.code in (Code.UNREACHABLE, Code.CONNECTION_LOST):
            about_call = {name: error.params[name] for name in ("sent", "call_id") if name in error.params}
            return TransportError(Code.DEMO_DIED, **about_call)
        return error
