insert into article_draft (ticket, guild, title, summary, body, writers, stage, version, begun_at, changed_at) values
    (1, 100, 'VPN fails with error 809', 'What to do about it', '## What to do' || char(10) || 'Open port 4500.', '[21]',
     'draft', 1, 1781513060000, 1781513120000);
