"""What a database's errors mean: whether it is away, or does not take what it was asked."""

import logging

import sqlalchemy as sql
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

FAILURES = (SQLAlchemyError, ImportError)  # the second: the driver of a database is not installed
# PostgreSQL's names (SQLSTATE): read only; a lock or a statement took too long, two locks crossed.
_READ_ONLY, _WAITED = "25006", {"55P03", "57014", "40P01"}
_logger = logging.getLogger(__name__)


def passes_by(error: Exception) -> bool:
    """Return whether it is the database that does not answer, and not what it was asked."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if _state(error) == _READ_ONLY:  # one that stands by for another, which has gone
        return True
    return isinstance(error, OperationalError | InterfaceError | sql.exc.TimeoutError | ImportError)


def is_one_rooms(error: Exception) -> bool:
    """Return whether it was a lock that was waited for: the database answers."""
    return _state(error) in _WAITED


def _state(error: Exception) -> str:
    """Return what PostgreSQL calls an error, "" elsewhere."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", "") or "")


def warn(error: Exception, what: str = "Rooms are not stored") -> None:
    """Tell whoever runs the server; without the values that were to be stored."""
    _logger.warning("%s: %s", what, getattr(error, "orig", None) or error)
