"""What a forward must stand: kubectl's context, the node's container, the forward's process, bytes, idle minutes, kills."""

import hashlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time

from forward import await_echo, connect, echo

ECHO, DOWN, UP, LATE, WEB, SECOND = 17777, 17771, 17772, 17773, 17774, 17779
CHUNK = 1 << 16
MIB = 1 << 20


class Bench:
    def __init__(self, context, node, process, size, idle_minutes, kills):
        self.context, self.node, self.process = context, node, int(process)
        self.size, self.idle, self.kills = int(size), float(idle_minutes) * 60, int(kills)
        self.only = [name for name in os.environ.get("ONLY", "").split(",") if name]
        self.failed = []

    def run(self, name, step):
        if self.only and name not in self.only:
            return
        begin = time.monotonic()
        try:
            said = step()
            result = "ok"
        except (OSError, AssertionError, http.client.HTTPException, subprocess.SubprocessError) as e:
            said = f"{type(e).__name__}: {e}"
            result = "FAILED"
            self.failed.append(name)
        print(f"{name}: {result} in {time.monotonic() - begin:.1f} s, {said}; {self.resident():.0f} MiB resident", flush=True)

    def resident(self):
        return int(subprocess.run(["ps", "-o", "rss=", "-p", str(self.process)], capture_output=True, text=True).stdout) / 1024

    def in_node(self, *words):
        return subprocess.run(["docker", "exec", self.node, *words], capture_output=True, text=True, check=True).stdout

    def kubectl(self, *words):
        done = subprocess.run(["kubectl", "--context", self.context, *words], capture_output=True, text=True, timeout=60)
        return done.stdout if done.returncode == 0 else ""

    # --- bytes

    def down(self):
        begin = time.monotonic()
        with connect(DOWN) as connection:
            digest = digest_of(connection, self.size)
        rate = self.size / MIB / (time.monotonic() - begin)
        assert digest == self.in_node("sha256sum", "/kfmr-bench").split()[0], "another digest"
        return f"{self.size // MIB} MiB, {rate:.0f} MiB/s, same SHA-256"

    def up(self):
        digest = hashlib.sha256()
        begin = time.monotonic()
        with connect(UP) as connection:
            left = self.size
            while left:
                block = os.urandom(min(CHUNK, left))
                connection.sendall(block)
                digest.update(block)
                left -= len(block)
            answer = connection.recv(64)
        rate = self.size / MIB / (time.monotonic() - begin)
        assert answer.decode() == digest.hexdigest(), "another digest"
        return f"{self.size // MIB} MiB, {rate:.0f} MiB/s, same SHA-256"

    def many(self):
        failures = []

        def one(number):
            try:
                with connect(ECHO) as connection:
                    for i in range(1000):
                        echo(connection, b"%04d %06d" % (number, i))
            except OSError as e:
                failures.append(e)

        in_parallel(one, 200)
        assert not failures, f"{len(failures)} connections failed: {failures[0]}"
        return f"200 connections with 1000 echoes each, {self.left_open()}"

    def left_open(self):
        for _ in range(100):
            # An end of its line: what is open to the echo server, not what other servers have.
            left = self.in_node("ss", "-Htn", "state", "established", "sport", "=", ":7777").split("\n")[:-1]
            if not left:
                return "none left open"
            time.sleep(0.1)
        raise AssertionError(f"{len(left)} connections left open")

    def slow_reader(self):
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
            connection.settimeout(120)
            connection.connect(("127.0.0.1", DOWN))
            digest = hashlib.sha256()
            left = self.size
            slowest = 0
            until = time.monotonic() + 10
            while left:
                part = connection.recv(CHUNK)
                assert part, f"ended {left} bytes early"
                digest.update(part)
                left -= len(part)
                if time.monotonic() < until:
                    time.sleep(0.05)
                    begin = time.monotonic()
                    with connect(ECHO) as other:
                        echo(other, b"beside it")
                    slowest = max(slowest, time.monotonic() - begin)
        assert digest.hexdigest() == self.in_node("sha256sum", "/kfmr-bench").split()[0], "another digest"
        return f"same SHA-256, others beside it at most {slowest * 1000:.0f} ms"

    def slow_writer(self):
        with connect(ECHO) as connection:
            for i in range(500):
                echo(connection, b"%04d" % i * 256)
                time.sleep(0.01)
        return "500 KiB in pieces"

    def half_close(self):
        block = os.urandom(4 * MIB)
        with connect(ECHO) as connection:
            sender = threading.Thread(target=lambda: (connection.sendall(block), connection.shutdown(socket.SHUT_WR)))
            sender.start()
            digest = digest_of(connection, len(block))
            sender.join()
        assert digest == hashlib.sha256(block).hexdigest(), "another digest"
        with connect(LATE) as connection:
            connection.sendall(b"ask\n")
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(64)
        assert answer == b"late\n", f"the late reply was {answer!r}"
        return "all came back, and a reply that took 5 s"

    def two(self):
        for i in range(100):
            for port in (ECHO, SECOND):
                with connect(port) as connection:
                    echo(connection, b"%d" % i)
        return "100 connections by each of two forwards"

    def idle_connection(self):
        with connect(ECHO) as connection:
            echo(connection, b"before")
            time.sleep(self.idle)
            echo(connection, b"after")
        return f"open and silent for {self.idle / 60:.0f} min"

    # --- faults

    def pod_killed(self):
        load = Load()
        slowest = 0
        for _ in range(self.kills):
            before = self.ready_pod()
            self.kubectl("delete", "pod", before, "--grace-period=1", "--wait=false")
            while self.ready_pod() in ("", before):
                time.sleep(0.1)
            ready = time.monotonic()
            slowest = max(slowest, load.next_success(ready) - ready)
        load.stop()
        assert slowest <= 2, f"the next request took {slowest:.1f} s"
        assert load.slowest_failure <= 5, f"a request failed only after {load.slowest_failure:.1f} s"
        return (
            f"{self.kills} kills, {load.succeeded} requests succeeded, {load.failed} failed within {load.slowest_failure:.1f} s, "
            f"the next one after a pod was ready within {slowest:.1f} s"
        )

    def ready_pod(self):
        pods = self.kubectl(
            *("get", "pods", "-l", "app=kfmr-bench-web", "-o"),
            'jsonpath={range .items[*]}{.metadata.name} {.metadata.deletionTimestamp} '
            '{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}',
        )
        return next((line.split()[0] for line in pods.splitlines() if line.split()[1:] == ["True"]), "")

    def node_paused(self):
        with connect(ECHO) as connection:
            echo(connection, b"before")
            subprocess.run(["docker", "pause", self.node], check=True, capture_output=True)
            try:
                connection.sendall(b"while")
                time.sleep(30)
            finally:
                subprocess.run(["docker", "unpause", self.node], check=True, capture_output=True)
            begin = time.monotonic()
            got = b""
            while len(got) < 5:
                part = connection.recv(5)
                assert part, "closed"
                got += part
            assert got == b"while", f"came back as {got!r}"
        return f"30 s; the open connection went on, and a new one answered {first_echo(begin):.1f} s later"

    def api_server_restarted(self):
        self.in_node("pkill", "-KILL", "-x", "kube-apiserver")
        time.sleep(1)
        while self.kubectl("get", "--raw", "/readyz") != "ok":
            time.sleep(0.1)
        return f"a new connection answered {first_echo(time.monotonic()):.1f} s after it was ready"

    def memory(self):
        before = self.resident()
        self.many()
        self.down()
        after = self.resident()
        assert after <= before * 1.1 + 16, f"from {before:.0f} to {after:.0f} MiB"
        return f"the same again: from {before:.0f} to {after:.0f} MiB"


