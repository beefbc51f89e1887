import { request } from 'node:https';
import { BedProcess } from './bed-process.ts';
import type { ClusterWords } from './cluster-process.ts';
import { CENTERS, type CenterName } from './galera.ts';
import { codeOf } from './world.ts';

const START_MS = 60_000;
const ANSWER_MS = 3_000;

// biome-ignore lint/suspicious/noExplicitAny: read by its path, and missing where there is nothing.
type Answered = any;

export const PATHS = {
  instances: '/apis/kubevirt.io/v1/virtualmachineinstances',
  machines: '/apis/kubevirt.io/v1/virtualmachines',
  mirrors: '/apis/replication.storage.openshift.io/v1alpha1/volumereplications',
  sources: '/apis/volsync.backube/v1alpha1/replicationsources',
  receivers: '/apis/volsync.backube/v1alpha1/replicationdestinations',
} as const;

/** The cluster of one center. The bed asks it as its administrator and straight, over no link: as somebody who stands in the room. */
export class BedCluster {
  private process: BedProcess | null = null;
  private words: ClusterWords | null = null;

  constructor(
    readonly name: CenterName,
    private readonly directory: string,
  ) {}

  async start(): Promise<ClusterWords> {
    this.process = BedProcess.begin(`the cluster of ${this.name}`, 'cluster-process.ts', [
      ...[codeOf(this.name), this.directory, String(CENTERS.indexOf(this.name) + 1)],
    ]);
    this.words = await this.process.stands<ClusterWords>(START_MS);
    return this.words;
  }

  get isOn(): boolean {
    return this.process !== null && !this.process.isOver;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    await this.process?.kill(signal);
  }

  /** It answers nobody, and nothing in it goes on. */
  pause(): void {
    this.process?.pause();
  }

  goOn(): void {
    this.process?.goOn();
  }

  async list(path: string): Promise<Answered[]> {
    return (await this.call('GET', path)).items;
  }

  create(path: string, object: object): Promise<Answered> {
    return this.call('POST', path, object);
  }

  patchStatus(path: string, status: object): Promise<Answered> {
    return this.call('PATCH', `${path}/status`, { status });
  }

  private call(method: string, path: string, body?: object): Promise<Answered> {
    const { words } = this;
    if (!words || !this.isOn) throw new Error(`the cluster of ${this.name} is off`);
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((done, reject) => {
      const sent = request(
        `https://127.0.0.1:${words.port}${path}`,
        {
          ...{ method, ca: words.caPem, agent: false, timeout: ANSWER_MS },
          headers: {
            authorization: `Bearer ${words.token}`,
            'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
            ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          let got = '';
          answer.setEncoding('utf8');
          answer.on('data', (piece: string) => {
            got += piece;
          });
          answer.on('error', reject);
          answer.on('end', () =>
            (answer.statusCode ?? 500) < 300
              ? done(JSON.parse(got))
              : reject(new Error(`${method} ${path}: ${answer.statusCode} ${got.slice(0, 500)}`)),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`${this.name} does not answer`)));
      sent.on('error', reject);
      sent.end(text);
    });
  }
}
