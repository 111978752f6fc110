import { setTimeout as pause } from 'node:timers/promises';
import type { SharedClock } from './clock.js';
import { startServerProcess, type Exit, type ServerProcess } from './server-process.js';
import type { Front } from './soak-front.js';
import { freePort } from '../support/free-port.mjs';

const AGAIN_AFTER_MS = 200;
/** A database that has crashed is back long before. */
const START_WITHIN_MS = 60_000;

/** One place for a server: whenever the one in it ends, the next one is started. */
export class Post {
  /** Servers that ended by themselves, or badly when told to; with the last of what they said. */
  readonly deaths: string[] = [];
  readonly #deps: { env: Record<string, string>; clock: SharedClock; front: Front };
  #server: ServerProcess | undefined;
  #address = '';

  constructor(deps: { env: Record<string, string>; clock: SharedClock; front: Front }) {
    this.#deps = deps;
  }

  /** Tries until the database lets it. */
  async start(): Promise<void> {
    const { env, clock, front } = this.#deps;
    const port = await freePort();
    const giveUpAt = Date.now() + START_WITHIN_MS;
    while (!this.#server) {
      try {
        this.#server = await startServerProcess({ env: { ...env, PORT: String(port) }, clock });
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await pause(AGAIN_AFTER_MS);
      }
    }
    const server = this.#server;
    const address = `http://127.0.0.1:${port}`;
    this.#address = address;
    front.backends.add(address);
    void server.exited.then((exit) => {
      front.backends.delete(address);
      if (this.#server === server) this.#mourn(server, exit);
    });
  }

  /** SIGKILL. It is not taken out of the round before it is dead: what it was doing is lost. */
  async kill(): Promise<void> {
    await this.#leaving()?.kill();
  }

  /** SIGTERM: it gets no more requests, and ends those that it has. */
  async stop(): Promise<void> {
    this.#deps.front.backends.delete(this.#address);
    const server = this.#leaving();
    const exit = await server?.stop();
    if (server && exit?.code !== 0) this.#mourn(server, exit);
  }

  #mourn(server: ServerProcess, exit: Exit | undefined): void {
    this.deaths.push(`${exit?.code ?? exit?.signal} after: ${server.output().slice(-2_000)}`);
  }

  #leaving(): ServerProcess | undefined {
    const server = this.#server;
    this.#server = undefined;
    return server;
  }
}
