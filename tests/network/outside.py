"""Another network in place of the real one, and small servers in it. Everything synthetic."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sources.network import door
from sources.network.outside import Outside

# Public addresses as such; nobody ever connects to them from here.
SOMEWHERE = "1.2.3.4"
ELSEWHERE = "2600:9000::1"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

Handler = Callable[[socket.socket], None]


@dataclass(frozen=True)
class FakeOutside(Outside):
    """`names` says which addresses a name has, one list per question; `servers` which port of this
    machine stands behind an address. `asked` and `connected` have what was asked for.
    """

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    servers: dict[str, int] = field(default_factory=dict)
    authority: Path | None = None
    asked: list[str] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int, *, seconds: float) -> list[str]:
        self.asked.append(host)
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, *, seconds: float) -> socket.socket:
        self.connected.append(address)
        if address not in self.servers:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.servers[address]), timeout=seconds)

    @cached_property
    def tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority)


def put_outside(patch: pytest.MonkeyPatch, **given: object) -> FakeOutside:
    """Have the door lead into such a network."""
    fake = FakeOutside(**given)  # type: ignore[arg-type]
    patch.setattr(door, "outside", fake)
    return fake


@dataclass
class Server:
    """A server on this machine: `port`, and the first 64 kB of what each connection sent."""

    port: int
    requests: list[bytes] = field(default_factory=list)


@contextmanager
def serving(
    handle: Handler, *, tls: ssl.SSLContext | None = None, listens: bool = True
) -> Iterator[Server]:
    """A server that reads a request, if it listens, and hands the connection to `handle`."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[connection], daemon=True).start()

    def answer(connection: socket.socket) -> None:
        try:
            with connection:
                wrapped = tls.wrap_socket(connection, server_side=True) if tls else connection
                with wrapped:
                    if listens:
                        server.requests.append(request_from(wrapped))
                    handle(wrapped)
        except OSError:
            return  # Whoever asked has gone.

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def request_from(connection: socket.socket) -> bytes:
    """Header and body of one request."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (piece := connection.recv(65536)):
            return received
        received += piece
    header, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in header.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    return header + b"\r\n\r\n" + body


def saying(*pieces: bytes) -> Handler:
    """A handler that sends the pieces, and closes."""

    def handle(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return handle


class Authority:
    """A certificate authority of our own, and what it or somebody else signs."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Synthetic authority")])
        certificate = self.signed(self.name, self.key, authority=True)
        self.path = directory / "authority.pem"
        self.path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def signed(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        hosts: tuple[str, ...] = (),
        days: int = 30,
        authority: bool = False,
        by_itself: bool = False,
    ) -> x509.Certificate:
        """A certificate that ends in so many days."""
        end = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        signer = key if by_itself else self.key
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name if by_itself else self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - datetime.timedelta(days=90))
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if authority:
            identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
            builder = builder.add_extension(identifier, critical=False)
        if hosts:
            names = [
                x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one)
                for one in hosts
            ]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(signer, hashes.SHA256())

    def context(self, *hosts: str, days: int = 30, by_itself: bool = False) -> ssl.SSLContext:
        """What a server of these names shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        certificate = self.signed(name, key, hosts=hosts, days=days, by_itself=by_itself)
        path = self.directory / f"{x509.random_serial_number()}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


@contextmanager
def new_authority() -> Iterator[Authority]:
    """An authority for the length of the block."""
    with TemporaryDirectory() as directory:
        yield Authority(Path(directory))
