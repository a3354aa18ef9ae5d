"""One window per home: a second start asks the first to come forward."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MSEC = 1_500


def bring_forward(channel: str) -> bool:
    """Ask the program that listens on `channel` to show its window; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(channel)
    if not socket.waitForConnected(WAIT_MSEC):
        return False
    socket.write(b"show\n")
    answered = socket.waitForBytesWritten(WAIT_MSEC) and socket.waitForReadyRead(WAIT_MSEC)
    socket.disconnectFromServer()
    return bool(answered)


class ForwardRequests(QObject):
    """Listens for later starts on the same home and calls `show` for each."""

    def __init__(self, channel: str, show: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        # The lock of the home is ours, so a socket file that is still there belongs to nobody.
        QLocalServer.removeServer(channel)
        self._server.listen(channel)

    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.write(b"shown\n")
        socket.flush()
        self._show()

    def close(self) -> None:
        """Stop listening and remove the socket."""
        self._server.close()
