import { readdirSync } from 'node:fs';
import type { Bench } from './bench.js';

/** `npm run bench`: every benchmark of this folder, or those named: `npm run bench -- ecv2`. */

const names = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const name of wanted.length > 0 ? wanted : names) {
    const { bench } = (await import(`./${name}.bench.js`)) as { bench: Bench };
    console.log(`\n${name}: ${bench.title}`);
    console.table(await bench.run());
  }
}
