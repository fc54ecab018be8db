// One message as it is drawn: author, what it answers, text, embeds, components, marks, and the actions on it.
import { avatar, nameColour } from './avatars.js';
import { drawComponents } from './components.js';
import { h, icon } from './dom.js';
import { sizeOf } from './files.js';
import { drawEmbed } from './embeds.js';
import { NO_ANSWER, busy, chosen, dismissMessage, failures } from './interactions.js';
import { anchorFor } from './links.js';
import { draw } from './markdown.js';
import { addressOf, emit, nameOf, personById, placeById, state } from './store.js';
import { messageTime, now } from './time.js';

const LOADING = 1 << 7;
/** How long a deferred answer may take, in milliseconds; then the application is said not to have responded. */
const PATIENCE = 15 * 60_000;
const SYSTEM = {
  1: (m) => [author(m), ' added ', person(m.mentions?.[0]), ' to the thread.'],
  2: (m) => [author(m), ' removed ', person(m.mentions?.[0]), ' from the thread.'],
  4: (m) => [author(m), ' renamed this to ', h('b', null, h('bdi', null, m.content)), '.'],
  6: (m) => [author(m), ' pinned a message.'],
  7: (m) => [author(m), ' joined the company.'],
  18: (m) => [author(m), ' started a thread: ', threadLink(m)],
};

const userOf = (user) => personById(user?.id) ?? user ?? {};
const author = (m) => person(m.author);
const person = (user) => h('b', null, h('bdi', null, nameOf(userOf(user))));

/** Whether a message is only drawn as a line of its own, without an author's picture. */
export const isSystem = (message) => message.type in SYSTEM;

/** What decides how a message looks; it is drawn anew when this changes. */
export function signatureOf(row) {
  const { message } = row;
  const marks = [...busy, ...chosen.keys()]
    .filter((key) => key.startsWith(`${message.id}:`))
    .map((key) => [key, chosen.get(key)?.values, busy.has(key)]);
  return JSON.stringify([
    message,
    row.first,
    row.day,
    row.fresh,
    marks,
    failures.get(message.id),
    state.names,
    isLate(message),
    new Date(now()).toDateString(),
  ]);
}

const isLate = (message) => Boolean((message.flags ?? 0) & LOADING) && now() - Date.parse(message.at) > PATIENCE;

/** Draws one row of the conversation. */
export function drawMessage(row) {
  const { message } = row;
  const writer = userOf(message.author);
  const classes = ['message', row.first ? 'first' : 'next'];
  if (message.ephemeral) classes.push('ephemeral');
  if (message.mentions_me && !isSystem(message)) classes.push('mentions-me');
  if (isSystem(message)) classes.push('system');
  const label = `${nameOf(writer)}, ${new Date(message.at).toLocaleTimeString([], { timeStyle: 'short' })}`;
  const node = h(
    'li',
    { class: 'message-row' },
    row.day
      ? h('div', { class: 'day-line', role: 'separator', 'aria-label': row.day }, h('span', null, row.day))
      : null,
    row.fresh
      ? h('div', { class: 'fresh-line', role: 'separator', 'aria-label': 'New messages' }, h('span', null, 'New'))
      : null,
    h(
      'article',
      {
        class: classes.join(' '),
        tabindex: '-1',
        'aria-label': label,
        dataset: { message: message.id, focus: `message-${message.id}` },
      },
      isSystem(message) ? systemLine(message) : [context(message), gutter(row, writer), body(row, writer)],
      toolbar(message),
    ),
  );
  return node;
}

const systemLine = (message) =>
  h(
    'p',
    { class: 'system-line' },
    icon(message.type === 18 ? 'thread' : 'right'),
    h('span', null, SYSTEM[message.type](message)),
    ' ',
    messageTime(message.at),
  );

/** The line above a message: what it replies to, or which command it answers. */
function context(message) {
  if (message.interaction?.command) {
    const by = userOf({ id: message.interaction.by_id, name: message.interaction.by });
    return h(
      'p',
      { class: 'context' },
      h('span', { class: 'hook' }),
      avatar(by, 'xs'),
      h('b', null, h('bdi', null, nameOf(by))),
      ' used ',
      h('span', { class: 'command-name' }, commandWords(message.interaction)),
    );
  }
  if (message.started_from) {
    const { place, message: origin } = message.started_from;
    const known = placeById(place);
    if (!known) return null;
    const href = `https://discord.com/channels/@me/${place}/${origin}`;
    const words = ['Started from a message in #', h('bdi', null, known.name)];
    return h(
      'p',
      { class: 'context' },
      h('span', { class: 'hook' }),
      anchorFor(href, { class: 'web', dataset: { inside: '' } }, words),
    );
  }
  const replied = message.referenced_message;
  if (message.message_reference && message.type === 19) {
    if (!replied)
      return h('p', { class: 'context' }, h('span', { class: 'hook' }), h('em', null, 'The message was deleted.'));
    const excerpt = (replied.content || replied.embeds?.[0]?.title || 'an attachment').split('\n')[0];
    return h(
      'button',
      {
        type: 'button',
        class: 'context',
        dataset: { inside: '' },
        on: { click: () => emit('show-message', replied.id) },
      },
      h('span', { class: 'hook' }),
      avatar(userOf(replied.author), 'xs'),
      h('b', null, h('bdi', null, nameOf(userOf(replied.author)))),
      h('span', { class: 'excerpt' }, draw(excerpt, { plain: true })),
    );
  }
  return null;
}

