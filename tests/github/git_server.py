"""A server of git repositories that wants a token: `git http-backend` behind an HTTP server."""

from __future__ import annotations

import base64
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

TOKEN = "ghs_" + "t0ken" * 7
AUTHORIZATION = "Basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


class GitServer(NamedTuple):
    """`url` is what GitHub calls the server's URL; repositories are bare ones below `folder`."""

    url: str
    folder: Path


@contextmanager
def serving(folder: Path) -> Iterator[GitServer]:
    """Serves the repositories below `folder` to whoever has the token, and to nobody else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Says nothing: the log of a test is what the tested program says."""

        def _answer(self, body: bytes) -> None:
            if self.headers.get("Authorization") != AUTHORIZATION:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            head, _, content = _backend(folder, self, body).partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield GitServer(f"http://127.0.0.1:{server.server_port}", folder)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _backend(folder: Path, request: BaseHTTPRequestHandler, body: bytes) -> bytes:
    path, _, query = request.path.partition("?")
    return subprocess.run(
        ["git", "http-backend"],
        input=body,
        env={
            "PATH": "/usr/bin:/bin",
            "GIT_PROJECT_ROOT": str(folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
            "REQUEST_METHOD": request.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "REMOTE_ADDR": "127.0.0.1",
        },
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
