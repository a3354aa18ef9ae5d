"""`python -m app.museum_server`: the server over standard input and output, or at an address with `--port`."""

from __future__ import annotations

import argparse
import hmac
import socket
from typing import Any

from app.museum_server.server import create_server


def main() -> None:
    """Serve until the input closes, or the process is ended."""
    parser = argparse.ArgumentParser("app.museum_server", description="A small museum as an MCP server.")
    parser.add_argument("--port", type=int, help="listen on 127.0.0.1; 0 for any free port")
    parser.add_argument("--token", default="", help="refuse requests without “Authorization: Bearer TOKEN”")
    arguments = parser.parse_args()
    server = create_server()
    if arguments.port is None:
        server.run("stdio")
        return
    import uvicorn

    application: Any = server.streamable_http_app()
    if arguments.token:
        application = _locked(application, arguments.token)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", arguments.port))
        listening.listen(32)
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/mcp", flush=True)
        config = uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=1)
        uvicorn.Server(config).run([listening])


def _locked(application: Any, token: str) -> Any:
    """The application for those who know the token."""

    async def locked(scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope.get("headers", ()))
        given = headers.get(b"authorization", b"")
        if scope["type"] == "http" and not hmac.compare_digest(given, f"Bearer {token}".encode()):
            await send({"type": "http.response.start", "status": 401, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"login needed"})
            return
        await application(scope, receive, send)

    return locked


if __name__ == "__main__":
    main()
