"""Nothing that leads inside is ever connected to, however it is spelled or found."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sources.network import AddressRefused, door, ranges, request, targets
from sources.network.outside import Outside
from tests.network.outside import ELSEWHERE, OK, SOMEWHERE, put_outside, saying, serving


def listed(text: str) -> list[str]:
    return text.split()


# {port} is where somebody listens on every address of this machine.
ADDRESSES = listed("""
    127.0.0.1 127.0.0.2 127.255.255.254 0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1
    100.127.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.168.0.1 192.0.0.1 192.0.0.170
    192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 233.252.0.1 239.255.255.255 240.0.0.1
    255.255.255.255 :: ::1 0:0:0:0:0:0:0:1 ::ffff:127.0.0.1 ::ffff:7f00:1
    0:0:0:0:0:ffff:7f00:0001 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
    ::127.0.0.1 ::7f00:1 ::1.2.3.4 ::10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::7f00:1
    64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::100.64.0.1 64:ff9b:1::1 64:ff9b:1::127.0.0.1
    64:ff9b:1:ffff::102:304 2002:7f00:1:: 2002:7f00:0001::1 2002:a00:1::1 2002:c0a8:1::1
    2002:102:304::1 2001::1 2001:0:102:304:0:0:80ff:fffe 2001:0:4136:e378:8000:63bf:f5ff:fffe
    2001:2::1 2001:10::1 2001:20::1 2001:30::1 2001:db8::1 2620:4f:8000::1 3ffe::1 3fff::1
    3fff:fff::1 fe80::1 fe80::1%lo fe80::1%1 fe80::1%25lo febf::1 fec0::1 fc00::1 fd00::1
    fd00:ec2::254 ff02::1 ff0e::1 100::1 100:0:0:1::1 5f00::1 5f00:ffff::1 4000::1 8000::1
    e000::1 2600:9000::5efe:127.0.0.1 2600:9000::200:5efe:10.0.0.1
""")
SPELLINGS = listed("""
    127.1 127.0.1 0 0x7f.1 0x7f000001 0x7f.0.0.1 0X7F.0.0.1 017700000001 0177.0.0.1 0177.1
    2130706433 3232235777 10.1 0xa.0.0.1 00127.0.0.1 127.0.0.01 127.0.0.1. 0x 0x. 1.2.3.4.5
    4294967295 4294967296 256.256.256.256 127.0.0.256 １２７.０.０.１ ①②⑦.⓪.⓪.①
    127。0。0。1 127．0．0．1 127｡0｡0｡1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ localhost LOCALHOST localhost. intranet metadata
    %31%32%37.0.0.1 127.0.0.1%00 ١٢٧.0.0.1 [127.0.0.1] [localhost] [] [::1 ::1 [::1]]
    [::1]x [::1%25lo] [v1.fe80] example..com .example.com
    -example.com example-.com exa_mple! a,b.com {127.0.0.1}
""")
URLS = listed("""
    http://user@127.0.0.1:{port}/ http://example.com@127.0.0.1:{port}/
    http://127.0.0.1:{port}@example.com/ http://user:password@example.com:{port}/
    http://example.com%40127.0.0.1:{port}/ http://example.com\\@127.0.0.1:{port}/
    http://127.0.0.1:{port}\\@example.com/ http:\\\\127.0.0.1:{port}\\ http:/127.0.0.1:{port}/
    http:127.0.0.1:{port} //127.0.0.1:{port}/ http:///127.0.0.1:{port}/
    http://#@127.0.0.1:{port}/ http://?@127.0.0.1:{port}/ ftp://127.0.0.1:{port}/
    file:///etc/hostname gopher://127.0.0.1:{port}/_GET data:text/plain,x javascript:alert(1)
    unix:///run/synthetic.sock ws://127.0.0.1:{port}/ jar:http://127.0.0.1:{port}!/
    http://127.0.0.1:{port}:80/ http://127.0.0.1:+{port}/
    view-source:http://127.0.0.1:{port}/ HTTP://LOCALHOST:{port}/
""")
BLANKS = [
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1 :{port}/",
    "http://exam\tple.com/",
    "http://example.com/\r\nX-Other: 1",
    "http://example.com/\r\n\r\nGET / HTTP/1.1",
    "http://example.com\n.127.0.0.1:{port}/",
    "http://127.0.0.1\x00.example.com:{port}/",
    "http://exam\u00a0ple.com/",
    "http://\ufeff127.0.0.1:{port}/",
    "http://example\ud800.com/",
    "http://" + "a" * 64 + ".com/",
    "http://" + "a." * 200 + "com/",
    "http://example.com/" + "a" * 3000,
    "",
]


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


PAYLOADS = [
    *(f"http://{bracketed(one)}:{{port}}/" for one in ADDRESSES),
    *(f"https://{one}:{{port}}/" for one in SPELLINGS),
    *URLS,
    *BLANKS,
]


@dataclass
class Listener:
    port: int
    connections: int = 0


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Somebody who listens on all of this machine's addresses, and counts who comes."""
    both = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    listening = Listener(both.getsockname()[1])

    def count() -> None:
        while True:
            try:
                connection, _ = both.accept()
            except OSError:
                return
            listening.connections += 1
            connection.close()

    threading.Thread(target=count, daemon=True).start()
    yield listening
    both.shutdown(socket.SHUT_RDWR)
    both.close()


