"""Files of proofs, which come from anywhere: receipts, growth proofs and kept checkpoints."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.run_files import note_input
from launchpolicy.ledger.checkpoint import Note, parse_note
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Language, Text

_LIMIT = 1024 * 1024


def read_proof(file: Path) -> str:
    """Return the text of a file.

    Raises:
        UsageError: it cannot be read, is larger than 1 MiB, or is no UTF-8.
    """
    if file.exists() and not file.is_file():
        raise _unreadable(file, "not a regular file")
    try:
        with file.open("rb") as stream:
            source = stream.read(_LIMIT + 1)
        note_input(file)
        if len(source) > _LIMIT:
            raise _unreadable(file, "too large")
        return source.decode("utf-8")
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(file, "not UTF-8") from error


def read_kept_checkpoint(file: Path) -> Note:
    """Return the checkpoint in a file, unverified.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        return parse_note(read_proof(file))
    except ProofError as error:
        raise UsageError(
            Text(
                f"{file} is no checkpoint: {error.text.en}.",
                f"{file} 不是检查点：{error.text.zh}。",
            ),
            Text(
                "It is the file `checkpoint` of the ledger's branch, as it was when you kept it.",
                "检查点是上线日志分支上的 `checkpoint` 文件，取自您保存时的版本。",
            ),
        ) from error


def report_no_proof(error: ProofError, language: Language) -> int:
    """Write to standard error which check failed; return the exit code."""
    message = Text(f"NOT proved: {error.text.en}.", f"未证明：{error.text.zh}。")
    print_prose(message.in_language(language), err=True)
    return 1


def _unreadable(file: Path, why: str) -> UsageError:
    return UsageError(
        Text(f"The proof cannot be read: {file}: {why}.", f"无法读取证明：{file}：{why}。"),
        Text(
            "Write one with: launchpolicy ledger prove NAME",
            "请用 launchpolicy ledger prove 生成。",
        ),
    )
