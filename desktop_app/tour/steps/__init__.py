"""The steps of the journey, one file for each desk: what a person does at a window, key by key and click by click.

A step takes the `Desk` and plain arguments and returns plain values; it waits for what it expects to see and raises
`LostError` when that does not come.
"""

from __future__ import annotations

from desktop_app.tour.steps import casework, common, counter, inspection, money, printing

STEPS = {
    step.__name__: step
    for step in (
        common.see_sign_in,
        common.sign_in,
        common.sign_out,
        common.look_at,
        common.open_request,
        common.look_at_request,
        common.read_number,
        counter.begin_request,
        counter.fill_split,
        counter.lodge,
        casework.act,
        inspection.book_visit,
        inspection.record_visit,
        money.assess,
        money.approve,
        money.take_payment,
        printing.print_certificates,
        printing.look_at_licence,
    )
}
