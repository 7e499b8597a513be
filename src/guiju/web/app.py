"""One Litestar app over one house."""

from typing import Any, cast

from litestar import Litestar, get
from litestar.config.response_cache import ResponseCacheConfig
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler, LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send
from litestar.types.internal_types import RouteHandlerMapItem
from sqlalchemy import Connection

from guiju import __version__
from guiju.people import find_first_admin, find_signed_in
from guiju.site import SignedIn, house_of
from guiju.site.direct import DirectRoutes
from guiju.site.errors import HANDLERS
from guiju.site.guards import AnyRequest
from guiju.storage import House
from guiju.web.assets import STATIC, asset
from guiju.web.mapped import Mapped, methods_of
from guiju.web.routes import API, DIRECT, PAGES

MAX_BODY = 10_000_000


@get("/", sync_to_thread=True, include_in_schema=False)
def front_door(request: AnyRequest) -> Redirect:
    """To the first start, the sign-in, or one's own work for today."""
    with house_of(request).reading() as connection:
        empty = find_first_admin(connection) is None
    return Redirect("/first-start" if empty else "/work", status_code=303)


@get("/healthz", include_in_schema=False)
async def health() -> dict[str, str]:
    return {"status": "ok", "version": __version__}


def _finder(house: House) -> Any:
    def find(connection: Connection, token: str, by_cookie: bool) -> SignedIn | None:
        return find_signed_in(connection, token, by_cookie, house.clock())

    return find


class Site(Litestar):
    """The app, asked for its direct routes before the framework's layers begin. It serves one house at a time."""

    __slots__ = ("_direct", "_map")

    def register(self, value: ControllerRouterHandler) -> None:  # type: ignore[override]
        """As the framework does, and noted in the map."""
        before = len(self.routes)
        self._map: dict[str, RouteHandlerMapItem] = getattr(self, "_map", {})
        super().register(value)
        self._map |= {route.path: methods_of(route) for route in self.routes[before:]}

    @property
    def route_handler_method_map(self) -> dict[str, RouteHandlerMapItem]:
        """The map as it stands: no two that are registered here share a path."""
        return self._map

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        """Ours are all msgspec: what the framework would load for pydantic, were it installed, takes 0.2 s."""
        return [*plugins, MsgspecDIPlugin()]

    def open(self, house: House) -> None:
        """Serve `house` from now on."""
        self._direct = DirectRoutes(house, DIRECT, MAX_BODY)
        self.state.house, self.state.find_signed_in = house, _finder(house)

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        asked: Any = scope
        found = self._direct.find(asked)
        if found is None:
            return await super().__call__(scope, receive, send)
        asked["app"] = asked["litestar_app"] = self
        asked.setdefault("state", {})
        return await self._direct.answer(*found, asked, cast(Receive, receive), cast(Send, send))


def create_app(house: House, *, debug: bool = False) -> Site:
    """The site and its API over `house`."""
    STATIC.mkdir(parents=True, exist_ok=True)
    site = Site(
        route_handlers=[
            front_door,
            health,
            # In a router of their own: two handlers of one path given to the app one by one are registered twice,
            # and the first is then wrapped for its thread twice.
            Mapped("/", route_handlers=PAGES, include_in_schema=False),
            Mapped("/api/v1", route_handlers=API),
            asset,
        ],
        exception_handlers=HANDLERS,
        request_max_body_size=MAX_BODY,
        response_cache_config=ResponseCacheConfig(default_expiration=None),
        openapi_config=OpenAPIConfig(
            # the description as JSON alone: pages that show it would fetch their script from elsewhere
            title="Guiju",
            version=__version__,
            path="/api/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        on_shutdown=[_close],
        # the program logs through structlog by itself; the framework's own queue and thread would only cost
        logging_config=None,
        debug=debug,
    )
    site.open(house)
    return site


async def _close(site: Litestar) -> None:
    cast(House, site.state.house).close()
