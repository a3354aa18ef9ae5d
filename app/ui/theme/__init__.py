"""The look: tokens, the theme in force, icons."""
