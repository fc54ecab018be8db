// The people API, as the page uses it: one function per call. An error carries the sentence that the API gave.

/** What the API refused, in its own words. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused('The desk does not answer. Check that the program is still running.', 0);
  }
  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = null;
  }
  if (!response.ok) {
    throw new Refused(answer?.error ?? `The desk answered with status ${response.status}.`, response.status);
  }
  return answer;
}

const of = (me, rest) => `/people/${encodeURIComponent(me)}/${rest}`;
const seg = encodeURIComponent;

export const people = () => call('GET', '/people');
export const world = (me) => call('GET', of(me, 'world'));
export const commands = (me, channel) => call('GET', of(me, `commands?channel=${seg(channel)}`));
export const markRead = (me, channel) => call('POST', of(me, `channels/${seg(channel)}/read`), {});
export const say = (me, body) => call('POST', of(me, 'say'), body);
export const run = (me, body) => call('POST', of(me, 'run'), body);
export const complete = (me, body) => call('POST', of(me, 'complete'), body);
export const press = (me, body) => call('POST', of(me, 'press'), body);
export const choose = (me, body) => call('POST', of(me, 'choose'), body);
export const submit = (me, body) => call('POST', of(me, 'submit'), body);
export const dismiss = (me, message) => call('POST', of(me, 'dismiss'), { message });
export const moveClock = (seconds, pace) => call('POST', '/people/clock', { seconds, pace });

/** Messages of a channel, oldest first. */
export function messages(me, channel, { limit = 50, before } = {}) {
  const from = before ? `&before=${seg(before)}` : '';
  return call('GET', of(me, `channels/${seg(channel)}/messages?limit=${limit}${from}`));
}

/** The state of an interaction, waiting up to `wait` milliseconds for the application's answer. */
export function interaction(me, id, wait) {
  return call('GET', of(me, `interactions/${seg(id)}?wait_ms=${wait}`));
}

/**
 * Listens to what changes for a person. `onChange` gets each event's data, `onLink` gets true and false as the
 * connection comes and goes. The browser reconnects by itself. Returns a function that ends it.
 */
export function listen(me, onChange, onLink) {
  const source = new EventSource(of(me, 'events'));
  source.addEventListener('open', () => onLink(true));
  source.addEventListener('error', () => onLink(false));
  source.addEventListener('changed', (event) => {
    let change = null;
    try {
      change = JSON.parse(event.data);
    } catch {
      return;
    }
    onChange(change);
  });
  return () => source.close();
}
