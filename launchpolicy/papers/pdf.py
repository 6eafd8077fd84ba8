"""A paper as PDF, through WeasyPrint, which an extra of the package brings."""

from __future__ import annotations

import importlib
from datetime import datetime
from typing import Any

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


def as_pdf(page: str, now: datetime) -> bytes:
    """Return the PDF of an HTML page, which may load nothing.

    Raises:
        UndecidedError: WeasyPrint or one of its system libraries is not installed.
    """
    try:
        # Loaded here on purpose: it is heavy, and it is not installed everywhere.
        weasyprint: Any = importlib.import_module("weasyprint")
    except ImportError as error:
        raise _not_installed() from error
    except OSError as error:
        raise _library_missing(str(error)) from error
    document = weasyprint.HTML(string=page, url_fetcher=_refuse)
    made: bytes = document.write_pdf(presentational_hints=True, pdf_identifier=_identifier(now))
    return made


def _identifier(now: datetime) -> bytes:
    """Return what identifies the file, so that the same paper gives the same bytes."""
    return now.isoformat().encode()


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    message = f"a paper loads nothing: {url}"
    raise ValueError(message)


def _not_installed() -> UndecidedError:
    return UndecidedError(
        Text(
            "PDF needs WeasyPrint, which is not installed.",
            "生成 PDF 需要 WeasyPrint，但尚未安装。",
        ),
        Text(
            "Install it with: pip install 'launchpolicy[pdf]'; or write HTML (--format html) and "
            "print it from a browser.",
            "请运行 pip install 'launchpolicy[pdf]' 安装；"
            "或先生成 HTML（--format html），再用浏览器打印。",
        ),
    )


def _library_missing(why: str) -> UndecidedError:
    reason = " ".join(why.split())[:200]
    return UndecidedError(
        Text(
            f"WeasyPrint is installed, but a system library that it needs is missing: {reason}.",
            f"已安装 WeasyPrint，但缺少其所需的系统库：{reason}。",
        ),
        Text(
            "Install Pango (Debian and Ubuntu: libpango-1.0-0 libpangoft2-1.0-0; macOS: brew "
            "install pango); or write HTML (--format html) and print it from a browser.",
            "请安装 Pango（Debian 与 Ubuntu：libpango-1.0-0、libpangoft2-1.0-0；"
            "macOS：brew install pango）；或先生成 HTML（--format html），再用浏览器打印。",
        ),
    )
