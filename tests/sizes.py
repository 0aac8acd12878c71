"""The house's limits on size, checked: no file over 400 lines, no function over 60, small at the median."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "limitedtimes"
FILE_LINES, FUNCTION_LINES, MEDIAN, NINETIETH = 400, 60, 9, 30


def functions(path: Path) -> list[tuple[int, str]]:
    """Length in lines and name of every function of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def complaints() -> list[str]:
    """One line for each broken limit."""
    found, lengths = [], []
    for path in sorted(SOURCE.rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            found.append(f"{path.relative_to(SOURCE)}: {lines} lines (at most {FILE_LINES})")
        for length, name in functions(path):
            lengths.append(length)
            if length > FUNCTION_LINES:
                found.append(f"{name}: {length} lines (at most {FUNCTION_LINES})")
    median, ninetieth = statistics.median(lengths), statistics.quantiles(lengths, n=10)[-1]
    print(f"functions: {len(lengths)}, median {median:g} lines, 90th percentile {ninetieth:g}")
    if median > MEDIAN or ninetieth > NINETIETH:
        found.append(f"functions are too long: median at most {MEDIAN}, 90th percentile at most {NINETIETH}")
    return found


if __name__ == "__main__":
    problems = complaints()
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
