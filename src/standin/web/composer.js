// The message box: plain messages with mentions and replies, and slash commands with completion and option fields.
import * as api from './api.js';
import { matching, divide, readLine, runnable } from './commandline.js';
import { fill, h, icon } from './dom.js';
import { encodeFile, fileChip, MOST, pickFiles, problemWith } from './files.js';
import { runCommand } from './interactions.js';
import { persons, places, roles } from './candidates.js';
import { openFields } from './optionfields.js';
import { emit, me, myName, nameOf, on, personById, placeById, state } from './store.js';
import { hideSuggestions, suggest, suggestionKey, suggestionPanel } from './suggestions.js';

const LONGEST = 2000;
const NARROW = matchMedia('(max-width: 760px)');
const drafts = new Map();
const box = h('textarea', {
  rows: '1',
  id: 'message-box',
  role: 'combobox',
  'aria-expanded': 'false',
  'aria-autocomplete': 'list',
  'aria-multiline': 'true',
  autocomplete: 'off',
  on: { input: onInput, keydown: onKey, blur: () => hideSuggestions() },
});
const sendButton = h(
  'button',
  {
    type: 'button',
    class: 'icon-button send',
    'aria-label': 'Send',
    title: 'Send (Enter)',
    on: { pointerdown: (event) => event.preventDefault(), click: () => send() },
  },
  icon('send'),
);
const slashButton = h(
  'button',
  {
    type: 'button',
    class: 'icon-button slash',
    'aria-label': 'Commands',
    title: 'Commands (/)',
    on: { click: () => compose('/') },
  },
  icon('slash'),
);
const clipButton = h(
  'button',
  {
    type: 'button',
    class: 'icon-button clip',
    'aria-label': 'Attach files',
    title: 'Attach files',
    on: { click: () => pickFiles(attach) },
  },
  icon('clip'),
);
const counter = h('span', { class: 'counter', 'aria-live': 'polite' });
const field = h('div', { class: 'box' }, slashButton, clipButton, box, counter, sendButton);
const tray = h('div', { class: 'tray', hidden: true });
const above = h('div', { class: 'above' });
const problem = h('p', { class: 'composer-error', role: 'alert', hidden: true });
const closed = h('p', { class: 'closed', hidden: true });
document.getElementById('composer').append(suggestionPanel, problem, above, tray, field, closed);

let command = null;
let replyTo = null;
let attached = [];
let inserted = [];
let key = '';

/** Puts text into the box and the focus with it: used by buttons elsewhere that start a command. */
export function compose(text) {
  leaveCommand('');
  box.value = text;
  box.focus();
  onInput();
}

export function focusComposer() {
  if (command) command.focus();
  else box.focus();
}

export function replyToMessage(message) {
  replyTo = message;
  renderAbove();
  box.focus();
}

function say(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

/** Puts files to the message that is being written. */
function attach(files) {
  const wrong = files.map(problemWith).find(Boolean);
  attached = [...attached, ...files.filter((file) => !problemWith(file))];
  say(wrong ?? (attached.length > MOST ? `At most ${MOST} files go with one message.` : ''));
  attached = attached.slice(0, MOST);
  renderTray();
  box.focus();
}

function renderTray() {
  const chips = attached.map((file) =>
    fileChip(file, () => {
      attached = attached.filter((other) => other !== file);
      renderTray();
      box.focus();
    }),
  );
  fill(tray, ...chips);
  tray.hidden = !attached.length || Boolean(command);
  fit();
}

box.addEventListener('paste', (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  attach([...event.clipboardData.files]);
});
field.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
});
field.addEventListener('drop', (event) => {
  if (!event.dataTransfer?.files.length || command) return;
  event.preventDefault();
  attach([...event.dataTransfer.files]);
});

function renderAbove() {
  if (command)
    fill(
      above,
      command.hint,
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Give the command up',
          on: { click: () => leaveCommand('', true) },
        },
        icon('close'),
      ),
    );
  else if (replyTo) {
    fill(
      above,
      h(
        'p',
        null,
        'Replying to ',
        h('b', null, h('bdi', null, nameOf(personById(replyTo.author?.id) ?? replyTo.author))),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Do not reply',
          on: {
            click: () => {
              replyTo = null;
              renderAbove();
              box.focus();
            },
          },
        },
        icon('close'),
      ),
    );
  } else fill(above);
  above.hidden = !command && !replyTo;
}

