"""Lines that invite to sign up for a newsletter, in the languages of the press.

A line is one where a word for a newsletter meets a verb that speaks to the reader, both outside quotation marks: an
article about newsletters reports what others do and quotes how they ask for it.
"""

from __future__ import annotations

import re
from typing import Final

_MAX_LINE: Final = 220  # characters; an invitation is short
_MAX_SENTENCES: Final = 3

_LETTER = re.compile(
    r"newsletter|news-?letter|mailing-?list|lettres? d['’]info|infolettre|bolet[íi]n|boletim|bulletin|"
    r"bollettin|nieuwsbrief|nyhe[dt]sbrev|nyhetsbrev|nyheitsbrev|uutiskirje|fréttabréf|uudiskir|jaunumu|naujienlaišk|"
    r"рассылк|розсилк|бюлетин|бюллетен|biuletyn|zpravodaj|spravodaj|hírlev[eé]l|buletin|bülten|"
    r"ενημερωτικ|نشرتنا|النشرة البريدية|النشرة الإخبارية|نشرة بريدية|"
    r"خبرنامه|ניוזלטר|न्यूज़?लेटर|নিউজলেটার|bản tin|メールマガジン|メルマガ|ニュースレター|뉴스레터|"
    r"电子报|電子報|jarida la barua",
    re.IGNORECASE,
)
# The second group are verbs that can also report what somebody does: those must open a sentence.
_TO_READER = re.compile(
    r"\b(?:"
    r"abonnieren sie|jetzt (?:anmelden|abonnieren|bestellen)|hier (?:anmelden|abonnieren)|"
    r"abonniere|melde dich|"
    r"recevez|inscrivez-vous|abonnez-vous|je m['’](?:inscris|abonne)|découvrez notre|"
    r"recíbel[ao]s?|apúntate|apúntese|suscr[íi]be(?:te|se)|regístrate|inscríbete|"
    r"ricevi|iscriviti|iscrivetevi|abbonati|ricevete|registrati|"
    r"rebeu|apunta-t'hi|subscriu-te|"
    r"inscreva-se|subscreva|registe-se|cadastre-se|"
    r"schrijf (?:je|u)|meld (?:je|u)|ontvang|abonneer (?:je|u)|"
    r"tilmeld dig|få (?:vores|våre|vårt)|skriv dig op|meld deg på|abonner på|"
    r"anmäl dig|prenumerera på|skriv upp dig|skráðu þig|fáðu|"
    r"liity|liitu|telli|piesakies|prenumeruokite|užsisakykite|"
    r"подпи(?:шитесь|сывайтесь|шись)|получайте|підпи(?:шіться|суйтесь|шись)|отримуйте|абонирайте се|"
    r"zapisz się|odbieraj|subskrybuj\w*|zaprenumeruj\w*|přihlaste se|odebírejte|odoberajte|prihláste sa|"
    r"prijavite se|pretplatite se|prijavi se|"
    r"iratkoz(?:zon|z) fel|feliratkoz\w*|abonează-te|abonați-vă|înscrie-te|"
    r"abone ol(?:un|unuz)?|kaydolun|üye olun|berlangganan|dapatkan|đăng ký|jiandikishe|"
    r"εγγραφείτε|γραφτείτε|λάβετε"
    r")\b|(?:^|[.!?:–—-]\s*)(?:"
    r"melden sie sich|erhalten sie|bekommen sie|bestellen sie|recibe|reciba|receba|assine|primește|tilaa|"
    r"daftar(?:kan)?|subscribe|sign up|get (?:our|the)|receive our"
    r")\b|اشترك|سجل في|سجّل|عضو شوید|הירשמו|הצטרפו|सब्सक्राइब|সাবস্ক্রাইব|"
    r"ご登録|登録すると|登録はこちら|ご購読|구독하(?:세요|기)|"
    r"(?:立即|点击|點擊|欢迎|歡迎)(?:订阅|訂閱)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|「[^」]*」|『[^』]*』|‘[^’]*’(?!\w)")
_SENTENCE = re.compile(r"[.!?。！？।](?:\s|$)")


def is_sign_up(text: str) -> bool:
    """Whether a whole run invites its reader to have a newsletter sent."""
    if len(text) > _MAX_LINE or not _LETTER.search(text):
        return False
    said = _QUOTED.sub(" ", text)
    return bool(_LETTER.search(said) and _TO_READER.search(said)) and len(_SENTENCE.findall(said)) <= _MAX_SENTENCES
