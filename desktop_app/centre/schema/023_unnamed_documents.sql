-- A device that sends documents which no request ever names would fill the centre's disk. What it has sent within thirty
-- days and no request names is limited; a workstation that was away for long sends some, then the commands that name
-- them, then goes on (`sync.attachments`). 53400: not now.
alter table tajzia.attachment_proof add column sent_at timestamptz not null default now();
create index attachment_proof_by_age on tajzia.attachment_proof (device, sent_at);
create policy intake_compares on tajzia.attached for select to tajzia_intake using (true);
grant select on tajzia.attached to tajzia_intake;

create function tajzia.limit_unnamed() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        if (
            select count(*) from (
                select from tajzia.attachment_proof p
                where p.device = new.device and p.sent_at > pg_catalog.now() - interval '30 days'
                    and not exists (select from tajzia.attached a where a.digest = p.digest)
                limit 500
            ) unnamed
        ) >= 500
        then
            raise exception 'no request names the last documents of this device' using errcode = '53400';
        end if;
        return new;
    end
    $$;
create trigger limit_unnamed before insert on tajzia.attachment_part
    for each row when (new.start = 0) execute function tajzia.limit_unnamed();
