import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { MUTANTS, type Mutant } from './mutants.js';

/** `npm run sim:mutants`: puts each known bug into a copy of the server, and sees the simulation name what it breaks. */
const SEEDS = 2_000;
const COPIED = ['server-stub', 'src/contract', 'test/simulation', 'package.json', 'tsconfig.json'];

const only = process.argv.slice(2);
const table = new Table({
  head: ['', 'bug', 'must break', 'first broken', 'after runs'],
  style: { head: [] },
});
for (const mutant of MUTANTS.filter(({ id }) => only.length === 0 || only.includes(id))) {
  const { broken, runs } = hunt(mutant);
  const isCaught = mutant.breaks.some((invariant) =>
    broken.some((sentence) => sentence.startsWith(`${invariant} `)),
  );
  if (!isCaught) process.exitCode = 1;
  const named = [...new Set(broken.map((sentence) => sentence.split(' ')[0]))].join(' ');
  table.push([
    mutant.id,
    mutant.bug,
    mutant.breaks.join(' or '),
    isCaught ? named : `NOT CAUGHT ${named}`,
    runs,
  ]);
}
console.log(table.toString());

function hunt({ id, file, edits, breaks }: Mutant): { broken: string[]; runs: number | string } {
  const copy = mkdtempSync(join(tmpdir(), `pay-elements-${id}-`));
  for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  const path = join(copy, file);
  const mutated = edits.reduce(
    (source, edit) => {
      if (source.split(edit.original).length !== 2)
        throw new Error(`${id}: its text does not stand in ${file} once`);
      return source.replace(edit.original, () => edit.mutated);
    },
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, mutated);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'test/simulation/run.ts', `--seeds=${SEEDS}`, `--until=${breaks.join()}`],
    { cwd: copy, encoding: 'utf8' },
  );
  rmSync(copy, { recursive: true, force: true });
  const seed = /^Seed (\d+) broke:/m.exec(stdout)?.[1];
  if (seed === undefined && stderr !== '') throw new Error(`${id}: ${stderr}`);
  const broken = [...stdout.matchAll(/^ {2}(I\d+ .*)$/gm)].map(([, sentence = '']) => sentence);
  return { broken, runs: seed ?? `none of ${SEEDS}` };
}
