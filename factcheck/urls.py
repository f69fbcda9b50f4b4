"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from claims.admin.urls import urlpatterns as pages_of_claims
from claims.api.pages import DocsPage, ExamplesPage
from claims.views import root
from claims.views.home import Home
from factcheck import views
from factcheck.desk_urls import urlpatterns as pages_of_the_house
from factcheck.log.page import LogPage

urlpatterns = [
    # What people read: in English, and under the code of each other language.
    *i18n_patterns(
        path("", Home.as_view(), name="home"),
        path("", include("claims.urls")),
        path("log/", LogPage.as_view(), name="log"),
        prefix_default_language=False,
    ),
    path("sitemap.xml", root.SitemapIndex.as_view(), name="sitemap"),
    path("sitemap-lists.xml", root.SitemapLists.as_view(), name="sitemap-lists"),
    path("sitemap-<int:number>.xml", root.SitemapPart.as_view(), name="sitemap-part"),
    path("robots.txt", root.Robots.as_view(), name="robots"),
    path(".well-known/security.txt", root.Security.as_view(), name="security"),
    path("log/", include("factcheck.log.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("", include("claims.api.google.urls")),
    path("api/docs/", DocsPage.as_view(), name="api-docs"),
    path("api/examples/", ExamplesPage.as_view(), name="api-examples"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", include(([*pages_of_the_house, *pages_of_claims], "desk"))),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
