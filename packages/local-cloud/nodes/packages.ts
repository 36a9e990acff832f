import { run } from "./exec";

/**
 * Installs packages of Debian or Ubuntu, as root. Services among them are not started.
 * @throws when that fails, with what was said.
 */
export async function installPackages(names: readonly string[]): Promise<void> {
  await run(["sh", "-euc", install, "install", ...names]);
}

/** A policy for the time of the installation keeps new services from starting; one that is there stays. */
const install = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod +x "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y --no-install-recommends install "$@"
`;
