"""The appearance: design tokens, the current theme, icons."""
