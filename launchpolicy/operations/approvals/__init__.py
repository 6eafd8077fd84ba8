"""Where approvals come from, and what they are bound to: everything that counting needs."""
