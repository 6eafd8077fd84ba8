"""`python -m launchpolicy`: the same program as the command `launchpolicy`."""

from __future__ import annotations

from launchpolicy.cli.main import main

if __name__ == "__main__":
    main()
