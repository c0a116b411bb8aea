"""Settings from the environment; a wrong one stops the start with every fault listed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

HOME = Path(__file__).resolve().parent
INSTANCE = HOME / "instance"
SCHEMES = {
    "DATABASE_URL": ("sqlite", "postgresql", "postgresql+psycopg"),
    "STORAGE_URL": ("file", ""),
    "MAIL_URL": ("file", "", "smtp", "smtp+starttls", "smtps", "sendgrid"),
    "BASE_URL": ("http", "https"),
}


class ConfigFault(Exception):
    """The environment is wrong; the message lists every fault."""


@dataclass(frozen=True)
class Settings:
    """One installation's settings. URLs as in .env.example; `trusted_proxies` counts the proxies in front."""

    environment: str
    secret_key: str
    base_url: str
    host: str
    port: int
    workers: int
    database_url: str
    storage_url: str
    mail_url: str
    sendgrid_api_key: str
    sendgrid_host: str
    brand_file: Path
    trusted_proxies: int
    instance: Path

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


def _number(env: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        faults.append(f"{name} must be a whole number, not {text!r}")
        return default
    return int(text)


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting; raises ConfigFault with all faults, one a line."""
    faults: list[str] = []
    instance = Path(env.get("INSTANCE") or INSTANCE)
    environment = env.get("ENVIRONMENT") or "development"
    if environment not in ("development", "production"):
        faults.append(f"ENVIRONMENT must be development or production, not {environment!r}")
    port = _number(env, "PORT", 8000, faults)
    host = env.get("HOST") or "127.0.0.1"
    settings = Settings(
        environment=environment,
        secret_key=env.get("SECRET_KEY") or ("" if environment == "production" else _development_key(instance)),
        base_url=(env.get("BASE_URL") or f"http://{host}:{port}").rstrip("/"),
        host=host,
        port=port,
        workers=_number(env, "WORKERS", 2, faults),
        database_url=env.get("DATABASE_URL") or f"sqlite:///{instance / 'service_center.sqlite'}",
        storage_url=env.get("STORAGE_URL") or str(instance / "files"),
        mail_url=env.get("MAIL_URL") or str(instance / "mail"),
        sendgrid_api_key=env.get("SENDGRID_API_KEY", ""),
        sendgrid_host=env.get("SENDGRID_HOST") or "https://api.sendgrid.com",
        brand_file=Path(env.get("BRAND_FILE") or HOME / "service_center/core/brands/opsobjects.toml"),
        trusted_proxies=_number(env, "TRUSTED_PROXIES", 0, faults),
        instance=instance,
    )
    faults += _faults(settings)
    if faults:
        raise ConfigFault("\n".join(faults))
    return settings


def _faults(settings: Settings) -> list[str]:
    """What is wrong with settings that could be read."""
    faults = []
    for name, allowed in SCHEMES.items():
        value: str = getattr(settings, name.lower())
        if urlsplit(value).scheme not in allowed:
            faults.append(f"{name} must begin with one of {', '.join(s + '://' for s in allowed if s)}, not {value!r}")
    if settings.mail_url.startswith("sendgrid:") and not settings.sendgrid_api_key:
        faults.append("MAIL_URL is sendgrid:// but SENDGRID_API_KEY is empty")
    if not settings.brand_file.is_file():
        faults.append(f"BRAND_FILE: no file at {settings.brand_file}")
    if settings.workers < 1:
        faults.append("WORKERS must be at least 1")
    if settings.production and (len(settings.secret_key) < 32 or len(set(settings.secret_key)) < 10):
        faults.append("SECRET_KEY must be at least 32 random characters in production")
    return faults


def _development_key(instance: Path) -> str:
    """A random key of this instance, made once: development needs no setting, and no key stands in the code."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()
