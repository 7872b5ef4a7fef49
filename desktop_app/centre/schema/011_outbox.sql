-- The outbox as a queue that outlives every crash, what came of each attempt, what people decided, and the words of
-- notices. `state` is what stands; the case shows `shown`, which the registrar brings after.

alter table tajzia.outbox
    add column place bigint generated always as identity,
    add column state text not null default 'waiting'
        check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'unknown')),
    add column shown text not null default 'waiting'
        check (shown in ('waiting', 'sent', 'delivered', 'failed', 'unknown')),
    add column attempts integer not null default 0,
    add column due_at timestamptz,
    add column tried_since timestamptz,
    add column leased_until timestamptz,
    add column why text not null default '',
    add column changed_at timestamptz;
comment on column tajzia.outbox.place is 'The order in which notices were written, and in which one request''s go out.';
comment on column tajzia.outbox.tried_since is 'When a person had it sent once more; null for what was written.';
comment on column tajzia.outbox.leased_until is 'While it is being sent: when its attempt counts as without an answer.';
update tajzia.outbox set state = 'sent', shown = 'sent', changed_at = sent_at where sent_at is not null;
drop index tajzia.outbox_unsent;
create index outbox_waiting on tajzia.outbox (place) where state in ('waiting', 'sending');
create index outbox_sending on tajzia.outbox (leased_until) where state = 'sending';
create index outbox_troubled on tajzia.outbox (place) where state in ('failed', 'unknown');
create index outbox_untold on tajzia.outbox (place)
    where case state when 'sending' then 'waiting' else state end <> shown;

create table tajzia.outbox_attempt (
    token text primary key check (token ~ '^[0-9a-f]{32}$'),
    notice_id text not null references tajzia.outbox on delete cascade,
    number integer not null check (number > 0),
    gateway text not null,
    begun_at timestamptz not null,
    ended_at timestamptz,
    answer text not null default '' check (answer in ('', 'accepted', 'refused', 'postponed', 'unknown')),
    detail text not null default '' check (length(detail) <= 200),
    message_id text not null default '' check (length(message_id) <= 200),
    report text not null default '' check (report in ('', 'underway', 'delivered', 'failed')),
    reported_at timestamptz,
    unique (notice_id, number)
);
comment on table tajzia.outbox_attempt is 'Written before the gateway is spoken to. The token stands in its reports.';
create index outbox_attempt_message on tajzia.outbox_attempt (gateway, message_id) where message_id <> '';

create table tajzia.outbox_decision (
    notice_id text not null references tajzia.outbox on delete cascade,
    at timestamptz not null default clock_timestamp(),
    by_login text not null,
    before text not null,
    after text not null check (after in ('waiting', 'sent')),
    why text not null,
    primary key (notice_id, at)
);
comment on table tajzia.outbox_decision is 'What people decided of notices that had failed, or of which nobody could tell.';

create table tajzia.notice_template (
    kind text not null check (kind ~ '^[a-z_]{1,40}$'),
    language text not null check (language in ('ar', 'en')),
    words text not null check (length(words) <= 600),
    before text not null,
    set_by text not null,
    set_at timestamptz not null default clock_timestamp(),
    version bigint generated always as identity primary key
);
comment on table tajzia.notice_template is
    'Every change of a template: the last one of a kind and language counts; empty words are the program''s own.';
create index notice_template_of on tajzia.notice_template (kind, language, version);

alter table tajzia.outbox_attempt enable row level security;
alter table tajzia.outbox_decision enable row level security;
alter table tajzia.notice_template enable row level security;

create policy registrar_works on tajzia.outbox_attempt to tajzia_registrar using (true) with check (true);
create policy registrar_reads on tajzia.notice_template for select to tajzia_registrar using (true);
create policy steward_works on tajzia.outbox to tajzia_steward using (true) with check (true);
create policy steward_reads on tajzia.outbox_attempt for select to tajzia_steward using (true);
create policy steward_works on tajzia.outbox_decision to tajzia_steward using (true) with check (true);
create policy steward_works on tajzia.notice_template to tajzia_steward using (true) with check (true);

