// What a person does with the application: run a command, press, choose, submit. Follows each interaction until it is
// answered, opens the form that comes back, and remembers what is under way or failed, so that the messages show it.
import * as api from './api.js';
import { announce, toast } from './dom.js';
import { showForm } from './forms.js';
import { emit, myName, state } from './store.js';
import { now } from './time.js';

/** Commands that are on their way, shown where they were given until the answer arrives; a failed one stays. */
export const pending = [];
/** Components being worked on: `message:component`. */
export const busy = new Set();
/** Why the last press on a message failed, by message id. */
export const failures = new Map();
/** What was chosen in a select since its message was last drawn by the application, by `message:select`. */
export const chosen = new Map();

/** How long one question about an interaction's state may wait, in milliseconds: short, so that deferring is noticed. */
const WAIT = 400;
export const NO_ANSWER = 'The application did not respond';
let count = 0;

/** Follows an interaction until it is answered, failed, or deferred (then its message tells the rest). */
async function follow(me, first) {
  let answer = first;
  while (answer.state === 'pending' && !answer.form) answer = await api.interaction(me, answer.interaction, WAIT);
  return answer;
}

function openForm(me, form, submitted) {
  showForm(form, async (fields) => {
    const answer = await follow(me, await api.submit(me, { form: form.interaction, fields }));
    if (answer.state === 'failed')
      throw new Error(`${answer.failure ?? NO_ANSWER}. Your text is kept: send it again, or close.`);
    submitted?.();
    emit('did', { what: 'submit', label: form.title });
    if (answer.form) openForm(me, answer.form);
  });
}

/** Runs a command; `body` as the API wants it, `label` is its name on screen. Throws what the API refuses. */
export async function runCommand(body, label) {
  const me = myName();
  const entry = {
    key: `pending-${++count}`,
    id: null,
    me,
    name: label,
    place: state.place,
    at: new Date(now()).toISOString(),
    failed: null,
  };
  const first = await api.run(me, { ...body });
  entry.id = first.interaction;
  pending.push(entry);
  emit('messages');
  emit('did', { what: 'run', label });
  follow(me, first)
    .then((answer) => {
      if (answer.state === 'failed') {
        entry.failed = answer.failure ?? NO_ANSWER;
        announce(entry.failed);
      } else settle(entry);
      if (answer.form) openForm(me, answer.form);
      emit('messages');
      emit('stale');
    })
    .catch((error) => {
      entry.failed = error.message;
      emit('messages');
    });
}

/** Takes a command that was under way off the screen. */
export function settle(entry) {
  const at = pending.indexOf(entry);
  if (at >= 0) pending.splice(at, 1);
}

async function act(message, component, did, start) {
  const me = myName();
  const key = `${message.id}:${component}`;
  if (busy.has(key)) return;
  busy.add(key);
  failures.delete(message.id);
  emit('messages');
  try {
    const first = await start(me);
    emit('did', did);
    const answer = await follow(me, first);
    if (answer.state === 'failed') failures.set(message.id, answer.failure ?? NO_ANSWER);
    if (answer.form) openForm(me, answer.form);
  } catch (error) {
    failures.set(message.id, error.message);
  } finally {
    busy.delete(key);
    if (failures.has(message.id)) announce(failures.get(message.id));
    emit('messages');
    emit('stale');
  }
}

export function pressButton(message, button) {
  return act(message, button.custom_id, { what: 'press', label: button.label ?? '' }, (me) =>
    api.press(me, { message: message.id, button: button.custom_id }),
  );
}

export function chooseIn(message, select, values) {
  const key = `${message.id}:${select.custom_id}`;
  chosen.set(key, { values, drawn: JSON.stringify(select) });
  return act(message, select.custom_id, { what: 'choose', label: select.placeholder ?? '' }, (me) =>
    api.choose(me, { message: message.id, select: select.custom_id, values }),
  );
}

/** What a select shows as chosen: the person's choice, until the application draws the select anew. */
export function valuesOf(message, select) {
  const mine = chosen.get(`${message.id}:${select.custom_id}`);
  if (mine && mine.drawn === JSON.stringify(select)) return mine.values;
  return [
    ...(select.options ?? []).filter((o) => o.default).map((o) => o.value),
    ...(select.default_values ?? []).map((v) => v.id),
  ];
}

/** Runs a message or user command on its target, from a context menu. */
export async function runOnTarget(command, target) {
  try {
    await runCommand({ channel: state.place, command: command.name, target }, command.name);
  } catch (error) {
    toast(error.message, 'error');
  }
}

export async function dismissMessage(message) {
  if (message.local) {
    settle(message.local);
    emit('messages');
    return;
  }
  try {
    await api.dismiss(myName(), message.id);
    emit('stale');
  } catch (error) {
    toast(error.message, 'error');
  }
}
