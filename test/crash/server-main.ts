import { setTimeout as wait } from 'node:timers/promises';
import { systemPorts } from '../../server-stub/payments/ports.js';
import { timeOn, type ClockFace } from './clock.js';

/** The reference server's own program, by the clock of the process that started this one. */

let face = JSON.parse(process.env['CLOCK'] ?? '') as ClockFace;
let changed = new AbortController();

process.on('message', (message: ClockFace) => {
  face = message;
  changed.abort();
  changed = new AbortController();
});
process.once('disconnect', () => process.exit(1));
// A server that has stopped is not kept alive by the clock.
process.channel?.unref();

Object.assign(systemPorts, {
  now: () => timeOn(face),
  async sleep(ms: number, signal: AbortSignal) {
    const until = timeOn(face) + ms;
    for (let left = ms; left > 0 && !signal.aborted; left = until - timeOn(face)) {
      const either = AbortSignal.any([signal, changed.signal]);
      await wait(left / face.rate, undefined, { signal: either }).catch(() => undefined);
    }
  },
});

const point = process.env['FAULT_POINT'];
if (point !== undefined) (await import('./store-points.js')).armPoint(point);

await import('../../server-stub/main.js');
