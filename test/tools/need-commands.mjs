// The walk of SANDBOX.md runs curl and openssl, which a fresh machine may lack.
import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { installPackages } from './apt-get.mjs';

const thisMachine = {
  has: (name) => spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined,
  isRoot: userInfo().uid === 0,
  install: installPackages,
};

/**
 * Makes sure that these commands run, each from Debian's package of the same name. Root with apt-get installs what is
 * missing; otherwise, and where that fails, throws an Error that says what to install.
 */
export function needCommands(names, machine = thisMachine) {
  const missing = () => names.filter((name) => !machine.has(name));
  if (missing().length > 0 && machine.isRoot && machine.has('apt-get')) machine.install(missing());
  const left = missing();
  if (left.length > 0)
    throw new Error(`The tests need ${left.join(' and ')}. On Debian: apt-get install ${left.join(' ')}`);
}
