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
# Where a role is asked for, and not only Django's permission.
WORK = roles("reporter checker editor")
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
    "sources.Capture": Model(
        NOBODY,
        ENTER,
        NOBODY,
        inlines={
            "sources.Furniture": NEVER_CHANGED,
            "sources.CaptureDeletion": Inline(READ, EDITOR, EDITOR, EDITOR),
        },
    ),
    "sources.CaptureRequest": Model(**NEVER_BY_HAND),
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
            "claims.ImportedReview": READ_ONLY,
        },
        # Which claims, each by itself, the workflow is asked.
        actions={"submit_claims": ENTER, "return_claims": ENTER, "export_claims": READ},
    ),
    "claims.Event": Model(inlines={"claims.EventParty": ENTERED, "claims.Measure": ENTERED}),
    "claims.ImportedReview": Model(**NEVER_BY_HAND),
    "claims.ImportedRow": Model(**NEVER_BY_HAND),
    "claims.Report": Model(ENTER, ENTER, NOBODY),
    "claims.Topic": Model(inlines={"claims.TopicName": ENTERED}),
    "partners.ApiKey": Model(ACCOUNTS, NOBODY, NOBODY, view=ACCOUNTS),
    "partners.Webhook": Model(ACCOUNTS, ACCOUNTS, NOBODY, view=ACCOUNTS),
    "partners.Delivery": Model(**NEVER_BY_HAND, view=ACCOUNTS),
    "procrastinate.ProcrastinateJob": Model(
        **NEVER_BY_HAND,
        view=ACCOUNTS,
        inlines={"procrastinate.ProcrastinateEvent": Inline(ACCOUNTS, NOBODY, NOBODY, NOBODY)},
    ),
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
    names the one whose edit and stage the form was opened at. `json` is posted in place of a form.
    """

    get: Roles = NOBODY
    post: Roles = NOBODY
    arguments: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)
    row: str = ""
    json: dict[str, object] | None = None


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
    # Partners
    "admin:partners_apikey_revoke": Page(post=ACCOUNTS, arguments=("api key",)),
    # Steps
    "admin:claims_claim_step": Page(
        post=ENTER - {"superuser"}, arguments=("draft", "submit"), row="draft"
    ),
    "admin:claims_event_step": Page(post=EDITOR, arguments=("event", "publish"), row="event"),
    "admin:sources_actor_step": Page(post=EDITOR, arguments=("actor", "publish"), row="actor"),
    "admin:sources_source_step": Page(post=EDITOR, arguments=("source", "publish"), row="source"),
    # Partners
    "admin:partners_webhook_step": Page(
        post=ACCOUNTS, arguments=("webhook", "disable"), row="webhook"
    ),
    "admin:partners_delivery_again": Page(post=ACCOUNTS, arguments=("delivery",)),
    # Documents and passages
    "admin:sources_document_supply": Page(post=ENTER, arguments=("document",)),
    "admin:sources_document_copy": Page(post=ENTER, arguments=("document",)),
    "admin:sources_capturerequest_step": Page(post=ENTER, arguments=("wish", "cancel")),
    "admin:sources_capture_file": Page(get=READ, arguments=("capture",)),
    "admin:sources_capture_stamp": Page(get=READ, arguments=("stamped capture",)),
    "admin:sources_capture_changes": Page(get=READ, arguments=("capture", "other capture")),
    "admin:procrastinate_procrastinatejob_step": Page(post=ACCOUNTS, arguments=("job", "cancel")),
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
    # The desk's own pages
    "desk:home": Page(get=STAFF, post=STAFF),
    "desk:help": Page(get=STAFF),
    "desk:definitions": Page(get=STAFF),
    "desk:still_here": Page(get=STAFF),
    "desk:autocomplete": Page(),  # as Django's
    "desk:similar": Page(get=READ, data={"text": "Twelve synthetic boats were counted."}),
    "desk:presence": Page(post=READ, arguments=("claims", "claim", "draft")),
    # A claim beside its form
    "desk:preview": Page(get=READ, arguments=("draft",)),
    "desk:preview_record": Page(get=READ, arguments=("draft",)),
    "desk:version_changes": Page(get=READ, arguments=("live claim", "1")),
    "desk:assign": Page(post=WORK, arguments=("draft",), data={"priority": "high"}),
    "desk:comment": Page(post=WORK, arguments=("draft",), data={"text": "Synthetic."}),
    "desk:seen": Page(post=READ, arguments=("draft",)),
    "desk:embargo": Page(post=EDITOR, arguments=("draft",), row="draft"),
    "desk:lift_embargo": Page(
        post=EDITOR, arguments=("embargoed claim",), data={"embargo": "embargo"}
    ),
    # Lists, reports, files
    "desk:save_filter": Page(post=WORK, data={"name": "Synthetic", "query": "about=toll"}),
    "desk:delete_filter": Page(post=EDITOR, arguments=("shared filter",)),
    "admin:claims_report_step": Page(post=WORK, arguments=("report", "take"), row="report"),
    "desk:imports": Page(get=READ),
    "desk:import_template": Page(get=READ),
    "desk:review_labels": Page(get=READ),
    "desk:upload": Page(post=READ),
    "desk:import": Page(get=READ, arguments=("dry run",)),
    "desk:import_upload": Page(post=READ, arguments=("dry run",)),
    "desk:rejects": Page(get=READ, arguments=("dry run",)),
    # The article sheet. Who may change which row, or take which step with it, is asked row by row.
    "desk:sheet": Page(get=READ, arguments=("document",)),
    "desk:sheet_data": Page(get=READ, arguments=("document",)),
    "desk:sheet_find": Page(get=READ, data={"kind": "actor", "q": "synthetic"}),
    "desk:sheet_locate": Page(post=READ, arguments=("document",), json={"quote": "boats"}),
    "desk:sheet_rows": Page(post=READ, arguments=("document",), json={"rows": []}),
    "desk:sheet_steps": Page(
        post=READ, arguments=("document",), json={"action": "submit", "rows": []}
    ),
    "desk:sheet_propose": Page(post=ENTER, arguments=("document",), json={}),
    "desk:sheet_reject": Page(
        post=ENTER, arguments=("document",), json={"key": "0" * 64, "is_rejected": True}
    ),
    "desk:sheet_reanchor": Page(
        post=ENTER, arguments=("document",), json={"citation": "0000000000", "quote": "boats"}
    ),
    "desk:sheet_document": Page(post=ENTER, arguments=("document",), json={"language": "en"}),
    "desk:sheet_create": Page(
        post=ENTER, arguments=("document",), json={"kind": "actor", "name": "Synthetic office"}
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
