import { isFailure } from '../provisioning/domain/cluster-failure.js';
import { at, type ClusterKind, type ClusterObject, listAt, textAt } from '../provisioning/domain/cluster-object.js';
import { collectionPath } from './kinds.js';
import { refusalOf } from './kube-errors.js';
import type { ObjectList, ReflectorSource, WatchEvent } from './reflector.js';
import type { Transport } from './transport.js';

/** The page size of kubectl: some 1.5 MB of virtual machines an answer. */
const PAGE_SIZE = 500;
/** Pages are cut from one moment, which the server forgets after some minutes; then the list begins anew. */
const LIST_ATTEMPTS = 3;

/** Lists and watches one kind over all namespaces. */
export class ObjectSource implements ReflectorSource {
  constructor(
    private readonly transport: Transport,
    private readonly kind: ClusterKind,
    private readonly now: () => Date,
    private readonly listDeadlineMs?: number,
  ) {}

  async list<Kept>(keep: (object: ClusterObject) => Kept, signal?: AbortSignal): Promise<ObjectList<Kept>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.pages(keep, signal);
      } catch (error) {
        if (!isFailure(error, 'GONE') || attempt === LIST_ATTEMPTS) throw error;
      }
    }
  }

  async watch(resourceVersion: string, timeoutSeconds: number, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const query = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(timeoutSeconds),
    };
    const what = `watch ${this.kind}`;
    return await this.transport.stream({ method: 'GET', path: collectionPath(this.kind), query, what }, signal);
  }

  failureOf(event: WatchEvent): ReturnType<typeof refusalOf> {
    const code = at(event.object, 'code');
    const status = typeof code === 'number' ? code : 500;
    return refusalOf(`watch ${this.kind}`, { status, body: event.object }, this.now());
  }

  private async pages<Kept>(
    keep: (object: ClusterObject) => Kept,
    signal: AbortSignal | undefined,
  ): Promise<ObjectList<Kept>> {
    const objects: Kept[] = [];
    let from: string | undefined;
    for (;;) {
      const page: unknown = await this.transport.call({
        method: 'GET',
        path: collectionPath(this.kind),
        query: { limit: String(PAGE_SIZE), ...(from === undefined ? {} : { continue: from }) },
        what: `list ${this.kind}`,
        ...(this.listDeadlineMs === undefined ? {} : { deadlineMs: this.listDeadlineMs }),
        ...(signal === undefined ? {} : { signal }),
      });
      for (const object of listAt(page, 'items') as readonly ClusterObject[]) objects.push(keep(object));
      from = textAt(page, 'metadata', 'continue');
      if (from === undefined) return { objects, resourceVersion: textAt(page, 'metadata', 'resourceVersion') ?? '' };
    }
  }
}
