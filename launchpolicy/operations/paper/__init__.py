"""Papers of a request: what they print is gathered, and they are written."""
