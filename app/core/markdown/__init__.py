"""Markdown as the workbench reads it: parsed into blocks, also while it is still arriving. Without Qt."""
