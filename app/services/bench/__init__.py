"""The bench: one conversation answered side by side."""
