"""Signing in: at the centre where it can be reached, and otherwise with the key that was sealed here before.

The password is proved by the centre, or by opening the person's sealed key. It is kept nowhere on disk: it lives in
the connector's closure for as long as the session may have to connect again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from desktop_app.application.door import KnownPerson
from desktop_app.application.ports.authors import Author
from desktop_app.application.sealed_keys import Cost, WrongPasswordError, make_key, open_key
from desktop_app.application.workplace import Session, SignedIn
from desktop_app.sync.centre_link import CentreUnreachableError, KeyRetiredError, NotAdmittedError

if TYPE_CHECKING:
    from desktop_app.application.ports.authors import Authors, SealedKey
    from desktop_app.application.ports.clock import Clock
    from desktop_app.application.ports.connector import Connector
    from desktop_app.application.ports.signer import Signer
    from desktop_app.domain.actor import Actor
    from desktop_app.sync.centre_link import CentreLink


class SignIn:
    """The sign-in of one device. `branch` is where the device stands; 0 for a device of no branch.

    `catch_up` pulls what every workstation needs (staff, reference data) over a fresh connection; `check_lease` raises
    LeaseLapsedError where this device must not go on without the centre.
    """

    def __init__(
        self,
        authors: Authors,
        connector: Connector,
        catch_up: Callable[[CentreLink], None],
        clock: Clock,
        device: str,
        branch: int,
        cost: Cost | None = None,
        check_lease: Callable[[], None] = lambda: None,
    ) -> None:
        self._authors = authors
        self._connector = connector
        self._catch_up = catch_up
        self._clock = clock
        self._device = device
        self._branch = branch
        self._cost = cost or Cost()
        self._check_lease = check_lease

    def people(self) -> tuple[KnownPerson, ...]:
        """Those who have signed in on this device before, the last one first."""
        known = (self._authors.find_staff(login) for login in self._authors.author_logins())
        return tuple(
            KnownPerson(one.id, one.name_ar, one.role, 0 if one.all_branches else self._branch_of(one), one.cashier)
            for one in known
            if one is not None and one.active
        )

    def sign_in(self, login: str, password: str) -> SignedIn:
        """Proves the password and opens the session. Blocks: for the network, and for the cost of opening the key.

        Raises NotAdmittedError for a wrong name or password, for someone who is not (or no longer) on the staff; and
        CentreUnreachableError where only the centre could tell, because nobody of that name has signed in here.
        Raises LeaseLapsedError without the centre and past the lease, StoreFailedError when the key cannot be stored.
        """
        try:
            link = self._connector(login, password)
        except CentreUnreachableError:
            return self._sign_in_offline(login, password)
        with closing(link):
            try:
                self._catch_up(link)
                signer = self._open_or_make_key(link, login, password)
            except CentreUnreachableError:
                return self._sign_in_offline(login, password)
        return self._opened(login, password, signer, online=True)

    def _sign_in_offline(self, login: str, password: str) -> SignedIn:
        author = self._authors.find_author(login)
        if author is None:
            raise CentreUnreachableError("nobody of that name has signed in on this device")
        self._check_lease()
        try:
            signer = open_key(author.key, password, self._owner_of_key(login))
        except WrongPasswordError as error:
            raise NotAdmittedError("the password does not open the key on this device") from error
        return self._opened(login, password, signer, online=False)

    def _open_or_make_key(self, link: CentreLink, login: str, password: str) -> Signer:
        """The person's key here. A fresh one at the first sign-in, and when the password was changed elsewhere: what
        the old key signed stays signed."""
        author = self._authors.find_author(login)
        if author is not None:
            with suppress(WrongPasswordError):
                signer = open_key(author.key, password, self._owner_of_key(login))
                # Known to the centre already, unless it was restored from a backup older than the key. Or retired:
                # of somebody who was away for a time, and signs with a fresh key from now on.
                with suppress(KeyRetiredError):
                    link.register_key(signer.public)
                    self._save(login, author.key)
                    return signer
        key, fresh = make_key(password, self._owner_of_key(login), self._cost)
        # Registered before it is kept: a key that only this device knew would sign what the centre must refuse.
        link.register_key(fresh.public)
        self._save(login, key)
        return fresh

    def _save(self, login: str, key: SealedKey) -> None:
        self._authors.save_author(Author(login, key, self._clock.now()))

    def _opened(self, login: str, password: str, signer: Signer, *, online: bool) -> SignedIn:
        actor = self._authors.find_staff(login)
        if actor is None or not actor.active:
            raise NotAdmittedError("not on the staff, or no longer")
        session = Session(actor, self._device, self._branch_of(actor), online)
        return SignedIn(session, signer, lambda: self._connector(login, password))

    def _branch_of(self, actor: Actor) -> int:
        """The device's branch where the person serves it, else the first of their own."""
        if self._branch and (actor.all_branches or self._branch in actor.branches):
            return self._branch
        return min(actor.branches, default=self._branch)

    def _owner_of_key(self, login: str) -> str:
        return f"{login}@{self._device}"
