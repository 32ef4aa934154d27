"""Compare golden records with what the code answers, or write its answers into them.

python -m tests.golden                        # what differs, of every room
python -m tests.golden --write [ROOM …]       # write it; then read `git diff tests/golden` line by line
"""

from __future__ import annotations

import argparse
import sys

from tests.golden.records import cases, difference, write
from tests.golden.rooms import ROOMS


def main() -> None:
    """Every case of the rooms that are named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    changed = 0
    for room in options.rooms or ROOMS:
        answered = [(case, list(ROOMS[room](case.asked))) for case in cases(room)]
        for case, answer in answered:
            if told := difference(case, answer):
                changed += 1
                print(f"{room}.txt:{case.line}: {case.asked}\n{told}\n")
        if options.write:
            write(room, answered)
    print(f"{changed} cases answered otherwise" + (" and written: read the difference" if options.write else ""))
    sys.exit(bool(changed) and not options.write)


if __name__ == "__main__":
    main()
