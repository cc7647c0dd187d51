"""What can be wrong with a PostgreSQL server, in words for whoever runs the house."""

import socket
import ssl
from typing import Final

import asyncpg

from bunniz_bbs.store.errors import Problem, StoreUnusable

OLDEST: Final = 15
"""The oldest version whose rights on schemas and statistics are as expected here."""

BAD_ADDRESS: Final[Problem] = (
    "this is not the address of a database.",
    "Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @ and %2F for "
    "/ in the password, or postgresql:///DATABASE?host=/FOLDER for a socket.",
)
NO_HOST: Final[Problem] = (
    "no machine of that name is found.",
    "Check the host in the address, and that this machine can look names up.",
)
NOBODY_ANSWERS: Final[Problem] = (
    "no server answers there.",
    "Start PostgreSQL, or check the host and the port in the address.",
)
NOT_IN_TIME: Final[Problem] = (
    "the server did not answer in time.",
    "See that it is running, and that no firewall is between it and this machine.",
)
NOT_LET_IN: Final[Problem] = (
    "the server does not accept this user or this password.",
    "Check both in the address, and the server's pg_hba.conf.",
)
NO_DATABASE: Final[Problem] = (
    "there is no such database on the server.",
    "Make it with: createdb --encoding=UTF8 --template=template0 NAME.",
)
NO_RIGHT: Final[Problem] = (
    "the user may not make or use tables there.",
    "Let the user own the database: ALTER DATABASE … OWNER TO ….",
)
TAKEN: Final[Problem] = (
    "there are tables of something else in the database.",
    "Give the house a database of its own.",
)
CROWDED: Final[Problem] = (
    "the server has no connection left.",
    "Raise its max_connections: each node of the house uses up to nine.",
)
BUSY: Final[Problem] = (
    "the server is starting or stopping.",
    "Try again in a moment.",
)
NOT_PRIVATE: Final[Problem] = (
    "the connection could not be encrypted, or it is no PostgreSQL that is there.",
    "Check host, port, sslmode and sslrootcert in the address, and the server's "
    "certificate.",
)
TOO_OLD: Final[Problem] = (
    f"the server is older than PostgreSQL {OLDEST}.",
    f"Bring it to version {OLDEST} or newer.",
)
NOT_UTF8: Final[Problem] = (
    "the database does not keep text as UTF-8.",
    "Make another with: createdb --encoding=UTF8 --template=template0 NAME.",
)
READ_ONLY: Final[Problem] = (
    "the database can only be read: it is a standby, or was made read-only.",
    "Give the address of the primary, or let it be written to.",
)
NOT_DURABLE: Final[Problem] = (
    "the server runs with fsync off and can lose what it has acknowledged.",
    "Set fsync = on in postgresql.conf.",
)
TELLS_ITS_LOG: Final[Problem] = (
    "the server writes statements with their values, which is what people write, "
    "into its log.",
    "Set log_parameter_max_length = 0 for it, or log_statement = none and "
    "log_min_duration_statement = -1.",
)
ANOTHER_PROGRAM: Final[Problem] = (
    "it broke off, or did not speak as PostgreSQL does.",
    "Check the host and the port in the address, and the server's log.",
)
REFUSED: Final[Problem] = (
    "the server refused.",
    "Its log says why.",
)

_BY_STATE: Final[dict[str, Problem]] = {
    "08001": ANOTHER_PROGRAM,
    "08003": ANOTHER_PROGRAM,
    "08006": ANOTHER_PROGRAM,
    "08P01": ANOTHER_PROGRAM,
    "28000": NOT_LET_IN,
    "28P01": NOT_LET_IN,
    "3D000": NO_DATABASE,
    "3F000": NO_RIGHT,
    "42501": NO_RIGHT,
    "42P07": TAKEN,
    "53300": CROWDED,
    "57P03": BUSY,
    "57P01": BUSY,
    "57P02": BUSY,
    "25006": READ_ONLY,
    "57014": NOT_IN_TIME,
    "55P03": NOT_IN_TIME,
}

_SETTINGS: Final = """
SELECT current_setting('server_encoding') AS encoding,
       current_setting('transaction_read_only') = 'on' AS read_only,
       current_setting('fsync') = 'on' AS durable,
       current_setting('log_parameter_max_length') <> '0'
           AND (current_setting('log_statement') IN ('mod', 'all')
                OR current_setting('log_min_duration_statement') <> '-1'
                OR current_setting('log_min_duration_sample') <> '-1'
                OR current_setting('log_transaction_sample_rate') <> '0') AS tells
"""


def problem_of(error: BaseException) -> Problem:
    """What an error of the driver, or below it, means."""
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return _BY_STATE.get(state, REFUSED)
    if isinstance(error, socket.gaierror):
        return NO_HOST
    if isinstance(error, TimeoutError):
        return NOT_IN_TIME
    if isinstance(error, ssl.SSLError) or "SSL" in str(error):
        return NOT_PRIVATE
    if isinstance(error, OSError):
        return NOBODY_ANSWERS
    if isinstance(error, ValueError | asyncpg.ClientConfigurationError):
        return BAD_ADDRESS
    return ANOTHER_PROGRAM


async def look(place: str, connection: asyncpg.Connection) -> None:
    """See that a server can be used and may be trusted with what people write.

    Raises:
        StoreUnusable: It cannot, or may not.
    """
    if connection.get_server_version().major < OLDEST:
        raise StoreUnusable.because(place, TOO_OLD)
    found = await connection.fetchrow(_SETTINGS)
    for wrong, problem in (
        (found["encoding"] != "UTF8", NOT_UTF8),
        (found["read_only"], READ_ONLY),
        (not found["durable"], NOT_DURABLE),
        (found["tells"], TELLS_ITS_LOG),
    ):
        if wrong:
            raise StoreUnusable.because(place, problem)
