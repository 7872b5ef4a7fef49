-- Papers that wait for their signature: what signs (a key in a token) could not be reached when they were ordered.
create table tajzia.paper_waiting (
    kind text not null,
    number text not null,
    request_id text not null,
    part text not null,
    branch integer not null,
    since timestamptz not null,
    reference text not null default '',
    place bigint generated always as identity primary key
);
comment on table tajzia.paper_waiting is
    'Papers that were ordered and could not be signed; with a reference, what could not be drawn at all.';

alter table tajzia.paper_waiting enable row level security;
create policy registrar_works on tajzia.paper_waiting to tajzia_registrar using (true) with check (true);
grant select, insert, update, delete on tajzia.paper_waiting to tajzia_registrar;

-- A list key of P-256 has 33 bytes, one of Ed25519 has 32.
alter table tajzia.certificate_list drop constraint certificate_list_list_key_check;
alter table tajzia.certificate_list add constraint certificate_list_list_key_check
    check (octet_length(list_key) in (32, 33));
