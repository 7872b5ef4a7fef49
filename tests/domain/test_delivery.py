"""What an answer, a report or silence makes of a notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.delivery import (
    GATEWAYS_PAUSE,
    LONGEST_PAUSE,
    Answer,
    NoticeState,
    Report,
    after_answer,
    after_report,
    after_silence,
    next_try,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_only_a_certain_no_for_now_leads_back_to_waiting() -> None:
    back = {
        (state, answer)
        for state, answer in product(NoticeState, Answer)
        if after_answer(state, answer) is NoticeState.WAITING is not state
    }
    assert back == {(NoticeState.SENDING, Answer.POSTPONED), (NoticeState.UNKNOWN, Answer.POSTPONED)}
    for state, report, newest in product(NoticeState, Report, (True, False)):
        after = after_report(state, report, newest=newest)
        assert after is not NoticeState.WAITING or state is NoticeState.WAITING
    assert after_silence(knows_ids=False) is NoticeState.UNKNOWN


def test_what_was_delivered_stays_delivered() -> None:
    for answer in Answer:
        assert after_answer(NoticeState.DELIVERED, answer) is NoticeState.DELIVERED
    for report, newest in product(Report, (True, False)):
        assert after_report(NoticeState.DELIVERED, report, newest=newest) is NoticeState.DELIVERED


@given(st.permutations([Report.UNDERWAY, Report.DELIVERED, Report.UNDERWAY]), st.sampled_from(NoticeState))
def test_the_order_of_reports_does_not_matter(reports: list[Report], state: NoticeState) -> None:
    for report in reports:
        state = after_report(state, report, newest=True)
    assert state is NoticeState.DELIVERED


@given(st.integers(0, 10_000), st.floats(0, 1), st.booleans())
def test_the_next_try_is_later_and_not_too_late(attempts: int, chance: float, everybody: bool) -> None:
    pause = next_try(attempts, NOW, chance, everybody=everybody) - NOW
    assert timedelta(seconds=2) < pause <= (GATEWAYS_PAUSE if everybody else LONGEST_PAUSE)
    assert pause <= next_try(attempts, NOW, 1.0, everybody=everybody) - NOW
