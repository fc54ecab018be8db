insert into install (only_one, id, salt) values (1, 'abc123', 'salt');
insert into guild (id, name, next_number, set_up_at) values (100, 'Larkfield', 3, 1781513000000);
insert into guild_role (guild, role, discord_id) values (100, 'l1', 201), (100, 'lead', 204);
insert into guild_channel (guild, channel, discord_id) values (100, 'queue_l1', 301), (100, 'escalations', 307);
insert into member (guild, user, name, tiers, lead, admin, duty, seen_at)
values (100, 11, 'Ravi', 1, 0, 0, 'on', 1781513000000), (100, 21, 'Ivo', 2, 0, 0, 'off', 1781513000000);
insert into ask (id, guild, cause, asker, question, verdict, confidence, articles, outcome, asked_at)
values (1, 100, 'interaction:9', 'hash', 'vpn?', 'sure', 0.9, '["network/vpn-connect"]', 'none', 1781513000000);
insert into ticket (
    id, guild, number, requester, requester_name, title, body, tried, category, confidential, impact, urgency,
    priority, tier, state, assignee, pending, ask, version, last_seq, opened_at, changed_at, thread
) values
    (1, 100, 1, 1, 'Mia', 'VPN', 'It fails', '', 'network', 0, 'low', 'medium', 4, 1, 'in_progress', 11, null, 1, 2, 2,
     1781513000000, 1781513060000, 901),
    (2, 100, 2, 2, 'Tom', 'Badge', 'Lost', '', 'access', 0, 'low', 'low', 4, 1, 'new', null, null, null, 1, 1,
     1781513000000, 1781513000000, null);
insert into event (ticket, seq, at, by, cause, kind, body) values
    (1, 1, 1781513000000, 1, 'interaction:1', 'opened',
     '{"kind":"opened","impact":"low","urgency":"medium","priority":"P4","category":"network","ask":1}'),
    (1, 2, 1781513060000, 11, 'interaction:2', 'claimed', '{"kind":"claimed","answers":null}');
insert into inbox (key, at) values ('interaction:1', 1781513000000);
insert into outbox (id, guild, ticket, event, lane, errand, due_at)
values (1, 100, 1, 1, '100:1:thread', '{"errand":"open_thread","thread":"requester"}', 1781513000000);
insert into card (ticket, tier, wanted, shown, due_at) values (1, 1, 2, 1, 1781513060000);
insert into timer (ticket, kind, generation, due_at) values (1, 'close', 1, 1781599400000);
insert into draft (id, owner, body, changed_at) values (1, 1, '{}', 1781513000000);
insert into audit (id, guild, at, actor, action, outcome) values (1, 100, 1781513000000, 2, 'claim', 'not_allowed');
insert into registration (scope, digest, at) values ('global', 'digest', 1781513000000);
