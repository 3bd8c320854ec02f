"""A paper as a file: at once where it is there, else a page that waits for it."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnership.models import Partnership
from partnership.permissions import role_of
from partnership.roles import Role

from .. import files
from ..audience import audience_of
from ..kinds import Audience, Format
from ..models import IssuedPaper, Paper, Rendition
from ..publishing import FORMATS, content_of, file_of, keep_file, kept_file, what_stands
from ..renditions import MADE_AT_ONCE, key_of, read
from . import crumbs, find_paper

AGAIN = 2  # seconds until it is worth asking again
HOW_TO_START = ".venv/bin/python manage.py db_worker"


@login_required
def paper_download(request: HttpRequest, slug: str, identifier: str, format: str) -> HttpResponse:
    """Serve the file where it is ready. Else have it made: a browser goes on to a page that ends
    in the download, and who asks for no page is told to ask again (202), or why not (503)."""
    partnership, paper = find_paper(request, slug, identifier)
    audience = _audience(request, partnership, format)
    source = what_stands(paper)
    if (content := _at_once(paper, source, format, audience)) is not None:
        return _file(paper, format, content, request)
    found = files.asked_before(paper, request.GET.get("asked", ""), audience)
    found = found or files.ask(source, format, audience)
    if found.state == Rendition.State.READY:
        return _file(paper, format, _keep(source, found, audience), request)
    if "text/html" in request.headers.get("Accept", ""):
        return _see(_address(request, "paper_file", paper, found, audience))
    return _come_back(found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_file(request: HttpRequest, slug: str, identifier: str, format: str) -> HttpResponse:
    """How a file stands that is being made; sent, it is begun again where it failed."""
    partnership, paper = find_paper(request, slug, identifier)
    audience = _audience(request, partnership, format)
    source = what_stands(paper)
    found = files.asked_before(paper, request.GET.get("asked", ""), audience)
    found = found or files.ask(source, format, audience)
    here = _address(request, "paper_file", paper, found, audience)
    if request.method == "POST":
        files.retry(source, found, audience)
        return _see(here)
    standing = files.standing(found)
    if request.htmx and request.GET.get("seen") == standing.words:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    context = {
        "partnership": partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "format": Format(format).label,
        "standing": standing,
        "here": here,
        "file": _address(request, "paper_download", paper, found, audience),
        "how_to_start": role_of(request.user, partnership) == Role.ADMINISTRATOR and HOW_TO_START,
    }
    page = "_file" if request.htmx else "file"  # type: ignore[attr-defined]
    return render(request, f"papers/{page}.html", context)


def _audience(request: HttpRequest, partnership: Partnership, format: str) -> Audience:
    """Return whose version the reader gets: their own, or the public's if they ask for that."""
    if format not in FORMATS:
        raise Http404("There is no such format of this paper.")
    return Audience.PUBLIC if _for_public(request) else audience_of(request.user, partnership)


def _for_public(request: HttpRequest) -> bool:
    return request.GET.get("for") == Audience.PUBLIC


def _at_once(
    paper: Paper, source: Paper | IssuedPaper, format: str, audience: Audience
) -> bytes | None:
    """Return what is kept for good, or made so quickly that nobody need wait."""
    if isinstance(source, IssuedPaper) and (kept := kept_file(source, format, audience)):
        return bytes(kept.content)
    return file_of(paper, format, audience) if format in MADE_AT_ONCE else None


def _keep(source: Paper | IssuedPaper, found: Rendition, audience: Audience) -> bytes:
    """Return the bytes of a finished file; an issue's are kept for good by now, or else here. What
    was asked of a draft, and only then issued with other words, is no file of the issue."""
    content = read(found)
    if isinstance(source, IssuedPaper) and _is_of(source, found, audience):
        kept = keep_file(issued=source, format=found.format, audience=audience, content=content)
        return bytes(kept.content)
    return content


def _is_of(issued: IssuedPaper, found: Rendition, audience: Audience) -> bool:
    return found.key == key_of(content_of(issued, audience), found.format)


def _file(paper: Paper, format: str, content: bytes, request: HttpRequest) -> HttpResponse:
    name = f"{paper.slug}-public" if _for_public(request) else paper.slug
    response = HttpResponse(content, content_type=FORMATS[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response


def _address(
    request: HttpRequest, name: str, paper: Paper, found: Rendition, audience: Audience
) -> str:
    """Return an address of this very file, whatever is changed in the draft meanwhile."""
    query = {"asked": files.token(paper, found, audience)}
    if _for_public(request):
        query["for"] = Audience.PUBLIC.value
    where = [paper.partnership.slug, paper.identifier, found.format]
    return f"{reverse(f'papers:{name}', args=where)}?{urlencode(query)}"


def _see(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})


def _come_back(found: Rendition) -> HttpResponse:
    standing = files.standing(found)
    told = {"state": standing.state, "detail": standing.words}
    response = JsonResponse(told, status=503 if standing.may_retry else 202)
    response["Retry-After"] = str(AGAIN)
    return response
