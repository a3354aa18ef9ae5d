"""The inspector: every call with its request, response and timed events."""
