-- What ended, and when it changed last: a report looks at those of its period alone, however many there ever were. Written only
-- when a ticket ends and after that, so that no other step pays for it.
create index ticket_ended on ticket (guild, changed_at)
    where state in ('resolved', 'closed', 'cancelled', 'merged');
