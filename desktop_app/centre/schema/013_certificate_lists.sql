-- The signed lists that certificates are checked against: one row; the registrar renews it, workstations fetch it.

create table tajzia.certificate_list (
    only_one boolean primary key default true check (only_one),
    list_key bytea not null check (octet_length(list_key) = 32),
    keys bytea not null,
    revocations bytea not null,
    signed_at timestamptz not null
);
comment on table tajzia.certificate_list is
    'The lists of keys and of revocations, signed outside the database; public, and of use to whoever checks a certificate.';

alter table tajzia.certificate_list enable row level security;
create policy registrar_works on tajzia.certificate_list to tajzia_registrar using (true) with check (true);
create policy everybody_reads on tajzia.certificate_list for select to tajzia_reader using (true);
grant select, insert, update on tajzia.certificate_list to tajzia_registrar;
grant select on tajzia.certificate_list to tajzia_reader;

-- No row where the centre has signed none yet.
create function tajzia.certificate_lists() returns table (list_key bytea, keys bytea, revocations bytea)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.admit();
        return query select l.list_key, l.keys, l.revocations from tajzia.certificate_list l;
    end
    $$;
