import { setTimeout } from 'node:timers/promises';
import { Credentials } from '../kubernetes/credentials.js';
import { objectPath } from '../kubernetes/kinds.js';
import { HttpTransport } from '../kubernetes/transport.js';
import type { ClusterAccess } from '../platform/config/configuration.js';
import { isFailure } from '../provisioning/domain/cluster-failure.js';
import {
  type ClusterObject,
  keyOf,
  keyText,
  type Manifest,
  type ObjectKey,
} from '../provisioning/domain/cluster-object.js';

const LOOK_AGAIN_MS = 500;
/** Longer than from one whole look of the workers to the next: what has no record is found by these alone. */
const LOOKS_MAX = 800;

/** Who writes into a cluster beside the console, under the names by which the cluster knows them. */
export class Strangers {
  private readonly lines: ReadonlyMap<string, HttpTransport>;
  private isGone = false;

  /** @param accesses as the administrators of the clusters have them. */
  constructor(accesses: readonly ClusterAccess[]) {
    this.lines = new Map(accesses.map((access) => [access.centerCode, new HttpTransport(new Credentials(access))]));
  }

  async make(centerCode: string, manager: string, manifest: Manifest): Promise<void> {
    const key = keyOf(manifest);
    await this.line(centerCode).call({
      ...{ method: 'PATCH', path: objectPath(key), query: { fieldManager: manager } },
      body: { contentType: 'application/apply-patch+yaml', json: manifest },
      what: `apply ${key.kind} ${keyText(key)}`,
    });
  }

  async edit(centerCode: string, manager: string, key: ObjectKey, part: object): Promise<void> {
    await this.line(centerCode).call({
      ...{ method: 'PATCH', path: objectPath(key), query: { fieldManager: manager } },
      body: { contentType: 'application/merge-patch+json', json: part },
      what: `edit ${key.kind} ${keyText(key)}`,
    });
  }

  async get(centerCode: string, key: ObjectKey): Promise<ClusterObject | undefined> {
    const call = { method: 'GET', path: objectPath(key), what: `get ${key.kind} ${keyText(key)}` } as const;
    try {
      return (await this.line(centerCode).call(call)) as ClusterObject;
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }

  /** What comes some seconds or minutes after the page is open, because clusters and workers have their own pace. */
  async awaited<T>(what: string, look: () => Promise<T | undefined | null>): Promise<T> {
    for (let looks = 0; looks < LOOKS_MAX && !this.isGone; looks += 1) {
      const found = await look();
      if (found !== undefined && found !== null) return found;
      await setTimeout(LOOK_AGAIN_MS);
    }
    throw new Error(`${what}: it did not come`);
  }

  /** Nobody waits for anything any more: the console is about to close. */
  leave(): void {
    this.isGone = true;
  }

  async close(): Promise<void> {
    await Promise.all([...this.lines.values()].map((line) => line.close()));
  }

  private line(centerCode: string): HttpTransport {
    const line = this.lines.get(centerCode);
    if (!line) throw new Error(`nobody else has a way into ${centerCode}`);
    return line;
  }
}