grant select, insert, update on tajzia.outbox_attempt to tajzia_registrar;
grant select on tajzia.notice_template to tajzia_registrar;
grant select (notice_id, place, state, attempts, why, changed_at, written_at, sent_at),
    update (state, due_at, tried_since, leased_until, why, changed_at, sent_at) on tajzia.outbox to tajzia_steward;
grant select on tajzia.outbox_attempt to tajzia_steward;
grant select, insert on tajzia.outbox_decision, tajzia.notice_template to tajzia_steward;

create policy steward_reads_notices on tajzia.fact for select to tajzia_steward using (kind = 'notice');

-- What awaits a person, or (wanted: '') stands in any state: never to whom, never the words.
create function tajzia.list_notices(wanted text, after bigint, most integer)
    returns table (place bigint, notice text, request text, state text, why text, attempts integer, gateway text,
                   written_at timestamptz, changed_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select o.place, o.notice_id,
                   coalesce((select a ->> 2 from tajzia.fact f, pg_catalog.json_array_elements(f.body::json -> 'args') a
                             where f.kind = 'notice' and f.id = o.notice_id and a ->> 0 = 'number' limit 1), ''),
                   o.state, o.why, o.attempts,
                   coalesce((select a.gateway from tajzia.outbox_attempt a
                             where a.notice_id = o.notice_id order by a.number desc limit 1), ''),
                   o.written_at, o.changed_at
            from tajzia.outbox o
            where o.place > list_notices.after and (wanted = '' or o.state = wanted)
            order by o.place limit least(greatest(most, 1), 500);
    end
    $$;

-- A person's word on a notice that failed, or of which nobody can tell: to be sent once more, or taken as sent.
create function tajzia.settle_notice(of_notice text, wish text, reason text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        stood text;
    begin
        if wish is null or wish not in ('waiting', 'sent') then
            raise exception 'a notice is sent again (waiting) or taken as sent (sent)' using errcode = '22023';
        end if;
        if pg_catalog.length(pg_catalog.btrim(coalesce(reason, ''))) not between 1 and 500 then
            raise exception 'a reason is needed' using errcode = '22023';
        end if;
        select o.state into stood from tajzia.outbox o where o.notice_id = of_notice for update;
        if stood is null or stood not in ('failed', 'unknown') then
            return false;
        end if;
        update tajzia.outbox o set state = wish, why = '', due_at = null, leased_until = null,
            changed_at = pg_catalog.clock_timestamp(), tried_since = pg_catalog.clock_timestamp(),
            sent_at = case wish when 'sent' then coalesce(o.sent_at, pg_catalog.clock_timestamp()) end
        where o.notice_id = of_notice;
        insert into tajzia.outbox_decision (notice_id, by_login, before, after, why)
        values (of_notice, who, stood, wish, pg_catalog.btrim(reason));
        perform pg_catalog.pg_notify('tajzia_feed', '');
        return true;
    end
    $$;

create function tajzia.set_template(of_kind text, in_language text, new_words text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
    declare
        who text := tajzia.administering();
        stood text;
    begin
        if of_kind is null or of_kind !~ '^[a-z_]{1,40}$' or in_language is null or in_language not in ('ar', 'en')
            or new_words is null or pg_catalog.length(new_words) > 600
        then
            raise exception 'a template has a kind, a language (ar or en) and at most 600 characters'
                using errcode = '22023';
        end if;
        stood := coalesce((select t.words from tajzia.notice_template t
                           where t.kind = of_kind and t.language = in_language order by t.version desc limit 1), '');
        if stood = new_words then
            return false;
        end if;
        insert into tajzia.notice_template (kind, language, words, before, set_by)
        values (of_kind, in_language, new_words, stood, who);
        perform pg_catalog.pg_notify('tajzia_inbox', '');
        return true;
    end
    $$;

-- Every change, the newest first.
create function tajzia.list_templates(most integer)
    returns table (kind text, language text, before text, words text, set_by text, set_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
    as $$
    begin
        perform tajzia.administering();
        return query
            select t.kind, t.language, t.before, t.words, t.set_by, t.set_at from tajzia.notice_template t
            order by t.version desc limit least(greatest(most, 1), 5000);
    end
    $$;
