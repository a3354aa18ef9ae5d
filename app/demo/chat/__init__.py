"""Scripted conversation: what is asked, what is answered, and how both look in the two protocols."""
