"""`make demo`: three scenes of a launch request, shown with real commands in a real repository.

    make demo             three scenes, at most 80 lines
    make demo FULL=1      everything, from the first check to the site of the ledger
    make demo KEEP=1      leave the repository and say where it is
    DEMO_LANG=zh make demo

Exit code 0: shown to the end; 1: a scene went wrong; 2: it cannot be shown here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the modules beside this one, from anywhere

from examples.demo import full_story, short_story
from examples.demo.stage import Stage, WrongTurnError
from examples.demo.telling import Teller
from launchpolicy.vocabulary.text import Language, Text

NO_KEYS = Text(
    "The demo signs with SSH keys, and there is no ssh-keygen here: install OpenSSH "
    "(Debian: apt-get install openssh-client).",
    "演示需要用 SSH 密钥签名，但未找到 ssh-keygen：请安装 OpenSSH"
    "（Debian：apt-get install openssh-client）。",
)
NO_FOLDER = Text("The demo cannot make its folder: {}", "演示无法建立目录：{}")
NO_GIT = Text(
    "The demo needs git, and there is none here (Debian: apt-get install git).",
    "演示需要 git，但未找到（Debian：apt-get install git）。",
)


def main() -> int:
    options = _options()
    language: Language = "zh" if options.lang == "zh" else "en"
    teller = Teller(language, colourful=_is_colourful())
    for program, missing in (("git", NO_GIT), ("ssh-keygen", NO_KEYS)):
        if shutil.which(program) is None:
            print(missing.in_language(language), file=sys.stderr)
            return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        home = Path(tempfile.mkdtemp(prefix="launchpolicy-demo-")).resolve()
    except OSError as error:
        print(NO_FOLDER.in_language(language).format(error), file=sys.stderr)
        return 2
    try:
        return _tell(home, teller, full=options.full)
    finally:
        if options.keep:
            teller.say(Text(f"Kept: {home}", f"已保留：{home}"))
        else:
            shutil.rmtree(home, ignore_errors=True)


def _tell(home: Path, teller: Teller, *, full: bool) -> int:
    try:
        stage = Stage(home, teller)
        stage.adopt()
        (full_story if full else short_story).tell(stage)
    except WrongTurnError as error:
        sys.stdout.flush()
        teller.wrong_turn(error)
        return 1
    return 0


def _options() -> argparse.Namespace:
    """The arguments; what they leave open is said by FULL, KEEP, DEMO_LANG and the locale."""
    parser = argparse.ArgumentParser(prog="demo", description="See launchpolicy at work.")
    parser.add_argument("lang", nargs="?", choices=["en", "zh"], default=_language())
    parser.add_argument("--full", action="store_true", default=_is_set("FULL"))
    parser.add_argument("--keep", action="store_true", default=_is_set("KEEP"))
    return parser.parse_args()


def _language() -> Language:
    for name in ("DEMO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def _is_set(name: str) -> bool:
    return os.environ.get(name, "").lower() not in {"", "0", "no", "false"}


def _is_colourful() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # `make demo | head`: nobody listens any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + getattr(signal, "SIGPIPE", 13))
    except KeyboardInterrupt:
        sys.exit(130)
