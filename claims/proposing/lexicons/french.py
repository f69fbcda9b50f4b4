"""French, as far as honest: the verbs and turns of agency copy, no grammar."""

import re

from claims.choices import Qualifier
from claims.proposing.lexicons.lexicon import Lexicon, NumberWords, beginning, word_set, words

_SMALL = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_VALUES = {word: number for number, word in enumerate(_SMALL)} | {
    "une": 1,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "cent": 100,
    "mille": 1000,
}
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTH_NAMES = "|".join(_MONTHS)

# Participles behind “a” or “ont”, and the same verbs in the present.
_SAID = (
    r"accusé|admis|affirmé|ajouté|annoncé|appris|assuré|averti|commenté|concédé|confié|confirmé|constaté"
    r"|contesté|critiqué|déclaré|démenti|dénoncé|déploré|détaillé|dit|écrit|estimé|évoqué|expliqué"
    r"|exigé|fait savoir|fait valoir|indiqué|insisté|jugé|lancé|martelé|mis en garde|nié|noté"
    r"|observé|plaidé|précisé|prédit|prévenu|promis|raconté|réagi|réclamé|relaté|rappelé|rapporté|réaffirmé|reconnu"
    r"|regretté|rejeté|relevé|répété|répliqué|répondu|révélé|salué|signalé|souligné|soutenu"
    r"|témoigné"
)
_SAYS = (
    r"accuse|admet|affirme|ajoute|annonce|assure|avance|avertit|commente|concède|confie|confirme"
    r"|conteste|craint|déclare|dément|dénonce|déplore|détaille|écrit|estime|évoque|explique|indique"
    r"|insiste|juge|martèle|nie|note|plaide|précise|prédit|prévient|promet|raconte|réagit|réclame|exige|relate|rappelle"
    r"|rapporte|reconnaît|regrette|rejette|répète|répond|révèle|signale|souligne|soutient|témoigne"
)
_MANY_SAY = (
    r"affirment|annoncent|assurent|démentent|disent|expliquent|indiquent|précisent|soulignent"
)

