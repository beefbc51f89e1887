/** Builds the Go programs (apiserver/, kubectl/) once each, and keeps the binaries outside the tree. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** A cold build takes some five minutes on two cores; this is for a slow machine and a slow proxy. */
const BUILD_LIMIT_MS = 30 * 60_000;
/** More at once only fights the other users of a small machine. */
const BUILD_PARALLELISM = 2;

const versionPackage = 'k8s.io/component-base/version';

/** Go's modules of Kubernetes' parts are numbered v0.36.4 where the whole is v1.36.4. */
const programs = {
  apiserver: {
    says: 'kube-apiserver and etcd (some five minutes, once)',
    version: /^\s*k8s\.io\/kubernetes (v\S+)$/m,
  },
  kubectl: { says: 'kubectl (some two minutes, once)', version: /^\s*k8s\.io\/kubectl (v\S+)$/m },
} as const;
export type Program = keyof typeof programs;

/** The binary, from the cache if its sources have not changed. `go` must be on the PATH if they have. */
export async function build(program: Program, say: (line: string) => void): Promise<string> {
  const { key, version } = await readSources(program);
  const directory = path.join(cacheDirectory(program), key);
  const binary = path.join(directory, program);
  if (await exists(binary)) return binary;

  say(`building ${version} of ${programs[program].says}`);
  await mkdir(directory, { recursive: true });
  // Two builds at once must not see each other's half.
  const unfinished = path.join(directory, `${program}.${process.pid}`);
  const [major, minor] = version.slice(1).split('.');
  const stamps = [`gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`];
  try {
    await run(program, [
      'build',
      '-p',
      String(BUILD_PARALLELISM),
      '-trimpath',
      // Of a server for tests: without inlining, and without debugging data that the linker would leave out, a part of it
      // is compiled in 63 s of a core instead of 84.
      '-gcflags=all=-l -dwarf=false',
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
  return (await readSources('apiserver')).version;
}

async function readSources(program: Program): Promise<{ key: string; version: string }> {
  const names = ['go.mod', 'go.sum', 'main.go'];
  const texts = await Promise.all(names.map((name) => readFile(path.join(sourceDirectory(program), name))));
  const hash = createHash('sha256');
  for (const [index, text] of texts.entries()) hash.update(`${names[index]} ${text.length}\n`).update(text);
  const version = programs[program].version.exec(String(texts[0]))?.[1]?.replace(/^v0\./, 'v1.');
  if (version === undefined) throw new Error(`${program}/go.mod does not require what it is built from`);
  return { key: hash.digest('hex').slice(0, 16), version };
}

function sourceDirectory(program: Program): string {
  return path.join(import.meta.dirname, program);
}

function cacheDirectory(program: Program): string {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(cache, 'jiyun', program);
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

function run(program: Program, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, {
      cwd: sourceDirectory(program),
      // Each compiler lives for seconds: what it would spend on collecting its memory is another twentieth.
      env: { GOGC: '800', ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: BUILD_LIMIT_MS,
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`go ${args[0]} of ${program} ended with ${code ?? signal}`));
    });
  });
}
