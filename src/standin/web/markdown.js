// The part of Markdown that Discord draws. Text is first read into a tree of plain objects (`parse`), then the tree is
// built into nodes (`draw`); a piece of text can only ever become a text node, whatever it holds.
import { h } from './dom.js';
import { anchorFor, placeOfLink } from './links.js';
import { nameOf, personById, placeById, roleById, state } from './store.js';
import { stamp } from './time.js';

const DEEPEST = 12;

/** Reads blocks: fences, quotes, headings, subtext, lists, lines. */
export function parse(text, depth = 0) {
  const blocks = [];
  const lines = String(text).replace(/\r\n?/g, '\n').split('\n');
  let plain = [];
  const flush = () => {
    if (plain.length) blocks.push({ kind: 'text', children: inline(plain.join('\n'), depth) });
    plain = [];
  };
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    const fence = line.indexOf('```');
    if (fence >= 0) {
      const block = readFence(lines, i, fence);
      if (block) {
        if (block.before) plain.push(block.before);
        flush();
        blocks.push({ kind: 'code-block', language: block.language, text: block.text });
        if (block.after) lines[block.last] = block.after;
        i = block.after ? block.last - 1 : block.last;
        continue;
      }
    }
    if (depth < 2 && /^>>> /.test(line)) {
      flush();
      blocks.push({ kind: 'quote', children: parse([line.slice(4), ...lines.slice(i + 1)].join('\n'), depth + 1) });
      break;
    }
    if (depth < 2 && /^> /.test(line)) {
      flush();
      const quoted = [];
      while (i < lines.length && /^> /.test(lines[i])) quoted.push(lines[i++].slice(2));
      i -= 1;
      blocks.push({ kind: 'quote', children: parse(quoted.join('\n'), depth + 1) });
      continue;
    }
    const heading = /^(#{1,3}) +(.+)$/.exec(line);
    if (heading) {
      flush();
      blocks.push({ kind: 'heading', level: heading[1].length, children: inline(heading[2], depth) });
      continue;
    }
    const subtext = /^-# +(.+)$/.exec(line);
    if (subtext) {
      flush();
      blocks.push({ kind: 'subtext', children: inline(subtext[1], depth) });
      continue;
    }
    if (ITEM.test(line)) {
      flush();
      const items = [];
      while (i < lines.length && ITEM.test(lines[i])) {
        const [, indent, mark, content] = ITEM.exec(lines[i++]);
        items.push({
          level: Math.min(Math.floor(indent.length / 2), 4),
          number: /\d/.test(mark) ? Number.parseInt(mark, 10) : null,
          children: inline(content, depth),
        });
      }
      i -= 1;
      blocks.push({ kind: 'list', items });
      continue;
    }
    plain.push(line);
  }
  flush();
  return blocks;
}

const ITEM = /^( {0,10})([-*]|\d{1,4}\.) +(\S.*)$/;

/** A fence that opens on line `first` at column `column`; null when it never closes. */
function readFence(lines, first, column) {
  const before = lines[first].slice(0, column);
  const rest = [lines[first].slice(column + 3), ...lines.slice(first + 1)].join('\n');
  const end = rest.indexOf('```');
  if (end < 0) return null;
  const inside = rest.slice(0, end);
  const last = first + inside.split('\n').length - 1;
  const [, language, body] = /^([a-z0-9_+-]{1,20})\n([^]*)$/i.exec(inside) ?? [null, '', inside];
  if (!body.trim()) return null;
  return {
    before,
    language,
    text: body.replace(/^\n/, '').replace(/\n$/, ''),
    last,
    after: rest.slice(end + 3).split('\n')[0],
  };
}

const PAIRS = [
  { open: '**', kind: 'bold' },
  { open: '__', kind: 'underline' },
  { open: '~~', kind: 'strike' },
  { open: '||', kind: 'spoiler' },
  { open: '*', kind: 'italic' },
  { open: '_', kind: 'italic' },
];

