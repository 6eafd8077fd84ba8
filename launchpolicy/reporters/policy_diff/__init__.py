"""Write what a change of rules does to each policy: text, JSON, Markdown."""
