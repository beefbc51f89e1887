import { Gate } from '../platform/concurrency/gate.js';
import type { MetricsAccess } from '../platform/config/configuration.js';
import { isFailure } from '../provisioning/domain/cluster-failure.js';
import {
  type ClusterKind,
  type ClusterObject,
  keyText,
  type Manifest,
  type ObjectKey,
  textAt,
} from '../provisioning/domain/cluster-object.js';
import type {
  ApplyTerms,
  ClusterGateway,
  ClusterWatch,
  DryRun,
  LineVitals,
  MetricsSource,
  SeenVersion,
  WatchOrder,
} from '../provisioning/domain/ports.js';
import { amendCall, applyCall, dryRunCall, haltCall, standingCall } from './apply.js';
import { Breaker } from './breaker.js';
import { apiVersionOf, objectPath } from './kinds.js';
import { ResourceMetrics } from './metrics-api.js';
import { ObjectSource } from './object-source.js';
import { PrometheusMetrics } from './prometheus.js';
import { Reflector, type ReflectorOptions } from './reflector.js';
import { type CallRate, TokenBucket } from './token-bucket.js';
import type { Call, Transport } from './transport.js';

export interface ConnectionOptions {
  /** null = as fast as the cluster answers. */
  readonly rate?: CallRate;
  /** How long one call may take; a page of a list may take longer. */
  readonly deadlineMs?: number;
  readonly reflector?: ReflectorOptions;
  readonly now?: () => Date;
  /** Where what its machines use is read. */
  readonly metrics?: MetricsAccess | null;
  readonly updatesLive?: boolean;
  readonly trouble?: (centerCode: string, error: unknown) => void;
}

/** A tenth of what an API server of two cores takes, with room for a request of many machines at once. */
const RATE: CallRate = { perSecond: 50, burst: 100 };
/** Eight calls at once keep two cores of an API server busy; more would only queue there. */
const CALLS_AT_ONCE = 8;
const PROBE_DEADLINE_MS = 5_000;
/** A page of 500 machines from a busy server. */
const LIST_DEADLINE_MS = 60_000;

/** One cluster as the console sees it: polite (token bucket), and never waited for while it is dead (breaker). */
export class ClusterConnection implements ClusterGateway {
  private readonly bucket: TokenBucket;
  private readonly breaker: Breaker;
  private readonly gate = new Gate(CALLS_AT_ONCE, Number.POSITIVE_INFINITY);
  private readonly now: () => Date;
  readonly metrics: MetricsSource | null;
  readonly updatesLive: boolean;
  private version: string | null = null;
  private latencyMs: number | null = null;

  constructor(
    readonly centerCode: string,
    private readonly transport: Transport,
    private readonly options: ConnectionOptions = {},
  ) {
    this.bucket = new TokenBucket(options.rate === undefined ? RATE : options.rate);
    this.breaker = new Breaker(centerCode);
    this.now = options.now ?? (() => new Date());
    this.metrics = options.metrics ? this.sourceOf(options.metrics) : null;
    this.updatesLive = options.updatesLive ?? false;
  }

  async apply(manifest: Manifest, { only, stillMay }: ApplyTerms = {}): Promise<ClusterObject> {
    return (await this.send(applyCall(manifest, only), stillMay)) as ClusterObject;
  }

  async dryRun(manifest: Manifest, seen: SeenVersion): Promise<DryRun> {
    try {
      return { after: (await this.send(dryRunCall(manifest, seen, false))) as ClusterObject, conflicts: [] };
    } catch (error) {
      const conflicts = (isFailure(error, 'CONFLICT') && error.details.conflicts) || [];
      if (conflicts.length === 0) throw error;
      return { after: (await this.send(dryRunCall(manifest, seen, true))) as ClusterObject, conflicts };
    }
  }

