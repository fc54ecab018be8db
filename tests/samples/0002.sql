update ticket set watchers = '[21]' where id = 1;
insert into link (ticket, other, kind, at, by) values (1, 2, 'related', 1781513070000, 11);
insert into reminder (id, ticket, user, text, due_at, asked_at) values (1, 1, 11, 'Look again', 1781516670000, 1781513070000);
insert into vendor (id, guild, name, contact, hours, contract, response_s)
values (1, 100, 'Northline', 'support line', '{"tz":"UTC","weekly":{"mon":[["09:00","17:00"]]}}', 'C-1', 14400);
insert into vendor_case (vendor, reference, ticket, open) values (1, 'NL-77', 1, 1);
insert into timer (ticket, kind, subject, generation, due_at) values (1, 'remind', 1, 1, 1781516670000);
