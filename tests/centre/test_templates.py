"""The words of notices at the centre: who changes them, what is kept of it, and what is sent from then on."""

from __future__ import annotations

import psycopg
import pytest

from desktop_app.application.ports.loading import LoadedFact
from desktop_app.centre.feed import put_facts
from desktop_app.centre.steward import Steward
from desktop_app.centre.templates import TemplateRefusedError, set_template, template_history
from desktop_app.domain.commands.accept import Accept
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import NoticeTemplate
from desktop_app.domain.reference import Reference
from desktop_app.wire.codec import decode, encode
from desktop_app.wire.facts import EVERYWHERE, FactKind
from tests.domain.builders import make_content, make_reference
from tests.postgres_fixture import SampleCentre

OWN = NoticeTemplate(NoticeKind.ACCEPTED, NoticeLanguage.ARABIC, "قُبل طلبكم {number} لدى الأمانة")


def steward_of(centre: SampleCentre) -> Steward:
    steward = Steward(centre.registrar_conninfo, None, centre.clock.now)
    centre.at_end(steward.close)
    return steward


def published(centre: SampleCentre) -> tuple[NoticeTemplate, ...]:
    ((body,),) = centre.query("select body from tajzia.fact where kind = 'reference'")
    return decode(body, Reference).templates


def test_what_an_administrator_writes_is_sent_and_its_history_kept(centre: SampleCentre) -> None:
    session, steward = centre.raw("administrator"), steward_of(centre)
    assert set_template(session, OWN)
    assert not set_template(session, OWN), "it stands so already"
    steward.work()
    clerk = centre.hand("clerk")
    clerk.send(Lodge("r1", "K1-000001", make_content()))
    clerk.send(Accept("r1"), base=1)
    centre.registrar.drain()
    ((words,),) = centre.query("select words from tajzia.outbox where notice_id like '%%:accepted:%%'")
    assert words == "قُبل طلبكم R-2026-08-000001 لدى الأمانة"
    assert set_template(session, NoticeTemplate(OWN.kind, OWN.language, ""))
    steward.work()
    assert published(centre) == ()
    history = template_history(session)
    assert [(one.before, one.after, one.by) for one in history] == [
        (OWN.words, "", "administrator"),
        ("", OWN.words, "administrator"),
    ]
    assert history[0].at > history[1].at


def test_words_that_cannot_be_sent_are_refused(centre: SampleCentre) -> None:
    session = centre.raw("administrator")
    with pytest.raises(TemplateRefusedError) as refused:
        set_template(session, NoticeTemplate(OWN.kind, OWN.language, "{nothing}"))
    assert [one.key for one in refused.value.why] == ["template.unknown_place", "template.missing_place"]
    assert template_history(session) == ()


@pytest.mark.expects_log("a template cannot be sent")
@pytest.mark.expects_log("a template is of no notice")
def test_what_somebody_writes_past_the_checks_goes_no_further(centre: SampleCentre) -> None:
    session = centre.raw("administrator")
    session.execute("select tajzia.set_template('accepted', 'ar', '{number.__class__}')")
    session.execute("select tajzia.set_template('of_nothing', 'ar', 'x')")
    steward_of(centre).work()
    assert published(centre) == ()


def test_nobody_else_writes_words(centre: SampleCentre) -> None:
    for login in ("clerk", "supervisor", "auditor"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            set_template(centre.raw(login), OWN)


def test_reference_data_that_is_published_anew_takes_no_words_away(centre: SampleCentre) -> None:
    steward = steward_of(centre)
    set_template(centre.raw("administrator"), OWN)
    steward.work()
    assert published(centre) == (OWN,)
    before = centre.query("select sequence from tajzia.fact where kind = 'reference'")
    steward.work()
    assert centre.query("select sequence from tajzia.fact where kind = 'reference'") == before, "nothing to do"
    with centre.admin() as admin, admin.transaction():
        put_facts(admin, [LoadedFact(FactKind.REFERENCE, "current", EVERYWHERE, encode(make_reference()))])
    assert published(centre) == ()
    steward.work()
    assert published(centre) == (OWN,)