class Load:
    """Requests one after the other in four threads, each by a connection of its own."""

    def __init__(self):
        self.condition = threading.Condition()
        self.succeeded = self.failed = 0
        self.slowest_failure = 0
        self.last_success = 0
        self.going = True
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(4)]
        for thread in self.threads:
            thread.start()

    def ask(self):
        while self.going:
            begin = time.monotonic()
            try:
                request = http.client.HTTPConnection("127.0.0.1", WEB, timeout=30)
                request.request("GET", "/", headers={"Connection": "close"})
                request.getresponse().read()
                with self.condition:
                    self.succeeded += 1
                    self.last_success = time.monotonic()
                    self.condition.notify_all()
            except (OSError, http.client.HTTPException):
                with self.condition:
                    self.failed += 1
                    self.slowest_failure = max(self.slowest_failure, time.monotonic() - begin)
            finally:
                request.close()
            time.sleep(0.05)

    def next_success(self, since):
        with self.condition:
            while self.last_success < since:
                assert self.condition.wait(30), "no request succeeded for 30 s"
            return self.last_success

    def stop(self):
        self.going = False
        for thread in self.threads:
            thread.join()


def digest_of(connection, size):
    digest = hashlib.sha256()
    while size:
        part = connection.recv(min(CHUNK, size))
        assert part, f"ended {size} bytes early"
        digest.update(part)
        size -= len(part)
    return digest.hexdigest()


def first_echo(begin):
    while True:
        try:
            with connect(ECHO) as connection:
                echo(connection, b"x")
            return time.monotonic() - begin
        except OSError:
            assert time.monotonic() - begin < 30, "no connection for 30 s"
            time.sleep(0.05)


def in_parallel(work, count):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    bench = Bench(*sys.argv[1:])
    for port in (ECHO, SECOND):
        await_echo(port)
    idle = threading.Thread(target=bench.run, args=("idle connection", bench.idle_connection))
    idle.start()
    bench.run("down", bench.down)
    bench.run("up", bench.up)
    bench.run("slow reader", bench.slow_reader)
    bench.run("slow writer", bench.slow_writer)
    bench.run("half-close", bench.half_close)
    bench.run("two forwards", bench.two)
    idle.join()
    bench.run("many connections", bench.many)
    bench.run("memory", bench.memory)
    bench.run("pod killed", bench.pod_killed)
    bench.run("node paused", bench.node_paused)
    bench.run("API server restarted", bench.api_server_restarted)
    sys.exit(f"failed: {', '.join(bench.failed)}" if bench.failed else 0)


if __name__ == "__main__":
    main()
