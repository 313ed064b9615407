"""The guard: decides on every connection, when it is made, with the address it goes to.

It sits where sockets are made, so that redirects, literal addresses and names whose address
changes between two look-ups (DNS rebinding) all pass it; a check of the URL, or of a look-up made
before the one that is used, misses them (miniflux/v2#4090).
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from schemas.errors import RowError
from transforms.web.addresses import denied_range, unwrapped
from transforms.web.links import Link
from transforms.web.settings import AllowedHost, HostMapping

PUBLIC_PORTS = frozenset({80, 443})

AddressInfo = tuple[int, int, int, str, tuple[str | int, ...]]

_DNS_THREADS = 16


class AddressDeniedError(OSError):
    """Raised where a socket would be made; an OSError, as the connector expects there."""


class Guard(AbstractResolver):
    """Resolver and socket factory of one session. `aim` at a link before each request.

    The link is kept in a context variable, which the tasks that connect inherit: at the socket
    only the address is known, but names are mapped and allowed by name and port.
    """

    def __init__(
        self, resolve: tuple[HostMapping, ...] = (), allow: tuple[AllowedHost, ...] = ()
    ) -> None:
        self._mapped = {(m.host, m.port): (m.address, m.to_port) for m in resolve}
        self._allowed_names = {(a.host, a.port) for a in allow if a.host is not None}
        self._allowed_networks = [(a.network, a.port) for a in allow if a.network is not None]
        self._ports = PUBLIC_PORTS | {a.port for a in allow} | {m.port for m in resolve}
        self._aim: ContextVar[tuple[str, int]] = ContextVar("aim")
        self._threads = ThreadPoolExecutor(_DNS_THREADS, thread_name_prefix="dns")

    def aim(self, link: Link) -> None:
        """Say where the connections of this task are meant to go.

        Raises: RowError("address_denied") for a port, or an address written in the URL, that
        cannot be permitted: there is no need to wait for the host's turn to say so.
        """
        if link.port not in self._ports:
            raise RowError(
                "address_denied",
                f"port {link.port} of {link.host} is neither 80 nor 443; --allow-host "
                f"{link.authority} lets it through",
            )
        self._aim.set((link.host, link.port))
        if ":" in link.host or link.host.replace(".", "").isdecimal():
            self._check(link.host, link.port)

    def connect(self, info: AddressInfo) -> socket.socket:
        """A socket for this address. Raises: AddressDeniedError."""
        family, kind, protocol, _, (address, port, *_rest) = info
        try:
            self._check(str(address), int(port))
        except RowError as error:
            raise AddressDeniedError(error.detail) from None
        return socket.socket(family, kind, protocol)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """All addresses of a name, or the one it is mapped to; each of them has to be permitted.

        Raises: RowError("address_denied"), OSError.
        """
        mapped = self._mapped.get((host, port))
        if mapped is not None:
            found = [mapped]
        else:
            loop = asyncio.get_running_loop()
            infos = await loop.run_in_executor(
                self._threads, socket.getaddrinfo, host, port, family, socket.SOCK_STREAM
            )
            found = [(str(info[4][0]), port) for info in infos]
        for address, to_port in found:
            self._check(address, to_port)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=to_port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address, to_port in found
        ]

    async def close(self) -> None:
        """Let the look-ups that still run end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _check(self, address: str, port: int) -> None:
        """Raises: RowError("address_denied") unless this address and port may be connected to."""
        host, url_port = self._aim.get()
        if (host, url_port) in self._allowed_names:
            return
        inner = unwrapped(ip_address(address.partition("%")[0]))
        if any(port == p and inner in network for network, p in self._allowed_networks):
            return
        why = denied_range(address)
        if why is None and port not in PUBLIC_PORTS and (host, url_port) not in self._mapped:
            why = f"port {port} of {address} is neither 80 nor 443"
        if why is not None:
            raise RowError(
                "address_denied",
                f"{host} leads to {address} (port {port}), and {why}; --allow-host "
                f"{f'[{host}]' if ':' in host else host}:{url_port} lets it through",
            )
