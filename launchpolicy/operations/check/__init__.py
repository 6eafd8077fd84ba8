"""Check requests: collect what is changed, judge it and report."""
