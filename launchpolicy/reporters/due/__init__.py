"""What is due, as text, JSON, a calendar and mail drafts."""
