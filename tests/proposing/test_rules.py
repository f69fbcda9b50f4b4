"""Each rule of the reader by itself: sentences, speakers, numbers, days, furniture, antecedents."""

import datetime
from typing import Any

import pytest

from claims.proposing.dating import Calendar
from claims.proposing.furniture import furniture_among
from claims.proposing.lexicons import LEXICONS
from claims.proposing.proposal import KnownName, Proposal
from claims.proposing.reader import ArticleReader, counter_of
from claims.proposing.segments import lines_of, quotes_in, sentences_of
from factcheck.common.dates import DateBounds

WEDNESDAY = datetime.date(2031, 5, 14)


def read(text: str, language: str = "en", known: Any = (), title: str = "") -> list[Proposal]:
    return ArticleReader().propose(
        text, language=language, published_on=WEDNESDAY, title=title, known_names=known
    )


def sentences(words: str, language: str = "en") -> list[str]:
    lexicon = LEXICONS[language]
    return [
        words[one.start : one.end]
        for line in lines_of(words)
        for one in sentences_of(line, 0, quotes_in(line, lexicon), lexicon)
    ]


# Sentences


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ["Boats came.", "They left."]),
        ("en", ["Mr. J. R. Sample of Sample Inc. came.", "He left."]),
        ("en", ["It cost 1.5 million.", "2 boats sank."]),
        ("en", ["“Boats came. They left,” he said.", "Nobody saw them."]),
        ("en", ["“Boats came.”", "“They left.”"]),
        ("en", ["“Why?” the mayor asked.", "Nobody knew."]),
        ("en", ["“Why?” The mayor asked.", "Nobody knew."]),
        ("en", ['"Boats came," she said.', '"They left."']),
        ("en", ["'Boats came', she said.", "The workers' union didn't."]),
        ("en", ["“Boats came. »", "They left."]),
        ("fr", ["« Des bateaux sont venus. Ils sont partis », a-t-il dit.", "Personne."]),
        ("fr", ["M. Exemple est venu.", "Il est parti."]),
        ("uk", ["«Човни прийшли, — сказав мер. — Вони пішли».", "Ніхто не бачив."]),
        ("uk", ["Це коштує 5 млн. гривень.", "Ніхто не платить."]),
    ],
)
def test_a_line_is_cut_into_its_sentences(language, parts):
    assert sentences(" ".join(parts), language) == parts


def test_a_dateline_belongs_to_no_sentence():
    for dateline in ("SAMPLEFORD – ", "SAMPLEFORD, May 14 (Sample) – ", "SAMPLEFORD (Sample) - "):
        assert sentences(f"{dateline}Boats came.") == ["Boats came."]


def test_lines_of_a_page_that_was_set_are_joined_again():
    text = (
        "Boats came to Sampleford\n\nPolice said that twelve boats had come to\nthe harbour of "
        "Sampleford in the\nnight. The mayor, Ann\nSample, denied it.\n\n"
        "Nobody else saw\nthem come."
    )

    assert list(dict.fromkeys(text[a:b] for one in read(text) for a, b in one.ranges)) == [
        "Boats came to Sampleford",
        "Police said that twelve boats had come to\nthe harbour of Sampleford in the\nnight.",
        "The mayor, Ann\nSample, denied it.",
        "Nobody else saw\nthem come.",
    ]


def test_offsets_count_code_points():
    text = "🛶🛶\n👨‍👩‍👧 The mayor said that boats came.\n"

    [one] = read(text)

    [(start, end)] = one.ranges
    assert text[start:end] == "👨‍👩‍👧 The mayor said that boats came."


# Who says it


