// A command being filled in: its name and one field for each option, built from what the application registered.
import * as api from './api.js';
import { persons, places, roles } from './candidates.js';
import { debounce, h } from './dom.js';
import { makeFileField } from './files.js';
import { activeSuggestion, hideSuggestions, suggest, suggestionKey } from './suggestions.js';
import { myName, state } from './store.js';

const TYPE = {
  text: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
/** The longest text that Discord takes in an option. */
const LONGEST = 6000;
const MOST_SHOWN = 25;

/**
 * Opens the fields of a command. `run` gets `{name: value}`, `leave` is called when the person gives the command up.
 * Returns `{entry, node, hint, send, focus, texts}`.
 */
export function openFields(entry, texts, { run, leave }) {
  const options = [...entry.options].sort((a, b) => Number(Boolean(b.required)) - Number(Boolean(a.required)));
  const fields = new Map();
  const hint = h('p', { class: 'option-hint', 'aria-live': 'polite' });
  const more = h('span', { class: 'more-options' });
  const holder = h('span', { class: 'chips' });
  const node = h(
    'div',
    { class: 'command-line', role: 'group', 'aria-label': `Command /${entry.name}`, tabindex: '-1' },
    h('span', { class: 'command-name' }, `/${entry.name}`),
    holder,
    more,
  );

  for (const option of options) if (option.required || option.name in texts) add(option, texts[option.name] ?? '');
  renderMore();
  describe(null);

  node.addEventListener('keydown', (event) => {
    if (event.target !== node && !event.target.closest('.more-options')) return;
    if (event.target === node && event.key === 'Enter') {
      event.preventDefault();
      send();
    } else if (event.target === node && event.key === 'Backspace') {
      event.preventDefault();
      leave(`/${entry.name}`);
    } else if (
      event.target === node &&
      event.key.length === 1 &&
      event.key !== ' ' &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      // Typing on goes into the first option that is not there yet; the key itself lands in its field.
      const [option] = options.filter((o) => !fields.has(o.name));
      if (option) addEmpty(option);
    } else if (event.target === node && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      quit();
    }
  });

  function add(option, text) {
    const make = option.type === TYPE.attachment ? makeFileField.bind(null, option) : makeField.bind(null, entry, option);
    const field = make(text, {
      next: () => next(option.name),
      send,
      values,
      describe: () => describe(option),
      remove: () => remove(option),
      quit,
    });
    fields.set(option.name, field);
    holder.append(field.node);
    return field;
  }

  function remove(option) {
    hideSuggestions();
    const names = [...fields.keys()];
    const before = names[names.indexOf(option.name) - 1];
    if (option.required || fields.size === 1) {
      if (before) fields.get(before).focus();
      else leave(`/${entry.name}`);
      return;
    }
    fields.get(option.name).node.remove();
    fields.delete(option.name);
    renderMore();
    (fields.get(before) ?? [...fields.values()][0])?.focus();
  }

  function addEmpty(option) {
    const field = add(option, '');
    renderMore();
    field.focus();
  }

  function renderMore() {
    const rest = options.filter((o) => !fields.has(o.name));
    more.replaceChildren(
      ...rest.slice(0, 6).map((option) =>
        h(
          'button',
          {
            type: 'button',
            class: 'add-option',
            title: option.description,
            'aria-label': `Add the option ${option.name}: ${option.description}`,
            on: {
              click: () => addEmpty(option),
            },
          },
          `+ ${option.name}`,
        ),
      ),
    );
  }

  function describe(option) {
    const words = option
      ? [h('b', null, option.name), ` ${option.description}`, option.required ? ' · required' : ' · optional']
      : [entry.description, options.length ? '' : ' · Press Enter to run it.'];
    hint.replaceChildren(...words.map((w) => (w instanceof Node ? w : document.createTextNode(w))));
  }

  /** Back to plain text, with what was filled in written out, so that nothing typed is lost. */
  function quit() {
    hideSuggestions();
    const typed = [...fields].filter(([, field]) => field.text() && !field.file);
    const written = typed.map(([name, field]) => `${name}:${field.text()}`);
    leave(written.length ? [`/${entry.name}`, ...written].join(' ') : '', true);
  }

  /** After a pick: the next empty required field, or stay. */
  function next(name) {
    const empty = [...fields.values()].find((f) => f.option.required && f.option.name !== name && !f.filled());
    (empty ?? fields.get(name)).focus();
    if (!empty) hideSuggestions();
  }

  function values() {
    const out = {};
    for (const [name, field] of fields) {
      const value = field.value();
      if (value !== undefined) out[name] = value;
    }
    return out;
  }

  function send() {
    const wrong = [...fields.values()].find((field) => !field.check());
    if (wrong) {
      wrong.focus();
      return;
    }
    hideSuggestions();
    run(values(), files());
  }

  function files() {
    const brought = [...fields].filter(([, field]) => field.file?.());
    return Object.fromEntries(brought.map(([name, field]) => [name, field.file()]));
  }

  return {
    entry,
    node,
    hint,
    send,
    focus: () =>
      (
        [...fields.values()].find((f) => !f.filled()) ??
        [...fields.values()].at(-1) ?? { focus: () => node.focus() }
      ).focus(),
    texts: () => Object.fromEntries([...fields].map(([name, field]) => [name, field.text()])),
  };
}

function makeField(entry, option, text, { next, send, values, describe, remove, quit }) {
  const isNumber = option.type === TYPE.integer || option.type === TYPE.number;
  const free = option.type === TYPE.text && !option.choices?.length && !option.autocomplete;
  let chosen = null;
  let choices = null;
  let ticket = 0;
  // What a command line brought along is sent as it stands; only typing or an arrow key makes Enter pick.
  let touched = false;
  const id = `option-${option.name}`;
  const input = h('input', {
    id,
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: free ? 'true' : 'false',
    inputmode: isNumber ? 'decimal' : null,
    maxlength: String(option.max_length ?? LONGEST),
    'aria-required': option.required ? 'true' : null,
    'aria-label': `${option.name}: ${option.description}`,
    dataset: { option: option.name },
    on: { input: onInput, focus: onFocus, blur: onBlur, keydown: onKey },
  });
  const error = h('span', { class: 'chip-error', role: 'alert' });
  const node = h('span', { class: `chip${free ? ' wide' : ''}` }, h('label', { for: id }, option.name), input, error);
  input.value = text;
  fit();
  if (text) settleOnExact();

  function fit() {
    if (!free) input.style.setProperty('width', `${Math.min(Math.max([...input.value].length + 2, 8), 48)}ch`);
  }

  /** What may be chosen now: registered choices, booleans, people, roles, places; null when text is free. */
  function candidates() {
    if (option.choices?.length) return option.choices.map((c) => ({ label: c.name, value: c.value }));
    if (option.type === TYPE.boolean)
      return [
        { label: 'True', value: true },
        { label: 'False', value: false },
      ];
    if (option.type === TYPE.user) return persons();
    if (option.type === TYPE.role) return roles();
    if (option.type === TYPE.mentionable) return [...persons(), ...roles()];
    if (option.type === TYPE.channel) return places(option.channel_types);
    return option.autocomplete ? choices : null;
  }

  async function offer() {
    const mine = ++ticket;
    if (option.autocomplete && !option.choices?.length) await fetchChoices(mine);
    if (mine !== ticket || document.activeElement !== input) return;
    const list = candidates();
    if (!list) {
      hideSuggestions();
      return;
    }
    const wanted = chosen || option.autocomplete ? '' : input.value.replace(/^[@#]/, '').trim().toLowerCase();
    const fitting = list
      .filter((c) => c.label.toLowerCase().includes(wanted) || c.description?.toLowerCase().includes(wanted))
      .slice(0, MOST_SHOWN);
    suggest(
      input,
      `${option.name} · ${option.description}`,
      fitting.map((candidate) => ({ ...candidate, pick: () => pick(candidate) })),
      { note: 'Nothing fits.', start: option.autocomplete && !touched ? -1 : 0 },
    );
  }

  const later = debounce(120, offer);

  async function fetchChoices(mine) {
    try {
      const answer = await api.complete(myName(), {
        channel: state.place,
        command: entry.name,
        options: { ...values(), [option.name]: input.value },
        focused: option.name,
      });
      if (mine !== ticket) return;
      choices = (answer.choices ?? []).map((c) => ({ label: c.name, value: c.value }));
      error.textContent = answer.state === 'failed' ? 'Loading the choices failed.' : '';
    } catch (refusal) {
      choices = [];
      error.textContent = refusal.message;
    }
  }

  function pick(candidate) {
    chosen = candidate;
    input.value = candidate.label;
    error.textContent = '';
    fit();
    hideSuggestions();
    next();
  }

  /** Typing the whole name of a choice chooses it. */
  function settleOnExact() {
    const wanted = input.value.trim().replace(/^[@#]/, '').toLowerCase();
    chosen =
      candidates()?.find(
        (c) => c.label.replace(/^[@#]/, '').toLowerCase() === wanted || String(c.value).toLowerCase() === wanted,
      ) ?? null;
  }

  function onInput() {
    chosen = null;
    touched = true;
    error.textContent = '';
    fit();
    settleOnExact();
    if (option.autocomplete) later();
    else offer();
  }

  function onFocus() {
    describe();
    node.classList.add('active');
    if (candidates() && chosen) {
      hideSuggestions();
      return;
    }
    offer();
  }

  function onBlur() {
    node.classList.remove('active');
    ticket += 1;
    hideSuggestions();
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && chosen && activeSuggestion()?.label === chosen.label) hideSuggestions();
    if (suggestionKey(event)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      send();
    } else if (event.key === 'Backspace' && !input.value) {
      event.preventDefault();
      remove();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      quit();
    } else if (event.key === 'ArrowDown' && candidates()) {
      event.preventDefault();
      chosen = null;
      offer();
    }
  }

  function problem() {
    const typed = input.value.trim();
    if (!typed) return option.required ? 'Required.' : '';
    if (chosen) return '';
    if (isNumber) {
      const value = Number(typed);
      if (!Number.isFinite(value) || (option.type === TYPE.integer && !Number.isSafeInteger(value)))
        return 'Write a number.';
      if (option.min_value !== undefined && value < option.min_value) return `At least ${option.min_value}.`;
      if (option.max_value !== undefined && value > option.max_value) return `At most ${option.max_value}.`;
      return '';
    }
    if (candidates() && !option.autocomplete) return 'Choose one from the list.';
    if (option.min_length && [...typed].length < option.min_length) return `At least ${option.min_length} characters.`;
    return '';
  }

  return {
    option,
    node,
    focus: () => {
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    },
    filled: () => Boolean(input.value.trim()),
    text: () => input.value,
    check: () => {
      error.textContent = problem();
      node.classList.toggle('wrong', Boolean(error.textContent));
      return !error.textContent;
    },
    value: () => {
      if (!input.value.trim()) return undefined;
      if (chosen) return chosen.value;
      return isNumber ? Number(input.value) : input.value.trim();
    },
  };
}
