"""`python -m launchpolicy`: the same program as the command `launchpolicy`."""

from __future__ import annotations

from launchpolicy.cli.main import run_program

if __name__ == "__main__":
    run_program()
