-- Serials of blank certificate sheets that were used, fine or spoilt: one sheet is used once in the whole municipality.
create table tajzia.sheet (
    serial text primary key,
    request_id text not null
);
comment on table tajzia.sheet is 'Every serial of a sheet that was ever recorded, so that none is recorded twice.';
alter table tajzia.sheet enable row level security;
create policy registrar_works on tajzia.sheet to tajzia_registrar using (true) with check (true);
grant select, insert on tajzia.sheet to tajzia_registrar;
insert into tajzia.sheet (serial, request_id)
select sheet ->> 'serial', f.id
from tajzia.fact f, json_array_elements(f.body::json -> 'issue' -> 'sheets') sheet
where f.kind = 'request' and f.body is not null
order by sheet ->> 'at', f.id
on conflict do nothing;
