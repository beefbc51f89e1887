import { textAt } from '../provisioning/domain/cluster-object.js';
import type { ReflectorSource, WatchEvent } from './reflector.js';

/** A kind of which nothing is said for so long is asked after: half a minute of a fault, and the other half to mend it (ADR 0046). */
const PROBE_AFTER_MS = 30_000;
/** The server ends it by itself: what has happened since a version is said at once. */
const PROBE_SECONDS = 1;
/** As any call: a server that does not begin to answer within this is away. */
const PROBE_DEADLINE_MS = 15_000;
const COUNT = /^\d{1,20}$/;

/** What becomes of a stream that was doubted. */
export interface Verdict {
  /** All that has happened was heard. */
  readonly sure: () => void;
  readonly dead: (why: Error) => void;
}

/**
 * Finds out whether a stream that says nothing has nothing to say. A half-open line, or a proxy that has lost the other
 * side, looks like a quiet kind; so a second, short watch asks what has happened since the last version that was heard. What
 * it is told and the stream never says is the proof. The stream itself goes on, for its bookmarks.
 */
export class StreamDoubt {
  private readonly ending = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private probing = false;

  constructor(
    private readonly source: Pick<ReflectorSource, 'watch' | 'failureOf'>,
    private readonly afterMs = PROBE_AFTER_MS,
  ) {}

  /** @param heardTo the newest version that the stream has told of. */
  begin(heardTo: () => string, verdict: Verdict): void {
    this.timer = setTimeout(() => void this.probe(heardTo, verdict), this.afterMs);
  }

  heard(): void {
    if (!this.probing) this.timer?.refresh();
  }

  end(): void {
    this.ending.abort();
    clearTimeout(this.timer);
  }

  private async probe(heardTo: () => string, verdict: Verdict): Promise<void> {
    this.probing = true;
    try {
      const newest = await this.newestSince(heardTo());
      if (this.ending.signal.aborted) return;
      if (newest !== undefined && isOlder(heardTo(), newest))
        verdict.dead(new Error(`its stream has not said what happened up to ${newest}`));
      else {
        verdict.sure();
        this.timer?.refresh();
      }
    } catch (error) {
      if (!this.ending.signal.aborted) verdict.dead(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.probing = false;
    }
  }

  /** undefined = nothing has happened. A bookmark is no news. */
  private async newestSince(version: string): Promise<string | undefined> {
    const late = new AbortController();
    const deadline = setTimeout(() => late.abort(new Error('its cluster does not answer')), PROBE_DEADLINE_MS);
    try {
      const signal = AbortSignal.any([this.ending.signal, late.signal]);
      let newest: string | undefined;
      for await (const line of await this.source.watch(version, PROBE_SECONDS, signal)) {
        const event = line as WatchEvent;
        if (event.type === 'ERROR') throw this.source.failureOf(event);
        if (event.type !== 'BOOKMARK') newest = textAt(event.object, 'metadata', 'resourceVersion') ?? newest;
      }
      return newest;
    } finally {
      clearTimeout(deadline);
    }
  }
}

/** Kubernetes promises that versions of one kind are counted and comparable; whatever is no count is not compared. */
export function isOlder(one: string | undefined, other: string | undefined): boolean {
  return (
    one !== undefined && other !== undefined && COUNT.test(one) && COUNT.test(other) && BigInt(one) < BigInt(other)
  );
}
