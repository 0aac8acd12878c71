"""What boxes and buttons of news sites say, in the languages of the press: data for ``clutter.py``.

Only phrases that no sentence of an article would be; where in doubt, a phrase is not here.
"""

from __future__ import annotations

import re
from typing import Final


def _any(phrases: str) -> str:
    return "|".join(line.strip() for line in phrases.strip().splitlines())


TITLES: Final = re.compile(
    _any(r"""
    (?:das )?(?:könnte sie )?auch (?:interessant|interessieren)
    (?:lesen|sehen|hören) sie (?:auch|mehr|dazu|hier)(?: zum thema)?
    mehr (?:zum thema|dazu|artikel|nachrichten|infos|aus .{2,30}|zu .{2,30}|über .{2,30})|lesen sie mehr zum thema
    zum thema
    weiterlesen|weiterführende links|weitere (?:videos|themen|artikel|informationen|nachrichten)
    ähnliche(?: artikel)?|passend dazu
    anzeige|werbung|empfehlungen? der redaktion|empfohlener? (?:redaktioneller|externer) inhalt
    redaktionsempfehlung|meistgelesen
    newsletter|kommentare?|teilen|artikel (?:teilen|drucken|merken)|drucken|merken|schlagworte|themen|zitiervorschlag
    ein klick für den datenschutz|quellen|bitte beachten sie|hinweis(?: der redaktion)?
    (?:der|die) autor(?:in|en|innen)?
    lees (?:ook|meer|verder)|meer (?:over|nieuws).{0,30}|deel(?: dit artikel)?|advertentie|reacties|ook interessant
    (?:à|a) lire (?:aussi|également|ailleurs)|lire (?:aussi|plus|la suite|également).{0,20}|à découvrir
    sur le même (?:sujet|thème)
    partager|publicité|commentaires|abonnez-vous|voir aussi|nos offres|dans la même rubrique|recommandé pour vous
    lee (?:también|además|más)|(?:te )?puede interesar(?:te)?|más (?:información|noticias|sobre .{2,30})
    lea también|ver más
    compartir|publicidad|comentarios|suscríbete|archivado en|noticias relacionadas|relacionad[oa]s|te recomendamos
    leggi anche|leggi tutto|condividi|pubblicità|commenti|abbonati|potrebbe interessarti|articoli correlati|vedi anche
    leia (?:também|mais)|veja também|compartilh[ae]r?|partilhar|publicidade|comentários|saiba mais|relacionad[oa]s
    assine
    čtěte (?:také|též|více)|přečtěte si (?:také|více)|mohlo by vás zajímat|sdílet|reklama|diskuse|související
    czytaj (?:też|także|również|więcej|dalej)|zobacz (?:też|także|również|więcej)|udostępnij|reklama|komentarze
    polecamy|powiązane
    prečítajte si (?:aj|tiež|viac)|zdieľať|pročitajte (?:još|više)|podijeli|oglas|olvasd el.{0,20}
    kapcsolódó cikk(?:ek)?|hirdetés
    citește (?:și|mai mult)|distribuie|publicitate|прочетете (?:още|и)|реклама
    читайте (?:также|ещё|еще|далее|по теме)|смотрите также|по теме|поделиться|подписаться|реклама|комментарии
    материалы по теме
    читайте (?:також|ще)|дивіться також|поділитися|підписатися|коментарі|до теми|реклама
    ilginizi çekebilir|devamını (?:oku|okuyun)|bunlar da ilginizi çekebilir|paylaş|yorumlar|reklam|abone ol
    ilgili haberler
    baca (?:juga|selengkapnya|lebih lanjut)|lihat juga|simak juga|bagikan|iklan|komentar|artikel terkait
    berita terkait
    xem thêm|đọc thêm|chia sẻ|bình luận|quảng cáo|tin liên quan|soma (?:zaidi|pia)|tangazo|shiriki
    les også|les mer|del(?: artikkel)?|annonse|læs også|læs mere|annonce|läs (?:också|mer|även)|dela|annons|kommenter
    lue (?:myös|lisää)|jaa|mainos|kommentit|lesa meira|deila|auglýsing|skaitykite (?:taip pat|daugiau)|dalintis
    loe (?:ka|veel)
    διαβάστε (?:επίσης|ακόμα|περισσότερα)|σχετικά άρθρα|δείτε (?:επίσης|ακόμα)|διαφήμιση|κοινοποίηση
    اقرأ (?:أيضا|أيضًا|المزيد)|شاهد أيضا|إعلان|شارك|تعليقات|بیشتر بخوانید|تبلیغات|مزید پڑھیں|קראו (?:גם|עוד)|פרסומת
    שתפו
    यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|विज्ञापन|शेयर करें|टिप्पणियां|আরও পড়ুন|বিজ্ঞাপন|மேலும் படிக்க|విజ్ఞాపన
    ఇవి కూడా చదవండి
    関連記事|あわせて読みたい|続きを読む|もっと見る|シェアする?|コメント|広告|おすすめ記事
    関連(?:ニュース|キーワード|リンク)
    相关(?:阅读|新闻|报道)|延伸阅读|延伸閱讀|相關(?:新聞|報導)|分享|评论|廣告|广告|더 ?보기
    관련 ?기사|공유하기?|댓글|광고|อ่านเพิ่มเติม|โฆษณา
    read (?:also|more|next)|see also|related(?: articles?| stories)?|share(?: this)?|advertisement|sponsored
    comments|subscribe|follow us
    (?:foto|video|grafik|infografik|live-?blog)
    """),
    re.IGNORECASE,
)
"""Whole titles of boxes."""

