"""The desk's own pages, beside those of the models. They stand before the admin's addresses, in the
namespace `desk`; each asks for its own permission.
"""

from django.contrib.admin.sites import site
from django.urls import URLPattern, path

from claims.admin import embargo, imports, sheet
from claims.admin.definitions import definitions
from claims.admin.desk_work import assign_view, comment_view, seen_view
from claims.admin.help import help_page
from claims.admin.home import home_view
from claims.admin.presence import presence
from claims.admin.preview import preview_page, preview_record
from claims.admin.reviews import review_labels
from claims.admin.saved_filters import delete_filter_view, save_filter_view
from claims.admin.similar import similar_view
from claims.admin.still_here import still_here
from claims.admin.versions import version_changes
from factcheck.common.admin.lists import DeskAutocompleteView

urlpatterns: list[URLPattern] = [
    path("help/", site.admin_view(help_page), name="help"),
    path("definitions.json", site.admin_view(definitions), name="definitions"),
    path("imports/", site.admin_view(imports.imports), name="imports"),
    path("imports/template.csv", site.admin_view(imports.template), name="import_template"),
    path("imports/upload/", site.admin_view(imports.upload), name="upload"),
    path("imports/labels/", site.admin_view(review_labels), name="review_labels"),
    path("imports/<int:pk>/", site.admin_view(imports.import_run), name="import"),
    path("imports/<int:pk>/import/", site.admin_view(imports.import_upload), name="import_upload"),
    path("imports/<int:pk>/rejects.csv", site.admin_view(imports.rejects), name="rejects"),
    path(
        "presence/<slug:app_label>/<slug:model>/<int:pk>/",
        site.admin_view(presence),
        name="presence",
    ),
    # Cacheable, says the wrapper: what may keep a preview, the view says itself.
    path("preview/claim/<int:pk>/", site.admin_view(preview_page, cacheable=True), name="preview"),
    path(
        "preview/claim/<int:pk>/record.json",
        site.admin_view(preview_record, cacheable=True),
        name="preview_record",
    ),
    path(
        "versions/claim/<int:pk>/<int:number>/",
        site.admin_view(version_changes),
        name="version_changes",
    ),
    # In the place of the admin's own, which shows names alone.
    path(
        "autocomplete/",
        site.admin_view(DeskAutocompleteView.as_view(admin_site=site)),
        name="autocomplete",
    ),
    path("still-here.json", site.admin_view(still_here), name="still_here"),
    path("similar/", site.admin_view(similar_view), name="similar"),
    path("claims/<int:pk>/embargo/", site.admin_view(embargo.set_view), name="embargo"),
    path("claims/<int:pk>/embargo/lift/", site.admin_view(embargo.lift_view), name="lift_embargo"),
    path("", site.admin_view(home_view), name="home"),
    path("desk/claims/<int:claim_pk>/assignment/", site.admin_view(assign_view), name="assign"),
    path("desk/claims/<int:claim_pk>/comments/", site.admin_view(comment_view), name="comment"),
    path("desk/claims/<int:claim_pk>/seen/", site.admin_view(seen_view), name="seen"),
    path("desk/filters/", site.admin_view(save_filter_view), name="save_filter"),
    path(
        "desk/filters/<int:filter_pk>/delete/",
        site.admin_view(delete_filter_view),
        name="delete_filter",
    ),
    path("sheet/find/", site.admin_view(sheet.sheet_find), name="sheet_find"),
    path("sheet/<int:pk>/", site.admin_view(sheet.sheet_page), name="sheet"),
    path("sheet/<int:pk>/data/", site.admin_view(sheet.sheet_data), name="sheet_data"),
    path("sheet/<int:pk>/rows/", site.admin_view(sheet.sheet_rows), name="sheet_rows"),
    path("sheet/<int:pk>/steps/", site.admin_view(sheet.sheet_steps), name="sheet_steps"),
    path("sheet/<int:pk>/locate/", site.admin_view(sheet.sheet_locate), name="sheet_locate"),
    path("sheet/<int:pk>/propose/", site.admin_view(sheet.sheet_propose), name="sheet_propose"),
    path("sheet/<int:pk>/reject/", site.admin_view(sheet.sheet_reject), name="sheet_reject"),
    path("sheet/<int:pk>/reanchor/", site.admin_view(sheet.sheet_reanchor), name="sheet_reanchor"),
    path("sheet/<int:pk>/document/", site.admin_view(sheet.sheet_document), name="sheet_document"),
    path("sheet/<int:pk>/create/", site.admin_view(sheet.sheet_create), name="sheet_create"),
]
