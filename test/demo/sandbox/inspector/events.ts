import assert from 'node:assert/strict';

export interface ServerEvent {
  event: string;
  data: unknown;
}

/** Listens to the inspector until what has come is enough. */
export async function eventsUntil(
  sandbox: string,
  isEnough: (events: ServerEvent[]) => boolean,
  onFirst?: () => Promise<unknown>,
): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  const hangUp = new AbortController();
  const { body, headers } = await fetch(`${sandbox}/inspector/events`, { signal: hangUp.signal });
  assert.match(headers.get('Content-Type') ?? '', /^text\/event-stream/);
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    const isFirst = events.length === 0 && blocks.length > 0;
    for (const block of blocks) events.push(read(block));
    if (isEnough(events)) break;
    if (isFirst) await onFirst?.();
  }
  hangUp.abort();
  return events;
}

function read(block: string): ServerEvent {
  const valueOf = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { event: valueOf('event'), data: JSON.parse(valueOf('data')) as unknown };
}