const TAGS = [
  [/^<@!?(\d{5,20})>/, (m) => ({ kind: 'person', id: m[1] })],
  [/^<@&(\d{5,20})>/, (m) => ({ kind: 'role', id: m[1] })],
  [/^<#(\d{5,20})>/, (m) => ({ kind: 'place', id: m[1] })],
  [/^<\/([^:>\n]{1,100}):(\d{1,20})>/, (m) => ({ kind: 'command', name: m[1] })],
  [
    /^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/,
    (m) => ({ kind: 'stamp', unix: Number(m[1]), style: m[2] ?? 'f', raw: m[0] }),
  ],
  [/^<a?:(\w{2,32}):\d{5,20}>/, (m) => ({ kind: 'emoji', name: m[1] })],
  [/^<(https?:\/\/[^\s<>]+)>/i, (m) => ({ kind: 'link', href: m[1], children: [m[1]] })],
];

/** Reads marks inside a line (or lines) of text. */
export function inline(text, depth = 0) {
  const out = [];
  let plain = '';
  const push = (node) => {
    if (plain) out.push(plain);
    plain = '';
    out.push(node);
  };
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    const rest = () => text.slice(i, i + 2200);
    if (c === '\\' && /[\\`*_~|<>#[\]()@:.-]/.test(text[i + 1] ?? '')) {
      plain += text[i + 1];
      i += 2;
      continue;
    }
    if (c === '`') {
      const code = /^(`{1,2})([^]*?[^`])\1(?!`)/.exec(rest());
      if (code) {
        push({ kind: 'code', text: code[2].trim() || code[2] });
        i += code[0].length;
        continue;
      }
    }
    if (c === '<') {
      const found = TAGS.map(([pattern, make]) => [pattern.exec(rest()), make]).find(([m]) => m);
      if (found) {
        push(found[1](found[0]));
        i += found[0][0].length;
        continue;
      }
    }
    if (c === '[' && depth < DEEPEST) {
      const link =
        /^\[([^\]\n]{1,400})\]\(<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?: "[^"\n]*")?\)/i.exec(
          rest(),
        );
      if (link) {
        push({ kind: 'link', href: link[2], masked: true, children: inline(link[1], DEEPEST) });
        i += link[0].length;
        continue;
      }
    }
    if (c === 'h' && !/\w/.test(text[i - 1] ?? '')) {
      const link = /^https?:\/\/[^\s<>|]+/i.exec(rest());
      if (link) {
        const href = trimLink(link[0]);
        push({ kind: 'link', href, children: [href] });
        i += href.length;
        continue;
      }
    }
    if (c === '@') {
      const all = /^@(everyone|here)\b/.exec(rest());
      if (all) {
        push({ kind: 'everyone', text: all[0] });
        i += all[0].length;
        continue;
      }
    }
    const pair = depth < DEEPEST ? PAIRS.find(({ open }) => text.startsWith(open, i)) : null;
    if (pair) {
      const end = closing(text, i, pair);
      if (end > 0) {
        push({ kind: pair.kind, children: inline(text.slice(i + pair.open.length, end), depth + 1) });
        i = end + pair.open.length;
        continue;
      }
    }
    plain += c;
    i += 1;
  }
  if (plain) out.push(plain);
  return out;
}

/** Where a mark closes again, or -1. Single marks must touch what they mark; `_` must not stand inside a word. */
function closing(text, start, { open, kind }) {
  const from = start + open.length;
  if (kind === 'italic' && (/\s/.test(text[from] ?? ' ') || text[from] === open)) return -1;
  if (open === '_' && /\w/.test(text[start - 1] ?? '')) return -1;
  for (let at = text.indexOf(open, from); at >= 0; at = text.indexOf(open, at + 1)) {
    if (text[at - 1] === '\\' || at === from) continue;
    if (open.length === 1) {
      if (text[at + 1] === open) {
        at += 1;
        continue;
      }
      if (/\s/.test(text[at - 1]) || (open === '_' && /\w/.test(text[at + 1] ?? ''))) continue;
    } else if (text[at + 2] === open[0] && open !== '||') {
      at += 1;
      return at;
    }
    return at;
  }
  return -1;
}

/** Drops punctuation and an unpaired bracket from the end of a bare link. */
function trimLink(link) {
  let href = link.replace(/[.,:;!?'"*_~]+$/, '');
  while (href.endsWith(')') && href.split('(').length < href.split(')').length) href = href.slice(0, -1);
  return href;
}

/** Builds nodes for a text. `onCommand` is called with the name of a command mention that is pressed. */
export function draw(text, { onCommand, plain = false } = {}) {
  const context = { onCommand };
  const fragment = document.createDocumentFragment();
  if (plain) fragment.append(...inline(text).map((node) => drawInline(node, context)));
  else fragment.append(...parse(text).map((block) => drawBlock(block, context)));
  return fragment;
}

const all = (nodes, context) => nodes.map((node) => drawInline(node, context));

function drawBlock(block, context) {
  switch (block.kind) {
    case 'code-block':
      return h('pre', { class: 'code-block', tabindex: '-1' }, h('code', null, block.text));
    case 'quote':
      return h(
        'blockquote',
        null,
        block.children.map((child) => drawBlock(child, context)),
      );
    case 'heading':
      return h(
        'p',
        { class: `md-heading level-${block.level}`, role: 'heading', 'aria-level': block.level + 3 },
        all(block.children, context),
      );
    case 'subtext':
      return h('p', { class: 'subtext' }, all(block.children, context));
    case 'list':
      return drawList(block.items, context);
    default:
      return h('p', { class: 'lines' }, all(block.children, context));
  }
}

/** Nested lists out of a flat run of items with levels. */
function drawList(items, context) {
  const root = document.createDocumentFragment();
  const open = [];
  for (const item of items) {
    while (open.length && item.level < open.at(-1).level) open.pop();
    const numbered = item.number !== null;
    if (open.length && item.level === open.at(-1).level && numbered !== open.at(-1).numbered) open.pop();
    if (!open.length || item.level > open.at(-1).level) {
      const list = { node: h(numbered ? 'ol' : 'ul'), level: item.level, numbered };
      (open.at(-1)?.node.lastElementChild ?? root).append(list.node);
      open.push(list);
    }
    open.at(-1).node.append(h('li', item.number === null ? null : { value: item.number }, all(item.children, context)));
  }
  return root;
}

function drawInline(node, context) {
  if (typeof node === 'string') return document.createTextNode(node);
  switch (node.kind) {
    case 'bold':
      return h('strong', null, all(node.children, context));
    case 'italic':
      return h('em', null, all(node.children, context));
    case 'underline':
      return h('u', null, all(node.children, context));
    case 'strike':
      return h('s', null, all(node.children, context));
    case 'spoiler':
      return spoiler(all(node.children, context));
    case 'code':
      return h('code', null, node.text);
    case 'link':
      return link(node, context);
    case 'person': {
      const person = personById(node.id);
      const mine = state.world?.me?.id === node.id;
      return h(
        'span',
        { class: `pill person${mine ? ' mine' : ''}`, dataset: { person: node.id } },
        '@',
        h('bdi', null, person ? nameOf(person) : 'unknown person'),
      );
    }
    case 'role': {
      const role = roleById(node.id);
      const mine = state.world?.me?.roles?.some((r) => (r.id ?? r) === node.id);
      return h('span', { class: `pill role${mine ? ' mine' : ''}` }, '@', h('bdi', null, role?.name ?? 'unknown role'));
    }
    case 'place':
      return placePill(node.id);
    case 'command':
      return h(
        'button',
        { class: 'pill command', type: 'button', on: { click: () => context.onCommand?.(node.name) } },
        `/${node.name}`,
      );
    case 'stamp':
      return stamp(node.unix, node.style) ?? document.createTextNode(node.raw);
    case 'emoji':
      return h('span', { class: 'emoji-name' }, `:${node.name}:`);
    case 'everyone':
      return h('span', { class: 'pill role mine' }, node.text);
    default:
      return document.createTextNode('');
  }
}

/** A masked link shows where it leads; an address of a place here is drawn as that place. */
function link(node, context) {
  const inside = placeOfLink(node.href);
  if (inside && !node.masked) return placePill(inside.place, node.href);
  const anchor = anchorFor(node.href, { class: 'web' }, all(node.children, context));
  if (!anchor) return h('span', null, all(node.children, context));
  if (!node.masked || inside) return anchor;
  const target = h('span', { class: 'target', dir: 'ltr' }, ` (${node.href.replace(/^https?:\/\//i, '')})`);
  return h('span', { class: 'masked' }, anchor, target);
}

/** A place as a pill. `address` is what a pill for a message of it leads to. */
function placePill(id, address = `https://discord.com/channels/@me/${id}`) {
  const place = placeById(id);
  if (!place) return h('span', { class: 'pill place hidden-place' }, '#no access');
  const words = [place.kind === 'channel' ? '#' : '', h('bdi', null, place.name)];
  if (placeOfLink(address)?.message) words.push(' › message');
  return anchorFor(address, { class: 'pill place' }, words);
}

function spoiler(children) {
  const inner = h('span', { class: 'inside', 'aria-hidden': 'true' }, children);
  const cover = h(
    'span',
    {
      class: 'spoiler',
      role: 'button',
      tabindex: '0',
      'aria-expanded': 'false',
      'aria-label': 'Spoiler, press to show',
    },
    inner,
  );
  const open = () => {
    cover.classList.add('open');
    cover.removeAttribute('role');
    cover.removeAttribute('aria-label');
    cover.removeAttribute('aria-expanded');
    inner.removeAttribute('aria-hidden');
  };
  cover.addEventListener('click', open);
  cover.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') open();
  });
  return cover;
}
