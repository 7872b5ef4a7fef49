-- Delivery reports by the gateway's own id that came before anybody here knew that id: kept until the answer says it, or
-- the number tells whose it is, and for a week at most.
create table tajzia.outbox_report (
    gateway text not null,
    message_id text not null check (length(message_id) between 1 and 200),
    number text not null check (number ~ '^[0-9]{0,20}$'),
    report text not null check (report in ('underway', 'delivered', 'failed')),
    came_at timestamptz not null,
    primary key (gateway, message_id)
);
comment on table tajzia.outbox_report is 'Reports of ids that no attempt has yet. The number is bare digits, or empty.';
create index outbox_report_number on tajzia.outbox_report (gateway, number) where number <> '';
create index outbox_report_age on tajzia.outbox_report (came_at);

alter table tajzia.outbox_report enable row level security;
create policy registrar_works on tajzia.outbox_report to tajzia_registrar using (true) with check (true);
grant select, insert, update, delete on tajzia.outbox_report to tajzia_registrar;