const isContextCommand = (name) => state.commands.some((c) => c.name === name && (c.type === 2 || c.type === 3));
const commandWords = ({ command }) => (isContextCommand(command) || command.startsWith('/') ? command : `/${command}`);

const gutter = (row, writer) =>
  row.first
    ? h(
        'button',
        {
          type: 'button',
          class: 'gutter',
          tabindex: '-1',
          'aria-label': `About ${nameOf(writer)}`,
          dataset: { person: writer.id ?? '' },
        },
        avatar(writer),
      )
    : h('span', { class: 'gutter' }, messageTime(row.message.at, true));

function body(row, writer) {
  const { message } = row;
  const tint = nameColour(writer.id);
  const onCommand = (name) => emit('compose', `/${name}`);
  const loading = (message.flags ?? 0) & LOADING;
  return h(
    'div',
    { class: 'body' },
    row.first
      ? h(
          'p',
          { class: 'byline' },
          h(
            'button',
            {
              type: 'button',
              class: 'author',
              tabindex: '-1',
              style: tint ? { '--tint': tint } : {},
              dataset: { person: writer.id ?? '' },
            },
            h('bdi', null, nameOf(writer)),
          ),
          message.author?.bot ? h('span', { class: 'app-tag' }, 'APP') : null,
          messageTime(message.at),
          message.edited_at && !message.content && !loading ? edited(message) : null,
        )
      : null,
    loading || message.local ? thinking(message, writer) : null,
    message.content
      ? h('div', { class: 'md' }, draw(message.content, { onCommand }), message.edited_at ? edited(message) : null)
      : null,
    (message.embeds ?? []).map((embed) => drawEmbed(embed, { onCommand })),
    (message.attachments ?? []).map(attachment),
    drawComponents(message),
    !message.content && message.edited_at && !loading && !row.first
      ? h('p', { class: 'lines' }, edited(message))
      : null,
    failures.has(message.id)
      ? h('p', { class: 'failure', role: 'alert' }, icon('warn'), failures.get(message.id))
      : null,
    message.thread ? threadCard(message) : null,
    message.ephemeral
      ? h(
          'p',
          { class: 'only-you' },
          icon('eye'),
          'Only you can see this · ',
          h(
            'button',
            {
              type: 'button',
              class: 'text-button',
              dataset: { inside: '', focus: 'dismiss' },
              on: { click: () => dismissMessage(message) },
            },
            'Dismiss message',
          ),
        )
      : null,
  );
}

function thinking(message, writer) {
  const failed = message.local?.failed ?? (isLate(message) ? NO_ANSWER : null);
  if (failed) return h('p', { class: 'failure' }, icon('warn'), failed);
  const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  return h('p', { class: 'thinking' }, dots, message.local ? 'Sending the command…' : `${nameOf(writer)} is thinking…`);
}

const edited = (message) =>
  h('span', { class: 'edited', title: `Edited ${new Date(message.edited_at).toLocaleString()}` }, ' (edited)');
/** Pictures that a browser draws and does not run. */
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

/** A picture, as Discord shows it; any other file is saved rather than opened: what it holds is not this page's to show. */
function attachment(file) {
  const path = /\/attachments\/.*$/.exec(file.url ?? '')?.[0] ?? null;
  const words = [icon('file'), h('b', null, h('bdi', null, file.filename)), h('small', null, sizeOf(file.size))];
  const saved = saving(file, path, words);
  if (!path || !PICTURE.test(file.filename)) return saved;
  const picture = h('img', { class: 'picture', src: path, alt: file.description ?? '', loading: 'lazy' });
  return h('figure', { class: 'pictured' }, picture, saved);
}

function saving(file, path, words) {
  return h('a', { class: 'attachment', href: path, download: file.filename, dataset: { inside: '' } }, words);
}

function threadLink(message) {
  const id = message.thread?.id ?? message.message_reference?.channel_id;
  const known = placeById(id);
  return known
    ? h(
        'a',
        { class: 'thread-link', href: addressOf(state.world.me.name, id), dataset: { inside: '' } },
        h('bdi', null, known.name),
      )
    : h('b', null, h('bdi', null, message.content));
}

function threadCard(message) {
  const known = placeById(message.thread.id);
  if (!known) return null;
  const count = message.thread.message_count;
  return h(
    'a',
    { class: 'thread-card', href: addressOf(state.world.me.name, known.id), dataset: { inside: '', focus: 'thread' } },
    icon('thread'),
    h('b', null, h('bdi', null, known.name)),
    h('small', null, count === undefined ? 'Open the thread' : count === 1 ? '1 message' : `${count} messages`),
    icon('right'),
  );
}

/** What appears beside a message under the pointer or with the focus. */
function toolbar(message) {
  if (message.local || (message.flags ?? 0) & LOADING) return null;
  const item = (name, label, action) =>
    h(
      'button',
      { type: 'button', class: 'icon-button', tabindex: '-1', 'aria-label': label, title: label, dataset: { action } },
      icon(name),
    );
  return h(
    'div',
    { class: 'toolbar' },
    message.ephemeral || isSystem(message) ? null : item('reply', 'Reply (R)', 'reply'),
    item('more', 'More: apps, copy (Shift+F10)', 'menu'),
  );
}