@pytest.mark.parametrize(
    ("language", "words", "named", "cue", "form"),
    [
        ("en", "The mayor said that boats came.", "The mayor", "said", "indirect"),
        ("en", "“No boats ever came here,” said Ann Sample.", "Ann Sample", "said", "direct"),
        ("en", "“No boats ever came here,” Ann Sample, the mayor, told the Courier.",
         "Ann Sample, the mayor", "told", "direct"),
        ("en", "Ann Sample, 54, denied it.", "Ann Sample", "denied", "indirect"),
        ("en", "Ann Sample, who was there, denied it.", "Ann Sample", "denied", "indirect"),
        ("en", "The council, she argued, had slept.", "she", "argued", "indirect"),
        ("en", "According to the mayor, Ann Sample, boats came.", "the mayor, Ann Sample",
         "According to", "indirect"),
        ("en", "Boats came, according to police.", "police", "according to", "indirect"),
        ("en", "The union called it “a show”.", "The union", "called", "part-quote"),
        ("en", "Boats came, police sources said.", "police sources", "said", "indirect"),
        ("en", "For General Ann Sample, boats came.", "General Ann Sample", "For", "indirect"),
        ("en", "She wrote: “Boats came. They left.”", "She", "wrote", "direct"),
        ("en", "It is reported that boats came.", "", "is reported", "indirect"),
        ("en", "Ann Sample did not say whether boats came.", "", "", "own-voice"),
        ("en", "The attack claimed 12 lives in the harbour.", "", "", "own-voice"),
        ("en", "The claims of the union were read in court.", "", "", "own-voice"),
        ("en", "He was told nothing by anybody at all.", "", "", "own-voice"),
        ("fr", "Selon le maire, des bateaux sont venus.", "le maire", "Selon", "indirect"),
        ("fr", "« Personne n'est jamais venu ici », a déclaré mardi Anne Exemple.",
         "Anne Exemple", "a déclaré", "direct"),
        ("fr", "« Personne n'est jamais venu ici », a-t-elle ajouté.", "elle", "a-t-elle ajouté",
         "direct"),
        ("fr", "— Personne n'est venu, a répété le maire.", "le maire", "a répété", "direct"),
        ("fr", "Des bateaux sont venus, a-t-on appris.", "", "a-t-on appris", "indirect"),
        ("fr", "Le ministre, Jean Exemple, qui était là, a nié tout retard.",
         "Le ministre, Jean Exemple", "a nié", "indirect"),
        ("uk", "За словами мера, човни прийшли.", "мера", "За словами", "indirect"),
        ("uk", "«Човни ніколи сюди не приходили», — заявила Ганна Приклад.", "Ганна Приклад",
         "заявила", "direct"),
        ("uk", '"Човни ніколи сюди не приходили", - написав він.', "він", "написав", "direct"),
        ("uk", "Як зазначив мер, човни прийшли.", "мер", "зазначив", "indirect"),
        ("uk", "Компанія «Приклад» заявила, що човни прийшли.", "Компанія «Приклад»", "заявила",
         "indirect"),
    ],
)  # fmt: skip
def test_a_sentence_tells_who_says_it(language, words, named, cue, form):
    [one] = read(words, language)

    assert (one.named_speaker, one.cue, one.form) == (named, cue, form)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Ministry: boats came in May", "Ministry"),
        ("Flood in Exampleton: boats came in May", ""),
        ("Boats came in May, says mayor", "mayor"),
        ("Boats came in May – police", "police"),
        ("Union claims boats came in May", "Union"),
    ],
)
def test_a_headline_may_say_who_says_it(title, named):
    one, _ = read(f"{title}\n\nBoats came in May.")

    assert (one.named_speaker, one.form) == (named, "headline")


def test_quoted_words_that_go_on_are_those_of_who_spoke_before():
    text = "“No boats came here,” the mayor said. “They never do.”"

    first, second = read(text)

    assert (second.named_speaker, second.cue, second.form) == ("the mayor", "said", "direct")
    assert [text[a:b] for a, b in second.ranges] == ["the mayor said.", "“They never do.”"]
    assert first.ranges == ((0, 37),)


def test_quoted_words_of_somebody_unclear_are_not_the_outlets_own():
    [one] = read("“Boats came, and nobody in the harbour saw them” is how the letter ends.")

    assert (one.speaker, one.named_speaker, one.form) == ("actor", "", "direct")


def test_what_asks_calls_or_is_too_short_says_nothing():
    assert read("Did boats come? Here is what we know. Read the report. Not so.") == []


def test_a_sentence_is_proposed_once_for_each_number():
    found = read("Police saw, they said, 12 boats and 3 cars.")

    assert [one.figure.as_printed for one in found if one.figure] == ["12 boats", "3 cars"]
    assert {(one.ranges, one.kind) for one in found} == {(((0, 43),), "quantitative")}


def test_a_language_without_tables_has_no_proposals():
    assert read("Der Bürgermeister sagte, dass Boote kamen.", "de") == []


