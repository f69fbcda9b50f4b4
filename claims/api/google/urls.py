"""The addresses of Google's API, none with a slash at its end. What is not here is a 404 in its
shape, see `factcheck.views.not_found`.
"""

from django.urls import path

from claims.api.google.views import Discovery, Elsewhere, ElsewhereToWrite, Search

app_name = "google"

READS, OPTIONS = ["get", "head"], ["options"]

urlpatterns = [
    path("$discovery/rest", Discovery.as_view(), name="discovery"),
    path("v1alpha1/claims:search", Search.as_view(), name="search"),
    path("v1alpha1/claims:imageSearch", Elsewhere.as_view(), name="image-search"),
    # Where the discovery document sends those who ask for several things at once.
    path(
        "v1alpha1/batch",
        ElsewhereToWrite.as_view(http_method_names=["post", *OPTIONS]),
        name="batch",
    ),
    path(
        "v1alpha1/pages",
        ElsewhereToWrite.as_view(http_method_names=[*READS, "post", *OPTIONS]),
        name="pages",
    ),
    # A name may have a slash in it, which programs write as %2F.
    path(
        "v1alpha1/pages/<path:name>",
        ElsewhereToWrite.as_view(http_method_names=[*READS, "put", "delete", *OPTIONS]),
        name="page",
    ),
]
