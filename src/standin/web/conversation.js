// The conversation of the open place: loads, groups, draws and scrolls messages, keeps the reader's position, marks
// what was read.
import * as api from './api.js';
import { announce, coalesce, debounce, fill, h, icon, reconcile, rove } from './dom.js';
import { pending, settle } from './interactions.js';
import { drawMessage, isSystem, signatureOf } from './message.js';
import { compareIds, emit, me, myName, nameOf, on, personById, placeById, state } from './store.js';
import { dayTitle, sameDay } from './time.js';

const PAGE = 50;
const THREAD_STARTER = 21;
const CLOSE = 7 * 60_000;
const list = h('ol', { class: 'messages', 'aria-label': 'Messages' });
const intro = h('div', { class: 'intro' });
const scroller = h('div', { class: 'scroller', tabindex: '-1' }, intro, list);
const down = h('button', { type: 'button', class: 'to-end', hidden: true, on: { click: () => toEnd() } });
const typing = h('p', { class: 'typing', 'aria-live': 'off' });
document.getElementById('conversation').append(scroller, down, typing);

let messages = [];
let complete = false;
let freshAfter = null;
let loaded = null;
let unseen = 0;
let loadingOlder = false;
const typists = new Map();

/** The messages on screen, oldest first. */
export const shownMessages = () => messages;

/** Whether the reader is at the end: follows from their scrolling, not from what was added since. */
let stuck = true;
const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 90;

function toEnd() {
  stuck = true;
  scroller.scrollTop = scroller.scrollHeight;
  unseen = 0;
  renderDown();
}

/** Loads the open place from its start: called when the place or the person changes. */
export async function openConversation() {
  const key = `${myName()}/${state.place}`;
  loaded = key;
  messages = [];
  complete = false;
  freshAfter = null;
  unseen = 0;
  typists.clear();
  renderTyping();
  list.replaceChildren();
  fill(
    intro,
    h(
      'div',
      { class: 'skeleton', 'aria-hidden': 'true' },
      Array.from({ length: 5 }, () => h('div', null, h('i'), h('span'), h('span'))),
    ),
  );
  const unread = placeById(state.place)?.unread ?? 0;
  await refresh();
  if (loaded !== key) return;
  const foreign = messages.filter((m) => m.author?.id !== me()?.id && !m.ephemeral);
  freshAfter = unread > 0 && unread < foreign.length ? foreign.at(-unread - 1).id : null;
  if (unread > 0 && unread >= foreign.length && foreign.length && !complete) freshAfter = null;
  render();
  toEnd();
  read();
}

/** Fetches the newest messages again; those loaded before stay. */
export const refresh = coalesce(async () => {
  const key = `${myName()}/${state.place}`;
  if (!state.place || !myName()) return;
  const limit = Math.min(100, Math.max(PAGE, messages.length));
  let newest;
  try {
    newest = await api.messages(myName(), state.place, { limit });
  } catch (error) {
    if (loaded === key) fill(intro, h('p', { class: 'failure' }, icon('warn'), error.message));
    return;
  }
  if (loaded !== key || key !== `${myName()}/${state.place}`) return;
  const before = new Set(messages.map((m) => m.id));
  const oldest = newest[0]?.id;
  const kept = oldest && newest.length >= limit ? messages.filter((m) => compareIds(m.id, oldest) < 0) : [];
  const isFirst = messages.length === 0;
  newest = newest.map(unfold);
  messages = [...kept, ...newest];
  if (newest.length < limit) complete = true;
  for (const entry of [...pending]) {
    if (messages.some((m) => (m.interaction_metadata?.id ?? m.interaction?.id) === entry.id && entry.id)) settle(entry);
  }
  const arrived = isFirst ? [] : messages.filter((m) => !before.has(m.id));
  for (const message of arrived) {
    typists.delete(message.author?.id);
    if (message.author?.id !== me()?.id)
      announce(`${nameOf(personById(message.author?.id) ?? message.author)}: ${plainWords(message)}`);
  }
  renderTyping();
  render();
  if (!stuck && arrived.length) {
    unseen += arrived.length;
    renderDown();
  }
  if (!isFirst) read();
});

