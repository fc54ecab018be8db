// What the page knows, and who is told when it changes. Modules read `state` and subscribe to names of changes:
// `world` (people, channels, unread marks), `place` (who or where changed), `messages`, `commands`, `clock`, `link`, `did`.

export const state = {
  /** Everybody, also those who share no channel with the person: the list of the switcher. */
  people: [],
  /** What the person sees; null until it is loaded. */
  world: null,
  /** The id of the open channel, thread or direct message. */
  place: null,
  /** The commands that the person may see in the open channel. */
  commands: [],
  /** Whether the stream of changes is connected. */
  linked: true,
  /** Raised when a name, role or channel changed, so that messages which mention them are drawn anew. */
  names: 0,
};

const listeners = new Map();

export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(listener);
}

export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

let lastNames = '';

/** Takes over a freshly loaded world. */
export function adopt(world) {
  state.world = world;
  const names = JSON.stringify([
    world.people,
    world.roles,
    world.channels?.map((c) => [c.id, c.name]),
    world.threads?.map((t) => [t.id, t.name]),
    world.bot?.name,
  ]);
  if (names !== lastNames) {
    lastNames = names;
    state.names += 1;
  }
}

export const me = () => state.world?.me ?? null;
export const myName = () => state.world?.me?.name ?? '';

/** How a person is called on screen. */
export const nameOf = (person) =>
  person?.display_name || person?.global_name || person?.name || person?.username || 'Unknown';

export function personById(id) {
  return (
    state.world?.people?.find((p) => p.id === id) ??
    state.people.find((p) => p.id === id) ??
    (state.world?.bot?.id === id ? { ...state.world.bot, bot: true } : null)
  );
}

export const roleById = (id) => state.world?.roles?.find((r) => r.id === id) ?? null;

/** A channel, thread or direct message by id, with its kind: `channel`, `thread` or `direct`. */
export function placeById(id) {
  const world = state.world;
  if (!world || !id) return null;
  const channel = world.channels?.find((c) => c.id === id);
  if (channel) return { ...channel, kind: 'channel' };
  const thread = world.threads?.find((t) => t.id === id);
  if (thread) return { ...thread, kind: 'thread' };
  const direct = world.directs?.find((d) => d.id === id);
  if (direct) return { ...direct, kind: 'direct', name: nameOf(direct.with), can_send: direct.can_send ?? true };
  return null;
}

/** Channels in the order of the sidebar, each followed by its threads; then the direct messages. */
export function placesInOrder() {
  const world = state.world;
  if (!world) return [];
  const places = [];
  for (const group of channelGroups()) {
    for (const channel of group.channels) {
      places.push({ ...channel, kind: 'channel' });
      for (const thread of threadsOf(channel.id)) places.push({ ...thread, kind: 'thread' });
    }
  }
  for (const direct of world.directs ?? []) places.push({ ...direct, kind: 'direct', name: nameOf(direct.with) });
  return places;
}

const CATEGORY = 4;
const bySide = (a, b) => (a.position ?? 0) - (b.position ?? 0) || compareIds(a.id, b.id);

/** Text channels grouped by category; those outside one come first, under no title. */
export function channelGroups() {
  const channels = state.world?.channels ?? [];
  const open = channels.filter((c) => c.type !== CATEGORY).sort(bySide);
  const known = new Set(channels.filter((c) => c.type === CATEGORY).map((c) => c.id));
  const groups = [{ id: 'none', name: null, channels: open.filter((c) => !known.has(c.parent_id)) }];
  for (const category of channels.filter((c) => c.type === CATEGORY).sort(bySide)) {
    groups.push({ id: category.id, name: category.name, channels: open.filter((c) => c.parent_id === category.id) });
  }
  return groups.filter((group) => group.channels.length > 0);
}

/** The threads under a channel that are not archived, or that the person is looking at. */
export function threadsOf(channel) {
  return (state.world?.threads ?? [])
    .filter((t) => t.parent_id === channel && (!t.archived || t.id === state.place || t.unread > 0))
    .sort((a, b) => compareIds(a.id, b.id));
}

/** Orders snowflakes, which are too long for numbers. */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Where in the address bar a person and a place are. */
export function addressOf(name, place) {
  return `#/as/${encodeURIComponent(name)}${place ? `/${place}` : ''}`;
}

export function readAddress() {
  const parts = location.hash.replace(/^#\/?/, '').split('/');
  if (parts[0] !== 'as') return { name: null, place: null };
  let name = null;
  try {
    name = parts[1] ? decodeURIComponent(parts[1]) : null;
  } catch {
    name = null;
  }
  return { name, place: /^\d+$/.test(parts[2] ?? '') ? parts[2] : null };
}