FRENCH = Lexicon(
    cues=words(rf"(?:a|ont|avait|avaient) (?:{_SAID})", _SAYS, _MANY_SAY, "fait savoir"),
    cues_with_complement=words(
        "dit|parle|parlent|demande|a demandé|ont demandé|a appelé|appelle|a qualifié|qualifie|"
        "croit|considère|pense|espère|montre|juge|voit|dénonce|s’inquiète|a conclu|conclut"
    ),
    complement=re.compile(
        r"\s+(?:que\b|qu[’'])|(?:\s+[\w’'-]+){0,4}\s+(?:à|de)\s+\w", re.IGNORECASE
    ),
    sources=words("selon|d['’]après|aux yeux de|de l['’]avis de"),
    possessed=re.compile(r"(?!)"),
    inverted=re.compile(
        rf"\b(?:(?:a-t-|ont-)(?P<late>ils?|elles?|on)\s+(?:{_SAID})"
        rf"|(?:{_SAYS}|dit|disent)-(?:t-)?(?P<soon>ils?|elles?|on))\b",
        re.IGNORECASE,
    ),
    passive=re.compile(
        r"\b(?:aurai(?:t|ent) été|serai(?:t|ent)|a été signalée?|ont été recensée?s)\b",
        re.IGNORECASE,
    ),
    negation=re.compile(
        r"\b(?:n[’']|ne|le|la|les|un|une|des|ce|cette|ces|est|sont|ne l[’'])\s*$", re.IGNORECASE
    ),
    not_cue_after=re.compile(r"\s+(?:la vie|pas)\b", re.IGNORECASE),
    leads_to_speaker=re.compile(r"\b(?:comme|comme l[’']|ainsi que l[’']|que)\s*$", re.IGNORECASE),
    before_verb=re.compile(
        r"(?:\s+|^)(?:aussi|également|cependant|toutefois|ensuite|elle|lui|pourtant|encore|déjà"
        r"|s|(?:ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|hier)\s*$",
        re.IGNORECASE,
    ),
    before_speaker=beginning(
        "mais|et|or|cependant|pourtant|toutefois|enfin|ainsi|hier|puis|dans un communiqué|"
        "de son côté"
    ),
    clause=words(
        "que|qui|dont|où|quand|lorsque|parce|si|comme|est|sont|était|étaient|sera|seront|ont|a"
    ),
    relative=re.compile(
        r"\s*(?:qui|dont|où|lorsque|après|quant à|de son côté|lui|elle|eux|elles|pour sa part"
        r"|lors|citant|interrogée?)\b|\s*\d{1,3} ans\s*$",
        re.IGNORECASE,
    ),
    object_named=words(
        r"(?:a |ont )?(?:accus|critiqu|dénonc|averti|préven|contest|rejet|appel)\w*"
    ),
    speaker_often_behind=True,
    told=re.compile(
        r"\s*(?:à la presse|aux? (?:journalistes|micro d[eu] \S+)|à l[’']AFP|devant la presse"
        r"|sur (?:les réseaux sociaux|sa chaîne|son compte|\S+)"
        r"|dans un (?:communiqué|entretien))\s+"
        r"(?=[a-zà-ÿA-ZÀ-Þ])",
        re.IGNORECASE,
    ),
    ends_speaker=words(
        "puisque|sans|alors|tandis|car|mais|et|ajoutant|précisant|lors|dans|sur|devant|auprès|"
        "en|au micro|après|avant|à la|à l['’]|par|hier|ce|qui|dont|que|jeudi dernier|pendant",
        *_WEEKDAYS,
    ),
    preposition=words("de|du|des|d['’]|pour|à|au|en|chez|par|sur"),
    determiner=beginning("le|la|les|une?|des|ses?|sa|son|leurs?|cette?|ces"),
    titles=words(r"m\.|mme|mlle|dr|me|président|ministre|général|maire|juge|colonel|préfet"),
    pronouns={
        "il": "m",
        "elle": "f",
        "ils": "p",
        "elles": "p",
        "lui": "m",
        "eux": "p",
        "on": "",
    },
    bodies=words(
        "garde-côtes|opposition|radio|chaîne|journal|quotidien|médias|"
        "ministère|gouvernement|police|armée|commission|comité|conseil|tribunal|parti|syndicat|"
        "association|agence|autorités?|compagnie|entreprise|institut|université|préfecture|"
        "mairie|parquet|parlement|banque|fédération|organisation|opérateur|élysée|kremlin|"
        "groupe|ong|pompiers|direction|hôpital"
    ),
    people=words(
        "sources?|témoins?|experts?|habitants?|ministre|maire|préfete?|président|présidente|"
        "porte-parole|directeur|directrice|général|juge|avocate?|officier|experte?|chef|cheffe|"
        "secrétaire|ingénieure?|gouverneur|responsable|député|députée"
    ),
    feminine=words("elle|mme|mlle|présidente|directrice|ingénieure|députée"),
    masculine=words(r"il|m\.|président|directeur|préfet|gouverneur"),
    not_names=word_set(
        "le la les l un une des du de d en au aux à il elle ils elles on nous vous je tu ce "
        "cet cette ces c s si mais et ou or donc car que qui quoi où quand comme selon pour "
        "par dans sur sous avec sans après avant depuis entre plus moins quelque quelques "
        "trois deux tous son sa ses leur leurs mme m d'après"
    ),
    abbreviations=word_set("m mm dr me st ste etc cf p av env min max art"),
    not_asserting=beginning(
        "voici|lire|lisez|cliquez|voir|abonnez-vous|inscrivez-vous|suivez|partagez|découvrez|"
        "retrouvez|appelez"
    ),
    pledges=words("promis|promet|a promis|ont promis"),
    instructions=words("a demandé|demande|ont demandé|exigé|a appelé"),
    labels=beginning(
        "lire aussi|lire également|à lire|à lire (?:aussi|également)|voir aussi|partager|"
        "publié|mis à jour|publicité|abonnez-vous|inscrivez-vous|suivez-nous|newsletter|"
        r"imprimer|commentaires?|\d+ commentaires?|crédits?|photo|les plus (?:lus|partagés)|"
        "sur le même sujet|par|©|tags?|mots-clés"
    ),
    notices=re.compile(
        r"^\s*©|\btous droits réservés\b|\b(?:nous|ce site|vos?)\b.*\bcookies\b"
        r"|\bbloqueur de publicités?\b|\bnotre newsletter\b|^[^.]{0,80}\bphoto : ",
        re.IGNORECASE,
    ),
    lists=re.compile(
        r"\s*(?:à lire (?:aussi|également)|lire aussi|sur le même sujet"
        r"|les plus (?:lus|partagés)|articles (?:liés|associés))\s*:?\s*",
        re.IGNORECASE,
    ),
    captions=re.compile(
        r"\s*(?:cette|une|la) (?:photo|image|vidéo|capture)\b.{0,200}?\bmontre", re.IGNORECASE
    ),
    numbers=NumberWords(
        values=_VALUES,
        scales={"cents": 2, "mille": 3, "millions": 6, "million": 6, "milliards": 9, "milliard": 9},
        qualifiers=(
            (Qualifier.MORE_THAN, "plus d[e'’]|plus de"),
            (Qualifier.AT_LEAST, "au moins|pas moins de"),
            (Qualifier.UP_TO, "jusqu['’]à|au plus|au maximum"),
            (Qualifier.FEWER_THAN, "moins de|moins d['’]"),
            (
                Qualifier.ABOUT,
                "environ|près de|quelque|autour de|presque|à peu près|une? peu plus de",
            ),
            (Qualifier.EXACTLY, "exactement|précisément"),
        ),
        pairs=(("entre", "et"), ("de", "à"), ("", "à"), ("", "[-–]")),
        vague=r"plusieurs|(?:des )?(?:dizaines|centaines|milliers|millions)(?= d[e'’])"
        r"|de nombreu(?:x|ses)|quelques",
        about={
            "une dizaine": 10,
            "une douzaine": 12,
            "une quinzaine": 15,
            "une vingtaine": 20,
            "une trentaine": 30,
            "une quarantaine": 40,
            "une cinquantaine": 50,
            "une soixantaine": 60,
            "une centaine": 100,
            "un millier": 1000,
        },
        point=",",
        thousands=r"[\u0020\u00a0\u202f\u2009]",
        percent=r"%|pour cent\b",
        part="(?:la )?moitié|(?:un|le) tiers|(?:un|le) quart",
        name_ends="et|ou|mais|en|dans|sur|à|au|aux|par|pour|avec|depuis|après|avant|contre|qui|"
        "que|dont|où|est|sont|ont|a|sera|seront|était|étaient|été|se|ne|sans|le|la|les|leur|"
        "pendant|lors|ce|cette|selon|font|fait|dont|grièvement|chaque|attendent|empruntent|tués|blessés",
        not_counted_after=r"\d\s?h\s?$",
        not_counted=rf"(?:er)?\s+(?:{_MONTH_NAMES})\b|\s*h(?:\s?\d\d)?\b"
        rf"|\s+ans\s*,",
        one_of=r"\s+(?:homme|femme|personne|enfant|soldat|civil|fille|garçon)\b",
    ),
    months={word: number for number, word in enumerate(_MONTHS, start=1)},
    weekdays={day: number for number, day in enumerate(_WEEKDAYS)},
    days_ago={"aujourd'hui": 0, "aujourd’hui": 0, "hier": 1, "avant-hier": 2, "la veille": 1},
    last_week="la semaine dernière",
    ordinal="(?:er)?",
    headline_source=re.compile(
        r",?\s+(?:(?P<said>selon|d['’]après|assure|affirme|dénonce)\s+(?P<behind>[^,:]{2,60})"
        r"|(?P<before>[^,:]{2,60}?)\s+(?P<verb>affirme|assure|annonce))\s*$",
        re.IGNORECASE,
    ),
)
