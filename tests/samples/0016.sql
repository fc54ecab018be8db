insert into article_draft
    (guild, ticket, article, base, reviewed, asks, category, title, summary, body, writers, asked_by, approved_by, stage, version,
     begun_at, changed_at) values
    (100, null, 'network/wifi', '---' || char(10) || 'title: Wi-Fi' || char(10) || '---', null, '["wifi?"]', 'network', 'Wi-Fi',
     'How to get it back', '1. Restart it.', '[21]', 21, 22, 'published', 3, 1781513060000, 1781513120000);
insert into article_file (guild, path, was, text, kind, draft, by_user, decided_at, written_at, fault, given_up) values
    (100, 'network/wifi.md', null, '---' || char(10) || 'title: Wi-Fi' || char(10) || '---', 'published', 2, 22, 1781513120000,
     1781513120500, null, 0);
insert into article_vote (guild, article, voter, helpful, at) values (100, 'network/wifi', 'hash', 0, 1781513120000);
insert into article_flag (guild, article, why, since) values (100, 'network/wifi', 'votes', 1781513120000);
insert into hindsight (ticket, article, looked_at) values (1, 'network/wifi', 1781513120000);
insert into confidence (id, since, by_user) values (1, 1781513120000, 21);
