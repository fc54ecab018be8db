// Beginning and end of every change: who and where (from the address bar), what the desk reports, what is fetched.
// Read next: `store.js` (what is known), `conversation.js` and `composer.js` (the two halves of the screen).
import * as api from './api.js';
import { noteTyping, openConversation, refresh } from './conversation.js';
import { renderClock } from './deskclock.js';
import { announce, coalesce, debounce, fill, h, icon, toast } from './dom.js';
import { focusComposer } from './composer.js';
import './guide.js';
import './keyboard.js';
import './menus.js';
import { playable } from './people.js';
import { PLACE_ICON } from './quickswitch.js';
import './sidebar.js';
import {
  addressOf,
  adopt,
  compareIds,
  emit,
  myName,
  nameOf,
  on,
  placeById,
  placesInOrder,
  readAddress,
  state,
} from './store.js';
import { setNow, startTicking } from './time.js';
import './topbar.js';

const PERSON = 'deskhand.person';
const placeKey = (name) => `deskhand.place.${name}`;
let stopListening = null;
let entering = 0;
let afterEntering = null;
/** Where the next change of person shall lead: `{where, waiting}`, as `become` takes them. */
let wish = null;
/** Whether the last change of place came from a shortcut or a button, not from the address bar or a link. */
let jumped = false;

/** Follows the address bar: loads the person and the place that it names, filling in what it leaves out. */
async function enter() {
  const mine = ++entering;
  const { name: asked, place: wanted } = readAddress();
  const name = asked ?? sessionStorage.getItem(PERSON) ?? firstPerson();
  if (!name) {
    fill(
      document.getElementById('conversation'),
      h('p', { class: 'failure' }, icon('warn'), 'Nobody lives in this company yet.'),
    );
    return;
  }
  const samePerson = name === myName();
  try {
    const world = await api.world(name);
    if (mine !== entering) return;
    adopt(world);
    if (world.now) setNow(world.now);
  } catch (error) {
    if (mine !== entering) return;
    if (error.status === 404 && (asked || sessionStorage.getItem(PERSON))) {
      toast(error.message, 'error');
      sessionStorage.removeItem(PERSON);
      history.replaceState(null, '', location.pathname);
      enter();
      return;
    }
    showBroken(error.message);
    return;
  }
  const place = pickPlace(name, wanted);
  sessionStorage.setItem(PERSON, name);
  if (place) sessionStorage.setItem(placeKey(name), place);
  if (asked !== name || wanted !== place) history.replaceState(null, '', addressOf(name, place));
  state.place = place;
  state.commands = [];
  if (!samePerson) {
    stopListening?.();
    stopListening = api.listen(name, onChange, onLink);
    announce(`You are ${nameOf(state.world.me)}.`);
  }
  emit('place');
  emit('world');
  renderHead();
  const then = afterEntering;
  afterEntering = null;
  await Promise.all([loadCommands(), openConversation()]);
  if (mine !== entering) return;
  if (then) then();
  else if (mayTakeFocus()) focusComposer();
  jumped = false;
}

/** The message box takes the focus, except from a dialog, from somebody who walks the lists by key, and on touch. */
function mayTakeFocus() {
  if (document.querySelector('dialog[open]') || !matchMedia('(pointer: fine)').matches) return false;
  const active = document.activeElement;
  return !(active?.closest('#sidebar, #guide') && active.matches(':focus-visible') && !jumped);
}

/** The first visitor is an employee: somebody without a job at the desk. */
function firstPerson() {
  return playable('')[0]?.name ?? null;
}

/** The place asked for; else where somebody waits for the person, where they were last, the help channel, any. */
function pickPlace(name, asked) {
  if (asked && placeById(asked)) return asked;
  const places = placesInOrder();
  const channels = places.filter((p) => p.kind === 'channel');
  const waiting = places
    .filter((p) => p.mentions > 0)
    .sort((a, b) => compareIds(b.last_message_id ?? '', a.last_message_id ?? ''))[0];
  const last = placeById(sessionStorage.getItem(placeKey(name)));
  const hoped = wish && channels.find((p) => wish.where.test(p.name));
  const found =
    (wish?.waiting ? waiting : null) ??
    hoped ??
    waiting ??
    last ??
    channels.find((p) => /^help/i.test(p.name)) ??
    channels.find((p) => p.can_send) ??
    places[0];
  wish = null;
  return found?.id ?? null;
}

