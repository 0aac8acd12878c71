"""The station: what is sent, what is kept, what is refused, and whose fault a failure is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from press import NOW, Notebook, Scripted, article

from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.model import Article, Block, BlockKind, FlagKind, Origin, Picture, Translation
from limitedtimes.protocols import Memory, Rendering, Translator
from limitedtimes.translate import translate

SAID = {
    "Putin trifft Tokajew": "Putin meets Tokayev",
    "Die Stadt baut eine Brücke.": "The town is building a bridge.",
    "Es kamen 11.000 Besucher.": "There came 11,000 visitors.",
}


def one(item: Article, engine: Translator, memory: Memory | None = None) -> Translation:
    (answer,) = translate([item], engine=engine, memory=memory or Notebook(), now=NOW)
    assert isinstance(answer, Translation), answer
    return answer


def test_every_sentence_has_its_english_under_its_number() -> None:
    answer = one(
        article("Putin trifft Tokajew", "Die Stadt baut eine Brücke.", "Es kamen 11.000 Besucher."), Scripted(SAID)
    )
    assert [sentence.number for sentence in answer.sentences] == [0, 1, 2]
    assert [sentence.text for sentence in answer.sentences] == list(SAID.values())
    assert {sentence.origin for sentence in answer.sentences} == {Origin.ENGINE}
    assert {sentence.engine for sentence in answer.sentences} == {"scripted/1"}
    assert not any(sentence.flags for sentence in answer.sentences)
    assert (answer.engine, answer.translated_at) == ("scripted/1", NOW)


def test_all_articles_are_one_batch_and_no_text_is_sent_twice() -> None:
    engine, memory = Scripted(SAID), Notebook()
    items = [
        article("Putin trifft Tokajew", "Die Stadt baut eine Brücke.", url=f"https://example.org/{n}") for n in range(5)
    ]
    answers = list(translate(items, engine=engine, memory=memory, now=NOW))
    assert [answer.article for answer in answers if isinstance(answer, Translation)] == [item.id for item in items]
    assert engine.calls == [["Putin trifft Tokajew", "Die Stadt baut eine Brücke."]]
    assert memory.asked == 1


def test_what_is_remembered_is_not_sent_and_is_checked_again() -> None:
    engine = Scripted(SAID)
    memory = Notebook(
        {"Die Stadt baut eine Brücke.": "The town builds a bridge.", "Es kamen Hunderte am Montag.": "Hundreds came."}
    )
    answer = one(
        article("Putin trifft Tokajew", "Die Stadt baut eine Brücke.", "Es kamen Hunderte am Montag."), engine, memory
    )
    assert engine.asked == ["Putin trifft Tokajew"]
    assert [sentence.origin for sentence in answer.sentences] == [Origin.ENGINE, Origin.MEMORY, Origin.MEMORY]
    assert [flag.kind for flag in answer.sentences[2].flags] == [FlagKind.DATE]


def test_a_memory_that_would_be_refused_is_asked_for_anew() -> None:
    engine = Scripted(SAID)
    memory = Notebook({"Die Stadt baut eine Brücke.": "bridge " * 60})
    answer = one(article("Putin trifft Tokajew", "Die Stadt baut eine Brücke."), engine, memory)
    assert answer.sentences[1].text == "The town is building a bridge."
    assert answer.sentences[1].origin is Origin.ENGINE


def test_a_memory_of_another_engine_is_not_used() -> None:
    memory = Notebook({"Die Stadt baut eine Brücke.": "The town builds a bridge."}, engine="scripted/0")
    answer = one(article("Putin trifft Tokajew", "Die Stadt baut eine Brücke."), Scripted(SAID), memory)
    assert answer.sentences[1].origin is Origin.ENGINE


@pytest.mark.parametrize(
    "text", ["en:We shall overcome, he said.", "11.000", "🎉🎉", "https://example.org/a?b=c", "a@b.de", "*** 3:1 ***"]
)
def test_english_and_what_has_no_words_is_left_alone(text: str) -> None:
    engine = Scripted(SAID)
    answer = one(article("Putin trifft Tokajew", text), engine)
    assert engine.asked == ["Putin trifft Tokajew"]
    assert answer.sentences[1].text == text.removeprefix("en:")
    assert answer.sentences[1].origin is Origin.AS_IS


def test_an_english_headline_is_a_headline() -> None:
    assert (
        one(article("en:Breaking news", "Die Stadt baut eine Brücke."), Scripted(SAID)).sentences[0].text
        == "Breaking news"
    )


def test_an_english_article_passes_through_any_engine() -> None:
    engine = Scripted(SAID)
    answer = one(article("en:Breaking news", "en:The town is building a bridge.", language="en"), engine)
    assert engine.calls == []
    assert {sentence.origin for sentence in answer.sentences} == {Origin.AS_IS}


def test_addresses_emoji_and_handles_never_reach_an_engine() -> None:
    engine = Scripted({"Mehr lesen Sie unter": "Read more at", "oder bei": "or at"} | SAID)
    answer = one(
        article("Putin trifft Tokajew", "🔴 Mehr lesen Sie unter https://example.org/x, oder bei @beispiel!"), engine
    )
    assert answer.sentences[1].text == "🔴 Read more at https://example.org/x, or at @beispiel!"


def test_no_markup_reaches_an_engine() -> None:
    engine = Scripted(SAID)
    one(
        article("Putin <b>trifft</b> Tokajew", "Die Stadt&nbsp;baut <img src=x onerror=alert(1)> eine Brü\u00adcke."),
        engine,
    )
    assert engine.asked == ["Putin trifft Tokajew", "Die Stadt baut eine Brücke."]


def test_a_sentence_over_the_limit_is_cut_at_its_clauses_and_joined() -> None:
    said = {
        "Die Stadt baut,": "The town builds,",
        "das Land zahlt,": "The state pays.",
        "und der Bund schweigt.": "And the federation is silent.",
    }
    engine = Scripted(said | SAID, limit=25)
    answer = one(article("Putin trifft Tokajew", "Die Stadt baut, das Land zahlt, und der Bund schweigt."), engine)
    assert answer.sentences[1].text == "The town builds, the state pays and the federation is silent."
    assert all(len(text) <= 25 for text in engine.asked)


def test_a_number_that_became_another_is_put_right_and_flagged() -> None:
    engine = Scripted(SAID | {"Es kamen 11.000 Besucher.": "There came 111,000 visitors."})
    sentence = one(article("Putin trifft Tokajew", "Es kamen 11.000 Besucher."), engine).sentences[1]
    assert sentence.text == "There came 11,000 visitors."
    assert [flag.kind for flag in sentence.flags] == [FlagKind.NUMBER]
    assert "111,000" in sentence.flags[0].note


def test_what_is_remembered_is_not_asked_for_again_because_it_lacks_a_figure() -> None:
    text = "Im Hafen lagen 14 Schiffe am Kai, und die Männer warteten auf die Flut."
    engine = Scripted({"Am Kai": "On the quay"})
    memory = Notebook({text: "Ships lay at the quay in the harbour, and the men waited for the tide."})
    sentence = one(article("Am Kai", text), engine, memory).sentences[1]
    assert engine.asked == ["Am Kai"]
    assert sentence.origin is Origin.MEMORY
    assert [flag.kind for flag in sentence.flags] == [FlagKind.NUMBER]


def test_a_sentence_that_lacks_a_figure_is_asked_for_in_clauses_too() -> None:
    whole = "Im Hafen lagen 14 Schiffe am Kai, und die Männer warteten auf die Flut."
    first, second = "Im Hafen lagen 14 Schiffe am Kai,", "und die Männer warteten auf die Flut."
    engine = Scripted(
        {
            "Am Kai": "On the quay",
            whole: "Ships lay at the quay in the harbour, and the men waited for the tide.",
            first: "14 ships lay at the quay in the harbour,",
            second: "and the men waited for the tide.",
        }
    )
    sentence = one(article("Am Kai", whole), engine).sentences[1]
    assert sentence.text == "14 ships lay at the quay in the harbour, and the men waited for the tide."
    assert not sentence.flags


def test_a_number_that_cannot_be_put_right_is_asked_for_in_clauses() -> None:
    whole = "Sie zahlten 1,2 Milliarden Euro, obwohl niemand im Land es wollte."
    said = SAID | {
        whole: "They paid 1.2 million euros, although nobody in the country wanted it.",
        "Sie zahlten 1,2 Milliarden Euro,": "They paid 1.2 billion euros.",
        "obwohl niemand im Land es wollte.": "Although nobody in the country wanted it.",
    }
    sentence = one(article("Putin trifft Tokajew", whole), Scripted(said)).sentences[1]
    assert sentence.text == "They paid 1.2 billion euros although nobody in the country wanted it."
    assert not sentence.flags


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("Sie zahlten 1,2 Milliarden Euro.", "They paid 1.2 million euros."),
        (
            "Die Stadt baut eine neue Brücke über den Fluss.",
            "The town of the town of the town of the town of the town of the town of",
        ),
        ("Die Stadt baut eine neue Brücke über den Fluss.", ""),
        ("Die Stadt baut eine neue Brücke über den Fluss.", "Die Stadt baut eine neue Brücke über den Fluss."),
        ("Die Stadt baut eine neue Brücke über den breiten Fluss.", "The town."),
    ],
)
def test_english_that_cannot_be_trusted_is_not_shown(original: str, english: str) -> None:
    sentence = one(article("Putin trifft Tokajew", original), Scripted(SAID | {original: english})).sentences[1]
    assert sentence.origin is Origin.NONE
    assert sentence.text == original
    assert sentence.engine == ""
    assert sentence.flags[0].kind is FlagKind.UNTRANSLATED
    assert len(sentence.flags) > 1


def test_an_article_without_an_english_headline_is_an_error() -> None:
    engine = Scripted({"Putin trifft Tokajew": ""})
    (answer,) = translate([article("Putin trifft Tokajew", "Die Stadt.")], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError)
    assert answer.reason == "headline"
    assert "Putin trifft Tokajew" in answer.message


def test_a_headline_with_a_made_up_word_is_given_up_and_not_guessed_at_in_clauses() -> None:
    headline = "Die Altstadt feiert ein Fest, obwohl niemand im Land es wollte."
    said = {headline: "The Tempstend celebrates, although nobody in the country wanted it."}
    said |= {"Die Altstadt feiert ein Fest,": "The old man celebrates,"}
    said |= {"obwohl niemand im Land es wollte.": "although nobody in the country wanted it."}
    engine = Scripted(said, makes_words_up=True)
    (answer,) = translate([article(headline, "Ja.")], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError)
    assert "Tempstend" in answer.message


@pytest.mark.parametrize(
    ("english", "given_up"), [("Feast feast feast in town", True), ("Feast in the old town", False)]
)
def test_a_headline_that_says_a_word_again_and_again_is_given_up(english: str, given_up: bool) -> None:
    engine = Scripted({"Fest in der Altstadt": english}, makes_words_up=True)
    (answer,) = translate([article("Fest in der Altstadt", "Ja.")], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError) is given_up


@pytest.mark.parametrize(
    ("headline", "english", "given_up"),
    [
        ("Seilbahn auf den Kammstein wird erneuert", "Silban on the Kammstein will be renewed", True),
        ("Kühltürme werden gesprengt", "Cühl storms are blown up", True),
        ("Trinkwasser wird nicht teurer", "Trinkwaser does not become dearer", True),
        ("Die Thüringer Bratwurst", "The Thüring sausage", False),
        ("Seilbahn auf den Kammstein wird erneuert", "Cable car to the Kammsteins will be renewed", False),
    ],
)
def test_a_headline_that_names_what_only_sounds_like_a_word_of_the_original_is_given_up(
    headline: str, english: str, given_up: bool
) -> None:
    draft, other = Scripted({headline: english}, makes_words_up=True), Scripted({headline: english})
    [answer, read] = [
        next(translate([article(headline)], engine=engine, memory=Notebook(), now=NOW)) for engine in (draft, other)
    ]
    assert isinstance(answer, TranslateError) is given_up
    assert isinstance(read, Translation)


@pytest.mark.parametrize(
    ("english", "given_up"),
    [
        ("Guerre in Ukraine: Russia speaks in Nouvelle Maison", True),
        ("War in Ukraine: Russia speaks in Nouvelle Maison", False),
    ],
)
def test_a_headline_that_keeps_a_word_of_the_original_that_is_no_name_is_given_up(english: str, given_up: bool) -> None:
    headline = "Guerre en Ukraine : la Russie parle à Nouvelle Maison"
    engine = Scripted({headline: english}, makes_words_up=True)
    (answer,) = translate([article(headline, language="fr")], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError) is given_up


@pytest.mark.parametrize(
    ("score", "marked", "held"), [(-0.58, False, False), (-0.6, False, True), (-0.65, False, True), (-0.66, True, True)]
)
def test_what_an_engine_that_makes_words_up_was_unsure_of_is_marked_and_sooner_no_headline(
    score: float, marked: bool, held: bool
) -> None:
    script = {"Fest": "Feast", "Es regnet.": "It rains."}
    engine = Scripted(script, makes_words_up=True, unsure=-0.65, score=score)
    (answer,) = translate([article("Fest", "Es regnet.")], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError) is held
    body = one(article("", "Es regnet."), engine).sentences[1]
    assert (body.text, body.origin) == ("It rains.", Origin.ENGINE)
    assert ([flag.kind for flag in body.flags] == [FlagKind.UNSURE]) is marked


class Streamed(Scripted):
    """Gives the last sentence first; ``silent``: and never gives this one."""

    silent = ""

    def stream(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Rendering]]:
        for index, rendering in reversed(list(enumerate(self.translate(sentences, language, terms)))):
            if sentences[index] != self.silent:
                yield index, rendering


OTHERS = (
    Rendering("Eleven people glimpfed to the station.", -0.6),
    Rendering("The mayor did not come to the station.", -0.7),
    Rendering("The mayor never came to the station.", -0.8),
)


def test_of_what_an_engine_would_say_the_first_without_a_doubt_is_shown() -> None:
    script = {"Kurz": "Short", "Der Bürgermeister kam nicht zum Bahnhof.": "The mayor came to the station."}
    engine = Scripted(script, others=OTHERS)
    shown = one(article("Kurz", "Der Bürgermeister kam nicht zum Bahnhof."), engine).sentences[1]
    assert (shown.text, shown.score, shown.flags) == ("The mayor did not come to the station.", -0.7, ())
    assert shown.engine == engine.id


def test_what_is_no_better_is_not_preferred() -> None:
    script = {"Kurz": "Short", "Der Bürgermeister kam nicht zum Bahnhof.": "The mayor came to the station."}
    engine = Scripted(script, others=OTHERS[:1])
    shown = one(article("Kurz", "Der Bürgermeister kam nicht zum Bahnhof."), engine).sentences[1]
    assert (shown.text, [flag.kind for flag in shown.flags]) == (
        "The mayor came to the station.",
        [FlagKind.NEGATION],
    )


class NotWanted:
    """What else an engine would say, where nobody is to ask."""

    def __iter__(self) -> Iterator[Rendering]:
        yield pytest.fail("was looked at")


@pytest.mark.parametrize(
    ("english", "score", "refused"),
    [
        ("The mayor came to the station.", -0.5, False),
        ("The mayor came to the station.", -0.7, True),
        ("The mayor glimpfed to the station.", -0.5, True),
        ("Silban came to the station.", -0.5, True),
    ],
)
def test_what_an_engine_does_not_know_is_not_exchanged_for_another_guess(
    english: str, score: float, refused: bool
) -> None:
    headline = "Der Bürgermeister kam zum Bahnhof."
    engine = Scripted({headline: english}, others=NotWanted(), makes_words_up=True, unsure=-0.65, score=score)
    [answer] = translate([article(headline)], engine=engine, memory=Notebook(), now=NOW, original_headlines=True)
    assert isinstance(answer, Translation)
    assert (answer.sentences[0].origin is Origin.NONE) is refused


def test_what_comes_in_another_order_is_put_where_it_belongs() -> None:
    english = [sentence.text for sentence in one(article(*SAID), Streamed(SAID)).sentences]
    assert english == list(SAID.values())


def test_an_engine_that_leaves_a_sentence_out_has_failed() -> None:
    engine = Streamed(SAID)
    engine.silent = list(SAID)[1]
    (answer,) = translate([article(*SAID)], engine=engine, memory=Notebook(), now=NOW)
    assert isinstance(answer, TranslateError)
    assert "left out 1 of" in answer.message


def test_a_score_says_nothing_where_the_engine_does_not_say_what_it_is_worth() -> None:
    engine = Scripted({"Fest": "Feast", "Es regnet.": "It rains."}, makes_words_up=True, score=-9)
    assert not any(sentence.flags for sentence in one(article("Fest", "Es regnet."), engine).sentences)


@pytest.mark.parametrize(("times", "refused"), [(3, False), (4, True)])
def test_from_four_times_on_a_loop_is_worth_nothing(times: int, refused: bool) -> None:
    said = f"The {'tree ' * times}is old."
    translation = one(article("Alt", "Der Baum ist alt."), Scripted({"Alt": "Old", "Der Baum ist alt.": said}))
    assert (translation.sentences[1].origin is Origin.NONE) is refused
    assert FlagKind.REPETITION in [flag.kind for flag in translation.sentences[1].flags]


def test_a_word_that_no_dictionary_has_is_only_a_doubt_in_the_headline_of_an_engine_that_makes_none_up() -> None:
    engine = Scripted({"Fest in der Altstadt": "Feast in Tempstend"})
    translation = one(article("Fest in der Altstadt", "Ja."), engine)
    assert translation.sentences[0].text == "Feast in Tempstend"
    assert [flag.kind for flag in translation.sentences[0].flags] == [FlagKind.NAME]


def test_who_asked_for_one_article_gets_it_with_the_headline_of_the_original() -> None:
    item = article("Fest in der Altstadt", "Die Stadt.")
    engine = Scripted({"Fest in der Altstadt": "", "Die Stadt.": "The town."})
    (answer,) = translate([item], engine=engine, memory=Notebook(), now=NOW, original_headlines=True)
    assert isinstance(answer, Translation)
    assert [(said.text, said.origin) for said in answer.sentences] == [
        ("Fest in der Altstadt", Origin.NONE),
        ("The town.", Origin.ENGINE),
    ]
    assert answer.sentences[0].flags


def test_an_article_in_a_language_without_an_engine_is_an_error_and_the_others_go_on() -> None:
    items = [
        article("Putin trifft Tokajew"),
        article("Путин встретился", language="ru"),
        article("Putin trifft Tokajew"),
    ]
    first, second, third = translate(items, engine=Scripted(SAID), memory=Notebook(), now=NOW)
    assert isinstance(second, TranslateError)
    assert second.reason == "language"
    assert isinstance(first, Translation)
    assert isinstance(third, Translation)


def test_a_sentence_in_a_language_without_an_engine_is_told_by_the_name_of_the_language() -> None:
    item = article("Putin trifft Tokajew", "Это он сказал вчера.")
    headline, quoted = item.sentences
    item = replace(item, sentences=(headline, replace(quoted, language="ru")))
    assert [flag.note for flag in one(item, Scripted(SAID)).sentences[1].flags] == [
        "it is in Russian, which no engine here translates"
    ]


@pytest.mark.parametrize("error", [TranslateError("the engine choked", reason="choked"), RuntimeError("out of luck")])
def test_a_failing_batch_is_the_fault_of_one_article_only(error: Exception) -> None:
    items = [article(f"Putin trifft Tokajew {number}", "Gift" if number == 2 else "Brot") for number in range(4)]
    answers = list(translate(items, engine=Scripted({}, poison="Gift", error=error), memory=Notebook(), now=NOW))
    assert [isinstance(answer, TranslateError) for answer in answers] == [False, False, True, False]
    assert isinstance(answers[2], TranslateError)
    assert answers[2].reason == ("choked" if isinstance(error, TranslateError) else "unexpected")


def test_a_failing_second_try_leaves_the_first_answers() -> None:
    whole = "Sie zahlten 1,2 Milliarden Euro, obwohl das Gift im Land niemand wollte."
    said = SAID | {whole: "They paid 1.2 million euros, although nobody in the country wanted the poison."}
    engine = Scripted(said)
    calls = engine.translate

    def once(sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None) -> list[Rendering]:
        if engine.calls:
            raise RuntimeError("out of luck")
        return calls(sentences, language, terms)

    engine.translate = once  # type: ignore[method-assign]
    answer = one(article("Putin trifft Tokajew", whole), engine)
    assert [sentence.origin for sentence in answer.sentences] == [Origin.ENGINE, Origin.NONE]


def test_a_model_that_cannot_be_loaded_stops_the_station() -> None:
    engine = Scripted({}, poison="", error=ConfigError("model.bin: cannot be loaded"))
    with pytest.raises(ConfigError):
        list(translate([article("Putin trifft Tokajew")], engine=engine, memory=Notebook(), now=NOW))


def test_a_shouted_headline_is_asked_for_as_the_article_spells_it() -> None:
    engine = Scripted({})
    one(
        article("PUTIN UND DIE SPD TREFFEN TOKAJEW IN ASTANA", "Gestern traf Putin die SPD und Tokajew in Astana."),
        engine,
    )
    assert engine.asked[0] == "Putin und die SPD Treffen Tokajew in Astana"


def test_no_articles_give_no_answers() -> None:
    engine = Scripted({})
    assert list(translate([], engine=engine, memory=Notebook(), now=NOW)) == []
    assert engine.calls == []


def test_a_slip_of_the_publisher_is_marked_as_its_own() -> None:
    item = article("Treffen in Astana", "Am Donnerstag kam er.", "Am Montag, 9. Oktober 1990, kam er.")
    translation = one(
        item, Scripted(lambda text: "He came on Monday, 9 October 1990." if "Montag" in text else "Meeting.")
    )
    notes = [flag.note for sentence in translation.sentences for flag in sentence.flags if "slip" in flag.note]
    assert notes == ["the publisher’s own slip: it says “Montag, 9. Oktober 1990”, but 9 October 1990 is a Tuesday"]


def test_a_caption_that_contradicts_the_text_is_marked() -> None:
    item = article("Treffen in Astana", "Die Präsidenten am 9. Oktober.", "Am Donnerstag (9. November) kam er.")
    picture = Block(BlockKind.PICTURE, item.blocks[0].text, Picture("https://example.org/p.jpg"))
    said = {"Die Präsidenten am 9. Oktober.": "The presidents on 9 October.", "Treffen in Astana": "Meeting in Astana"}
    translation = one(
        replace(item, blocks=(picture, *item.blocks[1:])),
        Scripted(lambda text: said.get(text, "On Thursday (9 November) he came.")),
    )
    notes = [(flag.kind, flag.sentence, flag.note) for sentence in translation.sentences for flag in sentence.flags]
    note = "the publisher contradicts itself: it says “9. Oktober” here and “Donnerstag (9. November)” elsewhere"
    assert notes == [(FlagKind.DATE, 1, note)]
