"""`tajzia centre status`. The exit status is 3 while something lies in quarantine."""

from __future__ import annotations

from argparse import Namespace

_LOOK = 3


def run(args: Namespace) -> int:
    import msgspec
    import psycopg

    from desktop_app.centre.status import read_status

    with psycopg.connect(args.dsn, autocommit=True) as admin:
        status = read_status(admin)
    if args.json:
        print(msgspec.json.encode(status).decode("utf-8"))
        return _LOOK if status.put_aside or status.papers_aside else 0
    print(f"schema      {status.version}, epoch {status.epoch}")
    print(f"registrar   {'at work' if status.served else 'NOT at work'}")
    print(f"commands    {status.waiting} waiting, {status.decided} decided, {len(status.put_aside)} in quarantine")
    print(f"notices     {status.unsent} not sent, {status.failed} failed, {status.unknown} not known")
    if status.papers_waiting:
        print(f"papers      {status.papers_waiting} wait for their signature")
    for reference in status.papers_aside:
        print(f"papers      one cannot be drawn: {reference} in the log")
    if status.stamped or status.unstamped:
        trouble = f": {status.stamp_trouble}" if status.stamp_trouble else ""
        print(f"timestamps  {status.stamped} papers with, {status.unstamped} without{trouble}")
        trouble = f": {status.evidence_trouble}" if status.evidence_trouble else ""
        print(f"            {status.lasting} also hold that the authority was not revoked{trouble}")
    print(f"staff       {status.staff} active")
    print(
        "devices     "
        + ", ".join(f"{name} ({branch}{'' if on else ', revoked'})" for name, branch, on in status.devices)
    )
    print(f"lease       {status.lease_days} days without the centre")
    if status.unsigned:
        print(f"enrolment   {status.unsigned} wait for a registrar with --authority")
    print("feeds       " + ", ".join(f"{branch}: {last}" for branch, last in status.feeds))
    for one in status.put_aside:
        print(
            f"quarantine  {one.reference or '-'}  {one.reason}  device {one.device}  delivered by {one.submitted_by}"
            f"  {one.submitted_at:%Y-%m-%d %H:%M:%SZ}  {one.command_id}"
        )
    return _LOOK if status.put_aside or status.papers_aside else 0
