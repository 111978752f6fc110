// Tests run commands that a fresh machine may lack: curl and openssl in the walk of SANDBOX.md, and whole browsers.
import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { installPackages } from './apt-get.mjs';

/** Debian's packages, where they are not named as the command. */
const PACKAGES = { WebKitWebDriver: 'webkit2gtk-driver', Xvfb: 'xvfb' };

const thisMachine = {
  has: (name) => spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined,
  isRoot: userInfo().uid === 0,
  install: installPackages,
};

/**
 * Makes sure that these commands run, each from its package of Debian's. Root with apt-get installs what is
 * missing; otherwise, and where that fails, throws an Error that says what to install.
 */
export function needCommands(names, machine = thisMachine) {
  const missing = () => names.filter((name) => !machine.has(name));
  if (missing().length > 0 && machine.isRoot && machine.has('apt-get'))
    machine.install(packagesOf(missing()));
  const left = missing();
  if (left.length > 0)
    throw new Error(
      `The tests need ${left.join(' and ')}. On Debian: apt-get install ${packagesOf(left).join(' ')}`,
    );
}

function packagesOf(commands) {
  return commands.map((name) => PACKAGES[name] ?? name);
}
