"""The settings view: one page per matter, every change at once."""
