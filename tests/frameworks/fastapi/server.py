"""A FastAPI server that takes parameters, bodies and credentials of every kind that FastAPI can express.

Started with the name of a file for the document that FastAPI makes of it; says its address on standard output, and ends with its
standard input. Most handlers return what FastAPI's own validation made of the request.
"""

import base64
import json
import os
import socket
import sys
import threading
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address
from typing import Annotated, Any, AsyncIterable, Generic, Literal, TypeVar
from uuid import UUID

import uvicorn
from fastapi import (
    APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, Response, Security, UploadFile,
)
from fastapi.responses import (
    FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse,
)
from fastapi.security import (
    APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer, HTTPDigest,
    OAuth2PasswordBearer, OAuth2PasswordRequestForm, SecurityScopes,
)
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import (
    AnyUrl, BaseModel, ConfigDict, EmailStr, Field, HttpUrl, Json, RootModel, SecretStr, computed_field,
)

app = FastAPI(
    title="Everything that FastAPI can say",
    version="1.2.3",
    servers=[{"url": "/", "description": "where the document came from"}],
    # As FastAPI advises those who generate clients.
    generate_unique_id_function=lambda route: route.name,
)


class Color(str, Enum):
    red = "red"
    deep_blue = "deep blue"
    slash = "a/b&c=d"


class Level(IntEnum):
    low = 1
    high = 10


# Parameters

paths = APIRouter(prefix="/paths", tags=["paths"])


@paths.get("/integer/{value}")
def path_integer(value: int) -> int:
    return value


@paths.get("/number/{value}")
def path_number(value: float) -> float:
    return value


@paths.get("/boolean/{value}")
def path_boolean(value: bool) -> bool:
    return value


@paths.get("/text/{value}")
def path_text(value: Annotated[str, Path(min_length=1)]) -> str:
    return value


@paths.get("/rest/{value:path}")
def path_rest(value: str) -> str:
    return value


@paths.get("/uuid/{value}")
def path_uuid(value: UUID) -> UUID:
    return value


@paths.get("/decimal/{value}")
def path_decimal(value: Decimal) -> Decimal:
    return value


@paths.get("/color/{value}")
def path_color(value: Color) -> Color:
    return value


@paths.get("/level/{value}")
def path_level(value: Level) -> Level:
    return value


class Times(BaseModel):
    day: date
    moment: datetime


@paths.get("/times/{day}/at/{moment}")
def path_times(day: date, moment: datetime) -> Times:
    return Times(day=day, moment=moment)


@paths.get("/two/{first}.{second}")
def path_two(first: str, second: int) -> list[str]:
    return [first, str(second)]


queries = APIRouter(prefix="/queries", tags=["queries"])


class Scalars(BaseModel):
    integer: int
    number: float
    boolean: bool
    text: str
    uuid: UUID
    decimal: Decimal
    color: Color
    level: Level
    literal: Literal["asc", "desc"]
    day: date
    moment: datetime
    clock: time
    lasts: timedelta
    address: IPv4Address
    link: HttpUrl
    email: EmailStr


@queries.get("/scalars")
def query_scalars(
    integer: int,
    number: float,
    boolean: bool,
    text: str,
    uuid: UUID,
    decimal: Decimal,
    color: Color,
    level: Level,
    literal: Literal["asc", "desc"],
    day: date,
    moment: datetime,
    clock: time,
    lasts: timedelta,
    address: IPv4Address,
    link: HttpUrl,
    email: EmailStr,
) -> Scalars:
    return Scalars(**locals())


class Optionals(BaseModel):
    nothing: str | None
    defaulted: int
    bounded: int | None
    alias: str | None
    either: int | str | None
    deprecated: str | None
    seen: list[str]


@queries.get("/optional")
def query_optional(
    request: Request,
    nothing: str | None = None,
    defaulted: int = 7,
    bounded: Annotated[int | None, Query(ge=1, le=100)] = None,
    alias: Annotated[str | None, Query(alias="item-query[]", pattern="^[a-z &+=%#/?]*$")] = None,
    either: int | str | None = None,
    deprecated: Annotated[str | None, Query(deprecated=True)] = None,
) -> Optionals:
    return Optionals(
        nothing=nothing, defaulted=defaulted, bounded=bounded, alias=alias, either=either, deprecated=deprecated,
        seen=list(request.query_params.keys()),
    )


