import type { DataSource } from 'typeorm';
import { ClusterFailure } from '../../server/src/provisioning/domain/cluster-failure.js';
import type { ClusterKind, ClusterObject, ObjectKey } from '../../server/src/provisioning/domain/cluster-object.js';
import type { ClusterGateway, Clusters, SeenVersion } from '../../server/src/provisioning/domain/ports.js';

type Spec = Record<string, unknown>;
interface Machine {
  readonly namespace: string;
  readonly name: string;
  running: boolean;
}

/**
 * A center's cluster as an execution meets it, without time: machines follow their record at once, disks their wish, as a
 * perfect worker and a perfect array would bring them. Cut off, it answers nobody and stays what it was.
 */
class FakeSite {
  private readonly machines = new Map<string, Machine>();
  private readonly objects = new Map<string, ClusterObject>();
  private version = 1;
  cut = false;
  /** What was written to it, in order. */
  readonly written: string[] = [];

  constructor(
    readonly code: string,
    private readonly centerId: string,
    private readonly db: DataSource,
  ) {}

  put(object: ClusterObject): void {
    this.version += 1;
    const metadata = {
      ...object.metadata,
      uid: object.metadata.uid ?? `uid-${this.version}`,
      resourceVersion: `${this.version}`,
    };
    this.objects.set(keyOf(object.kind, metadata.namespace ?? null, metadata.name), { ...object, metadata });
  }

  /** Machines become what their record wishes, while the center is there. */
  async follow(): Promise<void> {
    if (this.cut) return;
    const rows: { ns: string; name: string; standby: number; power: string }[] = await this.db.query(
      `select object_namespace as ns, object_name as name, standby, wished_power as power from resource
       where center_id = ? and state = 'IN_USE'`,
      [this.centerId],
    );
    for (const { name, ns, power, standby } of rows)
      this.machines.set(`${ns}/${name}`, { namespace: ns, name, running: Number(standby) === 0 && power === 'ON' });
  }

  /** Of its disks, how many say that they are the primary. */
  get primaries(): number {
    return [...this.objects.values()].filter(
      ({ kind, status }) => kind === 'VolumeReplication' && (status as Spec).state === 'Primary',
    ).length;
  }

  get running(): number {
    return [...this.machines.values()].filter(({ running }) => running).length;
  }

  objectsOf(kind: ClusterKind): ClusterObject[] {
    return [...this.objects.values()].filter((one) => one.kind === kind);
  }

  readonly gateway: ClusterGateway = {
    centerCode: '',
    get: (key: ObjectKey) => this.answered(async () => this.found(key)),
    list: (kind: ClusterKind) => this.answered(async () => this.objectsOf(kind)),
    probe: () => this.answered(async () => {}),
    amend: (key: ObjectKey, seen: SeenVersion, patch: Spec, terms?: { stillMay?: () => void }) =>
      this.answered(async () => {
        terms?.stillMay?.();
        const before = this.objects.get(keyOf(key.kind, key.namespace, key.name));
        if (!before) throw new ClusterFailure('NOT_FOUND', `${key.kind} ${key.name}`);
        if (before.metadata.resourceVersion !== seen.resourceVersion)
          throw new ClusterFailure('CONFLICT', `${key.kind} ${key.name} was written since`);
        const spec = { ...(before.spec as Spec), ...((patch.spec as Spec) ?? {}) };
        const annotations = {
          ...before.metadata.annotations,
          ...((patch.metadata as { annotations?: Record<string, string> })?.annotations ?? {}),
        };
        this.written.push(`${key.kind} ${String(spec.replicationState ?? spec.paused ?? '')}`);
        this.put({
          ...before,
          metadata: { ...before.metadata, annotations },
          spec,
          status: statusOf(before.kind, spec, before.status as Spec),
        });
        return this.objects.get(keyOf(key.kind, key.namespace, key.name));
      }),
    apply: (manifest: ClusterObject, terms?: { stillMay?: () => void }) =>
      this.answered(async () => {
        terms?.stillMay?.();
        this.written.push(`${manifest.kind} ${String((manifest.spec as Spec).fenceState ?? '')}`);
        this.put({ ...manifest, status: statusOf(manifest.kind, manifest.spec as Spec, {}) });
        return manifest;
      }),
  } as unknown as ClusterGateway;

  private async answered<T>(work: () => Promise<T>): Promise<T> {
    if (this.cut) throw new ClusterFailure('UNREACHABLE', `${this.code} does not answer`);
    await this.follow();
    return work();
  }

  private found({ kind, name, namespace }: ObjectKey): ClusterObject | undefined {
    const machine = this.machines.get(`${namespace}/${name}`);
    const metadata = { name, ...(namespace === null ? {} : { namespace }) };
    if (kind === 'VirtualMachine')
      return (
        machine && {
          apiVersion: 'kubevirt.io/v1',
          kind,
          metadata,
          spec: { runStrategy: machine.running ? 'Always' : 'Halted' },
        }
      );
    if (kind === 'VirtualMachineInstance')
      return machine?.running
        ? { apiVersion: 'kubevirt.io/v1', kind, metadata, status: { phase: 'Running' } }
        : undefined;
    return this.objects.get(keyOf(kind, namespace, name));
  }
}

const keyOf = (kind: string, namespace: string | null, name: string) => `${kind}/${namespace ?? ''}/${name}`;

/** What its operator would say of the wish. */
function statusOf(kind: string, spec: Spec, before: Spec): Spec {
  if (kind === 'VolumeReplication')
    return {
      ...before,
      state: spec.replicationState === 'primary' ? 'Primary' : 'Secondary',
      lastSyncTime: new Date(Date.now() + 3_600_000 * 24 * 365).toISOString(),
    };
  if (kind === 'NetworkFence') {
    const what = spec.fenceState === 'Fenced' ? 'fencing operation' : 'unfencing operation';
    return { result: 'Succeeded', message: `${what} successful` };
  }
  const manual = (spec.trigger as Spec | undefined)?.manual;
  return { ...before, ...(manual ? { lastManualSync: manual } : {}) };
}

/** All centers of a province, by code; a proxy of the gateways may be given, as whoever dies at a call. */
export class FakeSites implements Clusters {
  private readonly byCode = new Map<string, FakeSite>();

  get centerCodes(): readonly string[] {
    return [...this.byCode.keys()];
  }

  open(code: string, centerId: string, db: DataSource): FakeSite {
    const site = new FakeSite(code, centerId, db);
    this.byCode.set(code, site);
    return site;
  }

  of(code: string): ClusterGateway | undefined {
    return this.byCode.get(code)?.gateway;
  }

  async close(): Promise<void> {}
}

export type { FakeSite };
