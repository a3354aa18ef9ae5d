"""The bridge to MCP servers: a process of its own that starts servers and calls their tools for the window.

It alone imports the `mcp` package, which takes a second and 55 MB. The window sends orders and gets reports, both as
JSON lines of bounded length (`app.core.mcp_wire`). A result is cut while it is read, before the package sees it. The
servers end within three seconds of the window, and whatever becomes of this process a watchdog ends them.
"""
