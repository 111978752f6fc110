/** Bodies that are JSON and wrong. What is no JSON, such as a redirect's empty body, stays as it is. */

/** Objects keep their shape; of their values each text comes in a list, and every other one in an object. */
export function withWrongTypes(text: string): string {
  return rewritten(text, (body) => JSON.stringify(mistyped(body)));
}

/**
 * Each key twice: null first, then the right value. Nearly every reader keeps the last of two, and so notices nothing:
 * that makes this order the nastier one, since who keeps the first (a proxy, a checker of signatures) has read another
 * message. The other order breaks every client at once.
 */
export function withDuplicateKeys(text: string): string {
  return rewritten(text, doubled);
}

function rewritten(text: string, rewrite: (body: unknown) => string): string {
  return text === '' ? text : rewrite(JSON.parse(text));
}

function mistyped(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map(mistyped);
  if (typeof value !== 'object' || value === null) return { value };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mistyped(inner)]));
}

function doubled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(doubled).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => {
    const key = JSON.stringify(name);
    return `${key}:null,${key}:${doubled(inner)}`;
  });
  return `{${members.join(',')}}`;
}
