import { spawnSync } from 'node:child_process';

/** Installs Debian packages. Only root may; whether it worked, the caller sees by what is there afterwards. */
export function installPackages(packages) {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  };
  console.log(`Installing ${packages.join(', ')} (apt-get) …`);
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}
