"""The hub's exceptions and those of its network, as ours: one place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from nova_desktop.errors import BadInput, ExpectedError, NeedsUser, TryLater


@contextmanager
def hub_errors(name: str, endpoint: str) -> Iterator[None]:
    """Wrap every call of huggingface_hub in this; `name` is the model's."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except ExpectedError:
        raise
    except errors.GatedRepoError as e:
        raise NeedsUser(
            f"{name} is given only to those who agreed to its terms. Agree at {endpoint}/{name}, "
            "then sign in: hf auth login."
        ) from e
    except errors.RevisionNotFoundError as e:
        raise BadInput(f"{name} has no such revision. Leave it out for the newest one.") from e
    except errors.RepositoryNotFoundError as e:
        raise BadInput(
            f"There is no model {name} at {endpoint}, or it is private. Check its name."
        ) from e
    except errors.EntryNotFoundError as e:
        raise BadInput(f"A file of {name} is not at {endpoint} any more. Choose another.") from e
    except errors.OfflineModeIsEnabled as e:
        raise NeedsUser("HF_HUB_OFFLINE is set, so nothing is fetched. Take it away.") from e
    except errors.HFValidationError as e:
        raise BadInput(f"{name} is no model's name: it is written as <owner>/<name>.") from e
    except errors.HfHubHTTPError as e:
        raise _by_status(e.response.status_code, name, endpoint) from e
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as e:
        raise NeedsUser(
            f"{endpoint} is no address of a hub. Set HF_ENDPOINT to one that begins with https://."
        ) from e
    except httpx2.HTTPError as e:
        raise TryLater(
            f"{endpoint} can't be reached ({type(e).__name__}). Check the network, and try again: "
            "what was fetched is kept."
        ) from e
    except OSError as e:
        raise _of_system(e, name) from e


def _by_status(status: int, name: str, endpoint: str) -> ExpectedError:
    if status in (401, 403):
        return NeedsUser(f"{endpoint} gives {name} only to who is signed in: hf auth login.")
    if status == 429 or status >= 500:
        return TryLater(f"{endpoint} is busy ({status}). Try again later; what is here is kept.")
    return BadInput(f"{endpoint} refuses to give {name} ({status}). Choose another model.")


def _of_system(error: OSError, name: str) -> ExpectedError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NeedsUser(f"The disk is full. Make room, then fetch {name} again: it goes on.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NeedsUser(f"{name} can't be written: {error.strerror}. Give access to the folder.")
    if error.errno is None or isinstance(error, ConnectionError | TimeoutError):
        # What the hub's client raises for a file that ended early.
        return TryLater(f"{name} did not come as a whole. Try again: it goes on where it was.")
    place = f" ({error.filename})" if error.filename else ""
    return NeedsUser(
        f"{name} can't be fetched: {error.strerror}{place}. Look at that place, or choose another "
        "folder with --data."
    )
