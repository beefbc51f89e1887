import { Inject, Injectable, Optional } from '@nestjs/common';
import { canonicalJson } from '../audit/domain/canonical-json.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import { type ClusterObject, type Manifest, textAt } from '../provisioning/domain/cluster-object.js';
import { namespaceOf } from '../provisioning/domain/desired-manifests.js';
import { differences, redacted } from '../provisioning/domain/drift.js';
import { ownerOf } from '../provisioning/domain/marks.js';
import { instanceView, machineView, powerOf } from '../provisioning/domain/observe.js';
import { disksOf, ownedManifest, takenOverOf } from '../provisioning/domain/owned-machine.js';
import { CLUSTERS, type ClusterGateway, type Clusters } from '../provisioning/domain/ports.js';
import { shownObject } from '../provisioning/domain/shown-object.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceDesired, ResourceRow } from '../resources/resources.types.js';
import {
  clusterRefuses,
  type RecordedFacts,
  type SeenFacts,
  type Sight,
  shownAnother,
  stopRefusal,
  takeOverStops,
  touchesSpec,
} from './domain/take-over.js';
import type { ShownTakeOver } from './take-overs.types.js';

export interface TakeOverPreview {
  readonly readAt: Date;
  readonly seen: Pick<SeenFacts, 'power' | 'vcpu' | 'memoryMib' | 'disks'> | null;
  /** Who wrote fields of its object, the latest first. */
  readonly managers: readonly string[];
  readonly stops: readonly Refusal[];
  /** null = there was no dry run, because something stands against it. */
  readonly shown: ShownTakeOver | null;
  readonly shownHash: string | null;
}

interface Read {
  readonly sight: Sight;
  readonly machine?: ClusterObject;
}

/** Asks a machine's cluster what taking it over would write, without writing anything. */
@Injectable()
export class TakeOverPreviews {
  constructor(
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(CLUSTERS) private readonly clusters: Clusters | undefined,
  ) {}

  async of(row: ResourceRow): Promise<TakeOverPreview> {
    const readAt = this.clock.now();
    const [desired] = await this.resources.desiredOf([row.id]);
    const gateway = await this.gatewayOf(row.centerId);
    const { machine, sight } = gateway ? await readOf(gateway, row) : { sight: 'CUT_OFF' as const };
    const stops = takeOverStops(recordOf(row), sight).map(stopRefusal);
    const seen = typeof sight === 'string' ? null : sight;
    const managers = machine ? (shownObject(machine)?.managers ?? []) : [];
    const none = { readAt, seen, managers, stops, shown: null, shownHash: null };
    if (stops.length > 0 || !desired || !gateway || !machine || !seen) return none;
    try {
      const dry = await this.dryRun(gateway, desired, machine, seen);
      const touched = touchesSpec(dry.shown.differences.map(({ path }) => path));
      return { ...none, ...dry, stops: touched ? [touched] : [] };
    } catch (error) {
      if (!(error instanceof ClusterFailure)) throw error;
      return { ...none, stops: [stopOf(error)] };
    }
  }

  private async dryRun(gateway: ClusterGateway, desired: ResourceDesired, machine: ClusterObject, seen: SeenFacts) {
    const takenOver = takenOverOf(machine);
    if (!takenOver) throw new Error('what does not say its size was to be stopped before');
    const power = seen.power === 'RUNNING' ? ('RUNNING' as const) : ('STOPPED' as const);
    // As it will be applied: by the act the wish is one generation newer, and its power is what it is now.
    const off = power === 'RUNNING' ? null : ('ASKED' as const);
    const wish = { ...desired, generation: desired.generation + 1, off };
    const manifest = ownedManifest(wish, takenOver);
    const { resourceVersion = '', uid = '' } = machine.metadata;
    const { after, conflicts } = await gateway.dryRun(manifest, { uid, resourceVersion });
    const shown: ShownTakeOver = {
      ...{ resourceVersion, power, takenOver, conflicts, disks: seen.disks },
      differences: differences(saidWhole(after), saidWhole(machine)),
      owned: pathsOf(manifest),
    };
    // What people wrote, and no status: that moves by itself and nobody signs it.
    const { resourceVersion: _, ...signed } = shown;
    const { annotations = {}, labels = {} } = machine.metadata;
    const text = canonicalJson({ object: { uid, annotations, labels, spec: machine.spec }, signed });
    return { shown, shownHash: this.crypto.sm3(text).toString('hex') };
  }

  private async gatewayOf(centerId: string | null): Promise<ClusterGateway | undefined> {
    if (centerId === null || !this.clusters) return undefined;
    const center = (await this.facilities.centers()).find(({ id }) => id === centerId);
    return center && this.clusters.of(center.code);
  }
}

function stopOf({ failureClass, message }: ClusterFailure): Refusal {
  if (failureClass === 'CONFLICT') return shownAnother();
  return failureClass === 'PERMANENT' ? clusterRefuses(message) : stopRefusal('CUT_OFF');
}

function recordOf(row: ResourceRow): RecordedFacts {
  return { ...row, departmentNamespace: namespaceOf(row.departmentCode) };
}

async function readOf(gateway: ClusterGateway, row: ResourceRow): Promise<Read> {
  const [namespace, name] = [row.objectNamespace, row.objectName];
  try {
    const [machine, instance] = await Promise.all([
      gateway.get({ kind: 'VirtualMachine', namespace, name }),
      gateway.get({ kind: 'VirtualMachineInstance', namespace, name }),
    ]);
    if (!machine) return { sight: 'NOT_THERE' };
    const view = machineView(machine);
    const power = powerOf({ machine: view, instance: instance && instanceView(instance), disk: undefined });
    const sight: SeenFacts = {
      owner: ownerOf(machine) ?? null,
      isLeaving: view.deletingSince !== undefined,
      isHeld: view.heldFor !== null,
      power,
      runStrategy: textAt(machine, 'spec', 'runStrategy') ?? null,
      vcpu: view.vcpu,
      memoryMib: view.memoryMib,
      saysSize: takenOverOf(machine) !== undefined,
      disks: disksOf(machine),
    };
    return { sight, machine };
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return { sight: 'CUT_OFF' };
  }
}

function saidWhole({ metadata, spec }: ClusterObject): Pick<Manifest, 'metadata' | 'spec'> {
  const { annotations = {}, labels = {}, name } = metadata;
  return { metadata: { name, labels, annotations }, spec: redacted(spec) ?? {} };
}

/** Against nothing, every field that a manifest names is a difference. */
function pathsOf(manifest: Manifest): string[] {
  const { annotations, labels } = manifest.metadata;
  const leaves = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
      : [path];
  const marks = (of: object | undefined, where: string) =>
    Object.keys(of ?? {}).map((key) => `metadata.${where}["${key}"]`);
  return [...marks(labels, 'labels'), ...marks(annotations, 'annotations'), ...leaves(manifest.spec, 'spec')];
}
