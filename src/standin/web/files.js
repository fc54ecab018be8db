// Files that a person brings along: picked with the mouse or the keyboard, dropped, or pasted; sent as base64.
import { h, icon } from './dom.js';

/** What Discord takes of one file, and how many in one message. */
export const LARGEST = 10 * 1024 * 1024;
export const MOST = 10;

/** Opens the system's own dialogue; `take` gets the files that were picked. */
export function pickFiles(take, { multiple = true } = {}) {
  const input = h('input', { type: 'file', multiple: multiple ? '' : null, hidden: true });
  input.addEventListener('change', () => {
    take([...input.files]);
    input.remove();
  });
  input.addEventListener('cancel', () => input.remove());
  // Some browsers open the dialogue only for what stands in the page.
  document.body.append(input);
  input.click();
}

/** Why a file cannot be sent, as a sentence; empty when it can. */
export function problemWith(file) {
  return file.size > LARGEST ? `${file.name} is larger than the 10 MB that Discord takes.` : '';
}

/** A file as the people API takes it. */
export function encodeFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const base64 = String(reader.result).replace(/^[^,]*,/, '');
      resolve({ name: file.name, type: file.type, base64 });
    });
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}

export const sizeOf = (bytes) =>
  bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round((bytes ?? 0) / 1e3))} kB`;

/** A file that goes along, with a button to take it back. */
export function fileChip(file, remove) {
  return h(
    'span',
    { class: 'file-chip' },
    icon('file'),
    h('bdi', null, file.name),
    h('small', null, sizeOf(file.size)),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': `Take ${file.name} back`, on: { click: remove } },
      icon('close'),
    ),
  );
}

/** The field of an option that takes a file; the same shape as the fields of texts. */
export function makeFileField(option, given, { send, describe, remove, quit }) {
  let file = given instanceof File ? given : null;
  const error = h('span', { class: 'chip-error', role: 'alert' });
  const holder = h('span', { class: 'file-holder' });
  const node = h('span', { class: 'chip' }, h('span', { class: 'chip-name' }, option.name), holder, error);
  const button = h(
    'button',
    {
      type: 'button',
      class: 'pick-file',
      'aria-label': `${option.name}: ${option.description}. Choose a file`,
      dataset: { option: option.name },
      on: { click: () => pickFiles(take, { multiple: false }), focus: describe, keydown: onKey },
    },
    'Choose a file',
  );
  draw();

  function take([picked]) {
    if (!picked) return;
    file = picked;
    draw();
    focus();
  }

  function draw() {
    error.textContent = file ? problemWith(file) : '';
    const chip = file
      ? fileChip(file, () => {
          file = null;
          draw();
          focus();
        })
      : button;
    holder.replaceChildren(chip);
    chip.addEventListener('keydown', onKey);
  }

  function onKey(event) {
    if (event.key === 'Enter' && file) {
      event.preventDefault();
      send();
    } else if (event.key === 'Backspace' && !file) {
      event.preventDefault();
      remove();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      quit();
    }
  }

  function focus() {
    holder.querySelector('button')?.focus();
  }

  return {
    option,
    node,
    focus,
    filled: () => Boolean(file),
    text: () => file ?? '',
    check: () => {
      error.textContent = file ? problemWith(file) : option.required ? 'Required.' : '';
      return !error.textContent;
    },
    value: () => undefined,
    file: () => file,
  };
}
