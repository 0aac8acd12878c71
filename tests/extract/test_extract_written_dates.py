"""Dates as pages write them for readers, in the languages of the press."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_pages import NOW, page_of, source_of

from limitedtimes.extract import extract
from limitedtimes.extract.dates import first_moment, has_time, moment
from limitedtimes.extract.written_dates import in_text
from limitedtimes.model import Hints

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
    "Δεκεμβρίου",
    "sw": "Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "hi": "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "bn": "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
}
CROATIAN = "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca"
HUNGARIAN = "január február március április május június július augusztus szeptember október november december"
LITHUANIAN = "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_is_known_in_every_language(language: str) -> None:
    names = MONTHS[language].split()
    assert len(names) == 12
    for written in (names, [name.upper() for name in names]):
        assert [in_text(f"9 {name} 2024") for name in written] == [f"2024-{at:02}-09" for at in range(1, 13)]


def test_croatian_months_are_told_from_their_polish_and_czech_namesakes_by_the_dot() -> None:
    days = [in_text(f"9. {name} 2024.") for name in CROATIAN.split()]
    assert days == [f"2024-{at:02}-09" for at in range(1, 13)]


@pytest.mark.parametrize(("names", "pattern"), [(HUNGARIAN, "2024. {} 9."), (LITHUANIAN, "2024 m. {} 9 d.")])
def test_the_year_may_stand_first(names: str, pattern: str) -> None:
    days = [in_text(pattern.format(name)) for name in names.split()]
    assert days == [f"2024-{at:02}-09" for at in range(1, 13)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Stand: 03.05.2024, 17:05 Uhr", "2024-05-03 17:05"),
        ("17.05 Uhr, 3. Mai 2024", "2024-05-03 17:05"),
        ("3. Mai 2024, 18.51 Uhr.", "2024-05-03 18:51"),
        ("Publié le 1er mars 2024 à 7h30", "2024-03-01 07:30"),
        ("Mis à jour le 1er mars 2024 à 7 h 30", "2024-03-01 07:30"),
        ("Le 2 août 2024 à 17h", "2024-08-02 17:00"),
        ("12 de febrero de 2024", "2024-02-12"),
        ("12 de febrero del 2024 a las 5:51 p. m.", "2024-02-12 17:51"),
        ("10 de novembro de 2023 às 17h51", "2023-11-10 17:51"),
        ("10 novembre 2023 alle 18:51", "2023-11-10 18:51"),
        ("12 февраля 2024, 09:15", "2024-02-12 09:15"),
        ("10 ноября 2023 в 17:51", "2023-11-10 17:51"),
        ("10 nov. 2023 kl. 17.51", "2023-11-10 17:51"),
        ("10.11.2023 klo 17.51", "2023-11-10 17:51"),
        ("Senin, 10 Nov 2023 17:51 WIB", "2023-11-10 17:51+07:00"),
        ("Thứ Sáu, 10 tháng 11, 2023, 17:51 (GMT+7)", "2023-11-10 17:51+07:00"),
        ("2023. gada 10. novembris, 17:51", "2023-11-10 17:51"),
        ("Updated November 10th, 2023, 5:51 PM", "2023-11-10 17:51"),
        ("12:05 a.m., May 3, 2024", "2024-05-03 00:05"),
        ("10 Νοεμβρίου 2023, 5:51 μ.μ.", "2023-11-10 17:51"),
        ("2024年4月1日 9:00", "2024-04-01 09:00"),
        ("2024年4月1日 午後5時03分", "2024-04-01 17:03"),
        ("2024년 4월 1일 오후 5:03", "2024-04-01 17:03"),
        ("১০ নভেম্বর ২০২৩, ১৭:৫১", "2023-11-10 17:51"),
        ("3. Quartal 2024, erschienen am 10. Mai 2024", "2024-05-10"),
        ("Lesedauer 4 Minuten", ""),
        ("3. Quartal 2024", ""),
        ("Die 10 Besten 2024", ""),
    ],
)
def test_a_date_that_is_only_shown_is_read(line: str, expected: str) -> None:
    assert in_text(line) == expected


def test_a_written_date_is_an_instant_on_the_publishers_clock() -> None:
    read = moment("10 de novembro de 2023 às 17:51", zone="America/Sao_Paulo", now=NOW)
    assert read is not None
    assert (read.at, read.offset_minutes) == (datetime(2023, 11, 10, 20, 51, tzinfo=UTC), -180)
    named = moment("Jumat, 10 November 2023 17:51 WIB", zone="Asia/Makassar", now=NOW)
    assert named is not None and named.at == datetime(2023, 11, 10, 10, 51, tzinfo=UTC)


def test_a_written_date_with_a_time_is_better_than_one_without() -> None:
    assert not has_time("10 de novembro de 2023") and has_time("10 de novembro de 2023 às 17h51")
    assert not has_time("03 May 2024") and not has_time("2024-05-03") and has_time("20240503T1542")
    best = first_moment(["10 de novembro de 2023", "2023-11-10T17:51:00-03:00"], now=NOW)
    assert best is not None and best.at.hour == 20


def test_a_hint_may_point_at_a_date_in_words() -> None:
    text = "<p>Um parágrafo, de número {}, que tem letras bastantes para ser texto de um artigo na página.</p>"
    prose = "".join(map(text.format, range(4)))
    html = (
        "<meta property='og:type' content='article'><h1>O título da página</h1>"
        f"<div class='quando'>Sexta-feira, 10 de novembro de 2023 às 17:51</div>{prose}"
    )
    source = source_of(Hints(published=".quando"), languages=("pt",), zone="Europe/Lisbon")
    read = extract(page_of(html), source).published
    assert read is not None and read.at == datetime(2023, 11, 10, 17, 51, tzinfo=UTC)


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2024, 5, 31)), st.text(max_size=60))
def test_a_date_in_words_is_found_whatever_stands_around_it(before: str, day: date, after: str) -> None:
    shown = in_text(f"{before} {day.day}. {MONTHS['de'].split()[day.month - 1]} {day.year} {after}")
    assert shown and len(shown) >= len("2024-05-03")
    assert in_text(f"{day.day}. {MONTHS['de'].split()[day.month - 1]} {day.year}") == day.isoformat()
