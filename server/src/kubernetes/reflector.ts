import { pause } from '../platform/concurrency/pause.js';
import { ClusterFailure, isFailure } from '../provisioning/domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type ObjectKey, textAt } from '../provisioning/domain/cluster-object.js';
import type { ClusterWatch, WatchOrder } from '../provisioning/domain/ports.js';
import { backoffMs } from './backoff.js';
import { isOlder, StreamDoubt } from './stream-doubt.js';

export interface ObjectList<Kept = ClusterObject> {
  readonly objects: readonly Kept[];
  readonly resourceVersion: string;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ClusterObject;
}

/** Where a reflector gets its knowledge from. Both throw ClusterFailure; GONE: that history is forgotten. */
export interface ReflectorSource {
  /** Complete, whatever the number of pages, or thrown. Of each object only what `keep` gives stays in memory: ten thousand whole ones are too much. */
  list<Kept>(keep: (object: ClusterObject) => Kept, signal: AbortSignal): Promise<ObjectList<Kept>>;
  watch(resourceVersion: string, timeoutSeconds: number, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  /** An ERROR event as the failure it is. */
  failureOf(event: WatchEvent): ClusterFailure;
}

interface Sight<View> {
  readonly key: ObjectKey;
  /** undefined = it is there, and is not understood. */
  readonly seen: { readonly view: View } | undefined;
}

export interface ReflectorOptions {
  readonly now?: () => Date;
  readonly random?: () => number;
  /** Told of everything that went wrong; the reflector itself goes on. */
  readonly trouble?: (error: unknown) => void;
  readonly backoff?: { readonly firstMs: number; readonly mostMs: number };
  readonly silenceMs?: number;
  readonly probeMs?: number;
}

const BACKOFF = { firstMs: 800, mostMs: 30_000 };
/** All watches of all kinds asked anew at the same second would be a stampede of our own making. */
const TIMEOUT_SECONDS = { least: 240, most: 480 };
/** API servers send a bookmark every minute; a half more without one is a dead line. */
const SILENCE_MS = 90_000;
/** A stream that ended sooner and said nothing was no watch: asking again at once would be a hot loop. */
const SHORT_WATCH_MS = 1_000;

/**
 * Keeps a view of every object of one kind: lists, watches from there, and starts over after whatever fails, for ever,
 * until it is stopped. What it knows stays readable while the cluster is away.
 */
export class Reflector<View> implements ClusterWatch<View> {
  private readonly known = new Map<string, { readonly key: ObjectKey; readonly view: View }>();
  private readonly stopping = new AbortController();
  private readonly now: () => Date;
  private readonly random: () => number;
  private stream = new AbortController();
  private running: Promise<void> | undefined;
  private resourceVersion: string | undefined;
  private failures = 0;
  private listed = false;
  private heard: Date | undefined;

  constructor(
    private readonly source: ReflectorSource,
    private readonly order: WatchOrder<View>,
    private readonly options: ReflectorOptions = {},
  ) {
    this.now = options.now ?? (() => new Date());
    this.random = options.random ?? Math.random;
  }

  get complete(): boolean {
    return this.listed;
  }

  get heardAt(): Date | undefined {
    return this.heard;
  }

  get size(): number {
    return this.known.size;
  }

  get(namespace: string | null, name: string): View | undefined {
    return this.known.get(keyText({ namespace, name }))?.view;
  }

  *entries(): IterableIterator<readonly [ObjectKey, View]> {
    for (const { key, view } of this.known.values()) yield [key, view];
  }

  start(): void {
    this.running ??= this.supervise();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.stream.abort();
    await this.running;
  }

  reconnect(): void {
    // Also what waits to ask again, or asks a dead line: what it waits for is over.
    this.failures = 0;
    this.stream.abort();
  }

  private async supervise(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.stream = new AbortController();
      try {
        if (this.resourceVersion === undefined) await this.list();
        await this.watch(this.resourceVersion as string);
        this.failures = 0;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (isFailure(error, 'GONE')) this.resourceVersion = undefined;
        this.failures += 1;
        this.report(error);
        await this.pause(error);
      }
    }
  }

