"""The window: the only package that imports Qt."""

from app.ui.pyside_features import skip_source_scan

skip_source_scan()
