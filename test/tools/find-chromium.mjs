// Where is a Chromium to test with? CHROME_PATH, then an installed one, then the one inside @sparticuz/chromium.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Resolves to the path of an executable; throws a sentence that says what to do where there is none. */
export async function findChromium() {
  const found = process.env.CHROME_PATH || installedChromium() || packagedChromium();
  if (found) return found;
  throw new Error(
    'No browser to test in. Install Chrome or Chromium (Debian: apt-get install chromium), or set CHROME_PATH.',
  );
}

function installedChromium() {
  const places = {
    linux: [
      '/usr/bin/chromium',
      '/usr/bin/google-chrome-stable',
      '/usr/bin/google-chrome',
      '/usr/bin/chromium-browser',
    ],
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
      join(process.env[name] ?? 'C:\\', 'Google', 'Chrome', 'Application', 'chrome.exe'),
    ),
  };
  return (places[process.platform] ?? []).find((place) => existsSync(place));
}

/**
 * @sparticuz/chromium carries a brotli-packed Chromium for Linux x64. Its own unpacking uses a folder without a
 * version in the temporary directory, so an update would go unnoticed; ours is named after the version.
 */
function packagedChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const pkg = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const folder = join(root, 'node_modules', '.cache', `chromium-${version}`);
  const executable = join(folder, 'chromium');
  mkdirSync(folder, { recursive: true });
  const unpack = (from, to) => {
    // Written aside, then renamed: two test runs may start together.
    const aside = `${to}.${process.pid}`;
    writeFileSync(aside, brotliDecompressSync(readFileSync(join(pkg, 'bin', from))));
    chmodSync(aside, 0o755);
    renameSync(aside, to);
  };
  const runs = () => {
    try {
      execFileSync(executable, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  if (!existsSync(executable)) unpack('chromium.br', executable);
  if (runs()) return executable;
  // A machine without NSS and NSPR: the package carries those too.
  unpack('al2023.tar.br', join(folder, 'libs.tar'));
  execFileSync('tar', ['xf', join(folder, 'libs.tar'), '-C', folder]);
  process.env.LD_LIBRARY_PATH = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return runs() ? executable : undefined;
}
