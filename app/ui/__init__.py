"""The user interface. The only package that uses Qt."""

from app.ui.pyside_features import skip_source_scan

skip_source_scan()
