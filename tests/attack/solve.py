#!/usr/bin/env python3
"""Attacks releases with hidden counts, by integer programming (HiGHS, through SciPy).

Reads JSON lines, a release each: `values` (the true counts), `printed`, `hidden` and `small` by
cell, `sums` as [total, [parts]], `threshold`. From what is published, the sums, and that counts
are whole and not negative it looks for every hidden cell's range. Cells that are not printed
(how many reviews a group has) must be wide if they are small.

A cell is safe if the solver finds two releases that fit all that is published and in which it
differs by threshold - 1; otherwise its exact range is narrower, and it is a fault.

--minimum N: for releases of at most N cells also the least number of cells that must be hidden.
Exit 1: a fault, or more than twice the minimum, or a control in which nothing is recovered.
"""

import argparse
import json
import sys
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# Cells that are looked at one by one at once.
TOGETHER = 8


class Release:
    def __init__(self, line):
        data = json.loads(line)
        self.name = data["set"]
        self.values = np.array(data["values"], float)
        self.count = len(self.values)
        self.hidden = np.array(data["hidden"], bool)
        self.printed = np.array(data["printed"], bool)
        self.small = np.array(data["small"], bool)
        self.known = np.array(data["known"], bool)
        self.width = data["threshold"] - 1
        entries = [(row, cell, sign)
                   for row, (total, parts) in enumerate(data["sums"])
                   for cell, sign in [(total, 1)] + [(part, -1) for part in parts]]
        rows, cells, signs = zip(*entries)
        matrix = csr_array((signs, (rows, cells)), shape=(len(data["sums"]), self.count))
        self.sums = LinearConstraint(matrix, 0, 0)
        # Large enough to change no answer: a count may rise by the width many times over.
        self.most = 20 * self.width + self.values.sum()

    def narrow(self, hidden, cells):
        """Of these cells those whose range is narrower than the width."""
        least = np.where(hidden, 0, self.values)
        most = np.where(hidden, self.most, self.values)
        low, high, found = self.values.copy(), self.values.copy(), []

        def reach(aim):
            """Takes in a release that fits all that is published and is least in `aim`."""
            nonlocal low, high
            result = milp(aim, constraints=self.sums, integrality=np.ones(self.count),
                          bounds=Bounds(least, most))
            if result.status != 0:
                raise RuntimeError(f"set {self.name}: {result.message}")
            end = np.round(result.x)
            low, high = np.minimum(low, end), np.maximum(high, end)

        # Most cells come out wide from a few releases in which many are far off at once.
        cells, chance = np.array(cells, int), np.random.default_rng(7)
        for _ in range(TOGETHER if len(cells) > TOGETHER else 0):
            open_cells = cells[high[cells] - low[cells] < self.width]
            if len(open_cells) <= TOGETHER:
                break
            aim = np.zeros(self.count)
            aim[open_cells] = chance.choice([-1, 1], len(open_cells))
            reach(aim)
            reach(-aim)
        for cell in cells:
            for sign in (-1, 1):
                if high[cell] - low[cell] >= self.width:
                    break
                aim = np.zeros(self.count)
                aim[cell] = sign
                reach(aim)
            if high[cell] - low[cell] < self.width:
                found.append(int(cell))
        return found

    def must_be_wide(self, hidden):
        return np.flatnonzero(hidden & (self.printed | self.small))

    def minimum(self, enough, until=None):
        """The least number of printed cells hidden, or `enough` if it is no less; with `until`
        a number that the least is not below, once there is one as large.

        Cells are chosen by an integer program; for a cell that comes out narrow a largest set of
        hidden cells is made under which it still is, and one cell outside of it is asked for."""
        cuts = []
        cost = np.where(self.printed, 1.0, 0.0)
        first = np.where(self.small, 1.0, 0.0)
        last = np.where(self.known & ~self.small, 0.0, 1.0)
        free = [cell for cell in range(self.count) if first[cell] < last[cell]]
        while True:
            chosen = first
            if cuts:
                matrix, wanted = np.zeros((len(cuts), self.count)), np.zeros(len(cuts))
                for row, (cell, outside) in enumerate(cuts):
                    matrix[row, outside] = 1
                    if self.small[cell]:
                        wanted[row] = 1
                    else:
                        matrix[row, cell] -= 1
                result = milp(cost, constraints=LinearConstraint(matrix, wanted, np.inf),
                              integrality=np.ones(self.count), bounds=Bounds(first, last))
                if result.status != 0:
                    return enough
                chosen = np.round(result.x)
            hidden = chosen > 0
            number = int(hidden[self.printed].sum())
            if number >= enough:
                return enough
            if until is not None and number >= until:
                return number
            faults = self.narrow(hidden, self.must_be_wide(hidden))
            if not faults:
                return number
            for cell in faults[:3]:
                larger = hidden.copy()
                for other in free:
                    if not larger[other]:
                        larger[other] = True
                        if not self.narrow(larger, [cell]):
                            larger[other] = False
                cuts.append((cell, [other for other in free if not larger[other]]))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("file")
    options.add_argument("--minimum", type=int, default=0, metavar="CELLS")
    options = options.parse_args()
    start, sets, cells, faults, recovered, over = time.time(), 0, 0, 0, 0, 0
    ratios = []
    for line in open(options.file, encoding="utf-8"):
        release = Release(line)
        sets += 1
        wide = release.must_be_wide(release.hidden)
        cells += len(wide)
        narrow = release.narrow(release.hidden, wide)
        faults += len(narrow)
        if narrow:
            print(f"set {release.name}: cells {narrow} are narrow")
        if release.small.any() and release.narrow(release.small, np.flatnonzero(release.small)):
            recovered += 1
        number = int(release.hidden[release.printed].sum())
        least = int(release.small[release.printed].sum())
        if number > 2 * least or release.count <= options.minimum:
            small = release.count <= options.minimum
            if number > least:
                # Of a larger release it need only be known that the least is half of it.
                least = release.minimum(number, None if small else -(-number // 2))
            if number and small:
                ratios.append(number / max(least, 1))
            if number > 2 * least:
                over += 1
                print(f"set {release.name}: {number} hidden, {least} would do")
    ratio = f"{np.mean(ratios):.3f} times the minimum, at most {max(ratios):.2f}" if ratios else "-"
    print(f"{sets} sets, {cells} hidden cells, {faults} narrow; small counts alone are recovered "
          f"in {recovered} sets; in {len(ratios)} sets solved for it {ratio}, {over} over twice; "
          f"{time.time() - start:.0f} s")
    sys.exit(1 if faults or over or not recovered else 0)


if __name__ == "__main__":
    main()
