#!/usr/bin/env python3
"""Start-up of extensions, side by side: spawn to registration, and what is spent until the first /next.

Usage: bench/startup.py [--runs N] NAME=EXECUTABLE ...

Plays Lambda's Extensions and Telemetry API on loopback, starts each executable in turn (A B C, A B C, ...) with a clean environment, and takes: the time from
spawn to the registration request, the time to the first /next, the processor time of all its threads up to then (from the scheduler, in nanoseconds), its
resident memory and its page faults there. Prints medians, and each one's ratio to the first executable. Standard library only.
"""

import argparse
import os
import socket
import statistics
import time

ANSWERS = {
    "register": b'HTTP/1.1 200 OK\r\nLambda-Extension-Identifier: 4bd62a5c-9f0c-4b2c-9a3e-3f1d7d3c5a10\r\nContent-Type: application/json\r\n'
    b'Content-Length: 75\r\n\r\n{"functionName":"bench","functionVersion":"$LATEST","handler":"index.main"}',
    "telemetry": b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n"OK"',
}


def read_request(connection, rest):
    """One request: its path and what came behind it; None at the end of the connection."""
    while True:
        head, found, tail = rest.partition(b"\r\n\r\n")
        if found:
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
            if len(tail) >= length:
                return head.split(b" ")[1].decode(), tail[length:]
        chunk = connection.recv(65536)
        if not chunk:
            return None, b""
        rest += chunk


def processor_ms(pid):
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
            total += int(file.read().split()[0])
    return total / 1e6


def page_faults(pid):
    with open(f"/proc/{pid}/stat") as file:
        return int(file.read().rsplit(")", 1)[1].split()[7])


def resident_mb(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def run_once(executable, server):
    port = server.getsockname()[1]
    environment = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_REGION": "eu-west-1",
        "HTTP_ENDPOINT": "http://127.0.0.1:9/logs",
        "PATH": "/usr/bin:/bin",
    }
    null = os.open(os.devnull, os.O_RDWR)
    started = time.perf_counter()
    pid = os.posix_spawn(executable, [executable], environment, file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)])
    os.close(null)
    result = {}
    try:
        while "next ms" not in result:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            rest = b""
            while True:
                path, rest = read_request(connection, rest)
                if path is None:
                    break
                now = (time.perf_counter() - started) * 1000
                if path.endswith("/register"):
                    result["register ms"] = now
                    connection.sendall(ANSWERS["register"])
                elif path.endswith("/telemetry"):
                    connection.sendall(ANSWERS["telemetry"])
                else:
                    result["next ms"] = now
                    time.sleep(0.01)  # What the other threads still do at start belongs to the start.
                    result["cpu ms"] = processor_ms(pid)
                    result["rss MB"] = resident_mb(pid)
                    result["faults"] = page_faults(pid)
                    os.kill(pid, 9)  # Before the connection is closed: it would be opened anew.
                    break
            connection.close()
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("programs", nargs="+", metavar="NAME=EXECUTABLE")
    arguments = parser.parse_args()
    programs = [program.split("=", 1) for program in arguments.programs]
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(20)
    results = {name: [] for name, _ in programs}
    for turn in range(arguments.runs + 1):
        for name, path in programs:
            result = run_once(path, server)
            if turn > 0:  # The first turn warms the page cache.
                results[name].append(result)

    figures = ["register ms", "next ms", "cpu ms", "rss MB", "faults"]
    medians = {name: {figure: statistics.median(run[figure] for run in runs) for figure in figures} for name, runs in results.items()}
    first = medians[programs[0][0]]
    print(f"{arguments.runs} runs each, in turn; medians, and the ratio to {programs[0][0]}")
    print(f"{'':24}" + "".join(f"{figure:>19}" for figure in figures) + f"{'file MB':>10}")
    for name, path in programs:
        row = "".join(f"{medians[name][figure]:>11.2f} ({medians[name][figure] / first[figure]:.2f})" for figure in figures)
        print(f"{name:24}" + row + f"{os.path.getsize(path) / 1e6:>10.1f}")


if __name__ == "__main__":
    main()
