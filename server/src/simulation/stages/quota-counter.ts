/** The quota controller: counts what there is into each ResourceQuota's status, a moment after something changed. */
import { usageOf } from '../api/quota.js';
import { equal, type JsonObject, type KubeObject, objectAt } from '../json.js';
import { kinds } from '../kinds/catalogue.js';
import { resourceQuota } from '../kinds/core.js';
import { formatQuantity } from '../quantity.js';
import { type Change, namespaceOf } from '../store/store.js';
import type { World } from './world.js';

/** At speed 1: changes that come together are counted once. */
const PAUSE_MS = 400;
/** A count looks at everything in its namespace: at any speed it is not done more often than this. */
const LEAST_PAUSE_MS = 40;
const MANAGER = 'kube-controller-manager';
const counted = kinds.filter((kind) => kind.namespaced);

export class QuotaCounter {
  readonly #due = new Map<string, () => void>();
  #stopListening: () => void = () => undefined;

  constructor(
    private readonly world: World,
    private readonly speed: number,
    private readonly tell: (message: string) => void,
  ) {}

  start(): void {
    const { store } = this.world.objects;
    this.#stopListening = store.listen((change) => this.#changed(change));
    for (const quota of store.list(resourceQuota)) this.#soon(namespaceOf(quota));
  }

  stop(): void {
    this.#stopListening();
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
  }

  #changed({ kind, object, type }: Change): void {
    const matters = kind === resourceQuota || type !== 'MODIFIED' || kind.quotaUsage !== undefined;
    if (kind.namespaced && matters) this.#soon(namespaceOf(object));
  }

  #soon(namespace: string): void {
    if (this.#due.has(namespace)) return;
    const { clock } = this.world.objects;
    this.#due.set(
      namespace,
      clock.setTimer(
        () => {
          this.#due.delete(namespace);
          try {
            this.#count(namespace);
          } catch (error) {
            // Counted again when the next thing changes.
            this.tell(`quotas of ${namespace}: ${error instanceof Error ? error.message : String(error)}`);
          }
        },
        Math.max(LEAST_PAUSE_MS, PAUSE_MS / this.speed),
      ),
    );
  }

  #count(namespace: string): void {
    const quotas = this.world.list(resourceQuota, namespace);
    if (quotas.length === 0) return;
    const total = new Map<string, bigint>();
    for (const kind of counted) {
      for (const object of this.world.objects.store.each(kind, namespace)) {
        for (const [name, amount] of Object.entries(usageOf(kind, object))) {
          total.set(name, (total.get(name) ?? 0n) + amount);
        }
      }
    }
    for (const quota of quotas) this.#write(quota, total);
  }

  #write(quota: KubeObject, total: ReadonlyMap<string, bigint>): void {
    const hard = objectAt(quota, 'spec', 'hard') ?? {};
    const used: JsonObject = {};
    for (const name of Object.keys(hard)) used[name] = formatQuantity(total.get(name) ?? 0n);
    if (equal(quota.status, { hard, used })) return;
    this.world.setStatus(resourceQuota, quota, { hard, used }, MANAGER);
  }
}
