"""Texts for codes: the only package that turns an error, a state or a finding into a sentence."""