# Numbers


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "At least 12 people and more than 300 others",
         [("At least 12 people", "at-least", "12"), ("more than 300 others", "more-than", "300")]),
        ("en", "36 unmanned aerial vehicles", [("36 unmanned aerial vehicles", "bare", "36")]),
        ("en", "between 40 and 50 residents",
         [("between 40 and 50 residents", "between", "40-50")]),
        ("en", "$200-250 million", [("$200-250 million", "between", "200000000-250000000")]),
        ("en", "more than a hundred others", [("more than a hundred others", "more-than", "100")]),
        ("en", "up to 2,500 homes", [("up to 2,500 homes", "up-to", "2500")]),
        ("en", "about 1.2 million crowns", [("about 1.2 million crowns", "about", "1200000")]),
        ("en", "fewer than five boats", [("fewer than five boats", "fewer-than", "5")]),
        ("en", "twenty-one boats", [("twenty-one boats", "bare", "21")]),
        ("en", "51.3% of the vote", [("51.3%", "bare", "51.3")]),
        ("en", "dozens of boats", [("dozens of boats", "vague", "")]),
        ("en", "half of the boats", [("half", "vague", "")]),
        ("en", "for a week", [("a week", "bare", "1")]),
        ("en", "on 14 May 2031, in 2029, at 9 p.m., on May 5, one of them, at 10:15", []),
        ("en", "Ann Sample, 54, said", []),
        ("fr", "plus de 2 500 foyers", [("plus de 2 500 foyers", "more-than", "2500")]),
        ("fr", "3,5 millions de francs", [("3,5 millions de francs", "bare", "3500000")]),
        ("fr", "une quarantaine de bateaux", [("une quarantaine de bateaux", "about", "40")]),
        ("fr", "entre 15 et 20 navires", [("entre 15 et 20 navires", "between", "15-20")]),
        ("fr", "le 3 avril, à 9 h 12", []),
        ("uk", "близько 22 тисяч човнів", [("близько 22 тисяч човнів", "about", "22000")]),
        ("uk", "щонайменше 12 людей", [("щонайменше 12 людей", "at-least", "12")]),
        ("uk", "від 40 до 50 мешканців", [("від 40 до 50 мешканців", "between", "40-50")]),
        ("uk", "14 травня 2031 року", []),
    ],
)  # fmt: skip
def test_numbers_of_things_are_found_as_printed_and_read(language, words, found):
    figures = [figure for _, figure in counter_of(language).figures_in(words, 0, len(words))]

    assert [
        (
            one.as_printed,
            one.qualifier,
            "-".join(f"{n:f}" for n in (one.low, one.best, one.high) if n is not None),
        )
        for one in figures
    ] == found


# Days


@pytest.mark.parametrize(
    ("language", "words", "bounds"),
    [
        ("en", "on Tuesday", ("2031-05-13", "2031-05-13")),
        ("en", "on Wednesday", ("2031-05-14", "2031-05-14")),
        ("en", "yesterday", ("2031-05-13", "2031-05-13")),
        ("en", "last week", ("2031-05-05", "2031-05-11")),
        ("en", "on 12 May", ("2031-05-12", "2031-05-12")),
        ("en", "on December 30", ("2030-12-30", "2030-12-30")),
        ("en", "this Friday, January 5th, 2024", ("2024-01-05", "2024-01-05")),
        ("en", "on 31 February", (None, None)),
        ("en", "on Monday or Tuesday", (None, None)),
        ("en", "in May", (None, None)),
        ("fr", "vendredi", ("2031-05-09", "2031-05-09")),
        ("fr", "le 1er mai", ("2031-05-01", "2031-05-01")),
        ("uk", "у п'ятницю", ("2031-05-09", "2031-05-09")),
        ("uk", "12 травня", ("2031-05-12", "2031-05-12")),
    ],
)
def test_days_are_read_by_the_day_of_publication(language, words, bounds):
    read_ = Calendar(LEXICONS[language]).read(words, published_on=WEDNESDAY)

    days = (read_.not_before, read_.not_after)
    assert tuple(day.isoformat() if day else None for day in days) == bounds


