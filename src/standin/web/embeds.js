// Embeds: colour bar, author, title, description, fields, footer. Pictures are not fetched from elsewhere; their address
// is shown instead.
import { colour } from './avatars.js';
import { h, icon } from './dom.js';
import { anchorFor } from './links.js';
import { draw } from './markdown.js';
import { messageTime } from './time.js';

const webLink = (url, children) => anchorFor(url, { class: 'web' }, children) ?? children;

/** One embed. `onCommand` is handed to the text inside. */
export function drawEmbed(embed, options) {
  const bar = colour(embed.color);
  const picture = embed.image?.url ?? embed.thumbnail?.url ?? null;
  return h(
    'article',
    { class: 'embed', style: bar ? { '--bar': bar } : {} },
    embed.author?.name ? h('p', { class: 'embed-author' }, webLink(embed.author.url, embed.author.name)) : null,
    embed.title
      ? h(
          'p',
          { class: 'embed-title', role: 'heading', 'aria-level': '4' },
          webLink(embed.url, draw(embed.title, { ...options, plain: true })),
        )
      : null,
    embed.description ? h('div', { class: 'md embed-description' }, draw(embed.description, options)) : null,
    embed.fields?.length
      ? h(
          'dl',
          { class: 'embed-fields' },
          fieldRows(embed.fields).map((row) =>
            row.map((field) =>
              h(
                'div',
                {
                  class: field.inline ? 'inline' : 'whole',
                  style: field.inline ? { '--share': String(row.length) } : {},
                },
                h('dt', null, draw(field.name, { ...options, plain: true })),
                h('dd', { class: 'md' }, draw(field.value, options)),
              ),
            ),
          ),
        )
      : null,
    picture && /^https?:\/\//i.test(picture)
      ? h('p', { class: 'embed-picture' }, icon('file'), webLink(picture, picture))
      : null,
    embed.footer?.text || embed.timestamp
      ? h(
          'p',
          { class: 'embed-footer' },
          embed.footer?.text ?? '',
          embed.footer?.text && embed.timestamp ? ' · ' : '',
          embed.timestamp ? messageTime(embed.timestamp) : null,
        )
      : null,
  );
}

/** Inline fields stand up to three in a row; another kind of field begins a new row. */
function fieldRows(fields) {
  const rows = [];
  for (const field of fields) {
    const row = rows.at(-1);
    if (field.inline && row?.[0].inline && row.length < 3) row.push(field);
    else rows.push([field]);
  }
  return rows;
}
