"""Write which past landings other rules would have decided otherwise: text, JSON, Markdown."""
