"""The learning curve as a small drawing, from the log of a run: held-out loss over minutes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, MARGIN = 640, 320, 44
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    '<rect width="{width}" height="{height}" fill="white"/>{inside}</svg>\n'
)


def held_out_losses(log: Path) -> list[tuple[float, float]]:
    """(minutes, loss) wherever the run was measured on its held-out sentences."""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [(line["seconds"] / 60, line["held_out"]) for line in lines if "held_out" in line]


def draw(points: Sequence[tuple[float, float]]) -> str:
    """An SVG of the points, with the axes that a reader needs and no more."""
    last = max(minute for minute, _ in points)
    low, high = min(loss for _, loss in points), max(loss for _, loss in points)

    def x(minute: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * minute / last

    def y(loss: float) -> float:
        return MARGIN + (HEIGHT - 2 * MARGIN) * (high - loss) / max(high - low, 1e-9)

    line = " ".join(f"{x(minute):.1f},{y(loss):.1f}" for minute, loss in points)
    parts = [f'<polyline fill="none" stroke="#1f4e79" stroke-width="2" points="{line}"/>']
    for loss in (low, (low + high) / 2, high):
        parts.append(f'<text x="{MARGIN - 6}" y="{y(loss) + 4:.1f}" text-anchor="end">{loss:.2f}</text>')
        parts.append(f'<path d="M{MARGIN} {y(loss):.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>')
    for minute in range(0, int(last) + 1, 15):
        parts.append(f'<text x="{x(minute):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{minute}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">minutes</text>')
    parts.append(f'<text x="{MARGIN}" y="20">loss per piece on held-out sentences (nats)</text>')
    return _FRAME.format(width=WIDTH, height=HEIGHT, inside="".join(parts))