function fit() {
  box.style.setProperty('height', 'auto');
  box.style.setProperty('height', `${Math.min(box.scrollHeight, 220)}px`);
  const left = LONGEST - [...box.value].length;
  counter.textContent = left < 200 ? String(left) : '';
  counter.classList.toggle('over', left < 0);
  sendButton.disabled = !command && ((!box.value.trim() && !attached.length) || left < 0);
}

const entries = () => runnable(state.commands);

function onInput() {
  say('');
  fit();
  const line = box.value;
  if (line.startsWith('/')) {
    const found = readLine(line, entries());
    if (found?.complete && !continues(found, line)) {
      enterCommand(found.entry, divide(found.rest, found.entry.options));
      return;
    }
    offerCommands(line.slice(1));
    return;
  }
  offerMentions();
}

/** Whether what is typed may still become a longer command name (`/ticket ` before `/ticket open`). */
const continues = ({ entry }, line) =>
  entries().some(({ name }) => name !== entry.name && name.startsWith(line.slice(1).replace(/^\s+/, '')));

function offerCommands(typed) {
  const fitting = matching(entries(), typed).slice(0, 25);
  if (!fitting.length && /\s\S/.test(typed.trim())) {
    hideSuggestions();
    return;
  }
  suggest(
    box,
    state.commands.length ? 'Commands' : '',
    fitting.map((entry) => ({
      label: `/${entry.name}`,
      description: entry.description,
      hint: entry.options
        .filter((o) => o.required)
        .map((o) => o.name)
        .join(' · '),
      pick: () => enterCommand(entry, {}),
    })),
    {
      note: state.commands.length
        ? 'No command by that name.'
        : 'No commands here yet. They appear when the application has registered them.',
    },
  );
}

const MENTION = /(^|\s)([@#])([^\s@#]{0,32})$/u;

function offerMentions() {
  const found = MENTION.exec(box.value.slice(0, box.selectionStart));
  if (!found) {
    hideSuggestions();
    return;
  }
  const [, , mark, typed] = found;
  const from = box.selectionStart - typed.length - 1;
  const wanted = typed.toLowerCase();
  const all =
    mark === '#'
      ? places().map((c) => ({ ...c, code: `<#${c.value}>` }))
      : [
          ...persons().map((c) => ({ ...c, code: `<@${c.value}>` })),
          ...roles().map((c) => ({ ...c, code: `<@&${c.value}>` })),
        ];
  const fitting = all
    .filter((c) => c.label.toLowerCase().includes(wanted) || c.name?.toLowerCase().includes(wanted))
    .slice(0, 8);
  if (!fitting.length) {
    hideSuggestions();
    return;
  }
  suggest(
    box,
    '',
    fitting.map((candidate) => ({
      ...candidate,
      pick: () => {
        const text = `${mark}${candidate.label}`;
        inserted.push({ text, code: candidate.code });
        box.setRangeText(`${text} `, from, box.selectionStart, 'end');
        hideSuggestions();
        fit();
      },
    })),
  );
}

/** The text as it is sent: names picked from the list, or written out in full, become mentions. */
function encode(text) {
  const known = [
    ...inserted,
    ...persons().flatMap((p) => [
      { text: `@${p.label}`, code: `<@${p.value}>` },
      { text: `@${p.name}`, code: `<@${p.value}>` },
    ]),
  ];
  let out = text;
  for (const { text: name, code } of known.sort((a, b) => b.text.length - a.text.length)) {
    let at = out.indexOf(name);
    while (at >= 0) {
      const end = at + name.length;
      const clear = !/[\p{L}\p{N}_]/u.test(out[end] ?? '') && !/[\p{L}\p{N}<@]/u.test(out[at - 1] ?? '');
      if (clear) out = out.slice(0, at) + code + out.slice(end);
      at = out.indexOf(name, at + (clear ? code.length : name.length));
    }
  }
  return out;
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === 'Enter' && !event.shiftKey && runsAtOnce()) return;
  if (suggestionKey(event)) return;
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === 'Escape' && replyTo) {
    event.stopPropagation();
    replyTo = null;
    renderAbove();
  } else if (event.key === 'ArrowUp' && !event.altKey && !box.value) {
    event.preventDefault();
    [...document.querySelectorAll('.messages .message')].at(-1)?.focus();
  }

  /** A command without options, typed in full, needs no second Enter. */
  function runsAtOnce() {
    const found = readLine(box.value.trim(), entries());
    if (!found || found.rest || found.entry.options.length) return false;
    event.preventDefault();
    hideSuggestions();
    enterCommand(found.entry, {});
    command.send();
    return true;
  }
}

