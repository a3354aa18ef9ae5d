"""Connections to services other than the one in use, for columns that ask another one."""

from __future__ import annotations

from collections.abc import Callable

from app.core.profiles import Profile
from app.services.connection import Connection


class ProfileConnections:
    """One connection for each service that is asked."""

    def __init__(
        self, active: Connection, profile_of: Callable[[str], Profile], connect: Callable[[Profile], Connection]
    ) -> None:
        """`connect` makes a connection that does not end the demo service when it is closed."""
        self._active = active
        self._profile_of = profile_of
        self._connect = connect
        self._others: dict[str, Connection] = {}

    def profile(self, profile_id: str) -> Profile:
        """The service with this id; empty for the one in use."""
        return self._active.profile if self._is_active(profile_id) else self._profile_of(profile_id)

    def of(self, profile_id: str) -> Connection:
        """The connection to a service; empty for the one in use."""
        if self._is_active(profile_id):
            return self._active
        connection = self._others.get(profile_id)
        if connection is None:
            connection = self._others[profile_id] = self._connect(self._profile_of(profile_id))
        return connection

    async def renew(self) -> None:
        """Use the present addresses and keys from the next call on; running calls go on."""
        for profile_id, connection in self._others.items():
            await connection.use(self._profile_of(profile_id))

    async def aclose(self) -> None:
        for connection in self._others.values():
            await connection.aclose()

    def _is_active(self, profile_id: str) -> bool:
        return profile_id in ("", self._active.profile.id)