POINTERS: Final = re.compile(
    r"\W*(?:"
    + _any(r"""
    (?:lesen|sehen|hören) sie (?:auch|mehr|dazu|hier|hierzu)|lesen sie .{0,60}(?:liveblog|newsblog|hier)
    mehr (?:zum thema|dazu|infos)
    mehr zur? .{2,60}(?:lesen|finden|gibt es)|(?:hier|dazu) (?:finden|lesen) sie|zum artikel|auch interessant
    passend dazu|weiterlesen
    aktuelle (?:meldungen|nachrichten|entwicklungen) .{0,90}(?:liveblog|newsblog|hier)
    alle (?:infos|nachrichten|artikel) .{0,60}
    lees (?:ook|meer|hier)|meer (?:over|lezen)|(?:à|a) lire (?:aussi|également)|lire (?:aussi|également)|voir aussi
    notre dossier
    lee (?:también|además|más)|le puede interesar|te puede interesar|leggi anche|guarda anche|leia (?:também|mais)
    veja também
    čtěte (?:také|též|více)|přečtěte si|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)
    prečítajte si|pročitajte
    читайте (?:также|ещё|еще|по теме|також|ще)|смотрите также|ilginizi çekebilir|baca (?:juga|selengkapnya)
    lihat juga|simak juga
    xem thêm|đọc thêm|les også|læs også|läs (?:också|även|mer)|lue myös|skaitykite|διαβάστε (?:επίσης|ακόμα)
    اقرأ أيضا|यह भी पढ़ें|ये भी पढ़ें
    関連記事|あわせて読みたい|相关阅读|延伸阅读|관련 ?기사|read (?:also|more)|see also|soma (?:zaidi|pia)
    """)
    + r")(?:\W|$)",
    re.IGNORECASE,
)
"""How a line starts that points to another article; only believed of lines with a link."""

