"""Measures two forwards to one echo server, in turn: MIB, then the port of kfmr's and of kubectl's."""

import hashlib
import os
import socket
import sys
import threading
import time

ROUNDS = 3
CONNECTIONS = 100
ECHOES = 100
CHUNK = 1 << 16


def connect(port):
    deadline = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def echo(connection, data):
    connection.sendall(data)
    got = b""
    while len(got) < len(data):
        part = connection.recv(len(data) - len(got))
        if not part:
            raise OSError("closed early")
        got += part
    if got != data:
        raise OSError("another byte came back")


def await_echo(port):
    """A start on a busy machine takes its time."""
    deadline = time.monotonic() + 120
    while True:
        try:
            with connect(port) as connection:
                return echo(connection, b"warm")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def new_connection(port):
    """Median seconds from the connect to the first byte back."""
    times = []
    for _ in range(CONNECTIONS):
        begin = time.monotonic()
        with connect(port) as connection:
            echo(connection, b"x")
        times.append(time.monotonic() - begin)
    return sorted(times)[len(times) // 2]


def throughput(port, mib):
    """MiB a second, up and down at once, and whether all came back as it was sent."""
    block = os.urandom(CHUNK)
    blocks = mib * (1 << 20) // CHUNK
    sent = hashlib.sha256()
    got = hashlib.sha256()
    with connect(port) as connection:

        def send():
            for _ in range(blocks):
                sent.update(block)
                connection.sendall(block)

        begin = time.monotonic()
        sender = threading.Thread(target=send)
        sender.start()
        left = blocks * CHUNK
        while left:
            part = connection.recv(CHUNK)
            if not part:
                break
            got.update(part)
            left -= len(part)
        sender.join()
        took = time.monotonic() - begin
    return mib / took, left == 0 and sent.digest() == got.digest()


def many(port):
    """Failures among connections that are open side by side, each with its echoes."""
    failures = []

    def one():
        try:
            with connect(port) as connection:
                for i in range(ECHOES):
                    echo(connection, b"%06d" % i)
        except OSError as e:
            failures.append(e)

    threads = [threading.Thread(target=one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(failures)


def median(values):
    return sorted(values)[len(values) // 2]


def main():
    mib, *ports = map(int, sys.argv[1:])
    ours = {"latency": [], "rate": []}
    theirs = {"latency": [], "rate": []}
    for port in ports:
        await_echo(port)
    for i in range(ROUNDS):
        for port, results in zip(ports, (ours, theirs)):
            results["latency"].append(new_connection(port))
            rate, whole = throughput(port, mib)
            results["rate"].append(rate)
            failures = many(port)
            who = "kfmr" if results is ours else "kubectl"
            print(
                f"round {i + 1}: {who}: new connection {results['latency'][-1] * 1000:.1f} ms, {rate:.0f} MiB/s each way, "
                f"{'every byte' if whole else 'BYTES LOST'}, {failures} of {CONNECTIONS} connections failed",
                flush=True,
            )
    latency = median(ours["latency"]) / median(theirs["latency"])
    rate = median(ours["rate"]) / median(theirs["rate"])
    print(f"ratio: new connection {latency:.2f} (target at most 1.2), throughput {rate:.2f} (target at least 1)")


if __name__ == "__main__":
    main()
