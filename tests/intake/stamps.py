"""A time-stamping authority of our own, with the `openssl` of the machine. Synthetic."""

import datetime
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
dir = {directory}
serial = $dir/serial
signer_cert = $dir/signer.pem
signer_key = $dir/signer.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class StampingAuthority:
    """What signs times; `root` is the certificate to trust it by."""

    directory: Path

    @property
    def root(self) -> Path:
        return self.directory / "root.pem"

    def answer(self, question: bytes) -> bytes:
        """The answer to a question of RFC 3161."""
        (self.directory / "question.tsq").write_bytes(question)
        subprocess.run(
            [
                *("openssl", "ts", "-reply", "-config", "tsa.cnf"),
                *("-queryfile", "question.tsq", "-out", "answer.tsr"),
            ],
            cwd=self.directory,
            check=True,
            capture_output=True,
        )
        return (self.directory / "answer.tsr").read_bytes()


def new_stamping_authority(directory: Path) -> StampingAuthority:
    """An authority that works in the directory."""
    directory.mkdir()
    root_key, signer_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = certificate("Synthetic root", root_key, signer=root_key)
    signer = certificate("Synthetic clock", signer_key, signer=root_key, issuer=root)
    (directory / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (directory / "signer.pem").write_bytes(signer.public_bytes(serialization.Encoding.PEM))
    (directory / "signer.key").write_bytes(
        signer_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (directory / "serial").write_text("01\n")
    (directory / "tsa.cnf").write_text(CONFIGURATION.format(directory=directory))
    return StampingAuthority(directory)


def certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    *,
    signer: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None = None,
) -> x509.Certificate:
    """A root, or below it one that may sign times and nothing else."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if issuer is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())
