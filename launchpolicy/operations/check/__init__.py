"""A check: what is compared is collected, judged and reported."""
