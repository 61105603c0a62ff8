"""Lambda's side: the Extensions and Telemetry API on loopback, in one thread, and telemetry as Lambda posts it."""

import http.client
import json
import selectors
import socket
import time
from dataclasses import dataclass

from .programs import BenchError

REQUEST_ID = "459921b5-681c-4a96-beb0-81e0aa586026"
REGISTERED = (
    b"HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: 4bd62a5c-9f0c-4b2c-9a3e-3f1d7d3c5a10\r\nContent-Type: application/json\r\n"
    b'Content-Length: 75\r\n\r\n{"functionName":"bench","functionVersion":"$LATEST","handler":"index.main"}'
)
SUBSCRIBED = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n"OK"'


@dataclass
class Request:
    path: str
    body: bytes
    at: float
    connection: socket.socket

    def respond(self, data):
        self.connection.sendall(data)

    def respond_to_registration(self):
        self.respond(REGISTERED)


class LambdaApi:
    """Takes requests of one extension after the other, each over as many connections as it likes."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.port = self.server.getsockname()[1]
        self.telemetry_port = None
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.server, selectors.EVENT_READ)
        self._read = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in list(self._read):
            self._close(connection)
        self._selector.close()
        self.server.close()

    def environment(self, endpoint, memory_mb, more):
        return {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.port}",
            "AWS_LAMBDA_FUNCTION_NAME": "bench",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_mb),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HTTP_ENDPOINT": endpoint,
            **{name: value.replace("{endpoint}", endpoint) for name, value in more.items()},
        }

    def until(self, path_end, timeout=20):
        """Responds to registration and subscription until a request to such a path arrives, which gets no response."""
        while True:
            request = self._next(time.perf_counter() + timeout, path_end)
            if request.path.endswith(path_end):
                return request
            if request.path.endswith("/register"):
                request.respond_to_registration()
            elif request.path.endswith(("/telemetry", "/logs")):
                destination = json.loads(request.body)["destination"]
                self.telemetry_port = int(destination["URI"].split(":")[2].split("/")[0])
                request.respond(SUBSCRIBED)
            else:
                request.respond(b'HTTP/1.1 202 Accepted\r\nContent-Length: 15\r\n\r\n{"status":"OK"}')

    def telemetry(self, timeout=60):
        if self.telemetry_port is None:
            raise BenchError("the extension did not subscribe to telemetry")
        return TelemetrySender(self.telemetry_port, timeout)

    def _next(self, deadline, awaited):
        while True:
            left = deadline - time.perf_counter()
            if left <= 0:
                raise BenchError(f"the extension did not call {awaited} in time: is it an extension, and does it accept this environment?")
            for key, _ in self._selector.select(left):
                if key.fileobj is self.server:
                    connection, _ = self.server.accept()
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._read[connection] = b""
                    self._selector.register(connection, selectors.EVENT_READ)
                    continue
                request = self._read_some(key.fileobj)
                if request is not None:
                    return request

    def _read_some(self, connection):
        try:
            chunk = connection.recv(65536)
        except ConnectionError:
            chunk = b""
        if not chunk:
            self._close(connection)
            return None
        data = self._read[connection] = self._read[connection] + chunk
        head, found, body = data.partition(b"\r\n\r\n")
        if not found:
            return None
        at = time.perf_counter()
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        if len(body) < length:
            return None
        # A connection has one request in progress at a time: no client here pipelines.
        self._read[connection] = body[length:]
        return Request(head.split(b" ")[1].decode(), body[:length], at, connection)

    def _close(self, connection):
        self._selector.unregister(connection)
        del self._read[connection]
        connection.close()


class TelemetrySender:
    """Posts bodies over one connection, each after the response to the one before, as Lambda does."""

    def __init__(self, port, timeout):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._connection.close()

    def post(self, body):
        self._connection.request("POST", "/", body, {"Content-Type": "application/json"})
        self._connection.getresponse().read()


def invoke_event(seconds=120):
    """The response to /next that begins an invocation."""
    body = json.dumps({
        "eventType": "INVOKE", "deadlineMs": int(time.time() * 1000) + seconds * 1000, "requestId": REQUEST_ID,
        "invokedFunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:bench",
        "tracing": {"type": "X-Amzn-Trace-Id", "value": "Root=1-5f35ae12-0c0fec141ab77a00bc047aa2;Sampled=0"},
    }).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def shutdown_event(seconds=2):
    """The response to /next that ends the environment."""
    body = json.dumps({"eventType": "SHUTDOWN", "shutdownReason": "spindown", "deadlineMs": int(time.time() * 1000) + seconds * 1000}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def platform_event(kind, **record):
    return json.dumps([{"time": "2026-03-14T09:26:53.458Z", "type": f"platform.{kind}", "record": {"requestId": REQUEST_ID, **record}}]).encode()
