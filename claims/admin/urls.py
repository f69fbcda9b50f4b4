"""The desk's own pages, beside those of the models. They stand before the admin's addresses, in the
namespace `desk`; each asks for its own permission.
"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
