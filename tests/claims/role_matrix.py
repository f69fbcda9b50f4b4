"""Who may do what at the desk, written by hand and without looking at the code that decides.

A model, inline, action or address that is registered and has no row here fails
test_role_matrix.py, which says the line to add.
"""

from dataclasses import dataclass, field

Roles = frozenset[str]


def roles(text: str) -> Roles:
    return frozenset(text.split())


# "nobody" has an account of the staff and no role. A superuser has no role either.
EVERYBODY = roles("anonymous nobody reporter checker editor administrator superuser")
STAFF = EVERYBODY - {"anonymous"}
ENTER = roles("reporter checker editor superuser")
READ = ENTER | {"administrator"}
EDITOR = roles("editor")
ACCOUNTS = roles("administrator superuser")
NOBODY: Roles = frozenset()


@dataclass(frozen=True)
class Inline:
    """What may be done with the rows of an inline, where its parent can be changed."""

    view: Roles = READ
    add: Roles = ENTER
    change: Roles = ENTER
    delete: Roles = ENTER


ENTERED = Inline()
READ_ONLY = Inline(READ, NOBODY, NOBODY, NOBODY)
NEVER_CHANGED = Inline(READ, ENTER, NOBODY, ENTER)


@dataclass(frozen=True)
class Model:
    """What may be done with the rows of a registered model."""

    add: Roles = ENTER
    change: Roles = ENTER
    delete: Roles = ENTER
    view: Roles = READ  # the list, a row, its history, and finding it by autocomplete
    inlines: dict[str, Inline] = field(default_factory=dict)
    actions: dict[str, Roles] = field(default_factory=dict)


NEVER_BY_HAND = {"add": NOBODY, "change": NOBODY, "delete": NOBODY}

MODELS = {
    "auth.User": Model(ACCOUNTS, ACCOUNTS, NOBODY, view=ACCOUNTS),
    "auth.Group": Model(**NEVER_BY_HAND, view=ACCOUNTS),
    "axes.AccessAttempt": Model(
        **NEVER_BY_HAND, view=ACCOUNTS, actions={"let_try_again": ACCOUNTS}
    ),
    "ledger.Publication": Model(**NEVER_BY_HAND, inlines={"ledger.Mention": READ_ONLY}),
    "ledger.Decision": Model(**NEVER_BY_HAND),
    "ledger.Mention": Model(**NEVER_BY_HAND),
    # Whom only the database tells that a quote is never deleted.
    "sources.Passage": Model(ENTER, NOBODY, roles("superuser")),
    "sources.Actor": Model(
        inlines=dict.fromkeys(
            ["sources.ActorName", "sources.ActorRole", "sources.Control"], ENTERED
        )
    ),
    "sources.Capture": Model(NOBODY, ENTER, NOBODY, inlines={"sources.Furniture": NEVER_CHANGED}),
    "sources.Document": Model(inlines={"sources.Capture": READ_ONLY}),
    "sources.Source": Model(
        inlines={"sources.SourceAddress": ENTERED, "sources.SourceGrade": NEVER_CHANGED}
    ),
    "claims.Claim": Model(
        inlines={
            **dict.fromkeys(
                [
                    "claims.ClaimTopic",
                    "claims.Figure",
                    "claims.Citation",
                    "claims.Relay",
                    "claims.Depiction",
                    "claims.MediaFinding",
                    "claims.Inquiry",
                    "claims.ClaimRelation",
                ],
                ENTERED,
            ),
            "claims.Override": Inline(READ, EDITOR, EDITOR, ENTER),
        }
    ),
    "claims.Event": Model(inlines={"claims.EventParty": ENTERED, "claims.Measure": ENTERED}),
    "claims.ImportedRow": Model(**NEVER_BY_HAND),
    "claims.Topic": Model(inlines={"claims.TopicName": ENTERED}),
}

# The stages and public states of claims, and what is different there.
CLAIMS = {
    "draft": {},
    "in review": {"delete": NOBODY},
    "approved": {"delete": NOBODY},
    "live": {"change": NOBODY, "delete": NOBODY},
    "revised": {"delete": NOBODY},  # a draft again, of what was published
    "suspended": {"change": NOBODY, "delete": NOBODY},
    "retracted": {"change": NOBODY, "delete": NOBODY},
}


@dataclass(frozen=True)
class Page:
    """Who an address answers, with the rows named by `arguments` in it. `data` is sent along; `row`
    names the one whose edit and stage the form was opened at.
    """

    get: Roles = NOBODY
    post: Roles = NOBODY
    arguments: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)
    row: str = ""


# Everything that is no list, form, history or deletion of a registered model.
PAGES = {
    # Django's
    "admin:index": Page(get=STAFF, post=STAFF),
    "admin:app_list": Page(get=READ, post=READ, arguments=("claims",)),
    "admin:login": Page(get=EVERYBODY, post=EVERYBODY),
    "admin:logout": Page(post=EVERYBODY),
    "admin:password_change": Page(get=STAFF, post=STAFF),
    "admin:password_change_done": Page(get=STAFF),
    "admin:jsi18n": Page(get=STAFF),
    "admin:autocomplete": Page(),  # without arguments; with them it is walked model by model
    "admin:view_on_site": Page(arguments=("type", "0")),  # nothing of the desk has one
    # Accounts
    "admin:auth_user_password_change": Page(get=ACCOUNTS, post=ACCOUNTS, arguments=("account",)),
    "admin:auth_user_end_sessions": Page(post=ACCOUNTS, arguments=("account",)),
    "admin:auth_user_remove_second_factor": Page(post=ACCOUNTS, arguments=("account",)),
    # Steps
    "admin:claims_claim_step": Page(
        post=ENTER - {"superuser"}, arguments=("draft", "submit"), row="draft"
    ),
    "admin:claims_event_step": Page(post=EDITOR, arguments=("event", "publish"), row="event"),
    "admin:sources_actor_step": Page(post=EDITOR, arguments=("actor", "publish"), row="actor"),
    "admin:sources_source_step": Page(post=EDITOR, arguments=("source", "publish"), row="source"),
    # Documents and passages
    "admin:sources_document_supply": Page(post=ENTER, arguments=("document",)),
    "admin:sources_document_merging": Page(
        post=EDITOR, arguments=("document",), row="document", data={"successor": "other document"}
    ),
    "admin:sources_passage_words": Page(
        get=READ,
        data={
            "app_label": "claims",
            "model_name": "citation",
            "field_name": "passage",
            "term": "boats",
        },
    ),
    # Signing in
    "desk:code": Page(get=STAFF, post=STAFF),
    "desk:second_factor": Page(get=STAFF, post=STAFF),
    "desk:recovery_codes": Page(post=STAFF),
    "desk:sessions": Page(get=STAFF),
    "desk:end_other_sessions": Page(post=STAFF),
    "desk:end_session": Page(post=STAFF, arguments=("0" * 32,)),
    "desk:read_only": Page(get=ACCOUNTS, post=ACCOUNTS),
}
