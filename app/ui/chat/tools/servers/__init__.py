"""The lower half of the Tools page: servers of tools."""
