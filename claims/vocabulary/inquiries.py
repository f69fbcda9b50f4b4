"""What was asked, looked for and found out, and what publishing could harm."""

from django.utils.translation import gettext_noop as _

from claims.choices import HarmCheck, InquiryManner, InquiryResult, MediaFindingKind
from claims.vocabulary.entry import Chapter, CodeList, Meaning

MEDIA_FINDING = CodeList(
    name="media-finding",
    title=_("Images and videos"),
    question=_("What was found out about an image or a video?"),
    choices=MediaFindingKind,
    meanings={
        MediaFindingKind.ORIGINAL: Meaning(
            _("Original"),
            _("It is as it was taken, and is from where and when it is said to be."),
            elsewhere="OriginalMediaContent",
        ),
        MediaFindingKind.WRONG_PLACE_OR_TIME: Meaning(
            _("Wrong place or time"),
            _("It was taken elsewhere, or at another time, than is said."),
            elsewhere="DecontextualizedContent",
        ),
        MediaFindingKind.CROPPED_OR_EDITED: Meaning(
            _("Cropped or edited"),
            _("It was cut, or put together, so that it tells something else."),
            elsewhere="EditedOrCroppedContent",
        ),
        MediaFindingKind.ALTERED_OR_GENERATED: Meaning(
            _("Altered or generated"),
            _("What is seen or heard in it was changed, or made without a camera."),
            elsewhere="TransformedContent",
        ),
        MediaFindingKind.STAGED: Meaning(
            _("Staged"),
            _("The scene was acted or arranged, and is passed on as if it had happened so."),
            elsewhere="StagedContent",
        ),
        MediaFindingKind.SATIRE: Meaning(
            _("Satire"),
            _("It was made as satire or parody, and is passed on in earnest."),
            elsewhere="SatireOrParodyContent",
        ),
    },
    note=_("Beside each finding stands the category of schema.org's MediaReview that it follows."),
    elsewhere="media_review_category",
)

INQUIRY_MANNER = CodeList(
    name="inquiry-manner",
    title=_("What was asked or looked for"),
    question=_("Was somebody asked, or was it looked for where it should be?"),
    choices=InquiryManner,
    meanings={
        InquiryManner.ASKED: Meaning(
            _("Asked"),
            _("An office or body was asked, by us or by another newsroom that is cited."),
        ),
        InquiryManner.LOOKED_FOR: Meaning(
            _("Looked for"), _("A place in which it should stand was searched, such as an archive.")
        ),
    },
)

INQUIRY_RESULT = CodeList(
    name="inquiry-result",
    title=_("What came of it"),
    question=_("What came of the inquiry?"),
    choices=InquiryResult,
    meanings={
        InquiryResult.WAITING: Meaning(
            _("Waiting for an answer"), _("There is no answer yet, and time for one is left.")
        ),
        InquiryResult.ANSWERED: Meaning(
            _("Answered"), _("There was an answer, or something was found; it stands beside it.")
        ),
        InquiryResult.DENIED: Meaning(_("Denied"), _("The answer was that it is not so.")),
        InquiryResult.DECLINED: Meaning(
            _("Declined to answer"), _("The answer was that there will be none.")
        ),
        InquiryResult.NO_ANSWER: Meaning(
            _("No answer"), _("Nothing had come when the time for an answer was over.")
        ),
        InquiryResult.SILENT: Meaning(
            _("Has said nothing on it"),
            _("Where the office or body speaks in public, it has not spoken of it."),
        ),
        InquiryResult.NOTHING_FOUND: Meaning(
            _("Nothing found"), _("What was looked for is not where it should be.")
        ),
    },
)

HARM_CHECK = CodeList(
    name="harm-check",
    title=_("Harm check"),
    question=_("What could publishing harm?"),
    choices=HarmCheck,
    meanings={
        HarmCheck.NONE: Meaning(
            _("Nothing found"),
            _("Somebody has looked, and found nothing that publishing could harm."),
        ),
        HarmCheck.PERSONAL_DATA: Meaning(
            _("Personal data"), _("It tells something of a private person that is theirs to keep.")
        ),
        HarmCheck.CHILD: Meaning(_("A child"), _("It is about somebody who is not of age.")),
        HarmCheck.VICTIM: Meaning(
            _("A victim"), _("It is about somebody who came to harm, or about those close to them.")
        ),
        HarmCheck.GRAPHIC: Meaning(
            _("Graphic"), _("It shows or describes death, injury or abuse for all to see.")
        ),
        HarmCheck.SOURCE_AT_RISK: Meaning(
            _("A source at risk"), _("Somebody could come to harm for having said or shown it.")
        ),
        HarmCheck.POSITION: Meaning(
            _("Position of people or forces"),
            _("It gives away where somebody is who could be attacked there."),
        ),
    },
    note=_(
        "Somebody looks for these before every publication. This list is public; what was found "
        "in a claim is not: saying that a source is at risk puts it at more."
    ),
)

INQUIRIES = Chapter(
    name="looking",
    title=_("What we asked and found"),
    words=_(
        "Where somebody can answer, we ask, and say when, where and with what result. We name "
        "offices and bodies, not private people."
    ),
    lists=(INQUIRY_MANNER, INQUIRY_RESULT, MEDIA_FINDING, HARM_CHECK),
)
