"""The guard: names that lead inside, ports, mappings and the allow list."""

import itertools
import socket
import threading

from transforms.web import Request, parse_allowed_host, parse_host_mapping


def names(monkeypatch, **answers):
    """Answers of the name service; each look-up takes the next one, the last one stays."""
    left = {name.replace("_", "."): list(found) for name, found in answers.items()}

    def getaddrinfo(host, port, *_):
        if host not in left:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        found = left[host].pop(0) if len(left[host]) > 1 else left[host][0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in found.split()
        ]

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)


def test_a_name_that_leads_inside_is_denied(serve, reply, open_client, ends, monkeypatch):
    names(monkeypatch, in_example=["127.0.0.1"], mixed_example=["93.184.215.14 10.0.0.1"])
    client = open_client(serve({}))
    requests = [Request("http://in.example/1"), Request("https://mixed.example/2", kind="feed")]
    assert ends(client, *requests) == {"/1": "address_denied", "/2": "address_denied"}


def test_unknown_names_and_closed_ports_are_told_apart(
    serve, reply, open_client, ends, monkeypatch
):
    names(monkeypatch)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    client = open_client(
        serve({}),
        resolve=(parse_host_mapping(f"closed.example:80:127.0.0.1:{port}"),),
        allow=(parse_allowed_host(f"127.0.0.1:{port}"),),
    )
    requests = [Request("http://none.example/1"), Request("http://closed.example/2")]
    assert ends(client, *requests) == {"/1": "dns_failed", "/2": "connect_failed"}


def test_a_plain_server_behind_https_is_a_tls_failure(serve, reply, open_client, ends):
    def answer(listener):
        connection, _ = listener.accept()
        connection.recv(9999)
        connection.sendall(b"HTTP/1.1 400 Plain\r\n\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = threading.Thread(target=answer, args=(listener,))
        server.start()
        client = open_client(
            serve({}),
            resolve=(parse_host_mapping(f"a.example:443:127.0.0.1:{port}"),),
            allow=(parse_allowed_host(f"127.0.0.1:{port}"),),
        )
        assert ends(client, Request("https://a.example/p")) == {"/p": "tls_failed"}
        server.join()


def test_an_allowed_address_is_reached_at_its_port_only(serve, reply, open_client, ends):
    site, canary = serve({"*": reply(b"x")}), serve({"*": reply(b"secret")})
    client = open_client(site, allow=(parse_allowed_host(f"127.0.0.0/30:{site.port}"),))
    requests = [
        Request(f"http://127.0.0.1:{site.port}/1"),
        Request(f"http://127.0.0.1:{canary.port}/2"),
        Request("http://127.0.0.1:80/3"),
        Request(f"http://127.0.0.9:{site.port}/4"),
    ]
    assert ends(client, *requests) == {
        "/1": 200,
        "/2": "address_denied",
        "/3": "address_denied",
        "/4": "address_denied",
    }
    assert canary.seen == []


def test_an_allowed_name_is_reached_wherever_it_leads(serve, reply, open_client, ends, monkeypatch):
    names(monkeypatch, nas_example=["127.0.0.1"], evil_example=["127.0.0.1"])
    site = serve({"*": reply(b"x")})
    client = open_client(site, allow=(parse_allowed_host(f"nas.example:{site.port}"),))
    requests = [
        Request(f"http://nas.example:{site.port}/1"),
        Request(f"http://evil.example:{site.port}/2"),
        Request("http://nas.example/3"),
    ]
    assert ends(client, *requests) == {"/1": 200, "/2": "address_denied", "/3": "address_denied"}
    assert site.seen[-1].headers["host"] == f"nas.example:{site.port}"


def test_a_mapping_alone_opens_nothing(serve, reply, open_client, ends):
    site = serve({"*": reply(b"x")})
    assert ends(open_client(site, allow=()), Request("http://a.example/1")) == {
        "/1": "address_denied"
    }
    assert site.seen == []


def test_a_name_that_changes_its_address_is_checked_at_every_connection(
    serve, reply, open_client, ends, monkeypatch
):
    names(monkeypatch, re_example=["127.0.0.1"])
    site = serve({"*": reply(b"x", 200, "Connection: close")})
    client = open_client(site)
    url = f"http://re.example:{site.port}"
    assert ends(client, Request(f"{url}/1")) == {"/1": 200}
    names(monkeypatch, re_example=["10.0.0.1"])
    client._loop.call_soon_threadsafe(client._wire._session.connector.clear_dns_cache)
    assert ends(client, Request(f"{url}/2", kind="feed")) == {"/2": "address_denied"}


def test_a_name_whose_answers_alternate_never_reaches_the_inside(
    serve, reply, open_client, ends, monkeypatch
):
    """Public for the first look-up, loopback for the second: what is checked is what is used."""
    flips = itertools.cycle(["203.0.113.9", "127.0.0.1", "93.184.215.14 127.0.0.1"])
    asked = []

    def getaddrinfo(host, port, *_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in next(flips).split()]

    monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
    canary = serve({"*": reply(b"secret")})
    client = open_client(canary, allow=(parse_allowed_host(f"10.9.9.9:{canary.port}"),), tries=1)
    paths = [f"/{n}" for n in range(6)]
    requests = [Request(f"http://flip.example:{canary.port}{p}", kind="feed") for p in paths]
    assert ends(client, *requests) == dict.fromkeys(paths, "address_denied")
    assert asked
    assert canary.seen == []


def test_proxies_and_passwords_of_the_environment_are_not_used(
    serve, reply, open_client, ends, monkeypatch, tmp_path
):
    proxy, site = serve({"*": reply(b"secret")}), serve({"*": reply(b"x")})
    for name in (
        "http_proxy",
        "HTTP_PROXY",
        "https_proxy",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("NO_PROXY", "")
    (tmp_path / "netrc").write_text("machine a.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert ends(open_client(site), Request("http://a.example/1")) == {"/1": 200}
    assert proxy.seen == []
    assert all("authorization" not in seen.headers for seen in site.seen)
