/** What is asked of the judge to make a transcript: the requests, without the answers. */
import type { Json } from './json.ts';
import type { Call, CompactStep, Query } from './transcript.ts';

export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Made before the first step and deleted after the last; "<run>" must be in each name. */
  readonly namespaces: readonly string[];
  readonly steps: readonly ScenarioStep[];
}

export type ScenarioStep = CallRequest | WatchRequest | CompactStep;

export interface CallRequest {
  readonly about?: string;
  readonly settles?: true;
  readonly call: Call;
  /** Keeps metadata.managedFields, which is left out otherwise. */
  readonly managedFields?: true;
  /** Takes from the answer what must be there at least. */
  readonly listed?: (body: Json) => Json;
  /** The wording of the Status's message is of a library and no matter: any will do. */
  readonly anyMessage?: true;
}

export interface WatchRequest {
  readonly about?: string;
  readonly watch: { readonly path: string; readonly query: Query; readonly accept?: string };
  readonly during?: readonly CallRequest[];
  /** So many events come, among them the bookmarks that have annotations, but no others. */
  readonly events: number;
  readonly initial?: number;
  readonly ends?: true;
}
