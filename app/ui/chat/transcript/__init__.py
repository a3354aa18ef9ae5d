"""The transcript: what was said, thought, called and found, while it happens and after."""
