update member set away_until = 1781599400000, deputy = 21, skills = '["network"]' where user = 11;
insert into turn (guild, user, tier, category_group, offered_at) values (100, 11, 1, 'services', 1781513000000);
insert into tier_rule (guild, tier, turns, capacity) values (100, 2, 'manual', 10);
update ticket set accept_by = 1781513900000, tries = 1 where id = 1;
insert into rota (id, guild, name, hours, people, since, on_user, on_since, next_at)
values (1, 100, 'Early', '{"tz":"UTC","weekly":{"mon":[["06:00","14:00"]]}}', '[11,21]', '2026-06-15', 11,
        1781503200000, 1781532000000);
insert into swap (id, rota, starts_at, asker, other, asked_at) values (1, 1, 1782108000000, 11, 21, 1781513000000);