class Lists(BaseModel):
    texts: list[str]
    integers: list[int]
    colors: set[Color]
    days: list[date]
    pair: tuple[int, str]
    optional: list[float] | None


@queries.get("/lists")
def query_lists(
    texts: Annotated[list[str], Query()],
    integers: Annotated[list[int], Query(min_length=1)],
    colors: Annotated[set[Color], Query()],
    days: Annotated[list[date], Query()] = [],
    pair: Annotated[tuple[int, str], Query()] = (0, ""),
    optional: Annotated[list[float] | None, Query()] = None,
) -> Lists:
    return Lists(texts=texts, integers=integers, colors=colors, days=days, pair=pair, optional=optional)


class Filter(BaseModel):
    model_config = ConfigDict(extra="forbid")
    limit: int = Field(100, gt=0, le=100)
    offset: int = Field(0, ge=0)
    order_by: Literal["created_at", "updated_at"] = "created_at"
    tags: list[str] = []
    since: datetime | None = None


@queries.get("/model")
def query_model(filter: Annotated[Filter, Query()]) -> Filter:
    return filter


headers = APIRouter(prefix="/headers", tags=["headers"])


class HeaderValues(BaseModel):
    x_request_id: UUID
    x_count: int
    x_flag: bool | None
    x_when: datetime | None
    x_tokens: list[str] | None
    strange_header: str | None
    if_none_match: str | None


@headers.get("/scalars")
def header_scalars(
    x_request_id: Annotated[UUID, Header()],
    x_count: Annotated[int, Header()],
    x_flag: Annotated[bool | None, Header()] = None,
    x_when: Annotated[datetime | None, Header()] = None,
    x_tokens: Annotated[list[str] | None, Header()] = None,
    strange_header: Annotated[str | None, Header(convert_underscores=False)] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> HeaderValues:
    return HeaderValues(**locals())


class CommonHeaders(BaseModel):
    host: str
    save_data: bool
    x_tag: list[str] = []


@headers.get("/model")
def header_model(headers: Annotated[CommonHeaders, Header()]) -> CommonHeaders:
    return headers


cookies = APIRouter(prefix="/cookies", tags=["cookies"])


class Cookies(BaseModel):
    session_id: str
    visits: int = 0
    color: Color | None = None
    consent: bool | None = None


@cookies.get("/scalars")
def cookie_scalars(
    session_id: Annotated[str, Cookie()],
    visits: Annotated[int, Cookie()] = 0,
    color: Annotated[Color | None, Cookie()] = None,
    consent: Annotated[bool | None, Cookie()] = None,
) -> Cookies:
    return Cookies(**locals())


@cookies.get("/model")
def cookie_model(cookies: Annotated[Cookies, Cookie()]) -> Cookies:
    return cookies


# Bodies

bodies = APIRouter(prefix="/bodies", tags=["bodies"])


class Point(BaseModel):
    x: float
    y: float = 0


class Node(BaseModel):
    name: str
    children: list["Node"] = []


class Everything(BaseModel):
    integer: int
    big: int = Field(description="Python's integers have no bounds")
    number: float
    decimal: Decimal
    boolean: bool
    text: str = Field(min_length=1, max_length=50)
    secret: SecretStr
    uuid: UUID
    color: Color
    level: Level
    literal: Literal["one", 2, True]
    day: date
    moment: datetime
    clock: time
    lasts: timedelta
    address: IPv4Address
    link: AnyUrl
    email: EmailStr
    raw: bytes
    nothing: None
    anything: Any
    document: dict[str, Any]
    point: Point
    tuple_: tuple[int, str, Point] = Field(alias="tuple")
    unique: set[int]
    by_name: dict[str, Point] = Field(alias="byName")
    by_color: dict[Color, int]
    by_day: dict[date, int]
    nested: list[list[int]]
    tree: Node
    nullable: str | None
    optional: str | None = None
    either: int | str | Point
    defaulted: list[str] = ["a"]
    embedded: Json[list[int]] | None = None

    @computed_field
    @property
    def area(self) -> float:
        return self.point.x * self.point.y


@bodies.post("/everything")
def body_everything(body: Everything) -> Everything:
    return body


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "wolf"]
    tricks: list[str] = []


class Lizard(BaseModel):
    kind: Literal["lizard"] = "lizard"
    loves_rocks: bool


