import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../simulation/chance.js';
import type { Post } from './soak-servers.js';

export type Disaster = 'SIGKILL' | 'SIGTERM' | 'connections cut' | 'database crashed';

export interface Database {
  /** Ends every connection to it, as an administrator can. */
  cutConnections(): Promise<void>;
  /** Has it crash and come up again, where it is ours to do so. */
  crash?: () => Promise<void>;
}

interface Deps {
  chance: Chance;
  /** Told of each as it begins. */
  onDisaster: (disaster: Disaster) => void;
  signal: AbortSignal;
}

/** Ends a server every few seconds until the signal aborts, at first and mostly without warning. The next one is started at once. */
export async function endServers(post: Post, { chance, onDisaster, signal }: Deps): Promise<void> {
  for (let isFirst = true; await lasts(chance.int(1_000, 6_000), signal); isFirst = false) {
    const disaster = isFirst || chance.happens(0.85) ? 'SIGKILL' : 'SIGTERM';
    onDisaster(disaster);
    await (disaster === 'SIGKILL' ? post.kill() : post.stop());
    await post.start();
  }
}

/** Cuts the database's connections now and then until the signal aborts, and has it crash once. */
export async function spoilDatabase(database: Database, { chance, onDisaster, signal }: Deps): Promise<void> {
  let mayCrash = database.crash !== undefined;
  while (await lasts(chance.int(2_000, 10_000), signal)) {
    const crashes = mayCrash && chance.happens(0.3);
    onDisaster(crashes ? 'database crashed' : 'connections cut');
    await (crashes ? database.crash?.() : database.cutConnections());
    if (crashes) mayCrash = false;
  }
}

/** Whether the signal lets so much time pass. */
async function lasts(ms: number, signal: AbortSignal): Promise<boolean> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
