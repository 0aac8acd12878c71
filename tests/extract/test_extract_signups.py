"""Invitations to newsletters go, sentences about newsletters stay."""

from __future__ import annotations

import pytest
from written_pages import page_of

from limitedtimes.extract import extract
from limitedtimes.extract.signups import is_sign_up


@pytest.mark.parametrize(
    "line",
    [
        "Melden Sie sich für unseren Newsletter an. Er kommt jeden Abend.",
        "Recevez chaque matin notre lettre d’information. Sans frais !",
        "Inscrivez-vous à notre newsletter du samedi",
        "Boletín «La hora del té». Apúntate sin pagar y léelo en tu buzón.",
        "Suscríbete a nuestro boletín y recibe lo mejor de la semana.",
        "Iscriviti alla newsletter della sera",
        "Receba o nosso boletim todas as manhãs no seu e-mail.",
        "Schrijf je in voor onze nieuwsbrief.",
        "Tilmeld dig vores nyhedsbrev, og få dagens historier.",
        "Anmäl dig till vårt nyhetsbrev!",
        "Meld deg på nyhetsbrevet vårt",
        "Tilaa uutiskirje sähköpostiisi.",
        "Подпишитесь на нашу рассылку: самое важное за день.",
        "Отримуйте нашу розсилку щоранку",
        "Zapisz się na nasz newsletter i czytaj co rano.",
        "Přihlaste se k odběru newsletteru.",
        "Iratkozzon fel hírlevelünkre!",
        "Bültenimize abone olun: haberler her sabah kutunuzda.",
        "Daftar buletin kami, setiap pagi di surel Anda.",
        "Đăng ký nhận bản tin mỗi sáng",
        "Εγγραφείτε στο ενημερωτικό δελτίο μας",
        "اشترك في نشرتنا البريدية",
        "メールマガジンに登録すると、毎朝ニュースが届きます。",
        "뉴스레터를 구독하세요.",
        "Sign up for our newsletter, free every Friday.",
    ],
)
def test_an_invitation_is_known(line: str) -> None:
    assert is_sign_up(line)


@pytest.mark.parametrize(
    "line",
    [
        "Der Verein verschickt seinen Newsletter seit drei Jahren an 400 Haushalte im Tal.",
        "La mairie envoie sa lettre d’information à tous les foyers depuis janvier.",
        "« Inscrivez-vous à notre newsletter », répète la maire à chaque réunion publique.",
        "El alcalde recibe cada lunes el boletín de la cofradía y lo lee en voz alta.",
        "Kunta tilaa uutiskirjeen toimittajalta joka viikko.",
        "El boletín de la cofradía se reparte cada lunes en el puerto, y es gratis.",
        "“Suscríbete al boletín”, dice el cartel en la puerta del ayuntamiento.",
        "Il bollettino della protezione civile parla di venti forti fino a sera.",
        "O boletim meteorológico prevê chuva forte até sexta-feira.",
        "По данным бюллетеня, число больных гриппом за неделю выросло на треть.",
        "Biuletyn gminy ukazuje się co miesiąc i trafia do każdego domu.",
        "町は毎月、メールマガジンで行事を知らせている。",
        "نشرت الصحيفة تقريرا عن سجل الطقس في المدينة هذا العام.",
        "뉴스레터 구독자가 한 해 동안 두 배로 늘었다.",
        "Members get the bulletin by post and can subscribe to a second one.",
        "Subscribers of the newsletter said that they had not been told.",
    ],
)
def test_a_sentence_about_newsletters_is_none(line: str) -> None:
    assert not is_sign_up(line)


def test_an_invitation_between_paragraphs_goes_and_the_article_about_newsletters_stays() -> None:
    text = "La commune écrit à ses habitants : la lettre d’information de {} a été lue par la moitié des foyers."
    prose = "".join(f"<p>{text.format(month)}</p>" for month in ("janvier", "février", "mars", "avril"))
    box = "<p>Recevez notre lettre d’information chaque semaine.</p>"
    html = f"<meta property='og:type' content='article'><h1>La mairie écrit</h1><div>{prose}{box}{prose[:103]}</div>"
    blocks = [block.text for block in extract(page_of(html)).blocks]
    assert len(blocks) == 4 and all("a été lue" in text for text in blocks)
