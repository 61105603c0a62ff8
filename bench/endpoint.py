"""The endpoint: counts the records in what is posted to it. A process of its own, since it must not wait for the one that plays Lambda."""

import multiprocessing
import re
import socket
import ssl
import threading
import time
import zlib

from .programs import BenchError

# Stands in every record that is posted, so that records are counted in any format.
MARK = b"bench-line"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.I)
GZIP = re.compile(rb"\r\ncontent-encoding: *gzip", re.I)

_fork = multiprocessing.get_context("fork")


class Endpoint:
    """Responds with 200 after `delay_ms`, on as many connections as are opened. To be used in `with`.

    With an `authority` it speaks TLS. With `closes` every response ends its connection.
    """

    def __init__(self, delay_ms=0, authority=None, closes=False):
        self._delay = delay_ms / 1000
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        port = self._server.getsockname()[1]
        # By name with TLS: not every library accepts an address.
        self.url = f"https://localhost:{port}/logs" if authority else f"http://127.0.0.1:{port}/logs"
        self._tls = _server_context(authority) if authority else None
        self._response = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + (b"Connection: close\r\n" if closes else b"") + b"\r\n"
        self._closes = closes
        self._changed = _fork.Condition()
        self._handshakes = _fork.Value("q", 0, lock=False)
        self._resumed = _fork.Value("q", 0, lock=False)
        self._bytes = _fork.Value("q", 0, lock=False)
        self._last_at = _fork.Value("d", 0, lock=False)
        self._records = _fork.Value("q", 0, lock=False)
        self._compressed = _fork.Value("q", 0, lock=False)
        self._process = _fork.Process(target=self._run, daemon=True)
        self._process.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.join()
        self._server.close()

    @property
    def compressed(self):
        """How many bodies came as gzip."""
        return self._compressed.value

    @property
    def last_at(self):
        """When the newest body was complete, by `time.perf_counter`, which all processes share."""
        return self._last_at.value

    @property
    def bytes(self):
        """Bytes of all bodies as received, before decompression."""
        return self._bytes.value

    @property
    def handshakes(self):
        """How many TLS handshakes there were, and how many of them resumed a session."""
        return self._handshakes.value, self._resumed.value

    def wait(self, records, timeout=60):
        with self._changed:
            if not self._changed.wait_for(lambda: self._records.value >= records, timeout):
                raise BenchError(f"only {self._records.value} of {records} records were delivered")

    def _run(self):
        while True:
            connection, _ = self._server.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls:
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except (ssl.SSLError, ConnectionError):
                connection.close()
                return
            with self._changed:
                self._handshakes.value += 1
                self._resumed.value += bool(connection.session_reused)
        received = _Received()
        while True:
            body = received.next_body()
            if body is not None:
                self._count(*body)
                if self._delay:
                    time.sleep(self._delay)
                connection.sendall(self._response)
                if self._closes:
                    _close(connection)
                    return
            elif not received.more(connection):
                return

    def _count(self, is_compressed, data, start, end):
        at, size = time.perf_counter(), end - start
        if is_compressed:
            data = zlib.decompress(memoryview(data)[start:end], 31)
            start, end = 0, len(data)
        with self._changed:
            self._records.value += data.count(MARK, start, end)
            self._compressed.value += is_compressed
            self._bytes.value += size
            self._last_at.value = at
            self._changed.notify_all()


def _server_context(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.chain, authority.key)
    return context


def _close(connection):
    if isinstance(connection, ssl.SSLSocket):
        try:
            connection = connection.unwrap()
        except (OSError, ssl.SSLError):
            pass
    connection.close()


class _Received:
    """What one connection has received. It is parsed and counted without a copy: a slow endpoint would make the extension's queue grow, which is measured."""

    def __init__(self):
        self._data = bytearray(4 << 20)
        self._filled = 0
        self._used = 0

    def more(self, connection):
        """Receives something; False at the connection's end."""
        if self._used:
            self._data[:self._filled - self._used] = self._data[self._used:self._filled]
            self._filled -= self._used
            self._used = 0
        if self._filled == len(self._data):
            self._data += bytes(len(self._data))
        try:
            with memoryview(self._data) as view:
                count = connection.recv_into(view[self._filled:])
        except ConnectionError:
            count = 0
        self._filled += count
        return count > 0

    def next_body(self):
        """Whether it is compressed, and where it lies: data, start, end. None while it is incomplete."""
        head_end = self._data.find(b"\r\n\r\n", self._used, self._filled)
        if head_end < 0:
            return None
        head = bytes(self._data[self._used:head_end + 2])
        is_compressed = GZIP.search(head) is not None
        if CHUNKED.search(head) is None:
            length = LENGTH.search(head)
            start = head_end + 4
            end = start + (int(length[1]) if length else 0)
            if end > self._filled:
                return None
            self._used = end
            return is_compressed, self._data, start, end
        body, end = self._chunks(head_end + 4)
        if body is None:
            return None
        self._used = end
        return is_compressed, body, 0, len(body)

    def _chunks(self, start):
        body = bytearray()
        while True:
            line_end = self._data.find(b"\r\n", start, self._filled)
            if line_end < 0:
                return None, 0
            size = int(bytes(self._data[start:line_end]).split(b";")[0], 16)
            start = line_end + 2
            if start + size + 2 > self._filled:
                return None, 0
            if size == 0:
                return body, start + 2
            body += self._data[start:start + size]
            start += size + 2
