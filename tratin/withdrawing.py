"""Withdrawing: an article taken out of all that is shown, here and on every front end, and shown again."""

from __future__ import annotations

from crawler.store.writing import Store
from index.errors import IndexUnreachable
from tratin.errors import WithdrawError
from tratin.parts import indexing_of
from tratin.settings import Settings


def take_out(settings: Settings, id: str, reason: str) -> str:
    """Withdraw an article, log why, and have every front end know before this returns; gives its state.

    Raises:
        StoreError: no such article.
        WithdrawError: the front ends could not be told; the article is not withdrawn.
    """
    with Store(settings.store_path) as store, store.committing():
        store.withdraw(id, reason)
        try:
            _tell(settings, store, id)
        except IndexUnreachable as error:
            raise WithdrawError(f"{id} is not withdrawn, front ends could not be told: {error}") from error
        return str(store.state(id))


def reinstate(settings: Settings, id: str, reason: str) -> str:
    """Show a withdrawn article again, and log why; gives its state.

    Front ends are told last: what is withdrawn by the store's log is never shown.

    Raises:
        StoreError: no such article, or it is not withdrawn.
        WithdrawError: the front ends could not be told; the next reindex tells them.
    """
    with Store(settings.store_path) as store:
        with store.committing():
            store.reinstate(id, reason)
        try:
            _tell(settings, store, id)
        except IndexUnreachable as error:
            raise WithdrawError(
                f"{id} is reinstated here, front ends could not be told ({error}): `tratin reindex` tells them"
            ) from error
        return str(store.state(id))


def _tell(settings: Settings, store: Store, id: str) -> None:
    verdict = store.verdicts()[id]
    held = indexing_of(settings).note_verdicts({id: verdict}, store.last_change())[id]
    if held.withdrawn != verdict.withdrawn:
        raise WithdrawError(
            f"front ends go by what was decided about {id} at {held.at}, later than this machine's clock says: set the "
            "clocks right and try again"
        )
