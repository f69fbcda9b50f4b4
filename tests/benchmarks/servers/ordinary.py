"""An ordinary view of the same table: ModelSerializer, cursor paging, nothing of ours around it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.conf import settings  # noqa: E402
from rest_framework import pagination, routers, serializers, viewsets  # noqa: E402

from claims.models import PublicClaim  # noqa: E402

settings.ROOT_URLCONF = __name__


class Newest(pagination.CursorPagination):
    page_size = 20
    ordering = "-from_seq"


class ClaimSerializer(serializers.ModelSerializer):
    class Meta:
        model = PublicClaim
        exclude = ["summary", "words"]


class Claims(viewsets.ReadOnlyModelViewSet):
    queryset = PublicClaim.objects.using("public").filter(until_seq=None)
    serializer_class = ClaimSerializer
    pagination_class = Newest
    lookup_field = "claim_id"


router = routers.SimpleRouter()
router.register("claims", Claims)
urlpatterns = router.urls
