import { subscribe } from 'node:diagnostics_channel';

interface Told {
  request: { origin: string };
}

const requests = new Set<Told['request']>();

subscribe('undici:request:create', (told) => requests.add((told as Told).request));
for (const end of ['trailers', 'error'])
  subscribe(`undici:request:${end}`, (told) => requests.delete((told as Told).request));

/** Whether a request of this process to that origin, by fetch or by undici, has begun and not ended. */
export function isUnderWay(origin: string): boolean {
  return [...requests].some((request) => request.origin === origin);
}
