-- How many of the papers with a timestamp also hold what shows that its authority was not revoked (PAdES B-LT), and why
-- the newest list of revocations could not be had.
alter table tajzia.timestamping
    add column lasting bigint not null default 0,
    add column evidence_trouble text not null default '';
