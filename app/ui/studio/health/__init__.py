"""Health of takes: their words read back, their drift, and what a model hears in them."""
