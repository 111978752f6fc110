// Makes a fresh clone ready, with Node's own modules only: installs what package-lock.json names; with --peers also
// what benchmarks compare with; and with --browser makes sure that there is a browser to test in, and the commands that
// tests run. Safe to run before every command: without work to do it takes no time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node 20.19 or newer is needed; this is ${process.version}.`);

install(root);
if (process.argv.includes('--peers')) install(join(root, 'test/bench/peers'));

if (process.argv.includes('--browser')) {
  const { findChromium } = await import('./find-chromium.mjs');
  const { needCommands } = await import('./need-commands.mjs');
  try {
    needCommands(['curl', 'openssl']);
    await findChromium();
  } catch (error) {
    fail(error.message);
  }
}

/** Once for every state of the folder's package-lock.json. */
function install(folder) {
  const stamp = join(folder, 'node_modules', '.pay-elements-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // The log level hides npm's EBADENGINE warnings: the packages concerned state Node 22 and run on 20 (DECISIONS.md).
  const { status } = spawnSync(npm, ['ci', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) fail('npm ci failed; its message is above.');
  writeFileSync(stamp, lock);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
