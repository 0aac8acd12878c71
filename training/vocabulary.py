"""The one SentencePiece model of both languages, and the spelling rules that it carries.

The rules are those of `clean.SPELLING`, written into the model: whoever has `sentencepiece.model` needs no other
preparation of the text. Digits are single pieces, so that a figure is copied and never guessed; bytes stand in for
characters that were never seen, so that any name can be copied.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2

from training.clean import SPELLING

PAD, BOS, EOS, UNK = range(4)


def _codes(text: str) -> str:
    return " ".join(f"{ord(char):X}" for char in text)


def spelling_rules() -> str:
    """SentencePiece's table of what is replaced by what: our spellings, and composed accents."""
    rules = dict(SPELLING)
    for code in range(0xC0, 0x1F00 + 0x100):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and unicodedata.normalize("NFC", parts) == chr(code):
            rules[parts] = chr(code)
    return "".join(f"{_codes(old)}\t{_codes(new)}\n" for old, new in sorted(rules.items()))


def train(lines: Iterable[str], folder: Path, *, size: int, threads: int) -> Path:
    """Learn the pieces from the lines of both languages."""
    text, rules = folder / "pieces.txt", folder / "rules.tsv"
    text.write_text("\n".join(lines), encoding="utf-8")
    rules.write_text(spelling_rules(), encoding="utf-8")
    spm.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_tsv=str(rules),
        pad_id=PAD,
        bos_id=BOS,
        eos_id=EOS,
        unk_id=UNK,
        num_threads=threads,
        input_sentence_size=600_000,
        shuffle_input_sentence=True,
        minloglevel=2,
    )
    text.unlink()
    forget_paths(folder / "sentencepiece.model")
    return folder / "sentencepiece.model"


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
