/** Watches: a state if asked for, then every change, for as long as both sides want. */
import type { SimulationClock } from '../clock.js';
import type { JsonObject, KubeObject } from '../json.js';
import { type FieldProblem, type Kind, storedAs, toShown } from '../kinds/kind.js';
import { type Change, namespaceOf, type Store, withRevision } from '../store/store.js';
import { parseRevision, type Selected, selected } from './list.js';
import { ApiError, expired, invalid } from './status.js';

/** Where the lines of a watch go. */
export interface WatchSink {
  /** false: too much is waiting on the line already. */
  send(line: string): boolean;
  end(): void;
}

export interface WatchEvent {
  readonly type: Change['type'] | 'BOOKMARK' | 'ERROR';
  readonly object: JsonObject;
}

/** How an object is written: as it is, or as a table. */
export type Present = (event: WatchEvent & { readonly object: KubeObject }) => JsonObject;

/** A real server ends a watch by itself after half an hour to an hour. */
const DEFAULT_TIMEOUT_SECONDS = 1_800;
const BOOKMARK_EVERY_MS = 60_000;

export interface WatchOrder {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
  readonly present: Present;
}

/** All that can be refused is refused before the stream is begun. */
export class Watch {
  readonly #selected: Selected;
  readonly #from: number | undefined;
  readonly #initial: boolean;
  readonly #bookmarks: boolean;
  readonly #announceEnd: boolean;
  readonly #seconds: number;
  #stopListening: () => void = () => undefined;
  #cancelTimers: (() => void)[] = [];
  #open = true;

  constructor(
    private readonly store: Store,
    private readonly clock: SimulationClock,
    private readonly order: WatchOrder,
    private readonly sink: WatchSink,
  ) {
    const { query } = order;
    checkWatchOptions(query);
    this.#selected = selected(order.kind, query);
    this.#bookmarks = ['true', '1'].includes(query.get('allowWatchBookmarks') ?? '');
    const text = query.get('resourceVersion') ?? '';
    const sendInitialEvents = query.get('sendInitialEvents');
    const revision = text === '' || text === '0' ? undefined : parseRevision(text, (why) => new ApiError(500, '', why));
    this.#initial = sendInitialEvents === null ? revision === undefined : sendInitialEvents === 'true';
    this.#announceEnd = sendInitialEvents === 'true' && this.#bookmarks;
    this.#from = this.#initial ? undefined : revision;
    const seconds = Number(query.get('timeoutSeconds') ?? '0');
    this.#seconds = seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS;
  }

  start(): void {
    const missed = this.#from === undefined ? [] : this.store.since(this.#from);
    if (missed === undefined) {
      const error = expired(`too old resource version: ${this.#from} (${this.store.floor})`);
      this.#send({ type: 'ERROR', object: error.body() });
      this.stop();
      return;
    }
    if (this.#initial) this.#sendState();
    for (const change of missed) this.#take(change);
    if (!this.#open) return;
    this.#stopListening = this.store.listen((change) => this.#take(change));
    this.#cancelTimers.push(this.clock.setTimer(() => this.stop(), this.#seconds * 1000));
    if (this.#bookmarks) this.#bookmarkLater();
  }

  /** Ends the stream in good order. */
  stop(): void {
    if (!this.#open) return;
    this.release();
    this.sink.end();
  }

  /** Forgets the watch: the line is gone already. */
  release(): void {
    this.#open = false;
    this.#stopListening();
    for (const cancel of this.#cancelTimers) cancel();
    this.#cancelTimers = [];
  }

  #sendState(): void {
    for (const stored of this.store.list(storedAs(this.order.kind), this.order.namespace)) {
      const object = toShown(this.order.kind, stored);
      if (this.#selected.matches(object)) this.#sendObject('ADDED', object);
    }
    if (this.#announceEnd) this.#sendBookmark({ 'k8s.io/initial-events-end': 'true' });
  }

  #take(change: Change): void {
    const { kind } = this.order;
    if (!this.#open || change.kind !== storedAs(kind)) return;
    if (this.order.namespace !== undefined && namespaceOf(change.object) !== this.order.namespace) return;
    const { matches } = this.#selected;
    const previous = change.previous === undefined ? undefined : toShown(kind, change.previous);
    const object = toShown(kind, change.object);
    const was = previous !== undefined && matches(previous);
    const is = change.type !== 'DELETED' && matches(object);
    if (is) this.#sendObject(was ? 'MODIFIED' : 'ADDED', object);
    else if (was && previous !== undefined) {
      // As it last was in the selection, under the revision at which it left.
      this.#sendObject('DELETED', withRevision(previous, change.revision));
    }
  }

  #sendObject(type: Change['type'], object: KubeObject): void {
    this.#send({ type, object: this.order.present({ type, object }) });
  }

  #sendBookmark(annotations?: JsonObject): void {
    const { apiVersion, kind } = this.order.kind;
    const metadata: JsonObject = { resourceVersion: String(this.store.revision), ...(annotations && { annotations }) };
    this.#send({ type: 'BOOKMARK', object: { kind, apiVersion, metadata } });
  }

  #bookmarkLater(): void {
    const cancel = this.clock.setTimer(() => {
      this.#sendBookmark();
      if (this.#open) this.#bookmarkLater();
    }, BOOKMARK_EVERY_MS);
    this.#cancelTimers = [...this.#cancelTimers.slice(0, 1), cancel];
  }

  /** A watcher that does not keep up is let go: it lists again, which costs less than what waits for it. */
  #send(event: WatchEvent): void {
    if (this.#open && !this.sink.send(`${JSON.stringify(event)}\n`)) this.stop();
  }
}

function checkWatchOptions(query: URLSearchParams): void {
  const match = query.get('resourceVersionMatch') ?? '';
  const initial = query.has('sendInitialEvents');
  const why =
    initial && match !== 'NotOlderThan'
      ? 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
      : !initial && match !== ''
        ? 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
        : undefined;
  if (why === undefined) return;
  const problem: FieldProblem = {
    reason: 'FieldValueForbidden',
    field: 'resourceVersionMatch',
    message: `Forbidden: ${why}`,
  };
  throw invalid('meta.k8s.io', 'ListOptions', '', [problem]);
}
