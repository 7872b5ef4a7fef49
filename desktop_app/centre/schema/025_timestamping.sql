-- How the time-stamping authority answers: papers that bear its timestamp, and those that were signed without because it
-- was away. One row, from the first paper on for which an authority was asked.
create table tajzia.timestamping (
    only_one boolean primary key default true check (only_one),
    stamped bigint not null,
    unstamped bigint not null,
    last_stamped_at timestamptz,
    last_unstamped_at timestamptz,
    trouble text not null
);
comment on table tajzia.timestamping is 'How many papers were signed with a timestamp, how many without, and why.';

alter table tajzia.timestamping enable row level security;
create policy registrar_works on tajzia.timestamping to tajzia_registrar using (true) with check (true);
grant select, insert, update on tajzia.timestamping to tajzia_registrar;
