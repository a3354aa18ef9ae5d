"""MiMo Workbench: chat and speech studio for Xiaomi's MiMo models. Independent work, not by Xiaomi."""

__version__ = "0.1.0"
