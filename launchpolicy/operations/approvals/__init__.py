"""Find approvals and what they are bound to: everything that counting needs."""