class Names(Outside):
    """The real network of this machine, but for its names: each is what it says in its own."""

    found: list[str]

    def resolve(self, host: str, port: int, *, seconds: float) -> list[str]:
        return self.found


def test_there_are_many_ways_inside() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 170


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_no_address_leads_inside(
    payload: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(ports=frozenset({80, 443, listener.port}))
    object.__setattr__(names, "found", ["127.0.0.1"])
    monkeypatch.setattr(door, "outside", names)
    before = listener.connections

    with (
        pytest.raises(AddressRefused),
        request("GET", payload.replace("{port}", str(listener.port))),
    ):
        pass

    assert listener.connections == before == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_name_leads_inside(
    address: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(ports=frozenset({listener.port}))
    object.__setattr__(names, "found", [address, address])
    monkeypatch.setattr(door, "outside", names)

    with (
        pytest.raises(AddressRefused) as refused,
        request("GET", f"http://inside.example:{listener.port}/"),
    ):
        pass

    assert refused.value.message == "This address leads inside our own network."
    assert listener.connections == 0


def test_the_listener_hears_who_gets_past_the_guard(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "outside", Outside(ports=frozenset({listener.port})))
    monkeypatch.setattr(targets, "public_address", str)
    before = listener.connections

    with pytest.raises(Exception), request("GET", f"http://127.0.0.1:{listener.port}/"):  # noqa: B017, PT011
        pass

    assert listener.connections == before + 1
    listener.connections = before


def test_a_name_is_looked_up_once_and_connected_to_as_it_was_vetted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(saying(OK)) as public, serving(saying(OK)) as inside:
        outside = put_outside(
            monkeypatch,
            names={"rebinding.example": [[SOMEWHERE], ["127.0.0.1"]]},
            servers={SOMEWHERE: public.port, "127.0.0.1": inside.port},
        )

        with request("GET", "http://rebinding.example/") as answer:
            assert answer.read() == b"ok"

    assert (outside.asked, outside.connected) == (["rebinding.example"], [SOMEWHERE])
    assert inside.requests == []


def test_of_several_addresses_those_inside_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(OK)) as server:
        outside = put_outside(
            monkeypatch,
            names={"mixed.example": [["127.0.0.1", "::1", ELSEWHERE, SOMEWHERE, "10.0.0.1"]]},
            servers={SOMEWHERE: server.port, "127.0.0.1": server.port},
        )

        with request("GET", "http://mixed.example/") as answer:
            assert (answer.status, answer.address) == (200, SOMEWHERE)

    assert outside.connected == [ELSEWHERE, SOMEWHERE]


@pytest.mark.parametrize("port", [1, 22, 25, 79, 81, 8080, 5432, 6379, 65535, 65536, 99999])
def test_only_the_usual_ports_are_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = put_outside(monkeypatch, names={"good.example": [[SOMEWHERE]]})

    with pytest.raises(AddressRefused), request("GET", f"https://good.example:{port}/"):
        pass

    assert (outside.asked, outside.connected) == ([], [])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1.2.3.4", "1.2.3.4"),
        ("8.8.8.8", "8.8.8.8"),
        ("100.63.255.255", "100.63.255.255"),
        ("100.128.0.0", "100.128.0.0"),
        ("172.32.0.1", "172.32.0.1"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
        ("2600:9000:0:0::1", "2600:9000::1"),
        ("2001:200::1", "2001:200::1"),
        ("2a00:1450:4001::1", "2a00:1450:4001::1"),
    ],
)
def test_what_is_out_in_the_public_network_is_found(text: str, address: str) -> None:
    assert ranges.public_address(text) == address


def test_every_special_address_is_refused_at_both_ends_of_its_range() -> None:
    for network in (*ranges.SPECIAL_4, *ranges.SPECIAL_6):
        assert ranges.public_address(str(network[0])) is None
        assert ranges.public_address(str(network[-1])) is None


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://EXAMPLE.com.:443/A?b=c#d", "https://example.com/A?b=c"),
        ("http://example.com:80?q", "http://example.com/?q"),
        ("https://bücher.example/straße?ß=1", "https://xn--bcher-kva.example/stra%C3%9Fe?%C3%9F=1"),
        (
            "https://приклад.укр/новини",
            "https://xn--80aikifvh.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8",
        ),
        ("https://example.com/%7Euser/a%2Fb/<>", "https://example.com/%7Euser/a%2Fb/%3C%3E"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("http://[2600:9000:0::1]/", "http://[2600:9000::1]/"),
        ("https://with_underscore.example.com/", "https://with_underscore.example.com/"),
    ],
)
def test_an_address_is_read_once_and_strictly(url: str, read: str) -> None:
    assert targets.target_of(url).url == read
