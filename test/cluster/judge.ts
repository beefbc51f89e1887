/** Starts the real API server on this machine, alone and empty but for the definitions. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.ts';
import { loadDefinitions, readDefinitions, untilServed } from './definitions.ts';
import type { Json } from './json.ts';
import { writeKubeConfig } from './kubeconfig.ts';
import type { Target } from './transcript.ts';
import { until } from './until.ts';
import { Wire } from './wire.ts';

/** /readyz says ok within this after a start. */
const READY_LIMIT_MS = 60_000;
/** After SIGTERM the process is gone within this, else it is killed. */
const STOP_LIMIT_MS = 15_000;
const COMPACT_LIMIT_MS = 15_000;
/** So much of the server's log goes into the error when it does not come up. */
const LOG_TAIL_BYTES = 4_000;

export interface Judge extends Target {
  readonly kubeconfigPath: string;
  /**
   * Forgets all history up to now: etcd is compacted and the API server started again, for its watch
   * caches would still know it. The address and the objects stay.
   */
  compact(): Promise<void>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

export interface JudgeOptions {
  /** CustomResourceDefinitions, one YAML file each; TEST_CRDS, or ../shared/crds beside the tree. */
  readonly crdDirectory?: string;
  readonly say?: (line: string) => void;
}

export async function startJudge(options: JudgeOptions = {}): Promise<Judge> {
  const definitions = await readDefinitions(options.crdDirectory ?? defaultCrdDirectory());
  const binary = await build('apiserver', options.say ?? ((line) => console.error(line)));
  const state = await mkdtemp(path.join(tmpdir(), 'jiyun-judge-'));
  const judge = new RunningJudge(binary, state, definitions);
  try {
    await judge.prepare();
    await judge.start();
    await loadDefinitions(definitions, judge);
    return judge;
  } catch (error) {
    await judge.stop();
    throw error;
  }
}

export function defaultCrdDirectory(): string {
  return process.env.TEST_CRDS || path.resolve(import.meta.dirname, '../../../shared/crds');
}

class RunningJudge implements Judge {
  readonly token = randomBytes(24).toString('hex');
  readonly kubeconfigPath: string;
  readonly #binary: string;
  readonly #state: string;
  readonly #definitions: readonly Json[];
  #port = 0;
  #caPem = '';
  #process: ChildProcess | undefined;

  constructor(binary: string, state: string, definitions: readonly Json[]) {
    this.#binary = binary;
    this.#state = state;
    this.#definitions = definitions;
    this.kubeconfigPath = this.#file('kubeconfig');
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  get caPem(): string {
    return this.#caPem;
  }

  async prepare(): Promise<void> {
    const keys = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await writeFile(this.#file('accounts.key'), keys.privateKey, { mode: 0o600 });
    await writeFile(this.#file('accounts.pub'), keys.publicKey);
    await writeFile(this.#file('tokens.csv'), `${this.token},judge,judge,"system:masters"\n`, { mode: 0o600 });
    this.#port = await freePort();
  }

  async start(): Promise<void> {
    const log = openSync(this.#file('log'), 'a');
    const child = spawn(this.#binary, [this.#state, ...flags(this.#port)], {
      // Its standard input is a pipe of ours: it ends when we do, however we end.
      stdio: ['pipe', log, log],
    });
    closeSync(log);
    this.#process = child;
    let failure: string | undefined;
    child.on('error', (error) => {
      failure = error.message;
    });
    child.on('exit', (code, signal) => {
      failure = `it ended with ${code ?? signal}`;
    });
    await until('API server ready', READY_LIMIT_MS, async () => {
      if (failure !== undefined) throw new Error(`API server: ${failure}\n${await this.#logTail()}`);
      return (await this.#isReady()) ? true : undefined;
    });
    await writeKubeConfig(this.kubeconfigPath, this);
  }

  async compact(): Promise<void> {
    await post(this.#file('control.sock'), '/compact');
    await this.#end();
    await this.start();
    await untilServed(this.#definitions, this);
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#state, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    // The server makes its own certificate at its first start: the one to trust from then on.
    this.#caPem = await readFile(this.#file('certificates/apiserver.crt'), 'utf8').catch(() => '');
    if (this.#caPem === '') return false;
    const wire = new Wire(this);
    try {
      return (await wire.call({ method: 'GET', path: '/readyz' })).status === 200;
    } catch {
      return false; // Not listening yet; `until` sets the limit.
    } finally {
      wire.close();
    }
  }

  async #end(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(killer);
    child.stdin?.destroy();
  }

  async #logTail(): Promise<string> {
    return (await readFile(this.#file('log'), 'utf8')).slice(-LOG_TAIL_BYTES);
  }

  #file(name: string): string {
    return path.join(this.#state, name);
  }
}

/** File names are relative to the state folder, where the process runs. */
function flags(port: number): string[] {
  return [
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    '--cert-dir=certificates',
    // No Service "kubernetes" is kept up to date: loopback could not be its endpoint.
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-key-file=accounts.pub',
    '--service-account-signing-key-file=accounts.key',
    '--service-account-issuer=https://judge.invalid',
    '--authorization-mode=RBAC',
    '--token-auth-file=tokens.csv',
    // No controller makes service accounts or their tokens here.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function post(socketPath: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(COMPACT_LIMIT_MS);
    const sent = request({ socketPath, path, method: 'POST', signal }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${path} was answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
