"""Rack elevations: what is in a rack, unit by unit, as a drawing and as a table."""
