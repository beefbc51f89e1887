// Makes a fresh clone ready on whatever Node is there (20 or newer): packages, database server, browser, builds.
// Dependency-free, because it runs before anything is installed. npm then runs the script itself on Node 24, which came
// as a package: node_modules/.bin stands first on the PATH of npm's scripts.
//   node deploy/bootstrap/prepare.mjs start | test | cli | check | bed
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const OLDEST_NODE = 20;

const NEEDS = {
  start: ['packages', 'database', 'server', 'web'],
  test: ['packages', 'database', 'browser', 'server', 'web'],
  cli: ['packages', 'database', 'server'],
  check: ['packages', 'database', 'server'],
  bed: ['packages', 'database', 'galera'],
};

class Unready extends Error {}

const STEPS = {
  packages() {
    const wanted = hashOf([file('package.json'), file('package-lock.json')]);
    if (isCurrent('node_modules/.jiyun-stamp', wanted)) return;
    say('Installing the npm packages (once) …');
    // Not "npm ci": it refuses the lock file where a registry lacks the binaries of platforms that nobody here uses.
    run(
      'npm',
      ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      'The npm packages could not be installed',
    );
    stamp('node_modules/.jiyun-stamp', wanted);
  },
  database() {
    if (process.env.DATABASE_URL && process.env.npm_lifecycle_event !== 'pretest') return;
    ensureProgram({
      names: ['mariadbd'],
      places: ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/bin'],
      packages: ['mariadb-server-core'],
      without:
        'Install the Debian package mariadb-server-core, or give DATABASE_URL (deploy/compose.yaml shows one way).',
    });
  },
  /** Galera, and what its nodes copy themselves with. Debian's packages bring a service of their own: it is not started. */
  galera() {
    ensureProgram({
      names: ['wsrep_sst_mariabackup', 'mariabackup', 'socat', 'mariadb-dump', 'mariadb-binlog'],
      places: ['/usr/bin'],
      packages: ['mariadb-server', 'mariadb-backup', 'mariadb-client', 'galera-4', 'socat'],
      without: 'Install the Debian packages mariadb-server, mariadb-backup, mariadb-client, galera-4 and socat.',
      startsService: true,
    });
  },
  browser() {
    ensureProgram({
      names: ['chromium'],
      places: ['/usr/bin'],
      packages: ['chromium', 'fonts-noto-cjk'],
      without: 'Install the Debian packages chromium and fonts-noto-cjk; the browser test drives /usr/bin/chromium.',
    });
    // Lighter, and only that: without it the tests take the browser itself.
    if (!existsSync('/usr/bin/chromium-headless-shell') && mayInstall()) installPackages(['chromium-headless-shell']);
  },
  server() {
    build(
      'dist/.jiyun-stamp',
      ['server/src', 'nest-cli.json', '.swcrc', 'server/tsconfig.json'],
      'build:server',
      'Building the server …',
    );
  },
  web() {
    build('dist-web/.jiyun-stamp', ['web', 'server/schema.graphql'], 'build:web', 'Building the console …');
  },
};

function main() {
  const goal = process.argv[2];
  const steps = NEEDS[goal];
  if (!steps) throw new Unready(`usage: prepare.mjs ${Object.keys(NEEDS).join(' | ')}`);
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
    throw new Unready(
      `Node ${process.versions.node} is too old to begin with; Node ${OLDEST_NODE} or newer is needed (Node 24 then comes as a package).`,
    );
  for (const step of steps) STEPS[step]();
}

function build(stampPath, sources, script, message) {
  const wanted = hashOf([...sources.flatMap(filesBelow), file('package-lock.json')]);
  if (isCurrent(stampPath, wanted)) return;
  say(message);
  run('npm', ['run', '--silent', script], `"npm run ${script}" failed`);
  stamp(stampPath, wanted);
}

/** On the PATH or in the usual places; else installed from Debian's packages where that may be done; else one clear line. */
function ensureProgram({ names, places, packages, without, startsService = false }) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...places];
  const found = () => names.every((name) => folders.some((folder) => existsSync(join(folder, name))));
  if (found()) return;
  if (!mayInstall()) throw new Unready(`${names.join(', ')} is missing. ${without}`);
  say(`Installing ${packages.join(', ')} from Debian's packages (once) …`);
  const install = () => installPackages(packages);
  const result = startsService ? withoutServices(install) : install();
  if (result.status !== 0 || !found())
    throw new Unready(
      `${packages.join(', ')} could not be installed: ${(result.stderr ?? '').trim().split('\n').at(-1)}. ${without}`,
    );
}

function mayInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

function installPackages(packages) {
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
    });
  const first = install();
  if (first.status === 0) return first;
  // A bare machine has no package lists yet.
  spawnSync('apt-get', ['update'], { stdio: 'ignore' });
  return install();
}

/** Debian asks this file whether a package may start its service; a container's own, that says no already, stays. */
function withoutServices(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return install();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return install();
  } finally {
    rmSync(policy, { force: true });
  }
}

function run(command, args, failure) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}` },
  });
  if (result.status !== 0)
    throw new Unready(`${failure} (exit code ${result.status ?? result.signal}); its output stands above.`);
}

function filesBelow(path) {
  const whole = join(root, path);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return [file(path)];
  return readdirSync(whole, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}

/** A file as path and content: clones and checkouts change times without changing files. */
function file(path) {
  return { path, content: readFileSync(join(root, path)) };
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const { path, content } of files) hash.update(path).update('\0').update(content).update('\0');
  return hash.digest('hex');
}

function isCurrent(stampPath, wanted) {
  const path = join(root, stampPath);
  return existsSync(path) && readFileSync(path, 'utf8') === wanted;
}

function stamp(stampPath, value) {
  const path = join(root, stampPath);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, value);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof Unready)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
