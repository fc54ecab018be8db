insert into life (ticket, seq, last_at, form, body) select id, last_seq, changed_at, 0, 'AAAA' from ticket order by id limit 1;
update outbox set copies = 1 where id = (select min(id) from outbox);
