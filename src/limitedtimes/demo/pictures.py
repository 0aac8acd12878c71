"""Drawings for the press: small landscapes as SVG, drawn by a motif's name and varied by a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from typing import Final

WIDTH: Final = 960
HEIGHT: Final = 540
HORIZON: Final = 340

PALETTES: Final = (
    ("#f6d7a7", "#e8866a", "#7a5c72", "#3d3a50", "#20242f"),
    ("#dceaf2", "#9dc3d9", "#6b93a8", "#3d6274", "#20394a"),
    ("#f3ead3", "#c9d6a3", "#8aa66b", "#56784b", "#2c4a33"),
    ("#e9dff0", "#b7a3cf", "#8273a6", "#54497a", "#2d2848"),
    ("#fbe9d0", "#f2bf7c", "#cf8a4f", "#8a5a3c", "#4a3127"),
)
"""Each from the sky at the horizon to what stands nearest."""

SUITED: Final[Mapping[str, tuple[int, ...]]] = {"stars": (0, 3), "rain": (1, 3), "sea": (0, 1, 3), "forest": (1, 2, 4)}
"""The palettes of the motifs that do not suit every one."""

Draw = Callable[[random.Random, tuple[str, ...]], str]


def draw(motif: str, seed: str) -> str:
    """An SVG of 960 by 540; the same motif and seed give the same picture. Raises KeyError for an unknown motif."""
    chance = random.Random(f"{motif}/{seed}")  # noqa: S311 - a drawing keeps no secret
    palette = PALETTES[chance.choice(SUITED.get(motif, range(len(PALETTES))))]
    sun = f'<circle cx="{chance.randint(150, 810)}" cy="{chance.randint(70, 200)}" r="{chance.randint(26, 54)}" '
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{palette[1]}"/>'
        f'<stop offset="1" stop-color="{palette[0]}"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#s)"/>{sun}fill="#fff" fill-opacity=".75"/>'
        f"{_hills(chance, palette[2], 260, 50)}{MOTIFS[motif](chance, palette)}</svg>"
    )


def _hills(chance: random.Random, colour: str, top: int, rise: int) -> str:
    """A ridge across the whole picture, ``rise`` pixels up and down around ``top``."""
    phase, waves = chance.uniform(0, 6.28), chance.uniform(1.2, 2.8)
    points = (
        f"{x},{top + rise * math.sin(phase + waves * x / 200) * math.cos(phase + x / 310):.0f}"
        for x in range(0, WIDTH + 1, 24)
    )
    return f'<polygon fill="{colour}" points="0,{HEIGHT} {" ".join(points)} {WIDTH},{HEIGHT}"/>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" fill="{colour}"/>'


def _water(colour: str, top: int) -> str:
    glints = "".join(_box(90 + 170 * (i % 5) + 40 * (i % 3), top + 22 + 13 * i, 90, 3, "#ffffff66") for i in range(10))
    return _box(0, top, WIDTH, HEIGHT - top, colour) + glints


def _bridge(chance: random.Random, palette: tuple[str, ...]) -> str:
    arches = chance.choice((3, 4, 5))
    span = WIDTH / arches
    openings = "".join(
        f'<ellipse cx="{span * (i + 0.5):.0f}" cy="420" rx="{span * 0.4:.0f}" ry="92" fill="{palette[1]}"/>'
        for i in range(arches)
    )
    return (
        _box(0, 305, WIDTH, 115, palette[4]) + _box(0, 290, WIDTH, 10, palette[3]) + openings + _water(palette[3], 420)
    )


def _town(chance: random.Random, palette: tuple[str, ...]) -> str:
    houses, x = [], 20
    while x < WIDTH - 100:
        width, height = chance.randint(56, 100), chance.randint(80, 170)
        top = 440 - height
        houses.append(_box(x, top, width, height, palette[3]))
        roof = f"{x - 6},{top} {x + width / 2:.0f},{top - 48} {x + width + 6},{top}"
        houses.append(f'<polygon fill="{palette[4]}" points="{roof}"/>')
        lit = (_box(x + 12 + 24 * i, top + 20, 12, 18, "#ffe9a8") for i in range(width // 28))
        houses.extend(lit)
        x += width + chance.randint(4, 26)
    tower = _box(470, 170, 44, 270, palette[3]) + f'<polygon fill="{palette[4]}" points="462,170 492,80 522,170"/>'
    return tower + "".join(houses) + _box(0, 440, WIDTH, 100, palette[4])


def _sea(chance: random.Random, palette: tuple[str, ...]) -> str:
    x = chance.randint(260, 640)
    sail = f'<polygon fill="#fff" points="{x},{HORIZON - 70} {x},{HORIZON + 40} {x + 70},{HORIZON + 40}"/>'
    deck, keel = HORIZON + 48, HORIZON + 78
    hull = f'<polygon fill="{palette[4]}" points="{x - 50},{deck} {x + 90},{deck} {x + 60},{keel} {x - 30},{keel}"/>'
    return _water(palette[3], HORIZON - 30) + sail + hull


def _forest(chance: random.Random, palette: tuple[str, ...]) -> str:
    trees = []
    for x in range(-20, WIDTH + 20, 44):
        height, at = chance.randint(110, 230), x + chance.randint(-12, 12)
        trees.append(f'<polygon fill="{palette[4]}" points="{at},470 {at + 34},{470 - height} {at + 68},470"/>')
    return _hills(chance, palette[3], 380, 24) + "".join(trees) + _box(0, 468, WIDTH, 72, palette[4])


def _pitch(chance: random.Random, palette: tuple[str, ...]) -> str:
    stripes = "".join(_box(120 * i, 360, 120, 180, ("#6f9f58", "#7fae66")[i % 2]) for i in range(8))
    goal = '<path d="M330 400V270H630V400" fill="none" stroke="#fff" stroke-width="9"/>'
    ball = f'<circle cx="{chance.randint(250, 700)}" cy="{chance.randint(425, 490)}" r="17" fill="#fff"/>'
    return _box(0, 300, WIDTH, 60, palette[4]) + stripes + goal + ball


def _stage(chance: random.Random, palette: tuple[str, ...]) -> str:
    beams = "".join(
        f'<polygon fill="#fff3c4" fill-opacity=".35" points="{x},60 {x - 110},450 {x + 110},450"/>'
        for x in (240, 480, 720)
    )
    heads = "".join(
        f'<circle cx="{x + chance.randint(-8, 8)}" cy="{chance.randint(470, 492)}" r="30" fill="{palette[4]}"/>'
        for x in range(20, WIDTH, 62)
    )
    return (
        _box(0, 0, WIDTH, 450, palette[3])
        + beams
        + _box(0, 430, WIDTH, 30, palette[2])
        + heads
        + _box(0, 500, WIDTH, 40, palette[4])
    )


def _rain(chance: random.Random, palette: tuple[str, ...]) -> str:
    drops = "".join(
        f'<path d="M{x} {y}l-10 34" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>'
        for x, y in ((chance.randint(20, WIDTH), chance.randint(190, 470)) for _ in range(70))
    )
    cloud = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{palette[3]}"/>'
        for x, y, r in ((300, 130, 80), (410, 100, 105), (540, 120, 92), (650, 140, 70))
    )
    return cloud + drops + _hills(chance, palette[4], 430, 30)


def _works(chance: random.Random, palette: tuple[str, ...]) -> str:
    chimneys = "".join(
        _box(x, 180, 34, 240, palette[3]) + f'<circle cx="{x + 40}" cy="150" r="34" fill="#fff" fill-opacity=".5"/>'
        for x in (250, 350 + chance.randint(0, 60))
    )
    roofs = "".join(
        f'<polygon fill="{palette[4]}" points="{x},330 {x + 90},270 {x + 90},330"/>' for x in range(480, 840, 90)
    )
    return chimneys + roofs + _box(180, 330, 660, 130, palette[4]) + _box(0, 455, WIDTH, 85, palette[3])


def _stars(chance: random.Random, palette: tuple[str, ...]) -> str:
    places = ((chance.randint(0, WIDTH), chance.randint(0, 400), chance.choice((1, 2, 3))) for _ in range(90))
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="#fff"/>' for x, y, r in places)
    x = chance.randint(120, 680)
    dome = f'<path d="M{x} 460a100 100 0 0 1 200 0z" fill="#e8e8ee"/>' + _box(x + 92, 350, 16, 110, palette[3])
    return _box(0, 0, WIDTH, HEIGHT, palette[4]) + dots + _hills(chance, palette[3], 440, 26) + dome


MOTIFS: Final[Mapping[str, Draw]] = {
    "bridge": _bridge,
    "town": _town,
    "sea": _sea,
    "forest": _forest,
    "pitch": _pitch,
    "stage": _stage,
    "rain": _rain,
    "works": _works,
    "stars": _stars,
}
