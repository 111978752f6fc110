import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** What a page loads to have Google's button. */
export interface Peer {
  name: 'this widget' | 'Google’s element 4.1.0' | 'adyen-web 6.45.2' | 'by hand';
  script: string;
  style: string;
}

const PEERS = join(import.meta.dirname, 'peers');

/** 24 MB that nothing else needs. Where they cannot be had, adyen-web is left out. */
export function installPeers(): void {
  spawnSync(process.execPath, ['test/tools/setup.mjs', '--peers'], { stdio: 'inherit' });
}

/** This widget as it is shipped, and each of the others bundled to one script; adyen-web only where it is installed. */
export async function peers(): Promise<Peer[]> {
  const widget = await readFile('dist/pay-elements.js', 'utf8');
  const others: [Peer['name'], file: string][] = [
    ['Google’s element 4.1.0', 'google-element.js'],
    ['by hand', 'by-hand.js'],
  ];
  if (existsSync(join(PEERS, 'node_modules'))) others.push(['adyen-web 6.45.2', 'adyen.js']);
  const bundled = others.map(async ([name, file]) => ({ name, ...(await bundle(join(PEERS, file))) }));
  return [{ name: 'this widget', script: widget, style: '' }, ...(await Promise.all(bundled))];
}

/** gzip, bytes: script and style sheet. */
export function weight({ script, style }: Peer): number {
  return [script, style].filter(Boolean).reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
}

/** As a shop's own build would do it: one minified script, without what nothing imports. */
async function bundle(entry: string): Promise<Pick<Peer, 'script' | 'style'>> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', lib: { entry, name: 'peer', formats: ['iife'] } },
  })) as Rolldown.RolldownOutput[];
  const files = built.flatMap(({ output }) => output);
  const script = files.find((file) => file.type === 'chunk')?.code ?? '';
  const style = files.find((file) => file.type === 'asset')?.source ?? '';
  return { script, style: String(style) };
}
