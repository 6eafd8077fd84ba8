"""GitHub: what a workflow run is about, who approved, and how the verdict is shown there."""
