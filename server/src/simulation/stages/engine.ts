/** Runs stages: whenever an object changes, the stage that selects it waits its time and then does its steps. */
import { ApiError } from '../api/status.js';
import type { SimulationClock } from '../clock.js';
import type { KubeObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { type Change, keyOfObject, namespaceOf, type Store } from '../store/store.js';
import { related } from './related.js';
import type { Stage } from './stage.js';
import type { World } from './world.js';

/** A step that failed is tried again after this, at any speed: many may fail together, of one quota. */
const RETRY_MS = 2_000;

interface Waiting {
  readonly stage: Stage;
  readonly cancel: () => void;
  /** Failed before: whether it will ever be done is not for the cluster to say. */
  readonly isRetry: boolean;
}

export class Engine {
  readonly #waiting = new Map<string, Waiting>();
  /** Whose last step failed. */
  readonly #failing = new Set<string>();
  readonly #stages: ReadonlyMap<Kind, readonly Stage[]>;
  readonly #store: Store;
  readonly #clock: SimulationClock;
  #stopListening: () => void = () => undefined;
  #atRest: (() => void)[] = [];

  constructor(
    stages: readonly Stage[],
    private readonly world: World,
    private readonly speed: number,
    private readonly tell: (message: string) => void,
  ) {
    this.#stages = Map.groupBy(stages, (stage) => stage.kind);
    this.#store = world.objects.store;
    this.#clock = world.objects.clock;
  }

  /** Takes up every object where it stands: after a restart this is all there is to do. */
  start(): void {
    this.#stopListening = this.#store.listen((change) => this.#changed(change));
    for (const [kind, object] of [...this.#store.all()]) this.#look(kind, object);
  }

  stop(): void {
    this.#stopListening();
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#rest();
  }

  /** When nothing is left to do but what is done for ever. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      this.#atRest.push(resolve);
      this.#rest();
    });
  }

  #changed(change: Change): void {
    if (change.type === 'DELETED') {
      this.#forget(keyIn(change.kind, change.object));
      this.#failing.delete(keyIn(change.kind, change.object));
    } else this.#look(change.kind, change.object);
    for (const [kind, object] of related(change, this.#store)) this.#look(kind, object);
  }

  #look(kind: Kind, object: KubeObject): void {
    const stages = this.#stages.get(kind);
    if (stages === undefined) return;
    const key = keyIn(kind, object);
    const waiting = this.#waiting.get(key);
    // What is under way stays so while it still fits: a change elsewhere in the object must not begin its wait anew.
    if (waiting?.stage.selects(object, this.world) === true) return;
    const fitting = stages.filter((stage) => stage.selects(object, this.world));
    const stage = this.world.random.pickWeighted(fitting, (each) => each.weight ?? 1);
    this.#forget(key);
    if (stage !== undefined) this.#wait(kind, object, stage, this.#delay(stage, object));
  }

  #delay(stage: Stage, object: KubeObject): number {
    const due = (stage.notBefore?.(object, this.world) ?? 0) - this.#clock.now();
    const pause = this.world.random.between(stage.delayMs, stage.delayMs + (stage.jitterMs ?? 0)) / this.speed;
    return Math.max(0, due) + pause;
  }

  #wait(kind: Kind, object: KubeObject, stage: Stage, milliseconds: number): void {
    const key = keyIn(kind, object);
    const { name } = object.metadata;
    const cancel = this.#clock.setTimer(() => this.#run(kind, namespaceOf(object), name, stage, key), milliseconds);
    this.#waiting.set(key, { stage, cancel, isRetry: this.#failing.has(key) });
  }

  #run(kind: Kind, namespace: string, name: string, stage: Stage, key: string): void {
    this.#waiting.delete(key);
    const live = this.#store.get(kind, namespace, name);
    if (live === undefined || !stage.selects(live, this.world)) {
      if (live !== undefined) this.#look(kind, live);
      this.#rest();
      return;
    }
    try {
      stage.step(live, this.world);
      this.#failing.delete(key);
      const after = this.#store.get(kind, namespace, name);
      if (after !== undefined) this.#look(kind, after);
    } catch (error) {
      this.#failed(kind, live, stage, key, error);
    }
    this.#rest();
  }

  /** Whatever was in the way (a quota, a full disk) may pass: it is tried again, and told once. */
  #failed(kind: Kind, live: KubeObject, stage: Stage, key: string, error: unknown): void {
    const isNew = !this.#failing.has(key);
    this.#failing.add(key);
    this.#forget(key);
    this.#wait(kind, live, stage, RETRY_MS);
    if (!isNew) return;
    const why = error instanceof Error ? error.message : String(error);
    try {
      if (error instanceof ApiError) this.world.event(live, 'Warning', 'Refused', why, stage.name);
      else this.tell(`${stage.name} of ${keyOfObject(live)}: ${why}`);
    } catch (second) {
      this.tell(`${stage.name} of ${keyOfObject(live)}: ${why}; nor could that be noted: ${String(second)}`);
    }
  }

  #forget(key: string): void {
    this.#waiting.get(key)?.cancel();
    this.#waiting.delete(key);
  }

  #rest(): void {
    if (this.#atRest.length === 0) return;
    for (const { isRetry, stage } of this.#waiting.values()) if (stage.endless !== true && !isRetry) return;
    for (const resolve of this.#atRest.splice(0)) resolve();
  }
}

function keyIn(kind: Kind, object: KubeObject): string {
  return `${kind.plural}/${keyOfObject(object)}`;
}