  async amend(
    key: ObjectKey,
    seen: SeenVersion,
    patch: Readonly<Record<string, unknown>>,
    { stillMay }: Pick<ApplyTerms, 'stillMay'> = {},
  ): Promise<ClusterObject> {
    return (await this.send(amendCall(key, seen, patch), stillMay)) as ClusterObject;
  }

  async standing(key: ObjectKey): Promise<Pick<ClusterObject, 'metadata'> | undefined> {
    try {
      const { metadata } = (await this.send(standingCall(key))) as ClusterObject;
      return { metadata };
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }

  async get(key: ObjectKey): Promise<ClusterObject | undefined> {
    try {
      const what = `get ${key.kind} ${keyText(key)}`;
      return (await this.send({ method: 'GET', path: objectPath(key), what })) as ClusterObject;
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }

  async list(kind: ClusterKind): Promise<readonly ClusterObject[]> {
    const whole = (object: ClusterObject): ClusterObject => ({ ...object, apiVersion: apiVersionOf(kind), kind });
    return (await this.breaker.guard(() => this.source(kind).list(whole))).objects;
  }

  async remove(key: ObjectKey, precondition: { readonly uid: string }): Promise<'ACCEPTED' | 'NOT_THERE'> {
    const json = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
      preconditions: precondition,
    };
    try {
      const what = `delete ${key.kind} ${keyText(key)}`;
      const body = { contentType: 'application/json', json };
      await this.send({ method: 'DELETE', path: objectPath(key), body, what });
      return 'ACCEPTED';
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) return 'NOT_THERE';
      throw error;
    }
  }

  async halt(
    key: ObjectKey,
    precondition: { readonly uid: string },
    { stillMay }: Pick<ApplyTerms, 'stillMay'> = {},
  ): Promise<'ACCEPTED' | 'NOT_THERE'> {
    try {
      await this.send(haltCall(key, precondition.uid), stillMay);
      return 'ACCEPTED';
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) return 'NOT_THERE';
      throw error;
    }
  }

  async probe(): Promise<void> {
    const began = performance.now();
    try {
      const call = { method: 'GET', path: '/version', what: 'probe', deadlineMs: PROBE_DEADLINE_MS } as const;
      this.version = textAt(await this.transport.call(call), 'gitVersion') ?? this.version;
    } catch (error) {
      // Also a refusal is a sign of life.
      if (isFailure(error, 'UNREACHABLE')) throw error;
    }
    this.latencyMs = Math.round(performance.now() - began);
    this.breaker.answered();
  }

  vitals(): LineVitals {
    const { breaker, bucket, latencyMs, version } = this;
    const certificateUntil = this.transport.certificateUntil?.toISOString() ?? null;
    return { version, latencyMs, breakerOpen: breaker.isOpen, tokens: bucket.left, certificateUntil };
  }

  watch<View>(order: WatchOrder<View>): ClusterWatch<View> {
    const trouble = (error: unknown) => this.options.trouble?.(this.centerCode, error);
    return new Reflector(this.source(order.kind), order, { now: this.now, trouble, ...this.options.reflector });
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  private sourceOf(access: MetricsAccess): MetricsSource {
    const send = (call: Call) => this.send(call);
    return access.by === 'METRICS_API' ? new ResourceMetrics(send) : new PrometheusMetrics(access, send);
  }

  private source(kind: ClusterKind): ObjectSource {
    return new ObjectSource(this.transport, kind, this.now, LIST_DEADLINE_MS);
  }

  private async send(call: Call, stillMay: () => void = () => {}): Promise<unknown> {
    await this.bucket.take();
    const { deadlineMs } = this.options;
    const timed = deadlineMs === undefined || call.deadlineMs !== undefined ? call : { ...call, deadlineMs };
    return await this.gate.pass(() => {
      // Bucket and gate may have taken longer than the caller's right to act lasts.
      stillMay();
      return this.breaker.guard(() => this.transport.call(timed));
    });
  }
}