const plainWords = (message) =>
  [message.content, ...(message.embeds ?? []).map((e) => [e.title, e.description].filter(Boolean).join(': '))]
    .filter(Boolean)
    .join(' ')
    .slice(0, 400);

/** The first message of a thread stands for the message that it was started from: that one's content is shown. */
function unfold(message) {
  const origin = message.type === THREAD_STARTER ? message.referenced_message : null;
  if (!origin) return message;
  return {
    ...message,
    author: origin.author,
    content: origin.content,
    embeds: origin.embeds,
    attachments: origin.attachments,
    at: origin.timestamp ?? message.at,
    edited_at: origin.edited_timestamp ?? null,
    started_from: { place: message.message_reference?.channel_id, message: origin.id },
  };
}

async function loadOlder() {
  if (complete || loadingOlder || !messages.length) return;
  loadingOlder = true;
  const key = loaded;
  try {
    const older = await api.messages(myName(), state.place, { limit: PAGE, before: messages[0].id });
    if (key !== loaded) return;
    const known = new Set(messages.map((m) => m.id));
    const height = scroller.scrollHeight;
    const top = scroller.scrollTop;
    messages = [...older.filter((m) => !known.has(m.id)).map(unfold), ...messages];
    if (older.length < PAGE) complete = true;
    stuck = false;
    render();
    scroller.scrollTop = top + scroller.scrollHeight - height;
  } catch {
    complete = false;
  } finally {
    loadingOlder = false;
  }
}

/** Tells the desk that everything up to now was seen, when it was. */
const read = debounce(120, async () => {
  const place = placeById(state.place);
  if (!place || !place.unread || document.hidden || !stuck) return;
  try {
    await api.markRead(myName(), state.place);
    emit('stale-world');
  } catch {
    // The mark stays; the next message tries again.
  }
});

/** The messages with this person's commands that have no answer yet, where they were given. */
function withPending() {
  const mine = pending.filter((entry) => entry.place === state.place && entry.me === myName());
  const out = [...messages];
  for (const entry of mine) {
    entry.after ??= messages.at(-1)?.id ?? '0';
    let at = out.findLastIndex((m) => m.local || compareIds(m.id, entry.after) <= 0) + 1;
    while (out[at - 1]?.local && compareIds(out[at - 1].local.after, entry.after) > 0) at -= 1;
    out.splice(at, 0, {
      id: entry.key,
      local: entry,
      author: { ...state.world.bot, bot: true },
      ephemeral: true,
      at: entry.at,
      interaction: { by_id: me().id, command: entry.name },
    });
  }
  return out;
}

function rows() {
  let last = null;
  let freshShown = false;
  return withPending().map((message) => {
    const day = !last || !sameDay(last.at, message.at) ? dayTitle(message.at) : null;
    const fresh =
      freshAfter !== null &&
      !freshShown &&
      !message.local &&
      compareIds(message.id, freshAfter) > 0 &&
      message.author?.id !== me()?.id;
    freshShown ||= fresh;
    const first = Boolean(
      day ||
      fresh ||
      !last ||
      isSystem(message) ||
      isSystem(last) ||
      last.author?.id !== message.author?.id ||
      Boolean(last.ephemeral) !== Boolean(message.ephemeral) ||
      Boolean(last.mentions_me) !== Boolean(message.mentions_me) ||
      message.interaction?.command ||
      message.type === 19 ||
      Date.parse(message.at) - Date.parse(last.at) > CLOSE,
    );
    last = message;
    return { message, first, day, fresh };
  });
}

