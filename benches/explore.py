#!/usr/bin/env python3
"""How long each key of the results screen takes on 10,000 readings, with every answer.

    cargo build --release
    python3 benches/explore.py target/release/casereview --keep /tmp/explore

The program runs in a pseudo-terminal of 120 x 40. A key's time runs from its writing to the last
byte of the frame it leads to, after which nothing comes for a while; each step is walked --runs
times and told by median and worst. A workspace is built, or taken from --keep where it lies
already. The script fails where a key's median is over --limit milliseconds; opening the screen,
which reads every review, has ten times that.
"""

import argparse
import csv
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

READINGS = 10_000
# Nothing for so long: the frame is whole.
QUIET = 0.25
NO = ["14.A", "14.B", "15.C", "16.A", "17.A1", "17.A2", "17.B1", "17.B3", "18.A", "19.A", "19.B",
      "20.A2", "20.C"]
ANSWERS = {
    "face.opened": "2025-01-10", "face.entered": "2025-01-12", "face.in-care": "yes",
    "face.other-than-maltreatment": "no", "14.applies": "yes", "14.A": "yes", "14.B": "yes",
    "14.C": "na", "14.D": "na", "15.applies": "yes", "15.A1": "no", "15.A2": "na", "15.B": "yes",
    "15.C": "yes", "16.applies": "yes", "16.A": "yes", "16.B": "na", "17.A1": "yes",
    "17.A2": "yes", "17.B1": "yes", "17.B2": "na", "17.B3": "yes", "17.B4": "na", "17.C1": "yes",
    "17.C2": "yes", "18.applies": "yes", "18.A": "yes", "18.B": "yes", "18.C": "na",
    "19.A1": "weekly", "19.A": "yes", "19.B": "yes", "20.applies": "yes", "20.A1": "weekly",
    "20.A2": "yes", "20.B1": "na", "20.B2": "na", "20.C": "yes", "20.D": "na",
}


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode()}")


def build(program, folder):
    """A workspace of final readings: 12 regions, 95 counties, 4 periods."""
    workspace = f"{folder}/explore.db"
    if os.path.exists(workspace):
        return workspace
    rng = random.Random(10)
    with open(f"{folder}/answers.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["case", "case_type", "question", "answer", "region", "county", "period",
                      "reviewer"])
        for case in range(READINGS):
            county, period = rng.randrange(95), f"{2025 + case % 4 // 2}-H{case % 2 + 1}"
            facts = [f"Region {county % 12 + 1}", f"County {county + 1}", period, f"R{case % 20}"]
            for question, answer in ANSWERS.items():
                given = "no" if question in NO and rng.random() < 0.15 else answer
                out.writerow([f"C-{case:05}", "foster-care", question, given, *facts])
    run(program, "--workspace", workspace, "init", "--instrument", "cfsr-r2-items-14-20",
        "--name", "Exploring")
    run(program, "--workspace", workspace, "import", "answers", f"{folder}/answers.csv")
    return workspace


class Screen:
    """The program in a pseudo-terminal."""

    def __init__(self, program, workspace):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            environment = {"TERM": "xterm-256color", "PATH": os.environ["PATH"]}
            os.execve(program, [program, "--workspace", workspace, "review"], environment)
        self.settle(1.0)

    def settle(self, quiet=QUIET):
        """Reads until nothing comes; when the last byte came, and what did."""
        last, seen = time.perf_counter(), b""
        while select.select([self.terminal], [], [], quiet if seen else 30)[0]:
            seen += os.read(self.terminal, 65536)
            last = time.perf_counter()
        return last, seen

    def press(self, key):
        """Milliseconds from a key to its frame."""
        start = time.perf_counter()
        os.write(self.terminal, key)
        last, seen = self.settle()
        if not seen:
            sys.exit(f"nothing came of {key!r}")
        return (last - start) * 1000

    def end(self):
        os.write(self.terminal, b"\x03")
        try:
            while os.read(self.terminal, 65536):
                pass
        except OSError:
            pass
        os.waitpid(self.child, 0)


DOWN, END, ENTER, ESC = b"\x1b[B", b"\x1b[F", b"\r", b"\x1b"
# What is told of, and the key; those without a name only lead on.
WALK = [
    ("open the results", b"r"),
    ("next item", b"]"),
    ("rows: counties", b"b"),
    ("a row down", DOWN),
    ("sort by the column", b"o"),
    ("the cases behind a number", ENTER),
    ("a case down", DOWN),
    ("what a case says", ENTER),
    ("back to the cases", ESC),
    ("back to the table", ESC),
    ("one period", b"p"),
    ("the period before", b"p"),
    (None, b"p"),
    (None, b"p"),
    ("all periods again", b"p"),
    (None, END),
    ("all cases", ENTER),
    (None, ESC),
    ("the form", b"c"),
    ("what: trend", ENTER),
    ("what: outcomes", ENTER),
    ("what: questions", ENTER),
    ("what: participants", ENTER),
    ("what: components", ENTER),
    ("what: reasons for NA", ENTER),
    (None, DOWN),
    ("rows: the next", ENTER),
    (None, DOWN),
    ("columns: the next", ENTER),
    ("columns: one more", ENTER),
    (None, DOWN),
    ("only one period", ENTER),
    (None, DOWN),
    (None, DOWN),
    ("only one region", ENTER),
    ("close the form", ESC),
]


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("program")
    parse.add_argument("--keep")
    parse.add_argument("--runs", type=int, default=5)
    parse.add_argument("--limit", type=float, default=50)
    asked = parse.parse_args()
    program = os.path.abspath(asked.program)
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or passing
        os.makedirs(folder, exist_ok=True)
        workspace = build(program, folder)
        times = {name: [] for name, _ in WALK if name}
        for _ in range(asked.runs):
            screen = Screen(program, workspace)
            for name, key in WALK:
                took = screen.press(key)
                if name:
                    times[name].append(took)
            screen.end()
    slow = []
    for at, (name, took) in enumerate(times.items()):
        median = statistics.median(took)
        print(f"{name:<28} {median:8.1f} ms   worst {max(took):8.1f} ms", flush=True)
        if median > asked.limit * (1 if at else 10):
            slow.append(name)
    if slow:
        sys.exit(f"over {asked.limit:.0f} ms: {', '.join(slow)}")


main()
