"""The endpoint: counts the records in what is posted to it. A process of its own, since it must not wait for the one that plays Lambda."""

import multiprocessing
import re
import socket
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
    """Answers 200 after `delay_ms`, on as many connections as are opened. To be used in `with`."""

    def __init__(self, delay_ms=0):
        self._delay = delay_ms / 1000
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}/logs"
        self._changed = _fork.Condition()
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
        data = bytearray()
        while True:
            end = data.find(b"\r\n\r\n")
            if end >= 0:
                head = bytes(data[:end])
                body, used = _body(head, data, end + 4)
                if body is not None:
                    self._count(head, body)
                    del data[:used]
                    time.sleep(self._delay)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    continue
            try:
                chunk = connection.recv(1 << 20)
            except ConnectionError:
                return
            if not chunk:
                return
            data += chunk

    def _count(self, head, body):
        compressed = GZIP.search(head) is not None
        if compressed:
            body = zlib.decompress(body, 31)
        with self._changed:
            self._records.value += body.count(MARK)
            self._compressed.value += compressed
            self._changed.notify_all()


def _body(head, data, start):
    """The body and the index behind it; None and 0 while it is incomplete."""
    if CHUNKED.search(head) is None:
        length = LENGTH.search(head)
        end = start + int(length[1]) if length else start
        return (bytes(data[start:end]), end) if len(data) >= end else (None, 0)
    body = bytearray()
    while True:
        line_end = data.find(b"\r\n", start)
        if line_end < 0:
            return None, 0
        size = int(bytes(data[start:line_end]).split(b";")[0], 16)
        start = line_end + 2
        if len(data) < start + size + 2:
            return None, 0
        if size == 0:
            return bytes(body), start + 2
        body += data[start:start + size]
        start += size + 2
