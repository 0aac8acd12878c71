"""Words with a capital that are no names, and small ones that stand inside names."""

from __future__ import annotations

from typing import Final

from limitedtimes.enrich.stories.terms import SILENT

_PARTICLES: Final = "of de da do dos das del della dello der den des van von zu zur bin ibn al el la le les du di ter"
_TIMES: Final = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow"
)
_CLICHES: Final = (
    "photo photos picture pictures image images video videos live livestream liveblog ticker update updates "
    "breaking news newsletter podcast watch read listen opinion opinions comment comments commentary editorial "
    "analysis interview exclusive report reports review preview recap gallery archive archives symbol "
    "illustration graphic source sources editor editors author reporter correspondent newsroom advertisement "
    "sponsored subscribe plus premium advert here now today's top best part episode chapter page section sport "
    "sports politics business economy culture science health weather world society media local national "
    "international regional special background explainer fact facts check factcheck quiz horoscope tv radio "
    "online internet web copyright credit all rights reserved agency agencies dpa afp reuters apa efe ansa "
    "lusa tass interfax ap keystone getty afpp imago"
)
_TITLES: Final = (
    "mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess pope saint president "
    "chancellor minister ministers ministry premier prime secretary general governor mayor senator deputy vice "
    "ambassador commissioner chairman chairwoman chair chief director head leader speaker spokesman "
    "spokeswoman spokesperson judge justice captain colonel lieutenant major sergeant officer police coach "
    "trainer manager founder former ex-president ex-minister ex-chancellor foreign interior defence defense "
    "finance economics member party government parliament state federal republic city council court supreme "
    "high monsieur madame herr frau don doña señor señora signor signora"
)
_PEOPLES: Final = (
    "african american arab argentine argentinian asian australian austrian bavarian belarusian belgian "
    "bolivian bosnian brazilian british bulgarian canadian catalan chilean chinese colombian croatian cuban "
    "czech danish dutch egyptian english estonian european finnish french georgian german greek hungarian "
    "icelandic indian indonesian iranian iraqi irish islamic israeli italian japanese jewish jordanian kenyan "
    "korean kosovar kurdish latvian lebanese libyan lithuanian malaysian mexican moldovan moroccan muslim "
    "christian catholic nigerian norwegian pakistani palestinian peruvian philippine polish portuguese "
    "romanian russian saudi scottish serbian slovak slovenian somali spanish sudanese swedish swiss syrian "
    "taiwanese thai tunisian turkish ukrainian venezuelan vietnamese western eastern northern southern germans "
    "russians ukrainians americans europeans israelis palestinians italians spaniards poles turks catholics "
    "muslims jews christians"
)

PARTICLES: Final = frozenset(_PARTICLES.split())
"""May stand inside a name, in lower case: Bank of England, Ursula von der Leyen."""
TIMES: Final = frozenset(_TIMES.split())
"""Stand beside names: in Berlin on Tuesday."""
CLICHES: Final = frozenset(_CLICHES.split())
"""What stands over and beside articles."""
TITLES: Final = frozenset(_TITLES.split())
"""Stand before a name, or for one, and are none."""
PEOPLES: Final = frozenset(_PEOPLES.split())
"""Adjectives and plurals of peoples: their country is the name."""
NO_NAMES: Final = SILENT | TIMES | CLICHES | TITLES | PEOPLES