  private async list(): Promise<void> {
    const { objects, resourceVersion } = await this.source.list((object) => this.sightOf(object), this.stream.signal);
    const missing = new Map(this.known);
    for (const sight of objects) {
      missing.delete(keyText(sight.key));
      this.put(sight);
    }
    for (const { key } of missing.values()) this.drop(key);
    this.resourceVersion = resourceVersion;
    this.listed = true;
    this.heard = this.now();
    this.safely(() => this.order.listed?.());
  }

  /** One stream, from `resourceVersion` to its end. Returns when the server ended it in good order. */
  private async watch(resourceVersion: string): Promise<void> {
    const { signal } = this.stream;
    if (this.stopping.signal.aborted) return;
    const startedAt = performance.now();
    let events = 0;
    const silenceMs = this.options.silenceMs ?? SILENCE_MS;
    const silence = setTimeout(() => this.stream.abort(new Error(`nothing was heard for ${silenceMs} ms`)), silenceMs);
    const doubt = new StreamDoubt(this.source, this.options.probeMs);
    const stream = this.stream;
    doubt.begin(() => this.resourceVersion ?? resourceVersion, {
      sure: () => {
        this.heard = this.now();
      },
      dead: (why) => stream.abort(why),
    });
    try {
      for await (const line of await this.source.watch(resourceVersion, this.timeoutSeconds(), signal)) {
        silence.refresh();
        doubt.heard();
        events += 1;
        this.take(line as WatchEvent);
      }
    } finally {
      clearTimeout(silence);
      doubt.end();
      if (events > 0) this.failures = 0;
    }
    if (events === 0 && performance.now() - startedAt < SHORT_WATCH_MS)
      throw new ClusterFailure('RETRYABLE', `watch of ${this.order.kind} ended at once`);
  }

  private take(event: WatchEvent): void {
    if (event.type === 'ERROR') throw this.source.failureOf(event);
    const resourceVersion = textAt(event.object, 'metadata', 'resourceVersion');
    // No order of another kind can be put right from here: the older state may be the last that is ever said.
    if (isOlder(resourceVersion, this.resourceVersion))
      throw new ClusterFailure(
        'GONE',
        `watch of ${this.order.kind} went back from ${this.resourceVersion} to ${resourceVersion}`,
      );
    if (event.type === 'DELETED') this.drop(keyOf({ kind: this.order.kind, metadata: event.object.metadata }));
    else if (event.type !== 'BOOKMARK') this.put(this.sightOf(event.object));
    // Only now: had the change not been taken, it must come again.
    if (resourceVersion !== undefined) this.resourceVersion = resourceVersion;
    this.heard = this.now();
  }

  private sightOf(object: ClusterObject): Sight<View> {
    // Items of a list do not name their kind.
    const key = keyOf({ kind: this.order.kind, metadata: object.metadata });
    try {
      return { key, seen: { view: this.order.view(object) } };
    } catch (error) {
      // An object that cannot be understood must not stop the stream at the same place for ever.
      this.report(error);
      return { key, seen: undefined };
    }
  }

  private put({ key, seen }: Sight<View>): void {
    if (seen === undefined) return;
    const { view } = seen;
    const before = this.known.get(keyText(key))?.view;
    this.known.set(keyText(key), { key, view });
    this.safely(() => this.order.changed(key, view, before));
  }

  private drop(key: ObjectKey): void {
    const before = this.known.get(keyText(key))?.view;
    this.known.delete(keyText(key));
    this.safely(() => this.order.changed(key, undefined, before));
  }

  /** A listener that throws is a defect of the listener; the cluster's other changes must still be heard. */
  private safely(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.report(error);
    }
  }

  private report(error: unknown): void {
    try {
      this.options.trouble?.(error);
    } catch {
      // The one who is told of troubles has one himself; there is nobody left to tell.
    }
  }

  private async pause(error: unknown): Promise<void> {
    const asked = error instanceof ClusterFailure ? (error.details.retryAfterMs ?? 0) : 0;
    const wait = Math.max(asked, backoffMs(this.failures, this.options.backoff ?? BACKOFF, this.random));
    // The stream that failed is over; whoever says that the line is back wakes this one.
    this.stream = new AbortController();
    await pause(wait, this.stream.signal);
  }

  private timeoutSeconds(): number {
    const { least, most } = TIMEOUT_SECONDS;
    return Math.round(least + this.random() * (most - least));
  }
}