def test_without_a_day_of_publication_only_the_words_are_kept():
    calendar = Calendar(LEXICONS["en"])

    assert calendar.read("on Tuesday", published_on=None) == DateBounds(as_printed="Tuesday")
    assert calendar.read("on 12 May", published_on=None) == DateBounds()
    day = datetime.date(2031, 5, 12)
    assert calendar.read("12 May 2031", published_on=None) == DateBounds.on(
        day, as_printed="12 May 2031"
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("On Tuesday, the mayor announced that boats came.", "2031-05-13"),
        ("The mayor said on Monday that boats came on Tuesday.", "2031-05-12"),
        ("The mayor said that boats came on Tuesday.", None),
        ("“No boats came on Monday,” she told the Courier on Tuesday.", "2031-05-13"),
    ],
)
def test_only_a_day_beside_the_cue_tells_when_it_was_said(words, day):
    [one] = read(words)

    assert (one.said.not_after.isoformat() if one.said.not_after else None) == day


# Page furniture


def test_the_page_around_an_article_is_left_out():
    page = {
        "en": [
            "Share this article", "Read more: Boats of the world", "Advertisement", "3 comments",
            "We use cookies to improve your visit.", "© 2031 Sample Courier. All rights reserved.",
            "May 14, 2031, 11:00 AM", "Photo: Sample Pictures", "Sign up for our newsletter",
            "Most read", "Boats in pictures", "Ten harbours", "* * *",
        ],
        "fr": ["Lire aussi : Dix bateaux", "Publié le 14 mai 2031 à 9h12",
               "Ce site utilise des cookies.", "Abonnez-vous à notre newsletter"],
        "uk": ["Читайте також: Десять човнів", "Реклама", "Фото: Приклад", "Усі права захищено."],
    }  # fmt: skip
    for language, lines in page.items():
        found = furniture_among(list(lines_of("\n".join(lines))), LEXICONS[language])

        assert found == set(range(len(lines)))


def test_sentences_that_look_like_the_page_are_kept():
    body = [
        "Share prices fell by 4%.",
        "Watchmen saw the boats.",
        "Photographs of the harbour were published in May.",
        "Comments by the mayor were read in court.",
        "This photo from the harbour shows boats.",
        "Boats came twice.",
        "Boats came twice.",
    ]

    assert furniture_among(list(lines_of("\n".join(body))), LEXICONS["en"]) == set()


def test_a_line_that_stands_there_again_and_again_is_the_pages():
    teaser = "Boats of the world are shown in Sampleford"
    text = f"{teaser}\nPolice said boats came.\n{teaser}\nNobody saw them come.\n{teaser}"

    assert [text[a:b] for one in read(text) for a, b in one.ranges] == [
        "Police said boats came.",
        "Nobody saw them come.",
    ]


# Who is meant

KNOWN = [
    KnownName("ann", "Ann Sample", is_person=True),
    KnownName("bob", "Bob Muster", is_person=True),
    KnownName("ministry", "Norland Ministry of Defence", is_person=False),
    KnownName("health", "Norland Ministry of Health", is_person=False),
    KnownName("estovia", "Estovia", is_person=False),
]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Ann Sample came. Sample said boats came.", "ann"),
        ("The mayor, Ann Sample, said boats came.", "ann"),
        ("Ann Sample came. She said boats came.", "ann"),
        ("Ann Sample met Bob Muster. He said boats came.", None),
        ("Mayor Ann Sample came. The mayor said boats came.", "ann"),
        ("The Norland Ministry of Defence said so. It added that boats came.", "ministry"),
        ("The Norland Ministry of Defence said so. The ministry added that boats came.",
         "ministry"),
        ("The Norland Ministry of Defence met the Norland Ministry of Health. The ministry said "
         "boats came.", None),
        ("Estovia's government said boats came.", None),
        ("A spokesman for Ann Sample said boats came.", None),
        ("Estovia said boats came.", "estovia"),
        ("New Estovia said boats came.", None),
        ("Ann Sample met Bob Sample. Sample said boats came.", None),
        ("Mayor Ann Sample came. Mayor Sample said boats came.", "ann"),
        ("Carl Unknown came. He said boats came.", None),
        ("Ann Sample came. Carl Unknown left. He said boats came.", None),
    ],
)  # fmt: skip
def test_a_speaker_is_known_where_only_one_can_be_meant(text, actor):
    assert read(text, known=KNOWN)[-1].actor == actor
