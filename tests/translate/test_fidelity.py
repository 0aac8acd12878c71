"""Each check on sentences of our own: silent on a faithful English, loud on one that says something else."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import doubts

# By kind of doubt: language, original, a faithful English, and one with the error.
CASES: dict[FlagKind, list[tuple[str, str, str, str]]] = {
    FlagKind.NUMBER: [
        (
            "de",
            "Im Mai fuhren 230 Boote aus, im Juni nur noch 140.",
            "In May 230 boats sailed, in June only 140.",
            "In May 140 boats sailed, in June only 230.",
        ),
        (
            "fr",
            "La ville a 12 écoles et 340 enseignants.",
            "The town has 12 schools and 340 teachers.",
            "The town has 340 schools and 12 teachers.",
        ),
        (
            "es",
            "El puente mide 80 metros y costó 15 millones de euros.",
            "The bridge cost 15 million euros and is 80 metres long.",
            "The bridge cost 80 million euros and is 15 metres long.",
        ),
        (
            "it",
            "Nel 2019 il museo ha venduto 4.200 biglietti.",
            "The museum sold 4,200 tickets in 2019.",
            "In 4,200 the museum sold 2019 tickets.",
        ),
        (
            "ru",
            "Школа получила 7 роялей и 21 скрипку.",
            "The school received 7 grand pianos and 21 violins.",
            "The school received 21 grand pianos and 7 violins.",
        ),
        (
            "nl",
            "Twee bussen brachten negen koks naar de kade.",
            "Two buses took nine cooks to the quay.",
            "Nine buses took two cooks to the quay.",
        ),
        (
            "pt",
            "O barco levou 40 quilos de sal.",
            "The boat carried 40 kilos of salt.",
            "The boat carried 40 tons of salt.",
        ),
        ("de", "Die Orgel kostete 9.000 Euro.", "The organ cost 9,000 euros.", "The organ cost 9,000 dollars."),
    ],
    FlagKind.DATE: [
        (
            "de",
            "Das Archiv öffnet am Dienstag, dem 14. März.",
            "The archive opens on Tuesday, 14 March.",
            "The archive opens on Thursday, 14 March.",
        ),
        (
            "es",
            "La feria empieza el 2 de junio en el puerto.",
            "The fair begins at the port on June 2.",
            "The fair begins at the port on July 2.",
        ),
    ],
    FlagKind.SPEAKER: [
        (
            "de",
            "Lindqvist warf Okonkwo vor, den Vertrag gebrochen zu haben.",
            "Lindqvist accused Okonkwo of breaking the contract.",
            "Okonkwo accused Lindqvist of breaking the contract.",
        ),
        (
            "fr",
            "Selon Kermarrec, la mairie a menti à Delacourt.",
            "According to Kermarrec, the town hall lied to Delacourt.",
            "According to Delacourt, the town hall lied to Kermarrec.",
        ),
        (
            "es",
            "Bolufer felicitó ayer a la entrenadora Quintanar.",
            "Bolufer congratulated the coach, Quintanar, yesterday.",
            "Quintanar congratulated the coach, Bolufer, yesterday.",
        ),
        (
            "it",
            "Quaglierini ha querelato il giornale di Bonfanti.",
            "Quaglierini has sued the newspaper of Bonfanti.",
            "Bonfanti has sued the newspaper of Quaglierini.",
        ),
        (
            "ru",
            "Самойлов обвинил директора театра Кравчука во лжи.",
            "Samoylov accused the theatre's director, Kravchuk, of lying.",
            "Kravchuk accused the theatre's director, Samoylov, of lying.",
        ),
        (
            "nl",
            "De brug van Oosterkamp naar Weerdinge blijft dicht.",
            "The bridge from Oosterkamp to Weerdinge remains closed.",
            "The bridge from Weerdinge over to Oosterkamp remains closed.",
        ),
    ],
    FlagKind.NEGATION: [
        (
            "de",
            "Der Fährverkehr wird im Winter eingestellt.",
            "The ferry service is discontinued in winter.",
            "The ferry service is not discontinued in winter.",
        ),
        (
            "fr",
            "Le maire a vu le rapport avant le vote.",
            "The mayor saw the report before the vote.",
            "The mayor never saw the report before the vote.",
        ),
        (
            "es",
            "No obstante, el muelle sigue abierto.",
            "However, the pier remains open.",
            "However, the pier doesn't remain open.",
        ),
        (
            "it",
            "La giunta ha approvato il bilancio.",
            "The council has approved the budget.",
            "The council has not approved the budget.",
        ),
        (
            "pt",
            "A fábrica não fecha em agosto.",
            "The factory does not close in August.",
            "The factory closes in August.",
        ),
        ("ru", "Тем не менее, рынок открыт.", "Nevertheless, the market is open.", "The market isn't open, though."),
        ("nl", "De brug is niet geschikt.", "The bridge is unsuitable.", "The bridge is suitable."),
        ("de", "Erst am Abend kam Hilfe.", "Help did not come until the evening.", ""),
    ],
    FlagKind.QUOTATION: [
        (
            "de",
            "„Wir bauen die Schule noch in diesem Jahr“, sagte die Bürgermeisterin am Rande der Sitzung.",
            "“We will build the school this year,” the mayor said on the sidelines of the meeting.",
            "“We will build the school this year, the mayor said on the sidelines of the meeting.”",
        ),
        (
            "fr",
            "Le ministre a promis : « Chaque village aura son médecin avant la fin de l'année. »",
            "The minister promised: “Every village will have its doctor before the end of the year.”",
            "“The minister promised: Every village will have its doctor before the end of the year.”",
        ),
        (
            "es",
            "El alcalde dijo que la feria se celebra y que habrá trenes para todos los visitantes.",
            "The mayor said that the fair will take place and that there will be trains for all visitors.",
            "The mayor said that “the fair will take place and that there will be trains” for all visitors.",
        ),
        (
            "it",
            "«Il porto resta chiuso fino a lunedì», ha detto il comandante.",
            "“The port remains closed until Monday,” the commander said.",
            "“The port remains closed until Monday, the commander said.",
        ),
        (
            "pt",
            "«Vamos reabrir a biblioteca no outono», garantiu a vereadora.",
            "“We will reopen the library in autumn,” the councillor promised.",
            "We will reopen the library in autumn, the councillor promised.",
        ),
        (
            "ru",
            "«Мы откроем музей в следующем году», — сказала директор на встрече.",
            "“We will open the museum next year,” the director said at the meeting.",
            "“We will open the museum next year, the director said at the meeting.”",
        ),
    ],
    FlagKind.LENGTH: [
        (
            "de",
            "Die Feuerwehr löschte den Brand in der Mühle nach drei Stunden.",
            "The fire brigade put out the fire in the mill after three hours.",
            "The fire brigade put out the fire in the mill after three hours. The owner has been arrested.",
        ),
        (
            "fr",
            "Le conseil a voté le budget, et l'opposition a quitté la salle.",
            "The council passed the budget. The opposition left the room.",
            "The council passed the budget, and the opposition left the room. Observers expect new elections soon.",
        ),
        (
            "it",
            "Il dott. Rossi ha riaperto l'ambulatorio del paese dopo due anni.",
            "Dr. Rossi has reopened the village surgery after two years.",
            "Dr. Rossi has reopened the village surgery after two years. Patients came from the whole region.",
        ),
        (
            "es",
            "La lluvia inundó el mercado y los comerciantes perdieron casi toda la mercancía del día.",
            "Rain flooded the market and the traders lost almost all of the day's goods.",
            "Rain flooded the market.",
        ),
    ],
    FlagKind.REPETITION: [
        (
            "nl",
            "De wethouder opent morgen de nieuwe haven.",
            "The alderman opens the new harbour tomorrow.",
            "The alderman opens the new harbour the new harbour the new harbour tomorrow.",
        ),
        (
            "de",
            "Sie lief los und kam als Erste an.",
            "She started to run and arrived first.",
            "She ran and arrived first and arrived first and arrived first.",
        ),
    ],
    FlagKind.UNTRANSLATED: [
        (
            "de",
            "Der Verein sucht noch Helfer für das Fest am See.",
            "The club is still looking for helpers for the party by the lake.",
            "The club sucht noch helpers für das party by the lake.",
        ),
        (
            "ru",
            "Завод остановил печь из-за ремонта.",
            "The plant shut the furnace for repairs.",
            "The plant остановил печь for repairs.",
        ),
    ],
    FlagKind.INVENTED: [
        (
            "fr",
            "Le boulanger a fermé sa boutique.",
            "The baker has closed his shop.",
            "The bakler has closed his shoplique.",
        ),
        ("it", "Il treno è in ritardo.", "The train is late.", "The train is tremish late."),
    ],
    FlagKind.NAME: [
        (
            "es",
            "La alcaldesa Bolufer inauguró el teatro.",
            "Mayor Bolufer opened the theatre.",
            "Mayor Zombuck opened the theatre.",
        ),
        (
            "pt",
            "O ministro Tavolaro visitou Évora.",
            "Minister Tavolaro visited Évora.",
            "Minister Quertsepon visited Évora.",
        ),
    ],
    FlagKind.LINK: [
        ("de", "Mehr auf hafen.de.", "More at hafen.de.", "More at harbour.de."),
        ("ru", "Об этом пишет сайт lodki.ru.", "The site lodki.ru writes about it.", "A site writes about it."),
    ],
    FlagKind.MARKUP: [
        ("de", "Der Hafen ist offen.", "The harbour is open.", "The harbour is <b>open</b>."),
        ("nl", "De markt is dicht.", "The market is closed.", "The market is &amp; closed."),
    ],
}
FLAT = [(kind, *case) for kind, cases in CASES.items() for case in cases]


@pytest.mark.parametrize(("kind", "language", "original", "faithful", "wrong"), FLAT)
def test_a_faithful_english_is_not_doubted_and_one_that_says_something_else_is(
    kind: FlagKind, language: str, original: str, faithful: str, wrong: str
) -> None:
    assert doubts(original, faithful, language) == []
    if wrong:
        assert kind in {doubt.kind for doubt in doubts(original, wrong, language)}


def test_every_kind_that_compares_words_has_cases() -> None:
    assert set(CASES) == set(FlagKind) - {FlagKind.GLOSSARY, FlagKind.UNSURE}  # which have tests of their own


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        ("es", "El 3 de mayo ganó 2 medallas.", "He won 2 medals on May 3."),
        ("de", "Vom 17. bis 24. Februar tagt der Rat.", "The council meets from February 17 to 24."),
        ("fr", "L'usine de Valbrune appartient à Lether.", "Valbrune's factory belongs to Lether."),
        ("es", "La Universidad de Puertoluz abre en marzo.", "Puertoluz University opens in March."),
        ("de", "Der Bahnhof „Süd“ ist zu.", "The station South is closed."),
        ("it", "Il paese si chiama Roccaserena.", "The village is called “Roccaserena”."),
        ("fr", "N'hésitez pas à écrire au journal.", "Feel free to write to the paper."),
        ("de", "Er kommt doch, oder?", "He is coming, isn't he?"),
        (
            "es",
            "Según la agencia, tres personas han muerto en un recuento no oficial del consulado.",
            "According to an unofficial count by the consulate, three people have died, the agency says.",
        ),
        ("es", "El pan es hoy más caro que nunca en la isla.", "Bread is dearer than ever on the island today."),
        ("es", "El medio resultó ineficaz contra la plaga.", "The remedy was not effective against the plague."),
        ("es", "La deuda subió al 4 por ciento, un nivel alto.", "The debt rose to 4 per cent, a high level."),
        ("es", "El molino se construyó a principios del siglo XVIII.", "The mill was built in the early 1700s."),
        ("es", "La central compra para mil cien farmacias.", "The group buys for one thousand one hundred pharmacies."),
        ("nl", "Hij hoort niks, zegt zijn vrouw.", "He does not hear anything, his wife says."),
        (
            "pt",
            "A mala só foi devolvida ao dono uma semana depois.",
            "The suitcase was not returned to its owner until a week later.",
        ),
        (
            "ru",
            '"Это не моя лодка, – заявил рыбак, – но молчать я не буду".',
            '"This is not my boat," the fisherman declared, "but I will not keep silent."',
        ),
        (
            "nl",
            "Een arbeider verdiende nog geen twee dollar per dag.",
            "A labourer earned less than two dollars a day.",
        ),
        ("de", "Sie war keine zwei Wochen im Amt.", "She was in office for less than two weeks."),
        ("ru", "Не прошло и трёх лет, как маяк сгорел.", "The lighthouse burned down less than three years later."),
        ("nl", "Het is niet de eerste keer dat de dijk lekt.", "The dike has leaked before."),
        ("nl", "Het middel werkt bij lang niet alle patiënten.", "The drug is far from effective in all patients."),
        ("fr", "L'aéroport n'a guère de partisans ici.", "The airport has few supporters here."),
        ("es", "La obra no empezará hasta el lunes.", "The work will begin only on Monday."),
        ("pt", "A mala foi devolvida uma semana depois.", "The suitcase was not returned until a week later."),
        ("es", "Está prohibido acampar en el parque.", "Camping is not permitted in the park."),
        ("fr", "Sur les 118 tableaux, on en a retrouvé sept.", "Seven of the 118 paintings have been recovered."),
        ("pt", "Nos anos 1950, trabalhavam ali 700 pessoas.", "There worked 700 people in the 1950s."),
        (
            "es",
            "«¿Miedo? Ninguno», respondió entre risas la espeleóloga antes de bajar a la sima.",
            "“Afraid? Not in the least,” the caver laughed before going down into the chasm.",
        ),
        (
            "ru",
            '"Лодка не моя, - заявил рыбак, - но молчать я не буду".',
            '"The boat is not mine," the fisherman declared, "but I will not keep silent."',
        ),
        (
            "es",
            "—Nunca he visto el mar tan alto —bromea el farero del pueblo viejo.",
            "“I have never seen the sea so high,” jokes the lighthouse keeper of the old village.",
        ),
        (
            "fr",
            "« Ma mère, raconte la chanteuse, savait trois berceuses et pas une de plus. »",
            "“My mother knew three lullabies and not one more,” says the singer.",
        ),
    ],
)
def test_what_languages_say_in_another_order_or_way_is_not_doubted(language: str, original: str, english: str) -> None:
    assert doubts(original, english, language) == []


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("Sie kostet 14 Millionen Euro.", "It costs 14 euros."),
        ("Es kamen 12.000 Menschen zum Fest.", "There came 12.000 people to the feast."),
    ],
)
def test_a_figure_written_alike_that_says_another_number_is_grave(original: str, english: str) -> None:
    assert [doubt.kind for doubt in doubts(original, english, "de") if doubt.grave] == [FlagKind.NUMBER]


@pytest.mark.parametrize(
    ("kind", "language", "original", "english"),
    [
        (FlagKind.NEGATION, "es", "Prometió que nunca volvería a la isla.", "He promised he would ever return there."),
        (FlagKind.NEGATION, "es", "La fiesta se celebra o no, según Tom.", "The festival is held, according to Tom."),
        (
            FlagKind.NEGATION,
            "ru",
            "Причина аварии на мосту пока не установлена.",
            "The cause of the accident on the bridge has yet been established.",
        ),
        (FlagKind.NEGATION, "nl", "Het is alleen duur, zegt hij.", "It is not only expensive, he says."),
        (FlagKind.NEGATION, "es", "La guía no está disponible en papel.", "The guide is not unavailable on paper."),
        (
            FlagKind.NEGATION,
            "nl",
            "De tuin is tijdelijk niet toegankelijk.",
            "The garden is not temporarily inaccessible.",
        ),
        (FlagKind.NEGATION, "de", "Es war nicht der Bruder, der anrief.", "It was the brother who called before."),
        (
            FlagKind.QUOTATION,
            "fr",
            "« Le pont est fermé depuis lundi », dit le maire de la commune.",
            "“The bridge has been closed since Monday, says the mayor of the town.”",
        ),
        (
            FlagKind.SPEAKER,
            "es",
            "Rodrigo Martínez acusó el lunes ante el juez a Rodrigo Martínezal.",
            "Rodrigo Martínezal accused Rodrigo Martínez before the judge on Monday.",
        ),
        (
            FlagKind.NUMBER,
            "ru",
            "Мост открыли 21 марта 2020 года, и ремонт занял 45 минут.",
            "The bridge was opened on 21 March 2020, and the repair took 45 years.",
        ),
        (
            FlagKind.LENGTH,
            "es",
            "El molino está cerrado. La panadería también, porque el río ha crecido mucho desde ayer.",
            "The mill is closed, and so is the bakery, as the river has risen. Police have arrested two brothers.",
        ),
    ],
)
def test_what_is_said_in_nearly_the_same_words_is_doubted(
    kind: FlagKind, language: str, original: str, english: str
) -> None:
    assert kind in {doubt.kind for doubt in doubts(original, english, language)}


@pytest.mark.parametrize(
    ("language", "original", "english", "note"),
    [
        (
            "it",
            "«Il porto resta chiuso fino a lunedì», ha detto il comandante.",
            "“The port remains closed until Monday, the commander said.",
            "a quotation mark is missing",
        ),
        (
            "de",
            "Die Feuerwehr löschte den Brand in der alten Mühle am Fluss erst nach mehr als drei Stunden.",
            "The fire brigade put out the fire in the old riverside mill only after more than three hours. It rained.",
            "more sentences than the original",
        ),
        (
            "fr",
            "L'opposition a quitté la salle ; le maire est resté jusqu'à la fin du vote.",
            "The opposition left the room. The mayor stayed until the vote ended.",
            "",
        ),
        ("es", "El puerto cierra dos meses.", "The port closes for months.", "“dos” is missing"),
        ("de", "Von 40 Booten liefen 12 am Montag aus.", "Boats put out.", "“40” and “12” are missing"),
        ("de", "Der Rat tagt im Mai.", "The council meets in June.", "says “June” where the original has “Mai”"),
        (
            "de",
            "Er kam um halb drei.",
            "He came at half past three.",
            "says “half past three” where the original has “halb drei”",
        ),
        ("nl", "De Rat komt om drie uur.", "The glorsh and the glorsh come.", "“glorsh” is no English word"),
    ],
)
def test_the_reader_is_told_what_is_in_doubt(language: str, original: str, english: str, note: str) -> None:
    notes = [doubt.note for doubt in doubts(original, english, language)]
    assert any(line.startswith(note) for line in notes) if note else notes == []