Pet = Annotated[Cat | Dog | Lizard, Field(discriminator="kind")]


class Owner(BaseModel):
    pet: Pet
    others: list[Pet] = []
    by_name: dict[str, Pet] = {}
    maybe: Pet | None = None


@bodies.post("/tagged")
def body_tagged(pet: Annotated[Pet, Body()]) -> Pet:
    return pet


@bodies.post("/owner")
def body_owner(owner: Owner) -> Owner:
    return owner


class Circle(BaseModel):
    model_config = ConfigDict(extra="forbid")
    radius: float


class Square(BaseModel):
    model_config = ConfigDict(extra="forbid")
    side: float


@bodies.post("/untagged")
def body_untagged(shapes: list[Circle | Square | int | str | None]) -> list[Circle | Square | int | str | None]:
    return shapes


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    next: str | None = None


@bodies.post("/generic")
def body_generic(page: Page[Point]) -> Page[Point]:
    return page


class Labels(RootModel[dict[str, list[str]]]):
    pass


@bodies.put("/root")
def body_root(labels: Labels) -> Labels:
    return labels


@bodies.put("/several")
def body_several(point: Point, color: Annotated[Color, Body()], note: Annotated[str | None, Body()] = None) -> dict[str, Any]:
    return {"point": point, "color": color, "note": note}


@bodies.put("/embedded")
def body_embedded(point: Annotated[Point, Body(embed=True)]) -> Point:
    return point


@bodies.put("/integer")
def body_integer(value: Annotated[int, Body()]) -> int:
    return value


@bodies.put("/text")
def body_text(value: Annotated[str, Body()]) -> str:
    return value


@bodies.put("/list")
def body_list(values: list[Decimal]) -> list[Decimal]:
    return values


@bodies.put("/optional")
def body_optional(point: Point | None = None) -> Point | None:
    return point


class Change(BaseModel):
    name: str | None = None
    size: int | None = None


@bodies.patch("/partial")
def body_partial(change: Change) -> list[str]:
    """Names the members that were there, null or not."""
    return sorted(change.model_fields_set)


@bodies.delete("/with-body")
def body_of_delete(point: Point) -> Point:
    return point


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str


@bodies.post("/loose")
def body_loose(loose: Loose) -> Loose:
    return loose


@bodies.post("/custom-media-type")
def body_media_type(point: Annotated[Point, Body(media_type="application/vnd.point+json")]) -> Point:
    return point


@bodies.post("/text-plain")
async def body_text_plain(request: Request, text: Annotated[str, Body(media_type="text/plain")]) -> str:
    return text


