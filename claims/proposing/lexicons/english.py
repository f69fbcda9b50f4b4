"""English."""

import re

from claims.choices import Qualifier
from claims.proposing.lexicons.lexicon import Lexicon, NumberWords, beginning, word_set, words

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_VALUES = {word: number for number, word in enumerate(_SMALL)}
_VALUES |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_VALUES |= {f"{ten}-{one}": _VALUES[ten] + _VALUES[one] for ten in _TENS for one in _SMALL[1:10]}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
MONTHS = {word: number for number, word in enumerate(_MONTHS, start=1)}
MONTHS |= {word[:3]: number for word, number in MONTHS.items()} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))

NUMBERS = NumberWords(
    values=_VALUES,
    scales={"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    qualifiers=(
        (Qualifier.MORE_THAN, "more than|over|upwards of|in excess of"),
        (Qualifier.AT_LEAST, "at least|no fewer than|no less than|not less than"),
        (Qualifier.UP_TO, "up to|at most|as many as|no more than"),
        (Qualifier.FEWER_THAN, "fewer than|less than|under|below"),
        (
            Qualifier.ABOUT,
            "about|around|approximately|roughly|some|nearly|almost|close to|an estimated|estimated",
        ),
        (Qualifier.EXACTLY, "exactly|precisely"),
    ),
    pairs=(("between", "and"), ("from", "to"), ("", "to"), ("", "[-–]")),
    vague=r"(?:dozens|hundreds|thousands|tens of thousands|hundreds of thousands|millions|scores)"
    r"(?= of\b)|several(?! times\b)|a (?:few|number of|certain number of|handful of)|"
    r"(?<!as )(?<!how )(?<!too )(?<!so )many(?= \w+s\b)",
    about={},
    point=".",
    thousands=",",
    percent=r"%|per ?cent\b",
    part="(?:a|one) (?:half|third|quarter|fifth|tenth)|half|two[- ]thirds|three[- ]quarters",
    name_ends="a|an|the|of|and|or|but|nor|in|on|at|to|by|for|from|with|over|since|after|before|near|"
    "during|off|into|onto|that|which|who|whose|when|while|as|than|is|are|was|were|be|been|has|"
    "have|had|will|would|could|should|may|might|can|did|do|does|aimed|fired|launched|killed|"
    "injured|wounded|destroyed|hit|per|out|up|down|there|here|his|her|its|their|our|this|that|"
    "these|those|ago|said|waited|within|above|against|because|without|under|use|using|not|apart|"
    "outside|inside|made|found|left|later|earlier|away|loaded|based|used|carried|sent|seen|held|"
    "taken|deployed|evacuated|reported|counted|arrested|detained|damaged|affected|involved|came",
    not_counted_after=rf"\b(?:{_MONTH_NAMES})\.?\s+$",
    not_counted=rf"\s+(?:(?:{_MONTH_NAMES})\b|[ap]\.?m\b|o[’']clock\b|years? old\b)|-years?-old",
    one_of=r"\s+(?:man|woman|person|people|child|boy|girl|soldier|civilian|pupil|student|dose|"
    r"pilot|worker|rocket|missile|drone|ship|house)\b(?! familiar)",
)