function render() {
  const follow = stuck;
  const place = placeById(state.place);
  reconcile(list, rows(), { key: (row) => row.message.id, signature: signatureOf, build: drawMessage });
  keepStop();
  if (place && complete) drawIntro(place);
  else if (messages.length) fill(intro);
  if (follow) toEnd();
}

function drawIntro(place) {
  const ask = state.commands.find((c) => c.name === 'ask' && (c.type ?? 1) === 1);
  const words =
    place.kind === 'direct'
      ? ['at', place.name, `Only you and ${place.name} read this.`]
      : place.kind === 'thread'
        ? [
            place.private || place.type === 12 ? 'lock' : 'thread',
            place.name,
            place.private || place.type === 12
              ? 'A private thread: only those in it read it.'
              : 'The beginning of this thread.',
          ]
        : ['hash', `#${place.name}`, place.topic || 'This is where the channel begins.'];
  fill(
    intro,
    h(
      'div',
      { class: 'welcome' },
      h('span', { class: 'welcome-icon' }, icon(words[0])),
      h('h2', null, h('bdi', null, words[1])),
      h('p', null, words[2]),
      ask && place.can_send && (place.kind === 'direct' || /help/i.test(place.name))
        ? h(
            'button',
            { type: 'button', class: 'button secondary', on: { click: () => emit('compose', '/ask ') } },
            icon('spark'),
            'Ask a question',
          )
        : null,
    ),
  );
}

function renderDown() {
  down.hidden = stuck;
  fill(down, icon('down'), unseen ? `${unseen} new ${unseen === 1 ? 'message' : 'messages'}` : 'To the end');
}

/** One message is a tab stop, and only its controls can be reached by Tab: the last, unless another had the focus. */
function keepStop() {
  const stops = [...list.querySelectorAll('.message')];
  const holder =
    stops.find((stop) => stop.contains(document.activeElement)) ??
    stops.find((stop) => stop.tabIndex === 0 && stop === stops.at(-1)) ??
    stops.at(-1);
  for (const stop of stops) setStop(stop, stop === holder);
}

function setStop(message, isStop) {
  message.tabIndex = isStop ? 0 : -1;
  for (const control of message.querySelectorAll('[data-inside]')) control.tabIndex = isStop ? 0 : -1;
}

rove(list, '.message');
list.addEventListener('focusin', (event) => {
  const current = event.target.closest('.message');
  if (current) for (const stop of list.querySelectorAll('.message')) setStop(stop, stop === current);
});

/** The application is writing (only applications say so here): shown for ten seconds or until its message arrives. */
export function noteTyping() {
  const user = state.world?.bot?.id;
  if (!user) return;
  clearTimeout(typists.get(user));
  typists.set(
    user,
    setTimeout(() => {
      typists.delete(user);
      renderTyping();
    }, 10_000),
  );
  renderTyping();
}

function renderTyping() {
  const names = [...typists.keys()].map((id) => nameOf(personById(id)));
  fill(
    typing,
    names.length
      ? [
          h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
          names.length > 2
            ? 'Several people are typing…'
            : `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} typing…`,
        ]
      : '',
  );
}

scroller.addEventListener(
  'scroll',
  () => {
    stuck = nearEnd();
    if (scroller.scrollTop < 200) loadOlder();
    if (stuck) {
      unseen = 0;
      read();
    }
    renderDown();
  },
  { passive: true },
);
new ResizeObserver(() => {
  if (stuck) toEnd();
}).observe(scroller);
document.addEventListener('visibilitychange', () => read());

on('messages', render);
// What a person does themself is followed, wherever they were reading.
on('did', ({ what }) => {
  if (what === 'run' || what === 'say') toEnd();
});
on('commands', render);
on('world', () => {
  render();
  read();
});
on('clock', render);
on('stale', () => refresh());
on('show-message', (id) => {
  const target = list.querySelector(`[data-message="${CSS.escape(id)}"]`);
  if (!target) return;
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
});
