"""Servers of tools (MCP): stored, started and stopped by the user, their tools offered beside the user's own."""
