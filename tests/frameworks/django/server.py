"""A Django REST framework server, described by drf-spectacular.

Started with the name of a file for the document that drf-spectacular makes of it; says its address on standard output, and ends
with its standard input. Most views return what the framework's own serializers and fields made of the request.
"""

import json
import os
import sys
import tempfile
import threading
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings

HERE = tempfile.mkdtemp(prefix="clientwright-django-")

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not a secret",
    TIME_ZONE="UTC",
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "rest_framework", "rest_framework.authtoken",
        "drf_spectacular",
    ],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(HERE, "db"), "OPTIONS": {"timeout": 20}}},
    MEDIA_ROOT=HERE,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    REST_FRAMEWORK={
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "COERCE_DECIMAL_TO_STRING": True,
    },
    SPECTACULAR_SETTINGS={"TITLE": "Everything that DRF can say", "VERSION": "0.9", "COMPONENT_SPLIT_REQUEST": True},
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import models  # noqa: E402
from django.http import StreamingHttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from drf_spectacular.generators import SchemaGenerator  # noqa: E402
from drf_spectacular.types import OpenApiTypes  # noqa: E402
from drf_spectacular.utils import (  # noqa: E402
    OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer, extend_schema, inline_serializer,
)
from rest_framework import (  # noqa: E402
    authentication, filters, mixins, pagination, parsers, permissions, renderers, serializers, views, viewsets,
)
from rest_framework.authtoken.models import Token  # noqa: E402
from rest_framework.decorators import action  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.routers import DefaultRouter  # noqa: E402