async function send() {
  if (command) {
    command.send();
    return;
  }
  const text = box.value;
  if ((!text.trim() && !attached.length) || [...text].length > LONGEST) return;
  if (/^\/[\p{L}\p{N}_-]+/u.test(text)) {
    say(`There is no command ${text.split(/\s/)[0]} here. Type / to see those that are.`);
    return;
  }
  const reply = replyTo;
  const mentions = inserted;
  const files = attached;
  const content = encode(text);
  box.value = '';
  replyTo = null;
  inserted = [];
  attached = [];
  hideSuggestions();
  renderAbove();
  renderTray();
  const place = state.place;
  const who = myName();
  try {
    const sent = { channel: place, content, files: await Promise.all(files.map(encodeFile)) };
    await api.say(who, { ...sent, ...(reply ? { reply_to: reply.id } : {}) });
    emit('did', { what: 'say', label: text });
    emit('stale');
  } catch (error) {
    say(error.message);
    if (!box.value) {
      box.value = text;
      replyTo = reply;
      inserted = mentions;
      attached = files;
      renderAbove();
      renderTray();
    }
  }
}

function enterCommand(entry, texts) {
  hideSuggestions();
  command = openFields(entry, texts, { run: (options, files) => run(entry, options, files), leave: leaveCommand });
  box.hidden = true;
  slashButton.hidden = true;
  clipButton.hidden = true;
  tray.hidden = true;
  field.insertBefore(command.node, counter);
  field.classList.add('in-command');
  counter.textContent = '';
  renderAbove();
  sendButton.disabled = false;
  command.focus();
}

function leaveCommand(text, refocus = text !== '') {
  if (!command) return;
  command.node.remove();
  command = null;
  field.classList.remove('in-command');
  box.hidden = false;
  slashButton.hidden = false;
  clipButton.hidden = false;
  tray.hidden = !attached.length;
  box.value = text;
  renderAbove();
  say('');
  fit();
  if (refocus) {
    box.focus();
    if (text && !text.includes(':')) offerCommands(text.slice(1));
  }
}

async function run(entry, options, brought) {
  const texts = command.texts();
  const place = state.place;
  leaveCommand('', true);
  try {
    const names = Object.keys(brought);
    const encoded = await Promise.all(names.map((name) => encodeFile(brought[name])));
    const files = Object.fromEntries(names.map((name, at) => [name, encoded[at]]));
    await runCommand({ channel: place, command: entry.name, options, files }, `/${entry.name}`);
  } catch (error) {
    enterCommand(entry, texts);
    say(error.message);
  }
}

/** Follows the person and the place: another draft, another placeholder, open or closed. */
function renderPlace() {
  const place = placeById(state.place);
  if (!place) return;
  const wanted = `${me()?.name}/${state.place}`;
  if (wanted !== key) {
    if (key)
      drafts.set(key, {
        text: command ? '' : box.value,
        inserted,
        replyTo,
        attached,
        command: command ? { entry: command.entry, texts: command.texts() } : null,
      });
    leaveCommand('');
    key = wanted;
    const draft = drafts.get(key);
    box.value = draft?.text ?? '';
    inserted = draft?.inserted ?? [];
    replyTo = draft?.replyTo ?? null;
    attached = draft?.attached ?? [];
    renderTray();
    hideSuggestions();
    say('');
    renderAbove();
    if (draft?.command) enterCommand(draft.command.entry, draft.command.texts);
  }
  const name = place.kind === 'channel' ? `#${place.name}` : place.name;
  box.placeholder = state.commands.length && !NARROW.matches ? `Message ${name}, or / for commands` : `Message ${name}`;
  box.setAttribute('aria-label', `Message ${name}`);
  const shut = place.can_send === false;
  closed.hidden = !shut;
  field.hidden = shut;
  if (shut) {
    above.hidden = true;
    closed.textContent = place.locked
      ? 'This thread is locked.'
      : 'You can read here, but you do not have permission to write.';
  }
  fit();
}

on('place', renderPlace);
on('world', renderPlace);
on('commands', () => {
  renderPlace();
  if (!command && document.activeElement === box && box.value.startsWith('/')) onInput();
});
on('compose', compose);
