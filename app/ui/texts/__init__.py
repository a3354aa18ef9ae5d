"""Words for codes: the only place where an error, a state or a finding becomes a sentence."""
