-- Who sees which rows. The functions of the workstations read as tajzia_reader and write as tajzia_intake; neither
-- owns a table, so the policies bind them. Helpers stand in (select …): asked once for a query, not for each row.

alter table tajzia.epoch enable row level security;
alter table tajzia.staff enable row level security;
alter table tajzia.device enable row level security;
alter table tajzia.author_key enable row level security;
alter table tajzia.inbox enable row level security;
alter table tajzia.feed_counter enable row level security;
alter table tajzia.fact enable row level security;
alter table tajzia.departure enable row level security;
alter table tajzia.number enable row level security;
alter table tajzia.paper enable row level security;
alter table tajzia.outbox enable row level security;

create policy epoch_is_everybodys on tajzia.epoch for select to tajzia_reader using (true);

create policy counters_of_scope on tajzia.feed_counter for select to tajzia_reader
    using (branch = 0 or branch = any ((select tajzia.my_branches())::integer[]));

create policy what_is_everywhere on tajzia.fact for select to tajzia_reader
    using (branch = 0 and kind in ('reference', 'staff'));
create policy dues_for_case_work on tajzia.fact for select to tajzia_reader
    using (branch = 0 and kind = 'dues' and (select tajzia.my_sight()) = 'all');
create policy outcomes_of_this_device on tajzia.fact for select to tajzia_reader
    using (kind = 'outcome' and device = (select tajzia.my_device()));
create policy cases_of_my_branches on tajzia.fact for select to tajzia_reader
    using (
        branch <> 0
        and (select tajzia.my_sight()) = 'all'
        and branch = any ((select tajzia.my_branches())::integer[])
    );
create policy requests_that_await_my_body on tajzia.fact for select to tajzia_reader
    using (
        kind = 'request'
        and (select tajzia.my_sight()) = 'body'
        and branch = any ((select tajzia.my_branches())::integer[])
        and (select tajzia.my_body()) = any (awaits)
    );

create policy departures_of_my_branches on tajzia.departure for select to tajzia_reader
    using (
        body = ''
        and (select tajzia.my_sight()) = 'all'
        and branch = any ((select tajzia.my_branches())::integer[])
    );
create policy departures_from_my_body on tajzia.departure for select to tajzia_reader
    using (body = (select tajzia.my_body()) and branch = any ((select tajzia.my_branches())::integer[]));

create policy papers_of_visible_facts on tajzia.paper for select to tajzia_reader
    using (exists (select from tajzia.fact f where f.kind = 'paper' and f.id = digest));

create policy intake_stores on tajzia.inbox for insert to tajzia_intake
    with check (submitted_by = session_user and device = (select tajzia.my_device()) and state <> 'decided');
create policy intake_compares on tajzia.inbox for select to tajzia_intake using (true);
create policy own_keys_in on tajzia.author_key for insert to tajzia_intake
    with check (login = session_user and device = (select tajzia.my_device()));
create policy own_keys on tajzia.author_key for select to tajzia_intake
    using (login = session_user and device = (select tajzia.my_device()));

create policy registrar_reads on tajzia.staff for select to tajzia_registrar using (true);
create policy registrar_reads on tajzia.device for select to tajzia_registrar using (true);
create policy registrar_reads on tajzia.author_key for select to tajzia_registrar using (true);
create policy registrar_reads on tajzia.epoch for select to tajzia_registrar using (true);
create policy registrar_works on tajzia.inbox to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.feed_counter to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.fact to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.departure to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.number to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.paper to tajzia_registrar using (true) with check (true);
create policy registrar_works on tajzia.outbox to tajzia_registrar using (true) with check (true);

grant select on tajzia.epoch, tajzia.feed_counter, tajzia.fact, tajzia.departure, tajzia.paper to tajzia_reader;
grant select, insert on tajzia.inbox, tajzia.author_key to tajzia_intake;

grant select on tajzia.staff, tajzia.device, tajzia.author_key, tajzia.epoch to tajzia_registrar;
grant select, update on tajzia.inbox to tajzia_registrar;
grant select, insert, update on tajzia.feed_counter, tajzia.fact, tajzia.number, tajzia.outbox to tajzia_registrar;
grant select, insert, update, delete on tajzia.departure to tajzia_registrar;
grant select, insert on tajzia.paper to tajzia_registrar;
