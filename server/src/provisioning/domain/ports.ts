/** Decides what the console needs of a cluster; `kubernetes/` implements it, the roots bind it. */
import type { WatchVitals } from '../../clusterhealth/domain/cluster-vitals.js';
import type { ClusterKind, ClusterObject, Manifest, ObjectKey } from './cluster-object.js';
import type { MachineReading, MeasuredMachine, UsePage } from './use-queries.js';

/** One version of one object, as it was seen. */
export interface SeenVersion {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** Under which terms an object is written; applied with none, whatever is there is written over. */
export interface ApplyTerms {
  /** Only where the object still is that version, or, null, where there is none of its name. Else CONFLICT, and nothing is written. */
  readonly only?: SeenVersion | null;
  /** Asked once more after every wait, right before the call goes out: what it throws is thrown, and nothing goes out. */
  readonly stillMay?: () => void;
}

/** Fields that somebody else owns and says otherwise, as the cluster names both. */
export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

export interface DryRun {
  readonly after: ClusterObject;
  readonly conflicts: readonly FieldConflict[];
}

/**
 * One cluster. Every method may throw ClusterFailure with any class that is not named as an answer; each call has a
 * deadline of its own.
 */
export interface ClusterGateway {
  readonly centerCode: string;
  /**
   * Server-side apply by the console's one field manager, taking over fields of others. Doing it twice is doing it once.
   * NOT_FOUND: its namespace is missing.
   */
  apply(manifest: Manifest, terms?: ApplyTerms): Promise<ClusterObject>;
  /**
   * What `apply` would make of that very object, and whose fields it would take over; nothing is written.
   * CONFLICT: somebody has written it since it was seen.
   */
  dryRun(manifest: Manifest, seen: SeenVersion): Promise<DryRun>;
  /**
   * Writes a part of that very object as it was seen: null takes a field away, what is not named stays.
   * CONFLICT: somebody has written it since, and nothing was written.
   */
  amend(
    key: ObjectKey,
    seen: SeenVersion,
    patch: Readonly<Record<string, unknown>>,
    terms?: Pick<ApplyTerms, 'stillMay'>,
  ): Promise<ClusterObject>;
  /**
   * Which version stands there, of what may be written and never read (secrets): asked by a write of nothing that is not kept.
   * What it holds is not answered. undefined = it is not there.
   */
  standing(key: ObjectKey): Promise<Pick<ClusterObject, 'metadata'> | undefined>;
  /** Read at the cluster's store, never from a cache; undefined = it is not there. */
  get(key: ObjectKey): Promise<ClusterObject | undefined>;
  /** Every object of the kind, or nothing at all: an incomplete list is thrown, never returned. */
  list(kind: ClusterKind): Promise<readonly ClusterObject[]>;
  /** Deletes that very object and, first, what it owns. CONFLICT: the name now means another object. */
  remove(key: ObjectKey, precondition: { readonly uid: string }): Promise<'ACCEPTED' | 'NOT_THERE'>;
  /**
   * Says of that very machine, whoever made it, that it shall not run, and of a network policy that it opens no way; nothing
   * else of it is touched. CONFLICT: the name now means another object.
   */
  halt(
    key: ObjectKey,
    precondition: { readonly uid: string },
    terms?: Pick<ApplyTerms, 'stillMay'>,
  ): Promise<'ACCEPTED' | 'NOT_THERE'>;
  /** Whether the cluster answers at all. Throws UNREACHABLE when not; runs even while other calls are held back. */
  probe(): Promise<void>;
  watch<View>(order: WatchOrder<View>): ClusterWatch<View>;
  /** What its machines use is read there; null = the center has none that the console may ask. */
  readonly metrics?: MetricsSource | null;
  /** Whoever keeps it says that its KubeVirt gives running machines another size (LiveUpdate, LiveMigrate); left out = no. */
  readonly updatesLive?: boolean;
  /** How the line to it is; left out where nobody asks. */
  vitals?(): LineVitals;
  close(): Promise<void>;
}

/** A page of machines, and the moments between which readings are wanted of them. */
export interface UseQuestion {
  readonly page: UsePage<MeasuredMachine>;
  readonly from: Date;
  readonly to: Date;
  readonly stepSeconds: number;
  /** Asked before each call: what it throws is thrown. */
  readonly stillMay: () => void;
}

/** Where a center tells what its machines use: one adapter a source, chosen for each center. */
export interface MetricsSource {
  /** As far back as the source remembers; what it does not know of a machine is left out. Throws ClusterFailure. */
  readings(question: UseQuestion): Promise<readonly MachineReading[]>;
}

export interface LineVitals {
  /** Of the API server, as it last said. */
  readonly version: string | null;
  /** Of the last probe that was answered. */
  readonly latencyMs: number | null;
  readonly breakerOpen: boolean;
  /** When the API server's certificate runs out, as it showed it at the last handshake; left out = not seen. */
  readonly certificateUntil?: string | null;
  /** Calls that may go out at once; below 0 so many wait; null = no limit. */
  readonly tokens: number | null;
}

/** What to watch and what to keep of each object: a small view, because ten thousand whole ones are too much. */
export interface WatchOrder<View> {
  readonly kind: ClusterKind;
  readonly view: (object: ClusterObject) => View;
  /** Called after each change with the object's key; must not take long. undefined = the object is gone. */
  readonly changed: (key: ObjectKey, now: View | undefined, before: View | undefined) => void;
  /** Called after each complete list. */
  readonly listed?: () => void;
}

/** A view of all objects of one kind, kept up to date until stopped, whatever fails in between. */
export interface ClusterWatch<View> {
  start(): void;
  stop(): Promise<void>;
  /** Drops the stream in use and asks again from where it was: after the line had been dead. */
  reconnect(): void;
  /** Whether a complete list has been seen since start. Before that, absence says nothing. */
  readonly complete: boolean;
  /** When the cluster last said anything here; undefined = never. */
  readonly heardAt: Date | undefined;
  /** Objects that are known. */
  readonly size: number;
  get(namespace: string | null, name: string): View | undefined;
  entries(): IterableIterator<readonly [ObjectKey, View]>;
}

export function vitalsOf(kind: string, { complete, heardAt, size }: ClusterWatch<unknown>): WatchVitals {
  return { kind, complete, objects: size, heardAt: heardAt?.toISOString() ?? null };
}

/** The clusters that are configured, by the code of their center. */
export interface Clusters {
  readonly centerCodes: readonly string[];
  of(centerCode: string): ClusterGateway | undefined;
  close(): Promise<void>;
}

/** Injection token of `Clusters`. */
export const CLUSTERS = Symbol('CLUSTERS');