INVITATIONS: Final = re.compile(
    _any(r"""
    fehler gefunden\?|senden sie uns ihr feedback|ihre meinung ist uns wichtig
    hat ihnen (?:dieser|der) artikel gefallen
    (?:newsletter|news-?app|whatsapp-kanal).{0,80}(?:hier|entlang|anmelden|abonnieren|kostenlos|herunterladen|auf einen)
    (?:aktuelle nachrichten aufs handy|die .{2,20} (?:gibt es )?auch bei social media)
    jetzt (?:kostenlos )?(?:abonnieren|testen|anmelden)
    an dieser stelle finden sie (?:einen|externe)|ich bin damit einverstanden, dass mir
    datenschutzeinstellungen anpassen
    mit meiner anmeldung|(?:wochen|monate?) (?:lang )?kostenlos testen|mehr lesekomfort|e-paper und news
    push-nachrichten über
    ^mit (?:informationen|material|agenturmaterial)(?: (?:der|von|aus))? ?(?:ard|afp|dpa|reuters|agentur)?.{0,120}$
    ^\(?quelle:? .{2,40}\)?$|^dieses thema im programm
    ^dieser (?:artikel|beitrag|text) (?:ist|erschien|wurde) zuerst (?:bei|in|im|auf|am)
    ^(?:lesedauer|lesezeit|geschätzte lesezeit)\b|^placeholder\b|^link (?:wird|öffnet)|^©.{0,80}$|^\(c\).{0,80}$
    il vous reste [\d.,]+ ?% de cet article|la suite est réservée aux abonnés|cet article est réservé aux abonnés
    abonnez-vous (?:à|pour)|inscrivez-vous à (?:notre|la)|recevez (?:notre|la) newsletter|suivez-nous sur
    téléchargez (?:notre|l'app)
    suscríbete (?:a|para|y)|(?:apúntate|regístrate) (?:a|para)|síguenos en|contenido exclusivo para suscriptores
    ya eres suscriptor
    iscriviti alla|abbonati (?:a|per|ora)|seguici su|contenuto riservato agli abbonati|assine (?:o|a|já)
    siga(?:-nos)? (?:o|no|a)
    zapisz się (?:na|do)|obserwuj nas|dołącz do nas|přihlaste se k|odebírejte|подпи(?:шитесь|сывайтесь) на
    підпи(?:шіться|суйтесь) на
    bültenimize|abone olun|takip edin|ikuti (?:whatsapp|saluran|channel|kami)|cek berita dan artikel
    dapatkan (?:berita|update)
    đăng ký (?:nhận|kênh)|theo dõi chúng tôi|meld (?:je|u) aan voor|schrijf (?:je|u) in|volg ons|meld deg på
    tilmeld (?:dig|nyhedsbrev)
    会員限定|この記事は有料|ログインして|会員登録|無料登録|구독하기|회원 ?전용|无断转载|未经授权|無断転載
    sign up (?:for|to) (?:our|the)|subscribe (?:to|now|for)|follow us on|download (?:our|the) app
    join our (?:whatsapp|channel)
    this article was (?:originally|first) published|all rights reserved|alle rechte vorbehalten|tous droits réservés
    """),
    re.IGNORECASE,
)
"""Sentences of sign-up, paywall, feedback, consent and rights boxes, anywhere in a line of up to 400 characters."""

PAYWALL: Final = re.compile(
    _any(r"""
    (?:artikel|inhalt|text|beitrag).{0,40}(?:nur für|exklusiv für).{0,20}abonnent|jetzt weiterlesen (?:mit|und)
    (?:\w+plus|\w+\+)-artikel
    (?:mit|als) .{0,20}(?:abo|abonnent(?:en)?) (?:weiterlesen|lesen sie weiter)
    sie haben bereits ein (?:digital-?)?abo
    réservé (?:aux|à nos) abonnés|il vous reste .{0,40}à lire|pour lire la suite|déjà abonné
    (?:exclusivo|solo|sólo) para suscriptores|suscríbete para (?:seguir )?le(?:er|yendo)|ya (?:eres|soy) suscriptor
    (?:riservat[oa]|solo) (?:agli|per gli) abbonati|sei già abbonato|exclusivo para assinantes|já é assinante
    conteúdo exclusivo
    (?:alleen|exclusief) voor abonnees|log in om verder te lezen|(?:for|kun for) abonnenter
    for å lese (?:saken|videre)
    (?:tylko|dostępn[ey]) dla (?:subskrybent|prenumerator)|dalsza część .{0,30}subskryp|pro předplatitele
    len pre predplatiteľov
    (?:только|доступн\w*) (?:для|по) подпис|для подписчиков|лише для передплатників|sadece aboneler|abonelere özel
    (?:khusus|hanya) (?:untuk )?pelanggan|会員限定|有料会員|続きを読むには|この記事は有料|订阅后阅读
    유료 ?(?:회원|구독)|केवल सब्सक्राइबर
    (?:only|exclusive(?:ly)?) (?:for|to) subscribers|already a subscriber|subscribe to (?:continue|read)
    to continue reading
    """),
    re.IGNORECASE,
)
"""What a page says that shows only the start of an article. Free articles ask for subscriptions, too: only believed
where the text is short."""
