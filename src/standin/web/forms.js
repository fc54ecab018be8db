// Forms that the application opens. Text is never lost: errors stay inside the form, and closing a changed form asks.
import { h, icon } from './dom.js';
import { showDialog } from './popover.js';

const LONGEST = 4000;
const lengthOf = (text) => [...text].length;

/** Shows a form. `send` gets `{custom_id: text}`; when it throws, the form stays with its text and the error. */
export function showForm(form, send) {
  const fields = form.fields.map(makeField);
  const error = h('p', { class: 'form-error', role: 'alert', hidden: true });
  const submit = h('button', { type: 'submit', class: 'button primary' }, 'Submit');
  const cancel = h(
    'button',
    { type: 'button', class: 'button quiet', on: { click: () => mayClose() && close() } },
    'Cancel',
  );
  const question = h(
    'div',
    { class: 'discard', role: 'alertdialog', 'aria-label': 'Close without sending?', hidden: true },
    h('span', null, 'Close and lose what you wrote?'),
    h('button', { type: 'button', class: 'button secondary small', on: { click: () => keep() } }, 'Keep writing'),
    h('button', { type: 'button', class: 'button danger small', on: { click: () => close() } }, 'Discard'),
  );
  let sending = false;

  const body = h(
    'form',
    { class: 'form-body', novalidate: true, on: { submit: onSubmit } },
    h(
      'header',
      null,
      h('h2', null, form.title),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Close', on: { click: () => mayClose() && close() } },
        icon('close'),
      ),
    ),
    h(
      'div',
      { class: 'fields' },
      fields.map((field) => field.node),
    ),
    error,
    question,
    h('footer', null, h('small', null, 'Ctrl+Enter submits'), cancel, submit),
  );
  const { dialog, close } = showDialog({ label: form.title, className: 'form', content: body, mayClose });

  body.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      body.requestSubmit();
    }
  });
  (fields.find((field) => !field.input.value) ?? fields[0])?.input.focus();
  for (const field of fields) field.fit();

  function mayClose() {
    if (sending) return false;
    if (!question.hidden || fields.every((field) => field.input.value === field.start)) return true;
    question.hidden = false;
    question.querySelector('button').focus();
    return false;
  }

  function keep() {
    question.hidden = true;
    fields[0]?.input.focus();
  }

  async function onSubmit(event) {
    event.preventDefault();
    if (sending) return;
    const wrong = fields.filter((field) => !field.check(true));
    error.hidden = true;
    question.hidden = true;
    if (wrong.length) {
      wrong[0].input.focus();
      return;
    }
    sending = true;
    submit.classList.add('busy');
    submit.disabled = true;
    try {
      await send(Object.fromEntries(fields.map((field) => [field.id, field.input.value])));
      close();
    } catch (refusal) {
      error.textContent = refusal.message;
      error.hidden = false;
      if (dialog.isConnected) error.scrollIntoView({ block: 'nearest' });
    } finally {
      sending = false;
      submit.classList.remove('busy');
      submit.disabled = false;
    }
  }
}

function makeField(field, at) {
  const id = `field-${at}`;
  const least = field.min_length ?? 0;
  const most = field.max_length ?? LONGEST;
  const required = field.required ?? true;
  const start = field.value ?? '';
  const long = field.style === 'paragraph' || field.style === 2;
  const input = h(long ? 'textarea' : 'input', {
    id,
    type: long ? null : 'text',
    rows: long ? '3' : null,
    placeholder: field.placeholder || null,
    'aria-required': required ? 'true' : null,
    'aria-describedby': `${id}-note ${id}-count`,
    autocomplete: 'off',
    on: {
      input: () => {
        count();
        fit();
        if (input.getAttribute('aria-invalid')) check(true);
      },
    },
  });
  input.value = start;
  const note = h('small', { id: `${id}-note`, class: 'field-note' });
  const counter = h('small', { id: `${id}-count`, class: 'field-count' });
  const node = h(
    'div',
    { class: 'field' },
    h(
      'label',
      { for: id },
      field.label,
      required
        ? h('span', { class: 'required', title: 'Required', 'aria-hidden': 'true' }, ' *')
        : h('span', { class: 'optional' }, ' optional'),
    ),
    field.description ? h('small', { class: 'field-description' }, field.description) : null,
    input,
    h('div', { class: 'field-foot' }, note, counter),
  );

  function count() {
    const length = lengthOf(input.value);
    counter.textContent = least && length < least ? `${length} of at least ${least}` : `${length} / ${most}`;
    counter.classList.toggle('over', length > most);
  }
  function fit() {
    if (!long) return;
    input.style.setProperty('height', 'auto');
    input.style.setProperty('height', `${Math.min(input.scrollHeight + 2, 260)}px`);
  }
  function check(show) {
    const length = lengthOf(input.value.trim());
    let problem = '';
    if (required && length === 0) problem = 'This field is required.';
    else if (length > 0 && length < least) problem = `Write at least ${least} characters; this has ${length}.`;
    else if (lengthOf(input.value) > most) problem = `At most ${most} characters; this has ${lengthOf(input.value)}.`;
    if (show) {
      note.textContent = problem;
      if (problem) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
    return !problem;
  }
  count();
  return { id: field.custom_id, node, input, start, check, fit };
}
