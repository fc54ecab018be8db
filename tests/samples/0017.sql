insert into life (ticket, seq, last_at, form, body) select id, last_seq, changed_at, 0, 'AAAA' from ticket order by id limit 1;
update outbox set copies = 1 where id = (select min(id) from outbox);
insert into outbox (id, guild, ticket, event, lane, errand, due_at)
values (1017, 100, 2, 1, '100:2:staff', '{"errand":"open_thread","thread":"staff"}', 1781513000000);
