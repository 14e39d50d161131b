#!/usr/bin/env python3
"""Times of the whole program, with Python's standard library alone.

    cargo build --release
    python3 benches/whole.py target/release/casereview

Each time is the median of several runs. The interface runs in a pseudo-terminal of 80 x 24;
its first frame is there when the cursor is hidden behind the last words of the footer. Peak
memory is the kernel's figure; a command's is never below Python's own 15 MB, which it starts
from.
"""

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

RUNS = 11
READINGS = 10_000

# A whole foster-care case with everything a rating needs, and texts.
ANSWERS = {
    "face.region": "Knox", "face.county": "Knox", "face.opened": "2025-01-10",
    "face.entered": "2025-01-12", "face.in-care": "yes", "face.other-than-maltreatment": "no",
    "face.case-name": "invented", "face.children": "one child", "face.participants": "all",
    "14.applies": "yes", "14.A": "yes", "14.B": "yes", "14.C": "na", "14.D": "na",
    "15.applies": "yes", "15.A1": "no", "15.A2": "na", "15.B": "yes", "15.C": "yes",
    "16.applies": "yes", "16.A": "yes", "16.B": "na",
    "17.A1": "yes", "17.A2": "yes", "17.B1": "yes", "17.B2": "na", "17.B3": "yes",
    "17.B4": "na", "17.C1": "yes", "17.C2": "yes",
    "18.applies": "yes", "18.A": "yes", "18.B": "yes", "18.C": "na",
    "19.A1": "weekly", "19.A": "yes", "19.B": "yes",
    "20.applies": "yes", "20.A1": "weekly", "20.A2": "yes", "20.B1": "na", "20.B2": "na",
    "20.C": "yes", "20.D": "na",
}
for item in range(14, 21):
    ANSWERS[f"{item}.rationale"] = "Both parents were seen each month and had a say."
    ANSWERS[f"{item}.sources"] = "case-file;mother;caseworker"
while len(ANSWERS) > 56:
    ANSWERS.popitem()


def run(*command, stdin=None):
    """Seconds and peak kilobytes of a command."""
    start = time.perf_counter()
    none = subprocess.DEVNULL
    child = subprocess.Popen(command, stdin=none, stdout=none, stderr=none)
    _, status, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}")
    return took, used.ru_maxrss


def first_frame(program, workspace, keys):
    """Seconds to the first frame, and peak kilobytes after some keys."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {"TERM": "xterm-256color", "PATH": os.environ["PATH"]}
        os.execve(program, [program, "--workspace", workspace, *keys[0]], environment)
    seen = read_until(terminal, b"quit")
    took = time.perf_counter() - start
    for key, wanted in keys[1]:
        os.write(terminal, key)
        read_until(terminal, wanted)
    peak = resident(child)
    os.write(terminal, b"\x03")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    _, status, used = os.wait4(child, 0)
    os.close(terminal)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"the interface did not end well:\n{seen!r}")
    return took, peak or used.ru_maxrss


def resident(child):
    """Peak kilobytes of a running process, where the system tells."""
    try:
        with open(f"/proc/{child}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return None


def read_until(terminal, wanted):
    """Reads until a whole frame with these words is there."""
    seen = b""
    while True:
        at = seen.find(wanted)
        if at >= 0 and b"\x1b[?25l" in seen[at:]:
            return seen
        if not select.select([terminal], [], [], 30)[0]:
            sys.exit(f"{wanted!r} never came on screen:\n{seen!r}")
        seen += os.read(terminal, 65536)


def tell(what, runs):
    """A line of median and worst time, and peak memory."""
    times = [took * 1000 for took, _ in runs]
    peak = max(peak for _, peak in runs) / 1024
    print(f"{what:<50} {statistics.median(times):9.1f} ms   worst {max(times):9.1f} ms   "
          f"peak {peak:6.1f} MB", flush=True)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(dir=".") as folder:
        os.chdir(folder)
        run(program, "demo", "--cases", str(READINGS), "--dir", "demo")
        workspace = "demo/casereview.db"
        tell("--version", [run(program, "--version") for _ in range(RUNS)])
        check = [program, "instrument", "check", "cfsr-r2-items-14-20"]
        tell("instrument check of the shipped file", [run(*check) for _ in range(RUNS)])
        start = [first_frame(program, workspace, (["review"], [])) for _ in range(RUNS)]
        tell("review: first frame on 10,000 readings", start)
        keys = [(b"l", b"below"), (b"\r", b"question")]
        walk = [first_frame(program, workspace, (["review"], keys)) for _ in range(3)]
        tell("  and on to the cases and into one", walk)
        report = [program, "--workspace", workspace, "report", "items", "--by", "region"]
        tell("report items --by region on 10,000 readings", [run(*report) for _ in range(RUNS)])
        verify = [program, "--workspace", workspace, "log", "verify"]
        tell("log verify on 10,000 readings", [run(*verify)])

        with open("score.csv", "w") as scored, open("import.csv", "w") as taken_in:
            scored.write("case,case_type,question,answer\n")
            taken_in.write("case,case_type,question,answer,region,county,period,reviewer\n")
            for case in range(READINGS):
                for question, answer in ANSWERS.items():
                    row = f"C-{case},foster-care,{question},{answer}"
                    scored.write(f"{row}\n")
                    taken_in.write(f"{row},Knox,Knox,2026-H1,R1\n")
        rows = len(ANSWERS)
        score = [program, "score", "cfsr-r2-items-14-20", "--answers", "score.csv"]
        tell(f"score of 10,000 cases x {rows} answers", [run(*score) for _ in range(3)])
        taken = []
        for place in range(3):
            file = f"import{place}.db"
            run(program, "--workspace", file, "init", "--instrument", "cfsr-r2-items-14-20",
                "--name", "2026-H1")
            taken.append(run(program, "--workspace", file, "import", "answers", "import.csv"))
        tell(f"import of 10,000 readings x {rows} answers", taken)
        again = [run(program, "--workspace", "import0.db", "import", "answers", "import.csv")]
        tell("  the same file again", again)


main()
