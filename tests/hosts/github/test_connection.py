"""To whom the token goes: the address that the runner names, known by its certificate."""

from __future__ import annotations

import ipaddress
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github.conftest import TOKEN
from tests.hosts.github.stub import Answer, Fault, Stub, serving

PULLS = "/repos/acme/launches/pulls"


def _connected(address: str, **environ: str) -> Client:
    return connect({"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": address, **environ}, lambda _: None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_takes_the_token_nowhere(status: int, stub: Stub, client: Client) -> None:
    with serving(Stub()) as other:
        there = Answer(status, headers={"Location": f"{other.url}{PULLS}"})
        stub.faults.append(Fault("pulls", there))
        with pytest.raises(UndecidedError, match=f"status {status}"):
            client.rest("the pulls", "GET", PULLS)
        assert len(stub.calls) == 1
        assert other.calls == []


@pytest.mark.parametrize(
    ("base", "rest", "graphql"),
    [
        ("", PULLS, "/graphql"),
        ("/", PULLS, "/graphql"),
        ("/api/v3", f"/api/v3{PULLS}", "/api/graphql"),
        ("/api/v3/", f"/api/v3{PULLS}", "/api/graphql"),
    ],
)
def test_an_enterprise_server_is_asked_below_its_address(
    base: str, rest: str, graphql: str, stub: Stub
) -> None:
    stub.faults.append(Fault("nothing", Answer(200, b'{"data": {}}')))
    stub.faults.append(Fault("pulls", Answer(200, b"[]")))
    stub.faults.append(Fault("pull", Answer(200, b'{"data": {}}')))
    query = "?ref=refs%2Fheads%2Fa&per_page=100"
    client = _connected(stub.url + base)
    with client.http:
        assert client.graphql("anything", "query { x }", {}) == {}
        client.rest("the pulls", "GET", PULLS + query)
    assert [call.path for call in stub.calls] == [graphql, rest + query]
    assert {call.token for call in stub.calls} == {TOKEN}


@pytest.mark.parametrize(
    "address", ["http://me:secret@a", "http://me@a", "http://a?b", "http://a#b"]
)
def test_an_address_with_more_than_an_address_is_undecided(address: str) -> None:
    with pytest.raises(UndecidedError, match="GITHUB_API_URL is no address"):
        _connected(address)


def test_a_proxy_is_asked_where_one_is_named(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", stub.url)
    stub.faults.append(Fault("nothing", Answer(200, b"[]")))
    client = _connected("http://github.example")
    with client.http:
        assert client.rest("the pulls", "GET", "/repos/none") == []
    assert [call.path for call in stub.calls] == ["http://github.example/repos/none"]


def test_no_proxy_is_asked_for_an_address_without(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    client = _connected(stub.url)
    with client.http:
        assert client.rest("the pulls", "GET", PULLS) == []


def test_a_proxy_that_is_none_is_undecided_and_not_quoted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://me:secret@proxy")
    with pytest.raises(UndecidedError, match="cannot be reached from here") as raised:
        _connected("https://github.example")
    assert "secret" not in raised.value.problem.en + raised.value.remedy.en


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_that_is_not_there_is_undecided(variable: str, tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match="cannot be reached from here: FileNotFoundError"):
        _connected("https://github.example", **{variable: str(tmp_path / "none.pem")})


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f'["{self.headers["authorization"]}"]'.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Nothing."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of the loopback address that no list of this machine has, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    begin = datetime.now(UTC) - timedelta(days=1)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=2))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem = serialization.Encoding.PEM
    form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, form, secret) + made.public_bytes(pem))
    return path


@pytest.fixture(scope="module")
def secure(certificate: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_certificate_of_ones_own_authority_is_known_by_its_bundle(
    variable: str, secure: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(certificate))
    client = _connected(
        secure, **({} if variable == "SSL_CERT_FILE" else {variable: str(certificate)})
    )
    with client.http:
        assert client.rest("who", "GET", "/who") == [f"token {TOKEN}"]


def test_a_certificate_that_nobody_vouches_for_gets_no_token(
    secure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    client = _connected(secure)
    with client.http, pytest.raises(UndecidedError, match="who: ConnectError"):
        client.rest("who", "GET", "/who")
