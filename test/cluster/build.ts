/** Builds the API server (apiserver/) once, and keeps the binary outside the tree. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** A cold build takes some five minutes on two cores; this is for a slow machine and a slow proxy. */
const BUILD_LIMIT_MS = 30 * 60_000;
/** More at once only fights the other users of a small machine. */
const BUILD_PARALLELISM = 2;

const sourceDirectory = path.join(import.meta.dirname, 'apiserver');
const versionPackage = 'k8s.io/component-base/version';

/** The binary, from the cache if its sources have not changed. `go` must be on the PATH if they have. */
export async function buildApiServer(say: (line: string) => void): Promise<string> {
  const { key, version } = await readSources();
  const directory = path.join(cacheDirectory(), key);
  const binary = path.join(directory, 'apiserver');
  if (await exists(binary)) return binary;

  say(`building kube-apiserver ${version} and etcd (some five minutes, once)`);
  await mkdir(directory, { recursive: true });
  // Two builds at once must not see each other's half.
  const unfinished = path.join(directory, `apiserver.${process.pid}`);
  const [major, minor] = version.slice(1).split('.');
  const stamps = [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`];
  try {
    await run('go', [
      'build',
      '-p',
      String(BUILD_PARALLELISM),
      '-trimpath',
      '-ldflags',
      ['-s', '-w', ...stamps.map((stamp) => `-X ${versionPackage}.${stamp}`)].join(' '),
      '-o',
      unfinished,
      '.',
    ]);
    await rename(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
  return binary;
}

/** The version of k8s.io/kubernetes that go.mod asks for, e.g. "v1.36.4". */
export async function kubernetesVersion(): Promise<string> {
  return (await readSources()).version;
}

async function readSources(): Promise<{ key: string; version: string }> {
  const names = ['go.mod', 'go.sum', 'main.go'];
  const texts = await Promise.all(names.map((name) => readFile(path.join(sourceDirectory, name))));
  const hash = createHash('sha256');
  for (const [index, text] of texts.entries()) hash.update(`${names[index]} ${text.length}\n`).update(text);
  const version = /^\s*k8s\.io\/kubernetes (v\S+)$/m.exec(String(texts[0]))?.[1];
  if (version === undefined) throw new Error('apiserver/go.mod requires no k8s.io/kubernetes');
  return { key: hash.digest('hex').slice(0, 16), version };
}

function cacheDirectory(): string {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'jiyun', 'apiserver');
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: sourceDirectory,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: BUILD_LIMIT_MS,
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0]} ended with ${code ?? signal}`));
    });
  });
}