/**
 * Becomes somebody. `where` is a pattern for the channel to open; with `waiting`, a place where the person is mentioned
 * goes before it. `then` is called when the place is open.
 */
function become({ name, where = null, waiting = false, then = null }) {
  jumped = true;
  afterEntering = then;
  wish = where && { where, waiting };
  const address = addressOf(name, null);
  if (location.hash === address) enter();
  else location.hash = address;
}

async function loadCommands() {
  const key = `${myName()}/${state.place}`;
  if (!state.place) return;
  try {
    const commands = await api.commands(myName(), state.place);
    if (key !== `${myName()}/${state.place}`) return;
    state.commands = commands;
    emit('commands');
  } catch (error) {
    toast(error.message, 'error');
  }
}

const reloadWorld = coalesce(async () => {
  const name = myName();
  if (!name) return;
  let world;
  try {
    world = await api.world(name);
  } catch (error) {
    if (error.status === 404) location.hash = '';
    return;
  }
  if (name !== myName()) return;
  adopt(world);
  if (world.now) setNow(world.now);
  if (state.place && !placeById(state.place)) {
    toast('You can no longer see that channel.');
    emit('go', { place: pickPlace(name, null) });
    return;
  }
  emit('world');
  renderHead();
});
const reloadWorldSoon = debounce(60, reloadWorld);

const reloadPeople = coalesce(async () => {
  state.people = await api.people();
  emit('people');
});

function onChange(change) {
  switch (change.kind) {
    case 'typing':
      if (change.channel === state.place) noteTyping();
      return;
    case 'message':
    case 'edit':
    case 'delete':
    case 'interaction':
      if (!change.channel || change.channel === state.place) refresh();
      break;
    case 'commands':
      loadCommands();
      return;
    case 'member':
    case 'role':
      reloadPeople().catch(() => {});
      loadCommands();
      break;
    default:
      break;
  }
  reloadWorldSoon();
}

function onLink(up) {
  const was = state.linked;
  state.linked = up;
  emit('link');
  if (up && !was) {
    reloadPeople().catch(() => {});
    reloadWorld();
    loadCommands();
    refresh();
  }
}

function renderHead() {
  const place = placeById(state.place);
  const unread = placesInOrder().reduce((sum, p) => sum + (p.mentions ?? 0), 0);
  if (!place) return;
  const parent = place.kind === 'thread' ? state.world.channels.find((c) => c.id === place.parent_id) : null;
  const title = place.kind === 'channel' ? `#${place.name}` : place.name;
  document.title = `${unread ? `(${unread}) ` : ''}${title} · ${nameOf(state.world.me)} · Deskhand`;
  fill(
    document.getElementById('channel-head'),
    icon(PLACE_ICON(place)),
    parent
      ? h('a', { class: 'parent', href: addressOf(myName(), parent.id) }, h('bdi', null, parent.name), icon('right'))
      : null,
    h('h2', null, h('bdi', null, place.name)),
    place.kind === 'thread' && (place.private || place.type === 12) ? h('span', { class: 'tag' }, 'private') : null,
    place.archived ? h('span', { class: 'tag' }, 'archived') : null,
    place.locked ? h('span', { class: 'tag' }, 'locked') : null,
    place.topic ? h('p', { class: 'topic', title: place.topic }, place.topic) : null,
  );
}

function showBroken(text) {
  toast(text, 'error');
  if (!state.world)
    fill(
      document.getElementById('channel-head'),
      h(
        'p',
        { class: 'failure' },
        icon('warn'),
        text,
        ' ',
        h(
          'button',
          { type: 'button', class: 'button secondary small', on: { click: () => location.reload() } },
          'Try again',
        ),
      ),
    );
}

on('become', become);
/** Goes to a place, and to a message of it when one is named. */
on('go', ({ place, message = null }) => {
  if (!placeById(place)) {
    toast('You cannot see that channel, or not yet.');
    return;
  }
  const then = message ? () => emit('show-message', message) : null;
  if (place === state.place) {
    (then ?? focusComposer)();
    return;
  }
  jumped = true;
  afterEntering = then;
  location.hash = addressOf(myName(), place);
});
on('stale', () => reloadWorldSoon());
on('stale-world', () => reloadWorldSoon());
on('clock', () => reloadWorldSoon());
window.addEventListener('hashchange', () => enter());
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) reloadWorldSoon();
});
startTicking(renderClock);

try {
  await reloadPeople();
  await enter();
} catch (error) {
  showBroken(error.message);
}
