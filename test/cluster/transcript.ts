/**
 * A golden transcript: requests, and what a real kube-apiserver answered to them, as data.
 *
 * It is recorded once (record.ts) and played on any server that claims to be a Kubernetes API. What
 * differs from one run to the next is written as a placeholder (placeholders.ts); what is compared,
 * and what is not, is said in compare.ts. Both together are the whole rule: nothing else is lenient.
 */
import type { Json } from './json.ts';

export interface Transcript {
  readonly name: string;
  readonly about: string;
  /** The server that gave the answers, e.g. "kube-apiserver v1.36.4". */
  readonly source: string;
  readonly steps: readonly Step[];
  /**
   * Sent when the steps are over, whatever came of them. Any 2xx, 404 or 409 will do: an object may
   * be gone already, or be on its way.
   */
  readonly cleanup: readonly Call[];
}

export type Step = CallStep | WatchStep | CompactStep;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  /** Of the body; "application/json" when not said. */
  readonly contentType?: string;
  /** "application/json" when not said. */
  readonly accept?: string;
  /** The target's own token when not said. */
  readonly credentials?: 'none' | 'unknown-token';
  /** Acts as another user (Impersonate-User), whose rights alone then count. */
  readonly as?: string;
  readonly body?: Json;
}

export type Query = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  /** Texts of the Warning headers, in order; none expected when not said. */
  readonly warnings?: readonly string[];
  readonly body: Json;
  /**
   * "listed": the body says only what must be there (discovery, version). Other keys, and other
   * elements of arrays, may be there too. Otherwise the body is the whole body.
   */
  readonly compare?: 'listed';
}

export interface CallStep {
  readonly about?: string;
  /** Asked again until it is answered so: who may do what goes by a cache, which follows what was written. */
  readonly settles?: true;
  readonly call: Call;
  readonly answer: Answer;
}

/**
 * A watch is opened, `during` is called once its response headers are there, and the events are
 * awaited. `refused` instead of `events` when the server answers the watch with an HTTP error.
 */
export interface WatchStep {
  readonly about?: string;
  readonly watch: { readonly path: string; readonly query: Query; readonly accept?: string };
  readonly during?: readonly CallStep[];
  /**
   * The exact sequence. A BOOKMARK that is not listed is passed over if the query allows bookmarks;
   * one that is listed must come at its place.
   */
  readonly events?: readonly WatchEvent[];
  /** The first so many events are a state, not a history: they may come in any order. */
  readonly initial?: number;
  /** The server must end the stream by itself after the last event. */
  readonly ends?: boolean;
  readonly refused?: Answer;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Json;
}

/** The server forgets all history up to now: older resourceVersions and continue tokens expire. */
export interface CompactStep {
  readonly about?: string;
  readonly compact: true;
}

export interface Target {
  /** https://host:port */
  readonly url: string;
  readonly token: string;
  /** The certificate authority to trust for url. */
  readonly caPem: string;
  /** For a user known by a certificate and no token. */
  readonly clientCertificatePem?: string;
  readonly clientKeyPem?: string;
  /** Missing where history cannot be cut, e.g. on somebody's cluster: see `needsCompact`. */
  compact?(): Promise<void>;
}

export interface Difference {
  readonly transcript: string;
  /** Index into steps; "3.during.0" for a call made during a watch. */
  readonly step: string;
  /** What the step is about, or its request line. */
  readonly about: string;
  /** Path in what came back, e.g. "body.metadata.labels.app" or "events.2.type". */
  readonly path: string;
  /** undefined: nothing was expected there. */
  readonly expected: Json | undefined;
  /** undefined: there was nothing. */
  readonly got: Json | undefined;
}

/** Whether the transcript can only be played on a target with `compact`. */
export function needsCompact(transcript: Transcript): boolean {
  return transcript.steps.some((step) => 'compact' in step);
}

export { playTranscript } from './player.ts';
