// What can be done with a message or a person beyond its own buttons: the context menu, by right press, by key, or by
// the button that appears beside a message.
import { personCard } from './components.js';
import { focusComposer, replyToMessage } from './composer.js';
import { shownMessages } from './conversation.js';
import { h, icon, toast } from './dom.js';
import { dismissMessage, runOnTarget } from './interactions.js';
import { isSystem } from './message.js';
import { closePopover, showMenu, showPopover } from './popover.js';
import { emit, personById, state } from './store.js';

const USER_COMMAND = 2;
const MESSAGE_COMMAND = 3;
const conversation = document.getElementById('conversation');
const messageOf = (node) => shownMessages().find((m) => m.id === node?.closest('[data-message]')?.dataset.message);

function openMessageMenu(message, where) {
  if (!message) return;
  const apps = state.commands.filter((c) => c.type === MESSAGE_COMMAND);
  const entries = [];
  if (!message.ephemeral && !isSystem(message))
    entries.push({ label: 'Reply', icon: 'reply', hint: 'R', act: () => replyToMessage(message) });
  entries.push({ label: 'Copy text', icon: 'copy', act: () => copy(textOf(message)) });
  if (message.ephemeral) entries.push({ label: 'Dismiss message', icon: 'close', act: () => dismissMessage(message) });
  else if (apps.length)
    entries.push(
      null,
      { title: 'Apps' },
      ...apps.map((command) => ({ label: command.name, icon: 'headset', act: () => runOnTarget(command, message.id) })),
    );
  showMenu(entries, where, 'Message');
}

const textOf = (message) =>
  [
    message.content,
    ...(message.embeds ?? []).flatMap((e) => [
      e.title,
      e.description,
      ...(e.fields ?? []).map((f) => `${f.name}: ${f.value}`),
    ]),
  ]
    .filter(Boolean)
    .join('\n');

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied.');
  } catch {
    toast('The browser did not allow copying.', 'error');
  }
}

function openPersonCard(id, anchor) {
  const person = personById(id);
  const card = personCard(id);
  if (!card) return;
  const apps = state.commands.filter((c) => c.type === USER_COMMAND);
  const actions = h(
    'div',
    { class: 'card-actions' },
    person.bot || person.id === state.world?.me?.id
      ? null
      : h(
          'button',
          {
            type: 'button',
            class: 'button primary small',
            on: {
              click: () => {
                closePopover(false);
                emit('become', { name: person.name });
              },
            },
          },
          icon('swap'),
          `Be ${person.display_name || person.name}`,
        ),
    apps.map((command) =>
      h(
        'button',
        {
          type: 'button',
          class: 'button secondary small',
          on: {
            click: () => {
              closePopover();
              runOnTarget(command, person.id);
            },
          },
        },
        command.name,
      ),
    ),
  );
  card.append(actions);
  card.setAttribute('role', 'dialog');
  card.setAttribute('aria-label', person.display_name || person.name);
  showPopover(card, { anchor });
  actions.querySelector('button')?.focus();
}

conversation.addEventListener('contextmenu', (event) => {
  const message = messageOf(event.target);
  if (!message || event.target.closest('a.web') || String(getSelection())) return;
  event.preventDefault();
  const box = event.target.getBoundingClientRect();
  // A menu key reports no pointer position: the menu then opens at the message.
  const byKey = event.clientX === 0 && event.clientY === 0;
  openMessageMenu(message, {
    point: byKey ? { x: box.left + 60, y: box.top + 20 } : { x: event.clientX, y: event.clientY },
  });
});

conversation.addEventListener('keydown', (event) => {
  const article = event.target.closest?.('.message[data-message]');
  if (!article || event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return;
  const message = messageOf(article);
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    event.preventDefault();
    const box = article.getBoundingClientRect();
    openMessageMenu(message, { point: { x: box.left + 60, y: box.top + 24 } });
  } else if (event.key === 'r' && message && !message.ephemeral && !isSystem(message)) {
    event.preventDefault();
    replyToMessage(message);
  } else if (event.key === 'Enter') {
    const control = article.querySelector('[data-inside]:not([disabled])');
    if (control) {
      event.preventDefault();
      control.focus();
    }
  } else if (event.key === 'Escape') focusComposer();
});

conversation.addEventListener('click', (event) => {
  const action = event.target.closest('[data-action]');
  if (action) {
    const message = messageOf(action);
    if (action.dataset.action === 'reply') replyToMessage(message);
    else openMessageMenu(message, { anchor: action, align: 'end' });
    return;
  }
  const person = event.target.closest('[data-person]');
  if (person) {
    openPersonCard(person.dataset.person, person);
    return;
  }
  const place = event.target.closest('a[data-place]');
  if (place && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    emit('go', { place: place.dataset.place, message: place.dataset.jump ?? null });
  }
});
