"""The connection to GitHub: address, token, proxies and certificates, from the environment."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import Client

_TIMEOUT = 20
_TOKEN = re.compile(r"[!-~]+")


def connect(environ: Mapping[str, str], sleep: Callable[[float], None] = time.sleep) -> Client:
    """Return a client for the address and with the token that a workflow's environment names.

    Proxies are those of HTTPS_PROXY and NO_PROXY; certificates those of REQUESTS_CA_BUNDLE,
    CURL_CA_BUNDLE or SSL_CERT_FILE.

    Raises:
        UndecidedError: there is no token or no such address, or httpx is not installed.
    """
    token = environ.get("GITHUB_TOKEN", "").strip()
    if not token:
        raise problems.no_access("GITHUB_TOKEN is not set")
    if not _TOKEN.fullmatch(token):  # the transport would quote it in its own complaint
        raise problems.no_access("GITHUB_TOKEN is no token")
    try:
        import httpx  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise problems.no_access("httpx is missing: install launchpolicy[github]") from error
    address = environ.get("GITHUB_API_URL") or "https://api.github.com"
    if not _is_web_address(address):
        raise problems.no_access("GITHUB_API_URL is no address")
    try:
        http = httpx.Client(
            base_url=address,
            headers={
                "Authorization": f"token {token}",
                "User-Agent": "launchpolicy",
                "Accept-Encoding": "gzip",
            },
            timeout=_TIMEOUT,
            verify=_certificates(environ),
            follow_redirects=False,
        )
    except Exception as error:  # (a proxy that is none, a bundle that cannot be read)
        raise problems.no_way(type(error).__name__) from error
    return Client(http, sleep)


def _is_web_address(address: str) -> bool:
    """Return whether it is an address of a web server, without a password of its own."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    is_plain = parts.username is None and not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and is_plain


def _certificates(environ: Mapping[str, str]) -> ssl.SSLContext | bool:
    """Return the certificates to trust; True leaves them to httpx, which looks at SSL_CERT_FILE."""
    bundle = environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE")
    if not bundle:
        return True
    is_folder = Path(bundle).is_dir()
    return ssl.create_default_context(
        cafile=None if is_folder else bundle, capath=bundle if is_folder else None
    )
