"""Scripted chat: requests and answers, and their representation in the two protocols."""
