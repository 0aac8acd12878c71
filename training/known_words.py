"""Write the list of English words that the checks of the line know beside their dictionary.

`python -m training.known_words`: words of the English side of the corpora of prose that occur twice at least, or stand
in our own sentences, and that the dictionary has in no inflection. No measuring set is read.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from limitedtimes.translate import english
from training.corpora import read_pairs, shared
from training.languages import LANGUAGES, Language

LIST = Path(english.__file__).parent / "lexicons" / "english.txt"
OFTEN = 3
PROSE = frozenset(("tatoeba", "tatoeba_testsets", "mlqe_pe", "xquad", "tico19", "opensource_guide"))
_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]{3,}(?![\w@/])")


def latin(word: str) -> bool:
    """Whether all letters are those of European alphabets."""
    return max(word) < "\u0180"


def main() -> None:
    """Write `lexicons/english.txt`, one word a line."""
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
    lacking = sorted(word for word in found if latin(word) and not english.is_known(word, listed=False))
    partial = LIST.with_suffix(".partial")
    partial.write_text("\n".join(lacking) + "\n", encoding="utf-8")
    partial.replace(LIST)
    print(f"{len(lacking)} words")


if __name__ == "__main__":
    main()
