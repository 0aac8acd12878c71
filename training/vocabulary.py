"""The pieces that text is cut into: one SentencePiece model for all source languages, one for English.

The rules of `clean.SPELLING` and `clean.CLOSED` are written into the models, and so is a Latin spelling for Cyrillic:
Russian then shares its pieces with the other languages, and a name is copied rather than remembered. Whoever has the
models needs no other preparation of the text than slots for figures and names (`limitedtimes.engines`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2

from limitedtimes.engines.slots import NAMES, SLOTS
from limitedtimes.translate import cyrillic
from training.clean import CLOSED, SPELLING

PAD, BOS, EOS, UNK = range(4)
SOURCE, TARGET = "source.model", "target.model"

# The soft sign, which English drops, grammar needs: here it is a j, which no other letter becomes.
LATIN = cyrillic.LATIN | {"ь": "j", "Ь": "J", "ъ": "'", "Ъ": "'"}


def tag(language: str) -> str:
    """The piece that says which language follows."""
    return f"<{language}>"


def _codes(text: str) -> str:
    return " ".join(f"{ord(char):X}" for char in text)


def spelling_rules() -> str:
    """SentencePiece's table of what is replaced by what: our spellings, composed accents, Latin for Cyrillic."""
    rules = SPELLING | CLOSED
    for code in range(0xC0, 0x1F00 + 0x100):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and unicodedata.normalize("NFC", parts) == chr(code):
            rules[parts] = LATIN.get(chr(code), chr(code))
    rules |= LATIN
    return "".join(f"{_codes(old)}\t{_codes(new)}\n" for old, new in sorted(rules.items()))


def train(lines: Iterable[str], model: Path, *, size: int, symbols: Sequence[str], threads: int) -> None:
    """Learn the pieces from lines; `symbols` are pieces that are never cut (the slots are always among them)."""
    text, rules = model.with_suffix(".txt"), model.with_suffix(".tsv")
    text.write_text("\n".join(lines), encoding="utf-8")
    rules.write_text(spelling_rules(), encoding="utf-8")
    spm.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(model.with_suffix("")),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_tsv=str(rules),
        user_defined_symbols=[*symbols, *SLOTS, *NAMES],
        pad_id=PAD,
        bos_id=BOS,
        eos_id=EOS,
        unk_id=UNK,
        num_threads=threads,
        input_sentence_size=400_000,
        shuffle_input_sentence=True,
        minloglevel=2,
    )
    text.unlink()
    forget_paths(model)


def forget_paths(model: Path) -> None:
    """Take out where the files of the training lay: that belongs to one machine, and nothing reads it."""
    content = sentencepiece_model_pb2.ModelProto.FromString(model.read_bytes())  # type: ignore[attr-defined]
    content.trainer_spec.ClearField("input")
    content.trainer_spec.ClearField("model_prefix")
    content.normalizer_spec.ClearField("normalization_rule_tsv")
    model.write_bytes(content.SerializeToString())


def load(path: Path) -> spm.SentencePieceProcessor:
    """The trained model."""
    return spm.SentencePieceProcessor(model_file=str(path))
