"""The desk's pages that belong to the house: signing in, sessions, the read-only switch.

`code` and `second_factor_page` let in who has given a password only; all others stand behind both
factors.
"""

from django.contrib import admin
from django.urls import path

from factcheck.signing_in import read_only, session_views, views

guarded = admin.site.admin_view

urlpatterns = [
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/second-factor/", views.second_factor_page, name="second_factor"),
    path("sign-in/recovery-codes/", guarded(views.recovery_codes), name="recovery_codes"),
    path("sessions/", guarded(session_views.mine), name="sessions"),
    path("sessions/end-others/", guarded(session_views.end_others), name="end_other_sessions"),
    path("sessions/<str:handle>/end/", guarded(session_views.end_one), name="end_session"),
    path("read-only/", guarded(read_only.switch_page), name="read_only"),
]