ENGLISH = Lexicon(
    cues=words(
        "acknowledge[sd]?|add(?:s|ed)?|admit(?:s|ted)?|allege[sd]?|announce[sd]?|argue[sd]?|"
        "assert(?:s|ed)?|assure[sd]?|accuse[sd]?|caution(?:s|ed)?|claim(?:s|ed)?|"
        "call(?:s|ed)? (?:for|on)|comment(?:s|ed)?|complain(?:s|ed)?|concede[sd]?|"
        "confirm(?:s|ed)?|contend(?:s|ed)?|"
        "declare[sd]?|den(?:y|ies|ied)|disclose[sd]?|emphasi[sz]e[sd]?|explain(?:s|ed)?|"
        "insist(?:s|ed)?|lament(?:s|ed)?|maintain(?:s|ed)? that|note[sd]?|object(?:s|ed)|"
        "point(?:s|ed)? out|predict(?:s|ed)?|promise[sd]?|recall(?:s|ed)|reiterate[sd]?|"
        "reject(?:s|ed)?|remark(?:s|ed)?|repl(?:y|ies|ied)|report(?:s|ed)?|respond(?:s|ed)|"
        "reveal(?:s|ed)?|say(?:s)?|said|specif(?:ies|ied)|stress(?:es|ed)?|tells?|told|"
        "testif(?:ies|ied)|tweeted|vow(?:s|ed)?|warn(?:s|ed)?|write[s]?|wrote"
    ),
    cues_with_complement=words(
        "ask(?:s|ed)?|believe[sd]?|call(?:s|ed)?|consider(?:s|ed)?|conclude[sd]?|demand(?:s|ed)?|"
        "describe[sd]?|dismiss(?:es|ed)?|estimate[sd]?|expect(?:s|ed)?|f(?:ind|inds|ound)|"
        "fear(?:s|ed)?|hope[sd]?|indicate[sd]?|mention(?:s|ed)?|order(?:s|ed)?|puts?|"
        "read(?:s)?|rule[sd]?|show(?:s|ed)|signal(?:s|led)|state[sd]?|suggest(?:s|ed)?|"
        "thinks?|thought|urge[sd]?|praise[sd]?|condemn(?:s|ed)?|voice[sd]|post(?:s|ed)?|"
        "question(?:s|ed)|continue[sd]?|went on"
    ),
    complement=re.compile(
        r"(?:\s+\w+ly)?\s+(?:that\b|the (?:loss|damage|number|toll|cost)\b)"
        r"|(?:\s+[\w’'-]+){1,4}\s+(?:to|as)\s+\w",
        re.IGNORECASE,
    ),
    sources=words("according to", "in the words of", "in the view of"),
    possessed=re.compile(r"\bin (his|her|their) (?:view|opinion|words)\b", re.IGNORECASE),
    inverted=re.compile(r"(?!)"),
    passive=re.compile(
        r"\b(?:(?:is|are|was|were|has been|have been|had been) "
        r"(?:reported|reportedly|alleged|believed|said|recorded|rumou?red|understood)|reportedly"
        r"|allegedly)\b(?! by\b)",
        re.IGNORECASE,
    ),
    negation=re.compile(
        r"\b(?:not|never|n[’']t|declined to|refused to|was|were|is|are|be|been|being|to|can|"
        r"cannot|could|would|will|may|might|the|a|an|of|no|any|these|those|his|her|their|its|"
        r"this|that|several|recent|such)\s*$",
        re.IGNORECASE,
    ),
    not_cue_after=re.compile(
        r"\s+(?:(?:the )?(?:lives|life)\b|\d[\d,]* lives\b|of\b|for duty)", re.IGNORECASE
    ),
    leads_to_speaker=re.compile(r"\bas\s*$", re.IGNORECASE),
    before_verb=re.compile(
        r"(?:\s+|^)(?:also|however|then|later|even|nevertheless|already|repeatedly|earlier|"
        r"further|again|has|have|had|now|still|once|publicly|immediately|just|recently|\w+ly|"
        r"(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|today)"
        r"\s*$",
        re.IGNORECASE,
    ),
    before_speaker=beginning(
        "but|and|yet|so|meanwhile|however|later|earlier|also|still|in a statement|yesterday|"
        "today|now|then|nevertheless|for example"
    ),
    clause=words(
        "that|which|who|whom|whose|when|while|because|if|where|why|how|whether|was|were|is|are|"
        "will|would|since|as|until|than|after|before|could|can|did|does"
    ),
    relative=re.compile(
        r"\s*(?:and|or|but|who|whose|which|where|whom|when|while|as|after|including|together|along|"
        r"however|though|too|meanwhile|for (?:his|her|its) part|in turn|on \w+day|"
        r"speaking|citing|referring|adding|aged)\b|\s*\d{1,3}\s*$",
        re.IGNORECASE,
    ),
    told=re.compile(r"(?!)"),
    ends_speaker=words(
        "on|in|at|during|after|before|when|while|as|to|late|early|yesterday|today|via|by|about|"
        "last|this|earlier|with|and|but|because|whose|who|which|that|adding|citing|speaking",
        *_WEEKDAYS,
    ),
    preposition=words("of|for|from|at|in|on|with|by|to|near|calling"),
    determiner=beginning("the|an?|its|his|her|their|this|that|these|both|another"),
    titles=words(
        r"mr\.?|mrs\.?|ms\.?|dr\.?|prof(?:essor)?\.?|gen(?:eral)?\.?|col(?:onel)?\.?|president|"
        "minister|governor|mayor|judge|sir|senator|inspector|chief"
    ),
    pronouns={
        "he": "m",
        "she": "f",
        "it": "n",
        "they": "p",
        "his": "m",
        "her": "f",
        "him": "m",
        "their": "p",
    },
    bodies=words(
        "coast ?guard|broadcaster|newspaper|radio|channel|media|lawmakers|company|"
        "(?:agenc|compan|authorit|universit|part|committe)(?:ies|es)|governments|unions|"
        "ministr(?:y|ies)|government|police|army|navy|air force|military|commission|committee|"
        "council|court|party|union|association|agency|authorit(?:y|ies)|company|institute|"
        "university|service|office|board|department|parliament|bank|league|federation|"
        "organi[sz]ation|group|kremlin|white house|city hall|town hall|prosecution|opposition|"
        "prosecutors|carmaker|operator|hospital|embassy|nato|un|administration|foundation|"
        "state|embassy"
    ),
    people=words(
        "(?:"
        "sources?|officials?|witness(?:es)?|residents?|experts?|analysts?|leaders?|doctors?|"
        "observers?|critics?|managers?|minister|mayor|governor|president|chancellor|king|queen|"
        "general|spokes(?:man|woman|person)|judge|lawyer|director|chair(?:man|woman)?|head|"
        "chief|secretary|ambassador|commissioner|inspector|officer|expert|analyst|professor|"
        "author|leader|rival|candidate|senator|colonel|commander|doctor|engineer|resident|"
        "witness"
        ")s?"
    ),
    feminine=words(r"she|her|mrs\.?|ms\.?|spokeswoman|chairwoman|queen"),
    masculine=words(r"he|his|him|mr\.?|spokesman|chairman|king"),
    not_names=word_set(
        "the a an in on at by for from of and but or if when while after before since as it he "
        "she they we i you this that these those there here some many most all both several "
        "more at according also no not what who why how where its his her their our up one two "
        "three four five six seven eight nine ten between about around nearly fewer less over "
        "under with despite during yesterday today latest such another each every even now then"
    ),
    abbreviations=word_set(
        "mr mrs ms dr prof gen col lt sgt capt maj st jr sr inc ltd co corp vs etc no vol fig "
        "dept rev hon gov sen rep jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m u.s "
        "u.k e.g i.e cf approx"
    ),
    not_asserting=beginning(
        "here (?:is|are)|read|click|call|see|sign up|follow|subscribe|watch|listen|share|let|"
        "please|imagine|think of|take a look|find"
    ),
    pledges=words(r"vow(?:s|ed)?", r"promise[sd]?", r"pledge[sd]?"),
    instructions=words("ask(?:s|ed)?|order(?:s|ed)?|urge[sd]?|demand(?:s|ed)?"),
    labels=beginning(
        "read (?:more|also|next|on)|see also|also read|related|watch|listen|share|tweet|"
        "e-?mail|print|advertisement|sponsored|sign up|subscribe|newsletter|follow us|follow|"
        r"join us|log ?in|(?:\d+ )?comments?|trending|most (?:read|popular|viewed)|"
        "more (?:on|from|stories|news)|skip to|back to top|topics?|tags?|copyright|"
        r"(?:first |last )?(?:published|updated)|by|\d+ min(?:ute)?s? read|"
        "(?:editing|reporting) by|(?:file )?photo(?:graph)?s?|image|credit|picture|handout"
    ),
    notices=re.compile(
        r"^\s*©|\ball rights reserved\b|^\s*this article (?:was|has been) "
        r"(?:updated|corrected|amended|first)|^\s*this is a developing story"
        r"|\b(?:we|this (?:web)?site|by \w+ing|require|opted out of)\b.*\bcookies\b|\bad ?blocker\b"
        r"|\byou cannot view this\b|\bcontact us at\b|\bsign up (?:for|to) our\b|\bour newsletter\b"
        r"|\b(?:privacy policy|terms of (?:use|service))\b|^[^.]{0,80}\bphoto: ",
        re.IGNORECASE,
    ),
    lists=re.compile(
        r"\s*(?:related(?: (?:articles|stories|topics|content))?|most (?:read|popular|viewed)"
        r"|read (?:more|also|next)|recommended(?: for you)?|more (?:stories|news|on this story)"
        r"|trending(?: now)?|you may also like|top stories)\s*:?\s*",
        re.IGNORECASE,
    ),
    captions=re.compile(
        r"\s*(?:this|the|an?) (?:(?:aerial|satellite|handout|file|undated) )?"
        r"(?:photo(?:graph)?|image|picture|video|screenshot|footage)\b.{0,200}?\bshows?\b",
        re.IGNORECASE,
    ),
    numbers=NUMBERS,
    months=MONTHS,
    weekdays={day: number for number, day in enumerate(_WEEKDAYS)},
    days_ago={"today": 0, "yesterday": 1, "the day before yesterday": 2, "the day before": 1},
    last_week="last week",
    ordinal="(?:st|nd|rd|th)?",
    headline_source=re.compile(
        r"(?:,\s+(?:(?P<said>says|say|said|according to)\s+(?P<behind>[^,:]{2,60})"
        r"|(?P<before>[^,:]{2,60}?)\s+(?P<verb>says?|said|confirms?|claims?|warns?|reports?))"
        r"|^(?:[^:]{2,60}:\s+)?(?P<subject>[\w’' -]{2,40}?)\s+"
        r"(?P<first>says|claims|warns|denies|confirms|announces|alleges|admits|insists)\b.*)\s*$",
        re.IGNORECASE,
    ),
)