class Book(models.Model):
    class Genre(models.TextChoices):
        NOVEL = "novel", "A novel"
        POEMS = "poems & songs", "Poems"

    class Stars(models.IntegerChoices):
        NONE = 0
        FIVE = 5

    title = models.CharField(max_length=40)
    genre = models.CharField(max_length=20, choices=Genre.choices, default=Genre.NOVEL, blank=True)
    stars = models.IntegerField(choices=Stars.choices, null=True, blank=True)
    price = models.DecimalField(max_digits=30, decimal_places=10)
    published = models.DateField(null=True, blank=True)
    updated = models.DateTimeField(auto_now=True)
    pages = models.PositiveIntegerField(default=1)
    serial = models.BigIntegerField(default=0)
    reference = models.UUIDField(null=True, blank=True)
    homepage = models.URLField(blank=True)
    slug = models.SlugField(blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    read_in = models.DurationField(null=True, blank=True)
    opens = models.TimeField(null=True, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    cover = models.FileField(null=True, blank=True, upload_to="covers")
    in_print = models.BooleanField(default=True)
    weight = models.FloatField(null=True, blank=True)

    class Meta:
        app_label = "auth"


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = "__all__"


# A view set: list, create, retrieve, update, partial update, destroy, and actions of its own.


class Pages(pagination.PageNumberPagination):
    page_size = 2
    page_size_query_param = "page_size"


class BookViews(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("id")
    serializer_class = BookSerializer
    pagination_class = Pages
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["title"]
    ordering_fields = ["id", "title"]

    @extend_schema(request={"multipart/form-data": inline_serializer("Cover", {"cover": serializers.FileField(), "note": serializers.CharField(required=False)})})
    @action(detail=True, methods=["put"], parser_classes=[parsers.MultiPartParser])
    def cover(self, request, pk=None):
        book = self.get_object()
        book.cover = request.data["cover"]
        book.save()
        return Response(self.get_serializer(book).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"])
    def clear(self, request):
        Book.objects.all().delete()
        return Response(status=204)


class CursorPages(pagination.CursorPagination):
    page_size = 2
    ordering = "id"


class ShortBookSerializer(serializers.ModelSerializer):
    """The framework's description names a page after its items, so that pages of another kind need items of another name."""

    class Meta:
        model = Book
        fields = ["id", "title"]


class ByCursor(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Book.objects.all()
    serializer_class = ShortBookSerializer
    pagination_class = CursorPages


class ByOffset(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Book.objects.order_by("id")
    serializer_class = BookSerializer
    pagination_class = pagination.LimitOffsetPagination


# Every field that a serializer has


class PointSerializer(serializers.Serializer):
    x = serializers.FloatField()
    y = serializers.FloatField(default=0)


class FieldsSerializer(serializers.Serializer):
    boolean = serializers.BooleanField()
    null_boolean = serializers.BooleanField(allow_null=True)
    char = serializers.CharField(max_length=30)
    blank = serializers.CharField(allow_blank=True, required=False)
    email = serializers.EmailField()
    regex = serializers.RegexField(r"^[a-z]+-\d+$")
    slug = serializers.SlugField()
    url = serializers.URLField()
    uuid = serializers.UUIDField()
    ip = serializers.IPAddressField()
    integer = serializers.IntegerField(min_value=-5, max_value=2**62)
    big = serializers.IntegerField()
    number = serializers.FloatField()
    decimal = serializers.DecimalField(max_digits=30, decimal_places=15)
    decimal_number = serializers.DecimalField(max_digits=12, decimal_places=2, coerce_to_string=False)
    moment = serializers.DateTimeField()
    day = serializers.DateField()
    clock = serializers.TimeField()
    lasts = serializers.DurationField()
    choice = serializers.ChoiceField(choices=["a", "b c", "ü"])
    numbers = serializers.ChoiceField(choices=[1, 2, 3], allow_null=True)
    blank_choice = serializers.ChoiceField(choices=["x", "y"], allow_blank=True, required=False)
    several = serializers.MultipleChoiceField(choices=["p", "q", "r"])
    items = serializers.ListField(child=serializers.IntegerField(min_value=0), max_length=5)
    by_name = serializers.DictField(child=serializers.CharField(allow_null=True))
    anything = serializers.JSONField()
    point = PointSerializer()
    points = PointSerializer(many=True, required=False)
    maybe = PointSerializer(allow_null=True, required=False)
    computed = serializers.SerializerMethodField()
    read = serializers.CharField(read_only=True, default="only")
    password = serializers.CharField(write_only=True, style={"input_type": "password"})
    constant = serializers.HiddenField(default="hidden")

    def get_computed(self, values) -> int:
        return len(values["items"])


class Echo(views.APIView):
    serializer_class: type[serializers.Serializer]

    def echo(self, request, code=200):
        serializer = self.serializer_class(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(self.serializer_class(serializer.validated_data).data, status=code)


ERRORS = inline_serializer("Errors", {"non_field_errors": serializers.ListField(child=serializers.CharField(), required=False), "char": serializers.ListField(child=serializers.CharField(), required=False)})


@extend_schema(tags=["fields"])
class Fields(Echo):
    serializer_class = FieldsSerializer

    @extend_schema(responses={201: FieldsSerializer, 400: ERRORS})
    def post(self, request):
        return self.echo(request, 201)


class FormSerializer(serializers.Serializer):
    char = serializers.CharField()
    integer = serializers.IntegerField()
    boolean = serializers.BooleanField(default=False)
    day = serializers.DateField(required=False)
    choice = serializers.ChoiceField(choices=["a", "b c"], required=False)
    items = serializers.ListField(child=serializers.CharField(), required=False)
    several = serializers.MultipleChoiceField(choices=["p", "q"], required=False)


@extend_schema(tags=["fields"])
class Form(Echo):
    serializer_class = FormSerializer
    parser_classes = [parsers.FormParser]

    @extend_schema(request=FormSerializer, responses=FormSerializer)
    def post(self, request):
        return self.echo(request)


@extend_schema(tags=["fields"])
class Parts(Form):
    parser_classes = [parsers.MultiPartParser]


class FilesSerializer(serializers.Serializer):
    title = serializers.CharField()
    file = serializers.FileField()
    files = serializers.ListField(child=serializers.FileField(), required=False)
    day = serializers.DateField(required=False)


SEEN = inline_serializer("Seen", {
    "title": serializers.CharField(), "name": serializers.CharField(), "size": serializers.IntegerField(),
    "media_type": serializers.CharField(), "sizes": serializers.ListField(child=serializers.IntegerField()),
    "day": serializers.DateField(allow_null=True),
})


@extend_schema(tags=["fields"])
class Files(views.APIView):
    parser_classes = [parsers.MultiPartParser]

    @extend_schema(request=FilesSerializer, responses=SEEN)
    def post(self, request):
        serializer = FilesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        return Response({
            "title": given["title"], "name": given["file"].name, "size": given["file"].size, "media_type": given["file"].content_type,
            "sizes": [file.size for file in given.get("files", [])], "day": given.get("day"),
        })


@extend_schema(tags=["fields"])
class Raw(views.APIView):
    parser_classes = [parsers.FileUploadParser]

    @extend_schema(
        parameters=[OpenApiParameter("filename", OpenApiTypes.STR, OpenApiParameter.PATH)],
        request=OpenApiTypes.BINARY, responses=OpenApiTypes.INT,
    )
    def put(self, request, filename):
        return Response(request.data["file"].size)


# Kinds of one thing


class CatSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["cat"])
    lives = serializers.IntegerField()


class DogSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["dog"])
    tricks = serializers.ListField(child=serializers.CharField())


PETS = PolymorphicProxySerializer(component_name="Pet", serializers={"cat": CatSerializer, "dog": DogSerializer}, resource_type_field_name="kind")
SHAPES = PolymorphicProxySerializer(component_name="Shape", serializers=[PointSerializer, DogSerializer], resource_type_field_name=None)


@extend_schema(tags=["kinds"])
class Pets(views.APIView):
    @extend_schema(request=PETS, responses={201: PETS})
    def post(self, request):
        kinds = {"cat": CatSerializer, "dog": DogSerializer}
        serializer = kinds[request.data["kind"]](data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data, status=201)

    @extend_schema(responses=PolymorphicProxySerializer(component_name="Pet", serializers={"cat": CatSerializer, "dog": DogSerializer}, resource_type_field_name="kind", many=True))
    def get(self, request):
        return Response([{"kind": "cat", "lives": 9}, {"kind": "dog", "tricks": ["sit"]}])


@extend_schema(tags=["kinds"])
class Shapes(views.APIView):
    @extend_schema(responses=SHAPES, parameters=[OpenApiParameter("which", str, enum=["point", "dog"], required=True)])
    def get(self, request):
        return Response({"x": 1.0, "y": 2.0} if request.query_params["which"] == "point" else {"kind": "dog", "tricks": []})


# Parameters: read by the fields that the framework would use for a form.


class QuerySerializer(serializers.Serializer):
    integer = serializers.IntegerField()
    number = serializers.FloatField()
    boolean = serializers.BooleanField()
    text = serializers.CharField()
    day = serializers.DateField()
    moment = serializers.DateTimeField()
    uuid = serializers.UUIDField()
    decimal = serializers.DecimalField(max_digits=20, decimal_places=10)
    choice = serializers.ChoiceField(choices=["a", "b c", "ü&="])
    items = serializers.ListField(child=serializers.IntegerField(), required=False)
    several = serializers.MultipleChoiceField(choices=["p", "q"], required=False)


@extend_schema(tags=["parameters"])
class Queries(views.APIView):
    @extend_schema(parameters=[QuerySerializer], responses=QuerySerializer)
    def get(self, request):
        serializer = QuerySerializer(data=request.query_params)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.data)


HEADER, COOKIE, QUERY = OpenApiParameter.HEADER, OpenApiParameter.COOKIE, OpenApiParameter.QUERY


@extend_schema(tags=["parameters"])
class Elsewhere(views.APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("X-Request-ID", OpenApiTypes.UUID, HEADER, required=True),
            OpenApiParameter("X-Count", OpenApiTypes.INT, HEADER),
            OpenApiParameter("session", str, COOKIE, required=True),
            OpenApiParameter("commas", {"type": "array", "items": {"type": "string"}}, QUERY, explode=False),
            OpenApiParameter("pipes", {"type": "array", "items": {"type": "string"}}, QUERY, explode=False, style="pipeDelimited"),
            OpenApiParameter("deep", {"type": "object", "additionalProperties": {"type": "string"}}, QUERY, style="deepObject"),
            OpenApiParameter("many", int, QUERY, many=True),
        ],
        responses=inline_serializer("Elsewhere", {
            "request_id": serializers.UUIDField(), "count": serializers.IntegerField(allow_null=True), "session": serializers.CharField(),
            "commas": serializers.ListField(child=serializers.CharField()), "pipes": serializers.ListField(child=serializers.CharField()),
            "deep": serializers.DictField(child=serializers.CharField()), "many": serializers.ListField(child=serializers.IntegerField()),
        }),
    )
    def get(self, request):
        query = request.query_params
        deep = {key[5:-1]: value for key, value in query.items() if key.startswith("deep[")}
        return Response({
            "request_id": str(serializers.UUIDField().run_validation(request.headers.get("X-Request-ID"))),
            "count": serializers.IntegerField(allow_null=True).run_validation(request.headers.get("X-Count")),
            "session": serializers.CharField().run_validation(request.COOKIES.get("session")),
            "commas": query.get("commas", "").split(","), "pipes": query.get("pipes", "").split("|"), "deep": deep,
            "many": serializers.ListField(child=serializers.IntegerField()).run_validation(query.getlist("many")),
        })


@extend_schema(tags=["parameters"])
class InPath(views.APIView):
    @extend_schema(responses=inline_serializer("InPath", {"number": serializers.IntegerField(), "text": serializers.CharField(), "slug": serializers.SlugField(), "reference": serializers.UUIDField(), "rest": serializers.CharField()}))
    def get(self, request, number, text, slug, reference, rest):
        return Response({"number": number, "text": text, "slug": slug, "reference": str(reference), "rest": rest})


# Answers


class PlainText(renderers.BaseRenderer):
    media_type = "text/plain"
    format = "txt"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data if isinstance(data, str) else json.dumps(data)


class Csv(PlainText):
    media_type = "text/csv"
    format = "csv"


class Negotiated(views.APIView):
    """What is given depends on `Accept`, and 406 is the answer to one that nothing fits."""

    renderer_classes = [renderers.JSONRenderer, Csv]

    @extend_schema(tags=["answers"], responses={(200, "application/json"): PointSerializer, (200, "text/csv"): str})
    def get(self, request):
        return Response("1,2\n" if request.accepted_renderer.format == "csv" else {"x": 1.0, "y": 2.0})


class TextAnswer(views.APIView):
    renderer_classes = [PlainText]

    @extend_schema(tags=["answers"], responses=OpenApiTypes.STR)
    def get(self, request):
        return Response("grüße")


class Bytes(PlainText):
    # DRF refuses an `Accept` that names none of a view's renderers, even where the view sends its response without one.
    media_type = "application/octet-stream"
    format = "bytes"


class Download(views.APIView):
    renderer_classes = [Bytes]

    @extend_schema(tags=["answers"], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request):
        return StreamingHttpResponse((b"x" * 1000 for _ in range(10)), content_type="application/octet-stream")


class Nothing(views.APIView):
    @extend_schema(tags=["answers"], request=None, responses={204: OpenApiResponse(description="done")}, methods=["POST", "PUT", "DELETE"])
    def post(self, request):
        return Response(status=204)

    @extend_schema(tags=["answers"], request=None, responses=None)
    def put(self, request):
        return Response(status=200)

    @extend_schema(tags=["answers"], responses={204: None})
    def delete(self, request):
        return Response(status=204)


class Undescribed(views.APIView):
    """No serializer, so that nothing is described: no body, no answer."""

    def get(self, request):
        return Response(status=200)

    def post(self, request):
        return Response(status=200)


class Fails(views.APIView):
    @extend_schema(tags=["answers"], responses={200: PointSerializer, 404: inline_serializer("Detail", {"detail": serializers.CharField()}), 409: PETS})
    def get(self, request, code: int):
        if code == 409:
            return Response({"kind": "cat", "lives": 1}, status=409)
        return Response({"detail": "no"}, status=code)


# Credentials


class Private(views.APIView):
    permission_classes = [permissions.IsAuthenticated]

    @extend_schema(tags=["auth"], responses=inline_serializer("Who", {"name": serializers.CharField()}))
    def get(self, request):
        return Response({"name": request.user.get_username()})


class ByToken(Private):
    authentication_classes = [authentication.TokenAuthentication]


class ByBasic(Private):
    authentication_classes = [authentication.BasicAuthentication]


class BySession(Private):
    authentication_classes = [authentication.SessionAuthentication]


class ByAny(Private):
    authentication_classes = [authentication.SessionAuthentication, authentication.BasicAuthentication, authentication.TokenAuthentication]


router = DefaultRouter()
router.register("books", BookViews)
router.register("by-cursor", ByCursor, basename="by-cursor")
router.register("by-offset", ByOffset, basename="by-offset")
urlpatterns = [
    path("", include(router.urls)),
    path("fields/", Fields.as_view()),
    path("form/", Form.as_view()),
    path("parts/", Parts.as_view()),
    path("files/", Files.as_view()),
    path("raw/<str:filename>/", Raw.as_view()),
    path("pets/", Pets.as_view()),
    path("shapes/", Shapes.as_view()),
    path("queries/", Queries.as_view()),
    path("elsewhere/", Elsewhere.as_view()),
    path("in-path/<int:number>/<str:text>/<slug:slug>/<uuid:reference>/<path:rest>", InPath.as_view()),
    path("negotiated/", Negotiated.as_view()),
    path("text/", TextAnswer.as_view()),
    path("download/", Download.as_view()),
    path("nothing/", Nothing.as_view()),
    path("undescribed/", Undescribed.as_view()),
    path("fails/<int:code>/", Fails.as_view()),
    path("auth/token/", ByToken.as_view()),
    path("auth/basic/", ByBasic.as_view()),
    path("auth/session/", BySession.as_view()),
    path("auth/any/", ByAny.as_view()),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def main() -> None:
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from drf_spectacular.renderers import OpenApiJsonRenderer

    call_command("migrate", verbosity=0, run_syncdb=True)
    with connection.schema_editor() as editor:
        editor.create_model(Book)
    user = User.objects.create_user("ada", password="pass word:ü")
    token = Token.objects.create(user=user)
    session = SessionStore()
    session["_auth_user_id"] = user.pk
    session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()

    with open(sys.argv[1], "wb") as file:
        file.write(OpenApiJsonRenderer().render(SchemaGenerator().get_schema(request=None, public=True), renderer_context={}))
    server = make_server("127.0.0.1", 0, get_wsgi_application(), WSGIServer, Quiet)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(json.dumps({"api": f"http://127.0.0.1:{server.server_port}", "token": token.key, "session": session.session_key}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
