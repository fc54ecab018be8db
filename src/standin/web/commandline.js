// Reading what is typed after a slash against the commands that the application registered. No screen here.

const SUB = 1;
const GROUP = 2;

/** Every slash command that can be run, subcommands by their full name: `{name, description, options}`. */
export function runnable(commands) {
  const out = [];
  for (const command of commands) {
    if ((command.type ?? 1) !== 1) continue;
    const parts = (command.options ?? []).filter((o) => o.type === SUB || o.type === GROUP);
    if (!parts.length) out.push(entry(command.name, command));
    for (const part of parts) {
      if (part.type === SUB) out.push(entry(`${command.name} ${part.name}`, part));
      else for (const sub of part.options ?? []) out.push(entry(`${command.name} ${part.name} ${sub.name}`, sub));
    }
  }
  return out;
}

const entry = (name, { description, options }) => ({
  name,
  description: description ?? '',
  options: (options ?? []).filter((o) => o.type !== SUB && o.type !== GROUP),
});

/** Commands that fit what was typed (without the slash): by beginning first, then by word, then by description. */
export function matching(entries, typed) {
  const wanted = typed.toLowerCase().trim().replace(/\s+/g, ' ');
  const score = ({ name, description }) => {
    if (name.startsWith(wanted)) return 0;
    if (name.split(' ').some((word) => word.startsWith(wanted))) return 1;
    if (name.includes(wanted)) return 2;
    return wanted.length > 2 && description.toLowerCase().includes(wanted) ? 3 : -1;
  };
  return entries
    .map((e) => ({ e, s: score(e) }))
    .filter(({ s }) => s >= 0)
    .sort((a, b) => a.s - b.s || a.e.name.localeCompare(b.e.name))
    .map(({ e }) => e);
}

/** The command whose whole name stands at the beginning of a line, with what follows it; null when there is none. */
export function readLine(line, entries) {
  if (!line.startsWith('/')) return null;
  const body = line.slice(1).replace(/^\s+/, '');
  const found = entries
    .filter(({ name }) => body === name || (body.startsWith(name) && /\s/.test(body[name.length])))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found
    ? { entry: found, rest: body.slice(found.name.length).trim(), complete: body.length > found.name.length }
    : null;
}

/**
 * Divides what follows a command's name among its options: `name:value` by name (a value with blanks in quotes or up to
 * the next name), anything else to the first option that has no value yet.
 */
export function divide(rest, options) {
  const values = {};
  const names = options.map((o) => o.name).sort((a, b) => b.length - a.length);
  const pattern = names.length
    ? new RegExp(`(?:^|\\s)(${names.map((n) => n.replace(/[^\p{L}\p{N}_]/gu, '\\$&')).join('|')}):`, 'gu')
    : null;
  const starts = pattern ? [...rest.matchAll(pattern)] : [];
  starts.forEach((match, at) => {
    const text = rest.slice(match.index + match[0].length, starts[at + 1]?.index ?? rest.length).trim();
    values[match[1]] = text.replace(/^"([^]*)"$/, '$1');
  });
  const free = rest.slice(0, starts[0]?.index ?? rest.length).trim();
  if (free) {
    const taker = options.find((o) => o.required && !(o.name in values)) ?? options.find((o) => !(o.name in values));
    if (taker) values[taker.name] = free;
  }
  return values;
}
