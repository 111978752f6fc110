// A PostgreSQL of its own for the tests: Debian's package, started on loopback in a temporary directory, gone afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './apt-get.mjs';
import { freePort } from '../support/free-port.mjs';

const PACKAGES = '/usr/lib/postgresql';
const asRoot = userInfo().uid === 0;

/**
 * Resolves to the address of a fresh server, and functions that crash and end it. Installs Debian's package where it is missing
 * and this user may; otherwise throws an Error that says what to do.
 */
export async function startPostgres() {
  const bin = findBin() ?? install();
  const directory = mkdtempSync(join(tmpdir(), 'pay-elements-postgres-'));
  // PostgreSQL refuses to run as root, so root starts it as the user that came with the package.
  const user = asRoot ? accountOf('postgres') : undefined;
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  const run = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'pay', '-A', 'trust', '-E', 'UTF8'], {
    ...user,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`PostgreSQL could not be set up: ${run.stderr}`);

  const port = await freePort();
  const launch = () => launched(join(bin, 'postgres'), { directory, data, port, user });
  let server = await launch();
  const end = async (signal) => {
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  return {
    url: `postgres://pay@127.0.0.1:${port}/postgres`,
    /** As if it had crashed: it has no time to tidy up, and recovers from its log. Resolves when it is there again. */
    async crash() {
      await end('SIGQUIT');
      server = await launch();
    },
    async stop() {
      await end('SIGINT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves when it takes connections. */
async function launched(program, { directory, data, port, user }) {
  const places = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${directory}`];
  const server = spawn(program, ['-D', data, '-p', String(port), ...places], {
    ...user,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
    server.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready to accept connections')) resolve(undefined);
    });
  });
  return server;
}

function findBin() {
  if (!existsSync(PACKAGES)) return undefined;
  const versions = readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(PACKAGES, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

function install() {
  if (asRoot && existsSync('/usr/bin/apt-get')) installPackages(['postgresql']);
  const bin = findBin();
  if (!bin) throw new Error('PostgreSQL is missing. Install it (Debian: apt-get install postgresql).');
  return bin;
}

function accountOf(name) {
  const id = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
