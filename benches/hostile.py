#!/usr/bin/env python3
"""What it costs to refuse hostile instrument files, with Python's standard library alone.

    cargo build --release
    python3 benches/hostile.py target/release/casereview

Each file is checked by the whole program five times; told are the slowest run, the peak memory
(never below Python's own 15 MB, which a command starts from) and the first message. The last
line is the check of all shipped instruments together. Ends with 1 where a file takes more than
200 ms or 100 MB, or is not refused, or the shipped ones take more than 300 ms.
"""

import os
import subprocess
import sys
import tempfile
import time

MEGABYTE = 1 << 20
HEAD = """[instrument]
id = "t"
title = "T"
short = "T"
edition = "1"
source = "s"
[[case-type]]
code = "c"
title = "C"
"""
ITEM = """[[item]]
id = "1"
title = "I"
[item.applies]
c = "always"
"""
EXTENDS = '[instrument]\nid = "%s"\ntitle = "T"\nedition = "1"\nextends = "%s"\n'


def fill(text):
    """As often as it fits into the largest file."""
    return text * ((MEGABYTE - len(HEAD) - len(ITEM)) // len(text))


def question(at):
    return f'[[item.question]]\nid="q{at}"\nask="?"\nanswers=["yes","no"]\n'


def parity(count):
    """Whether an odd number of answers is yes: nothing is decided before the last."""
    ids = ",".join(f'"q{at}"' for at in range(count))
    text = HEAD + ITEM + "".join(question(at) for at in range(count))
    for n in range(count + 1):
        give = ["strength", "ani"][n % 2]
        text += (f'[[item.row]]\nid="r{n}"\ngive="{give}"\nwhen={{ count = '
                 f'{{ of=[{ids}], is="yes", at-least={n}, at-most={n} }} }}\n')
    return text


def files():
    row = '[[item.row]]\nid = "r"\ngive = "ani"\nwhen = '
    yield "over the cap", "#" * (MEGABYTE + 1)
    yield "nested arrays", HEAD + fill("[")
    yield "nested arrays, closed", HEAD + "a = " + "[" * 500_000 + "]" * 500_000
    yield "nested tables", HEAD + ITEM + row + fill("{ not = ")[:-200]
    yield "nested arrays behind an open text", HEAD + 'a = """\n' + fill("[")[:-20]
    yield "a dotted key", HEAD + fill("a.")[:-20] + "b = 1\n"
    yield "a dotted header", HEAD + "[" + fill("a.")[:-20] + "b]\n"
    yield "a dotted key behind an open text", HEAD + 'a = """\n' + fill("a.")[:-40] + "b = 1\n"
    yield "a million items", "[[item]]\n" * 1_000_000
    yield "items as many as fit", HEAD + fill("[[item]]\n")
    yield "100,000 questions", HEAD + ITEM + "[[item.question]]\n" * 100_000
    yield "questions as many as fit", HEAD + ITEM + "".join(
        f'[[item.question]]\nid="q{at}"\nask="?"\nkind="text"\n' for at in range(16_000))
    yield "questions of 32 case types", HEAD + "".join(
        f'[[case-type]]\ncode="c{at}"\ntitle="C"\n' for at in range(31)) + ITEM + "".join(
        f'[[item.question]]\nid="q{at}"\nask="?"\nanswers=["yes","no"]\n'
        f'ask-when={{ q0 = "yes" }}\n' for at in range(3_900))
    yield "rows as many as fit", HEAD + ITEM + question(0) + "".join(
        f'[[item.row]]\nid="r{at}"\ngive="ani"\nwhen={{ q0 = "yes" }}\n' for at in range(15_000))
    yield "a table of 40 questions", parity(40)
    yield "a table of 26 questions", parity(26)
    yield "keys without meaning", HEAD + fill("a=1\n")
    yield "unclosed lists", HEAD + fill("a = [\n")
    yield "unclosed texts", HEAD + fill('a = """\n')
    yield "words", HEAD + fill("a ")
    yield "commas", HEAD + "a = [" + fill(",")[:-9]
    yield "quotation marks", HEAD + fill('"')
    yield "one long text", HEAD.replace('"T"', '"' + "T" * 900_000 + '"', 1)
    yield "one long id", HEAD.replace('"t"', '"' + "t" * 900_000 + '"', 1)
    yield "wrong values on one line", HEAD + "x = [" + '"a", ' * 150_000 + "]\n"
    yield "a long group", HEAD + ITEM + question(0) + row + \
        "{ any = { of = [" + '"q0",' * 150_000 + '], is = "yes" } }\n'
    yield "unknown names", HEAD + ITEM + "".join(question(at) for at in range(3_000)) + "".join(
        f'[[item.rule]]\nid="r{at}"\nsay="s"\nforbid={{ p{at} = "yes" }}\n' for at in range(199))
    yield "control and bidi characters", HEAD.replace(
        '"T"', '"T\\u001b[2J\\u202e"', 1) + "# \u202e\n" + ITEM
    yield "a raw control character", HEAD.replace('"T"', '"T\x1b[2J"', 1) + ITEM
    yield "no text", b"\xff" * 1_000
    yield "itself", EXTENDS % ("t", "hostile.toml")
    yield "a file that is a folder", EXTENDS % ("t", "folder.toml")
    yield "a file elsewhere", EXTENDS % ("t", "/dev/zero.toml")
    yield "what is extended is too large", EXTENDS % ("t", "large.toml")


def run(*command):
    """Seconds, peak kilobytes, exit code and what was printed."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        took = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    return took, used.ru_maxrss, child.returncode, text


def main():
    program = os.path.abspath(sys.argv[1])
    shipped = [line.split()[0] for line in
               run(program, "instrument", "list")[3].splitlines()]
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("folder.toml")
        with open("large.toml", "wb") as file:
            file.write(b"#" * (MEGABYTE + 1))
        for name, text in files():
            with open("hostile.toml", "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
            runs = [run(program, "instrument", "check", "hostile.toml") for _ in range(5)]
            took, peak = max(r[0] for r in runs) * 1000, max(r[1] for r in runs) / 1024
            _, _, code, out = runs[0]
            first = out.splitlines()[0][:90] if out else ""
            wrong = took > 200 or peak > 100 or code != 1
            bad |= wrong
            mark = "!" if wrong else " "
            print(f"{mark} {name:<36} {took:7.1f} ms {peak:6.1f} MB  {code}  {first}", flush=True)
        check = [run(program, "instrument", "check", *shipped) for _ in range(11)]
        took = sorted(r[0] for r in check)[5] * 1000
        wrong = took > 300 or any(r[2] for r in check)
        mark = "!" if wrong else " "
        print(f"{mark} all {len(shipped)} shipped instruments, median {took:.1f} ms")
    sys.exit(bad or wrong)


main()
