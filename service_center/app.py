"""Wires everything; knows everybody, and nobody imports it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import HOME, Settings
from service_center import cli, web
from service_center.accounts import access, bench_views, passwords
from service_center.accounts import views as accounts_views
from service_center.core import clock as clocks
from service_center.core import house_files, limits, logs, storage
from service_center.core.asked import Asked
from service_center.core.database import db, prepare
from service_center.core.house import House
from service_center.core.outside import Clock
from service_center.intake import handlers as intake_handlers
from service_center.intake import views as intake_views
from service_center.lab.views import doors as lab_views
from service_center.lab.views import phone as phone_views
from service_center.management.views import doors as management_views
from service_center.messages import handlers as message_handlers
from service_center.offers import handlers as offer_handlers
from service_center.outbox import senders
from service_center.proofs import handlers as proof_handlers
from service_center.retailers import views as retailer_views
from service_center.status import (
    complaint_views,
    contents_views,
    owner_views,
    paper_views,
    quote_views,
    remedy_views,
    replacement_views,
)
from service_center.status import safety_views as status_safety_views
from service_center.status import views as status_views
from service_center.tickets import handlers as ticket_handlers
from service_center.tickets import views as ticket_views

PAGES = (
    ticket_views, accounts_views, bench_views, status_views, owner_views, quote_views, replacement_views, paper_views, complaint_views, contents_views, remedy_views, status_safety_views, intake_views, retailer_views, lab_views, phone_views, management_views,
)  # fmt: skip
POOL_SECONDS = 5
HANDLERS = (message_handlers, offer_handlers, ticket_handlers, intake_handlers, proof_handlers)


def create_app(settings: Settings, *, clock: Clock = clocks.now) -> Flask:
    """Build the application from its settings; raises with every fault of brand and terms files at once."""
    logs.configure()
    app = Flask(
        "service_center", template_folder=str(HOME / "templates"), static_folder=str(HOME / "service_center/static")
    )
    app.request_class = Asked
    app.config.update(_flask_settings(settings))
    brand, rulebook = house_files.load(settings.brand_file)
    passwords.avoid(brand.guessable)
    app.extensions["house"] = House(
        brand=brand, rulebook=rulebook, clock=clock,
        storage=storage.from_url(settings.storage_url), base_url=settings.base_url,
    )  # fmt: skip
    app.extensions["sender"] = senders.from_url(
        settings.mail_url,
        api_key=settings.sendgrid_api_key,
        host=settings.sendgrid_host,
        folder=settings.instance / "mail",
    )
    app.extensions["settings"] = settings
    app.extensions["handlers"] = {kind: handler for room in HANDLERS for kind, handler in room.HANDLERS.items()}
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    Migrate(app, db, directory=str(HOME / "migrations"), render_as_batch=True, compare_type=True)
    CSRFProtect(app)
    access.manager.init_app(app)
    for room in dict.fromkeys(module.room for module in PAGES):
        app.register_blueprint(room)
    web.install(app)
    cli.install(app)
    with app.app_context():
        access.check_marks()
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *(settings.trusted_proxies,) * 3)  # type: ignore[method-assign]
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    """Flask's own settings, made of ours. The `__Host-` cookie needs https."""
    # What people typed is no part of a fault's report: it would stand in the log.
    engine: dict[str, Any] = {"hide_parameters": True}
    if settings.database_url.startswith("postgresql"):
        engine |= {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "pool_timeout": POOL_SECONDS}
    else:
        settings.instance.mkdir(parents=True, exist_ok=True)
        engine |= {"pool_size": 20, "max_overflow": 20, "pool_timeout": POOL_SECONDS}
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine,
        "MAX_CONTENT_LENGTH": limits.BODY_BYTES,
        "MAX_FORM_PARTS": limits.FORM_PARTS,
        "MAX_FORM_MEMORY_SIZE": limits.FORM_BYTES,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.secure else "session",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=30),
        "WTF_CSRF_TIME_LIMIT": None,
        "PREFERRED_URL_SCHEME": "https" if settings.secure else "http",
    }
