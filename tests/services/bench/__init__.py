"""Tests of what the bench does."""