@bodies.post(
    "/octets",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def body_octets(request: Request) -> int:
    return len(await request.body())


# Forms

forms = APIRouter(prefix="/forms", tags=["forms"])


class FormValues(BaseModel):
    text: str
    integer: int
    number: float = 1.5
    boolean: bool = False
    color: Color | None = None
    day: date | None = None
    tags: list[str] = []
    counts: list[int] | None = None


@forms.post("/urlencoded")
def form_urlencoded(
    text: Annotated[str, Form()],
    integer: Annotated[int, Form()],
    number: Annotated[float, Form()] = 1.5,
    boolean: Annotated[bool, Form()] = False,
    color: Annotated[Color | None, Form()] = None,
    day: Annotated[date | None, Form()] = None,
    tags: Annotated[list[str], Form()] = [],
    counts: Annotated[list[int] | None, Form()] = None,
) -> FormValues:
    return FormValues(**locals())


@forms.post("/model")
def form_model(values: Annotated[FormValues, Form()]) -> FormValues:
    return values


class FileSeen(BaseModel):
    name: str | None
    size: int
    media_type: str | None


async def seen(file: UploadFile) -> FileSeen:
    return FileSeen(name=file.filename, size=len(await file.read()), media_type=file.content_type)


@forms.post("/file")
async def form_file(file: UploadFile) -> FileSeen:
    return await seen(file)


@forms.post("/bytes")
async def form_bytes(file: Annotated[bytes, File()]) -> int:
    return len(file)


class FilesSeen(BaseModel):
    files: list[FileSeen]
    cover: FileSeen | None
    raws: list[int]
    title: str
    count: int | None
    tags: list[str]
    color: Color
    day: date | None


@forms.post("/files")
async def form_files(
    files: list[UploadFile],
    title: Annotated[str, Form()],
    color: Annotated[Color, Form()],
    cover: UploadFile | None = None,
    raws: Annotated[list[bytes], File()] = [],
    count: Annotated[int | None, Form()] = None,
    tags: Annotated[list[str], Form()] = [],
    day: Annotated[date | None, Form()] = None,
) -> FilesSeen:
    return FilesSeen(
        files=[await seen(file) for file in files],
        cover=await seen(cover) if cover else None,
        raws=[len(raw) for raw in raws],
        title=title, count=count, tags=tags, color=color, day=day,
    )


@forms.post("/optional-file")
async def form_optional_file(file: UploadFile | None = None) -> FileSeen | None:
    return await seen(file) if file else None


# Answers

answers = APIRouter(prefix="/answers", tags=["answers"])


class Problem(BaseModel):
    code: int
    message: str


@answers.get("/empty", status_code=204)
def answer_empty() -> None:
    return None


class How(IntEnum):
    ok = 200
    created = 201
    accepted = 202


@answers.post("/created", status_code=201, responses={200: {"model": Node}, 202: {"description": "later"}})
def answer_created(how: How, response: Response) -> Point:
    if how == 200:
        return JSONResponse({"name": "root", "children": [{"name": "leaf"}]})
    if how == 202:
        return Response(status_code=202)
    return Point(x=1, y=2)


@answers.get("/fails/{status}", responses={404: {"model": Problem}, 409: {"model": Node}, "5XX": {"model": Problem}, "default": {"description": "odd"}})
def answer_fails(status: int) -> Point:
    if status == 409:
        return JSONResponse({"name": "conflict", "children": []}, 409)
    if status >= 400:
        return JSONResponse({"code": status, "message": "no"}, status)
    return Point(x=0)


@answers.get("/forbidden", responses={403: {"description": "not for you"}})
def answer_forbidden() -> Point:
    raise HTTPException(status_code=403, detail="not for you", headers={"X-Why": "because"})


@answers.get("/text", response_class=PlainTextResponse)
def answer_text() -> str:
    return "grüße\n"


@answers.get("/html", response_class=HTMLResponse)
def answer_html() -> str:
    return "<p>hello</p>"


@answers.get("/file", response_class=FileResponse)
def answer_file() -> FileResponse:
    return FileResponse(__file__, media_type="application/octet-stream", filename="server.py")


@answers.get("/image", responses={200: {"content": {"image/png": {}}, "description": "a picture"}}, response_class=Response)
def answer_image() -> Response:
    return Response(b"\x89PNG\r\n\x1a\n", media_type="image/png")


@answers.get("/json-or-image", responses={200: {"content": {"image/png": {}}, "description": "a point, or a picture of it"}}, response_model=Point)
def answer_json_or_image(request: Request) -> Any:
    if "image/png" in request.headers.get("accept", ""):
        return Response(b"\x89PNG", media_type="image/png")
    return Point(x=3, y=4)


@answers.get("/redirect", response_class=RedirectResponse, status_code=307)
def answer_redirect() -> str:
    return "/answers/text"


@answers.get("/headers", responses={200: {"headers": {"X-Rows": {"schema": {"type": "integer"}}, "X-Day": {"schema": {"type": "string", "format": "date"}}}}})
def answer_headers(response: Response) -> list[int]:
    response.headers["X-Rows"] = "42"
    response.headers["X-Day"] = "2026-11-29"
    return []


@answers.get("/any")
def answer_any():
    return {"a": [1, None]}


@answers.get("/union")
def answer_union(which: Literal["circle", "square", "text", "null"]) -> Circle | Square | str | None:
    return {"circle": Circle(radius=1), "square": Square(side=2), "text": "neither", "null": None}[which]


@answers.get("/extremes")
def answer_extremes() -> dict[str, int | float | Decimal | datetime | None]:
    return {
        "zero": 0, "big": 2**63 - 1, "tiny": 5e-324, "decimal": Decimal("0.1000"), "nothing": None,
        "moment": datetime(9999, 12, 31, 23, 59, 59, 999999, timezone.utc),
    }


@answers.get("/huge")
def answer_huge() -> Annotated[int, Field(ge=-(2**100), le=2**100)]:
    return 2**100 - 1


@answers.post("/huge")
def echo_huge(value: Annotated[int, Body(ge=-(2**100), le=2**100)]) -> Annotated[int, Field(ge=-(2**100), le=2**100)]:
    return value


@answers.api_route("/methods", methods=["GET", "PUT", "POST", "DELETE", "PATCH"])
def answer_methods(request: Request) -> str:
    return request.method


@answers.head("/head")
def answer_head(response: Response) -> None:
    response.headers["X-Rows"] = "42"


@answers.options("/options")
def answer_options() -> list[str]:
    return ["GET"]


# Streams

streams = APIRouter(prefix="/streams", tags=["streams"])


@streams.get("/lines")
async def stream_lines(count: int = 3) -> AsyncIterable[Point]:
    for index in range(count):
        yield Point(x=index)


@streams.get("/events", response_class=EventSourceResponse)
async def stream_events(count: int = 3) -> AsyncIterable[Point]:
    for index in range(count):
        yield Point(x=index)


@streams.post("/pets", response_class=EventSourceResponse)
async def stream_pets(pets: list[Pet]) -> AsyncIterable[Pet]:
    for pet in pets:
        yield pet


@streams.get("/server-sent", response_class=EventSourceResponse)
async def stream_server_sent(last_event_id: Annotated[int | None, Header()] = None) -> AsyncIterable[ServerSentEvent]:
    first = 0 if last_event_id is None else last_event_id + 1
    yield ServerSentEvent(comment="hello")
    for index in range(first, 3):
        yield ServerSentEvent(data={"x": index}, event="point", id=str(index), retry=500)
    yield ServerSentEvent(raw_data="[DONE]")


@streams.get("/bytes", response_class=StreamingResponse, responses={200: {"content": {"application/octet-stream": {}}}})
async def stream_bytes() -> StreamingResponse:
    async def chunks():
        for _ in range(10):
            yield b"x" * 1000

    return StreamingResponse(chunks(), media_type="application/octet-stream")


# Credentials

auth = APIRouter(prefix="/auth", tags=["auth"])
basic = HTTPBasic(realm="all")
bearer = HTTPBearer()
digest = HTTPDigest(auto_error=False)
in_header = APIKeyHeader(name="X-Api-Key", scheme_name="KeyInHeader")
in_query = APIKeyQuery(name="api key", scheme_name="KeyInQuery")
in_cookie = APIKeyCookie(name="key", scheme_name="KeyInCookie")
oauth = OAuth2PasswordBearer(tokenUrl="auth/token", scopes={"read": "Read.", "write things": "Write."})


@auth.get("/basic")
def auth_basic(given: Annotated[HTTPBasicCredentials, Depends(basic)]) -> list[str]:
    return [given.username, given.password]


@auth.get("/bearer")
def auth_bearer(given: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> list[str]:
    return [given.scheme, given.credentials]


@auth.get("/header")
def auth_header(given: Annotated[str, Security(in_header)]) -> str:
    return given


@auth.get("/query")
def auth_query(given: Annotated[str, Security(in_query)]) -> str:
    return given


@auth.get("/cookie")
def auth_cookie(given: Annotated[str, Security(in_cookie)]) -> str:
    return given


@auth.get("/all")
def auth_all(key: Annotated[str, Security(in_header)], given: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> list[str]:
    return [key, given.credentials]


class Token(BaseModel):
    access_token: str
    token_type: str
    expires_in: int = 3600
    scope: str = ""


@auth.post("/token")
def auth_token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if form.password != "pass word&+%":
        raise HTTPException(400, "wrong password")
    return Token(access_token=f"token of {form.username}".replace(" ", "-"), token_type="bearer", scope=" ".join(form.scopes))


def asked(scopes: SecurityScopes, token: Annotated[str, Depends(oauth)]) -> list[str]:
    return [token, *scopes.scopes]


@auth.get("/oauth")
def auth_oauth(given: Annotated[list[str], Security(asked, scopes=["read"])]) -> list[str]:
    return given


for router in [paths, queries, headers, cookies, bodies, forms, answers, streams, auth]:
    app.include_router(router)


class Happened(BaseModel):
    at: datetime
    pet: Pet


@app.webhooks.post("pet-happened")
def pet_happened(body: Happened):
    """Sent when a pet happens."""


def main() -> None:
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        json.dump(app.openapi(), file, ensure_ascii=False)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(json.dumps({"api": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
