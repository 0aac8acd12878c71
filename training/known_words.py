"""Write the list of English words that the checks of the line know beside their dictionary.

`python -m training.known_words`: words of the English side of the corpora of prose that occur twice at least, or stand
in our own sentences, and that the dictionary has in no inflection. No measuring set is read.

`python -m training.known_words american-english-huge british-english-huge`: of these word lists (SCOWL, as Debian has
them in wamerican-huge and wbritish-huge), what is known in no other way.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from limitedtimes.translate import english
from training.corpora import read_pairs, shared
from training.languages import LANGUAGES, Language

LIST = Path(english.__file__).parent / "lexicons" / "english.txt"
SCOWL = LIST.with_name("scowl.txt")
OFTEN = 3
PROSE = frozenset(("tatoeba", "tatoeba_testsets", "mlqe_pe", "xquad", "tico19", "opensource_guide"))
_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]{3,}(?![\w@/])")


def latin(word: str) -> bool:
    """Whether all letters are those of European alphabets."""
    return max(word) < "\u0180"


def write(path: Path, words: list[str]) -> None:
    """One word a line."""
    partial = path.with_suffix(".partial")
    partial.write_text("\n".join(words) + "\n", encoding="utf-8")
    partial.replace(path)
    print(f"{path.name}: {len(words)} words")


def of_lists(paths: list[Path]) -> list[str]:
    """What is known neither by the dictionary nor by our list, without the marks on letters."""
    SCOWL.write_text("", encoding="utf-8")
    parts = {part for path in paths for word in path.read_text(encoding="utf-8").split() for part in word.split("'")}
    plain = {english.unaccented(part.lower()) for part in parts}
    return sorted(word for word in plain if len(word) > english.SHORT and not english.is_known(word))


def of_texts() -> list[str]:
    """What the texts have often and the dictionary has not."""
    counts: Counter[str] = Counter()
    for code in LANGUAGES:
        path = shared() / "mt" / "train" / f"{code}-en.tsv.xz"
        for pair in read_pairs(path):
            if pair.corpus in PROSE:
                counts.update(word.lower() for word in _WORD.findall(pair.english))
    foreign = frozenset().union(*(Language.read(code).function_words for code in LANGUAGES))
    found = {word for word, count in counts.items() if count >= OFTEN and word not in foreign}
    for code in LANGUAGES:
        for pair in Language.read(code).sentences:
            found.update(word.lower() for word in _WORD.findall(pair.english))
    return sorted(word for word in found if latin(word) and not english.is_known(word, listed=False))


def main() -> None:
    """Write `lexicons/english.txt`, or `lexicons/scowl.txt` of word lists that are named."""
    if paths := [Path(name) for name in sys.argv[1:]]:
        write(SCOWL, of_lists(paths))
    else:
        write(LIST, of_texts())


if __name__ == "__main__":
    main()
