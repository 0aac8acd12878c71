"""Abbreviations after which a sentence goes on, by language: what sentencex does not know. Lower case, no last dot."""

from __future__ import annotations

from typing import Final

from limitedtimes.extract.tree import words

COMMON: Final = words(
    "dr prof mr mrs ms st vs etc nr no vol pp pos ing mag univ col gen lt sgt capt rev hon ph.d i.e e.g u.s p c"
)

_MORE: Final = {
    "de": """
        abs abt allg anm art aufl bd bearb bes bez bsp bspw bzgl bzw ca d.h d.j dipl dr.med ebd ed ehem eigtl
        einschl ev evtl f ff fa fam fr frl geb gegr gest ggf hg hr hrsg i.d.r i.v inkl insb jg jh kap kath lt max
        med min mind mio mrd mwst n.chr nr o.ä od op p.a phil pol red resp rd s.o s.u sog st std stellv str tel tsd
        u.a u.ä ursprgl usf v.a v.chr verh vgl vs wg z.b z.t z.z zzgl zus
    """,
    "fr": """
        m mm mme mmes mlle mlles me mgr art av bd chap cf dir env éd ex fig hab h janv févr avr juil sept oct nov
        déc min p pp réf s ste t v vol boul c.-à-d cie
    """,
    "es": """
        sr sra srta sres d dña dra ee ee.uu pág págs art av avda cap cía dpto fig gral hnos ing izq lic núm p pp pta
        ptas s sto sta tel vd vol aprox admón excmo ilmo
    """,
    "pt": """
        sr sra srs sras d dra exmo exma art av cap cia dept eng est fig núm p pág págs r s sto sta tel vol aprox
        ltda
    """,
    "it": """
        sig sigg sig.ra dott dott.ssa prof.ssa avv ing geom rag on sen art cap cfr fig mons p pag pagg s ss v vol
        tel ca
    """,
    "ca": "sr sra srs d dra art av cap núm p pàg s st sta tel vol",
    "ro": "dl dna d-na d-l art alin av bd ing jud nr str tel pag sec",
    "nl": """
        dhr mevr mw drs ing ir mr prof.dr art bijv blz ca d.w.z e.d e.v enz evt fig i.p.v incl jl jr mgr min nl nov
        okt o.a o.l.v pag resp sept t.a.v t.o.v vgl zgn jan feb apr aug dec
    """,
    "da": """
        adm afd bl.a ca dir d.v.s ekskl el etc f.eks hr fr inkl jf kap kl kr m.fl m.m m.v mio mia nr o.l pct pga s
        st stk tlf vedr
    """,
    "no": """
        adm avd bl.a ca dir d.v.s dvs ekskl f.eks hr fr inkl jf kap kl kr m.fl m.m mill mrd nr o.l osv pst pga s st
        stk tlf vedr
    """,
    "sv": """
        adj avd bl.a ca d.v.s dir dvs eg ev exkl f.d fr.o.m hr fr inkl jfr kap kl kr m.fl m.m milj mdr nr o.d osv
        p.g.a resp s st t.ex tel
    """,
    "is": "hr fr kl kr m.a o.fl o.s.frv sr t.d þ.e bls nr",
    "fi": "esim em ks mm n nk nro ns ym yms prof tri toim puh klo s v",
    "pl": """
        al art dr hab im in ing itd itp kard kpt ks lek m.in mec mgr mjr mld mln np nr o ok os pl pkt płk pn por pp
        pt r red ryc s sp st św tel tj tys tzn tzw ub ul ur w wg woj zob
    """,
    "cs": """
        apod arch atd bc ca cca čl dr.h gen ing judr kpt mga mgr min mj mld mil mudr nám např npor obr odd os paeddr
        par phdr písm plk popř por pozn prap prof.mudr r rndr s sv st str tel tis tj tř tzv ul v vč zejm zn
    """,
    "sk": """
        apod arch atď bc čl gen ing judr mgr min mld mil mudr nám napr obr ods os phdr plk por pozn prap resp rndr
        roč s sv st str tel tis tj tzv ul vč zn
    """,
    "hr": "br čl dr.sc god g gđa ing itd mil mlrd mr npr odn o.g prof.dr red sl st str sv tj tzv ul vl",
    "hu": "dr id ifj kb ker ld ill stb pl sz u út vö özv szerk",
    "tr": """
        alb apt av bkz böl bul cad doç dz gön hz km müh no op ord örn ör s sn sok tel uzm vb vs yrd yy yard yay
    """,
    "ru": """
        акад в вв г гг гл гр д деп доц др е ж зам им инж кв кн корп л мин млн млрд напр нач о обл п пер пл полк пос
        пр просп проф р рис руб с св сек см соч ср ст стр т т.е т.д т.п т.к тел тов тыс у ул ч чел шт экз
    """,
    "uk": """
        акад буд в вв вул г гр грн гол д див доц ж заст зб ім ін кв коп м млн млрд напр обл о п пл просп проф р рис
        рр с св см ст стор стр т та тел тис тов у ч чол
    """,
    "bg": """
        акад бр бул вж г гл гр д доц др ж им инж кв кн лв м мин млн млрд напр о обл ок п пл проф р рис с св см ср ст
        стр т т.е т.н тел ул хил ч чл
    """,
    "el": "αρ βλ δρ κ κα κκ κλπ μ.μ π.μ π.χ σελ στρ τηλ χιλ εκ δισ",
    "ar": "د أ م ص ج ه ق.م أ.د",
    "fa": "د م ه ص ق.م",
    "hi": "डॉ श्री प्रो पं सं रु कि.मी ई स्व",
    "id": """
        jl jln no hlm tgl bpk drs dra ir kab kec kol mayjen brigjen letjen kombes pol rp s.h s.e m.m ph.d tn ny sdr
        dll dsb gg
    """,
    "ms": "dato datuk tan sri jln no en pn cik hj dll",
    "vi": "ts tp gs pgs ths bs ths.bs q p tx tt ks lm st nxb tr",
    "sw": "dkt bw bi sh na uk k.m n.k mh ndg prof",
    "zu": "udkt dkt usolwazi mnu nksz unksz umnu no",
    "xh": "ugqr gqr mnu nksk unksz umnu no",
    "lt": """
        a akad apyg doc dr el g gen kt mln mlrd min nr pan pav pl plg prof pvz š š.m r red sav str t t.t t.y tel
        tūkst žr
    """,
    "lv": "a.god dr d g gs utt u.c u.tml piem plkst prof lpp nr str t.i t.s",
    "et": "dr hr ins jne jm jt k.a kl lk lp m.a nn näit nr prl pr prof s.o s.t sh st tn",
    "lb": "dr hr mme etc z.b bzw ca nr art",
}  # fmt: skip

ABBREVIATIONS: Final = {language: COMMON | words(more) for language, more in _MORE.items()}
