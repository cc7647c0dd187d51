"""What was measured, and on what."""

import os
import platform
import ssl
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psutil
from cryptography.hazmat.backends.openssl import backend
from sqlcipher3 import dbapi2

WATCHED: Final = (
    *("bunniz-bbs", "asyncssh", "textual", "rich", "cryptography"),
    *("SQLAlchemy", "asyncpg", "nats-py"),
)


def describe() -> dict[str, Any]:
    """The machine, the versions and the day."""
    return {
        "date": now(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in WATCHED},
        **_libraries(),
    }


def now() -> str:
    """The day and the time."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def load() -> str:
    """How many processes have wanted a core during the last minute."""
    return f"{os.getloadavg()[0]:.2f}"


def _libraries() -> dict[str, str]:
    """What the packages bring along."""
    file = dbapi2.connect(":memory:")
    try:
        (cipher,) = file.execute("PRAGMA cipher_version").fetchone()
    finally:
        file.close()
    return {
        "SQLCipher": cipher,
        "SQLite": dbapi2.sqlite_version,
        "OpenSSL of cryptography": backend.openssl_version_text(),
        "OpenSSL of Python": ssl.OPENSSL_VERSION,
    }


def _processor() -> str:
    for row in Path("/proc/cpuinfo").read_text().splitlines():
        if row.startswith("model name"):
            return row.partition(":")[2].strip()
    return platform.machine()
