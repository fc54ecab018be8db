// Channels, their threads and direct messages, with unread marks and mention counts. Every entry is a real link, so that
// a place can be opened in another tab.
import { avatar } from './avatars.js';
import { h, icon, keepOneStop, reconcile, rove } from './dom.js';
import { PLACE_ICON } from './quickswitch.js';
import { addressOf, channelGroups, nameOf, on, state, threadsOf } from './store.js';

const nav = document.getElementById('sidebar');
const head = h('div', { class: 'guild' });
const list = h('div', { class: 'places' });
nav.append(head, list);
rove(list, 'a.place-link');

on('world', render);
on('place', render);
on('link', renderHead);

/** Closes the drawer that the sidebar becomes on a narrow screen. */
export function toggleDrawer(open) {
  const shown = document.body.classList.toggle('drawer', open);
  document.getElementById('scrim').hidden = !shown;
  if (shown) list.querySelector('[tabindex="0"]')?.focus();
}

function renderHead() {
  const { world, linked } = state;
  if (!world) return;
  const status = !linked
    ? 'Connecting again…'
    : world.bot?.online
      ? `${world.bot.name} is here`
      : `${world.bot?.name ?? 'The application'} is offline`;
  const tone = !linked ? 'waiting' : world.bot?.online ? 'on' : 'off';
  head.replaceChildren(
    h('h1', null, h('bdi', null, world.guild?.name ?? 'Company')),
    h('p', { class: `bot-state ${tone}` }, h('i'), status),
  );
}

function render() {
  if (!state.world) return;
  renderHead();
  const sections = channelGroups().map((group, at) => ({
    id: group.id,
    title: group.name ?? (at === 0 ? 'Channels' : ''),
    rows: group.channels.flatMap((channel) => [
      { ...channel, kind: 'channel' },
      ...threadsOf(channel.id).map((thread) => ({ ...thread, kind: 'thread' })),
    ]),
  }));
  sections.push({
    id: 'directs',
    title: 'Direct messages',
    rows: (state.world.directs ?? []).map((d) => ({ ...d, kind: 'direct', name: nameOf(d.with) })),
  });
  reconcile(list, sections, {
    key: (section) => section.id,
    signature: (section) => section.title,
    build: (section) => h('section', { class: 'group' }, h('h2', null, section.title), h('ul')),
  });
  for (const section of sections) {
    const holder = list.querySelector(`[data-key="${CSS.escape(section.id)}"] ul`);
    reconcile(holder, section.rows, { key: (row) => row.id, signature: signatureOf, build: rowOf });
  }
  keepOneStop(list, 'a.place-link', list.querySelector('[aria-current]'));
}

const signatureOf = (row) =>
  JSON.stringify([
    row.name,
    row.kind,
    row.unread,
    row.mentions,
    row.archived,
    row.locked,
    row.private,
    row.type,
    row.with,
    row.id === state.place,
    state.world.me.name,
  ]);

function rowOf(row) {
  const current = row.id === state.place;
  const unread = !current && row.unread > 0;
  const words = [row.name];
  if (row.kind === 'thread') words.push(row.private || row.type === 12 ? 'private thread' : 'thread');
  if (row.archived) words.push('archived');
  if (unread) words.push(row.mentions > 0 ? `${row.mentions} mentions` : 'unread');
  return h(
    'li',
    { class: row.kind },
    h(
      'a',
      {
        class: `place-link${current ? ' current' : ''}${unread ? ' unread' : ''}${row.archived ? ' archived' : ''}`,
        href: addressOf(state.world.me.name, row.id),
        'aria-current': current ? 'page' : null,
        'aria-label': words.join(', '),
        tabindex: '-1',
        title: row.topic || null,
        dataset: { focus: `place-${row.id}` },
      },
      row.kind === 'direct' ? avatar(row.with, 's') : icon(PLACE_ICON(row)),
      h('span', { class: 'name' }, h('bdi', null, row.name)),
      unread && row.mentions > 0 ? h('span', { class: 'badge' }, String(Math.min(row.mentions, 99))) : null,
      unread && !row.mentions ? h('span', { class: 'dot' }) : null,
    ),
  );
}

document.getElementById('scrim').addEventListener('click', () => toggleDrawer(false));
list.addEventListener('click', (event) => {
  if (event.target.closest('a.place-link') && document.body.classList.contains('drawer')) toggleDrawer(false);
});
