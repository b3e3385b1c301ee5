"""Tools and resources served by the official SDK (extra `mcp`), over stdio or streamable HTTP. Nothing is asked here.

The questions run in threads, so that a long one does not hold up the others; the ledger is only read.
"""

import logging
import socket
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import mcp_types as types
import uvicorn
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from mcp import MCPError
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from dragoman import __version__
from dragoman.answer.ledger import Ledger
from dragoman.errors import DragomanError, StopRun
from dragoman.mcp import resources, schemas
from dragoman.mcp.parameters import checked, schema_of
from dragoman.mcp.tools import BY_NAME, TOOLS, UNTRUSTED, Tool
from dragoman.mcp.wording import told

T = TypeVar("T")
Context = ServerRequestContext[Any]
PATH = "/mcp"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TOGETHER = 4  # questions answered at once: each may take two of the fifteen connections that a ledger has
LARGEST = 64 * 1024  # bytes of a request: a question has a few hundred
INSTRUCTIONS = (
    "A ledger of relations between states and other parties, read from news reports: who did what to whom, when, "
    "where, according to whom, and whether it happened at all. `brief` for two parties is the place to begin, "
    "`search` finds who and what is there; `events`, `dossiers`, "
    "`flows`, `contacts` and `dyad` go into it; `event` and `explain` open an id. "
    + UNTRUSTED
    + " Say of an act what its status says (planned is not done), name who says so, and count origins, not outlets. "
    "dragoman://document/{id} has the text that a reference's offsets index."
)
log = logging.getLogger(__name__)


def server(ledger: Ledger) -> Server[Any]:
    """Return the server over an open ledger."""
    places = CapacityLimiter(TOGETHER)
    return Server(
        "dragoman",
        version=__version__,
        title="dragoman: the ledger of relations",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=partial(_call_tool, ledger, places),
        on_list_resources=_list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=partial(_read_resource, ledger, places),
    )


# ---------------------------------------------------------------- tools
async def _list_tools(_: Context, __: Any) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[_described(t) for t in TOOLS])


def _described(t: Tool) -> types.Tool:
    return types.Tool(
        name=t.name,
        title=t.title,
        description=t.description,
        input_schema=schema_of(t.parameters),
        output_schema=schemas.schema_of(*t.gives),
        annotations=types.ToolAnnotations(
            title=t.title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


async def _call_tool(
    ledger: Ledger, places: CapacityLimiter, _: Context, asked: types.CallToolRequestParams
) -> types.CallToolResult:
    tool = BY_NAME.get(asked.name)
    if tool is None:
        raise MCPError(types.INVALID_PARAMS, f"no such tool; there are {', '.join(BY_NAME)}")
    return await run_sync(_answer, ledger, tool, asked.arguments or {}, limiter=places)


def _answer(ledger: Ledger, tool: Tool, given: dict[str, Any]) -> types.CallToolResult:
    try:
        reply = tool.answer(ledger, checked(tool.parameters, given))
    except DragomanError as fault:
        return types.CallToolResult(content=[_text(told(str(fault), BY_NAME))], is_error=True)
    except Exception as fault:  # noqa: BLE001 - whatever a question brings to light, the server lives on
        return types.CallToolResult(content=[_text(_fault(fault))], is_error=True)
    return types.CallToolResult(content=[_text(reply.text)], structured_content=reply.answer.to_dict())


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)


def _fault(fault: Exception) -> str:
    """Return a fault of ours in a line, without a traceback, which goes to the log."""
    log.error("a question failed", exc_info=fault)
    at = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{type(fault).__name__} at {Path(at.filename).name}:{at.lineno}"
    return f"a fault in dragoman ({where}): please report it with the question; other questions can still be asked"


# ---------------------------------------------------------------- resources
async def _list_resources(_: Context, __: Any) -> types.ListResourcesResult:
    """Return none: a ledger has too many reports to list; answers lead to those that matter."""
    return types.ListResourcesResult(resources=[])


async def _list_templates(_: Context, __: Any) -> types.ListResourceTemplatesResult:
    made = [
        types.ResourceTemplate(uri_template=t.uri, name=t.name, title=t.title, description=t.says)
        for t in resources.TEMPLATES
    ]
    return types.ListResourceTemplatesResult(resource_templates=made)


async def _read_resource(
    ledger: Ledger, places: CapacityLimiter, _: Context, asked: types.ReadResourceRequestParams
) -> types.ReadResourceResult:
    try:
        found = await run_sync(resources.contents, ledger, asked.uri, limiter=places)
    except DragomanError as fault:
        raise MCPError(types.INVALID_PARAMS, told(str(fault), BY_NAME)) from None
    except Exception as fault:  # noqa: BLE001 - as with tools
        raise MCPError(types.INTERNAL_ERROR, _fault(fault)) from None
    made: list[types.TextResourceContents | types.BlobResourceContents] = [
        types.TextResourceContents(uri=asked.uri, mime_type=c.kind, text=c.text, _meta=c.about or None) for c in found
    ]
    return types.ReadResourceResult(contents=made)


# ---------------------------------------------------------------- transports
def serve_stdio(ledger: Ledger) -> None:
    """Serve one assistant over standard input and output until it closes them."""

    async def run() -> None:
        made = server(ledger)
        async with stdio_server() as (read, write):
            await made.run(read, write, made.create_initialization_options())

    anyio.run(run)


def http_app(ledger: Ledger, also: Sequence[str] = ()) -> Starlette:
    """Return the ASGI application; requests to other hosts than loopback and these are refused (DNS rebinding)."""
    hosts = [h for name in (*LOOPBACK, *also) for h in (name, f"{name}:*")]
    allowed = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{h}" for h in hosts for scheme in ("http", "https")],
    )
    return server(ledger).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,  # every question stands alone: nothing to keep between two
        max_request_body_size=LARGEST,
        transport_security=allowed,
    )


def serve_http(
    ledger: Ledger, host: str, port: int, *, also: Sequence[str] = (), ready: Callable[[str], None] = lambda _: None
) -> None:
    """Serve over HTTP until interrupted; `ready` is told the address once it is bound. Port 0 takes a free one."""
    bound = _bind(host, port)
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{bound.getsockname()[1]}{PATH}")
    config = uvicorn.Config(http_app(ledger, [shown, *also]), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise StopRun(f"{host}:{port}: can't be listened on ({fault.strerror}); name another with --port") from fault
