"""The steps of the journey, one file for each desk: what a person does at a window, key by key and click by click.

A step takes the `Desk` and plain arguments and returns plain values; it waits for what it expects to see and raises
`LostError` when that does not come.
"""

from __future__ import annotations

from desktop_app.tour.steps import casework, counter, everyone, inspection, money, printing

STEPS = {
    step.__name__: step
    for step in (
        everyone.see_sign_in,
        everyone.sign_in,
        everyone.sign_out,
        everyone.look_at,
        everyone.look_at_queue,
        everyone.open_request,
        everyone.look_at_request,
        everyone.read_number,
        counter.begin_request,
        counter.fill_split,
        counter.lodge,
        counter.lodge_again,
        counter.settle_dues,
        casework.act,
        inspection.book_visit,
        inspection.record_visit,
        money.assess,
        money.approve,
        money.take_payment,
        printing.print_certificates,
        printing.check_certificate,
        printing.look_at_licence,
    )
}
