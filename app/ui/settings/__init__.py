"""The settings view: one page per topic; every change takes effect at once."""
