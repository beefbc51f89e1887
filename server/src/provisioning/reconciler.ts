import type { MachineLogin } from '../documents/machine-logins.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { SharedRead } from '../platform/concurrency/shared-read.js';
import type { LiveRoom } from '../resources/domain/live-resize.js';
import { NOT_COMPARED, type ResourceDesired, type ResourceObservation } from '../resources/resources.types.js';
import type { ClusterView } from './cluster-view.js';
import type { DepartmentNamespaces } from './department-namespaces.js';
import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import {
  diskManifest,
  diskNameOf,
  grownDiskManifest,
  keptDiskManifest,
  namespaceOf,
  nicsOf,
} from './domain/desired-manifests.js';
import { liveRoom } from './domain/live-room.js';
import { type Act, type Decision, nextPhase } from './domain/next-phase.js';
import { type Condition, powerOf, type Seen } from './domain/observe.js';
import { observeOnly } from './domain/observe-only.js';
import { wantedMachine } from './domain/owned-machine.js';
import type { ClusterGateway } from './domain/ports.js';
import type { Situation } from './domain/situation.js';
import type { DriftGuard } from './drift-guard.js';
import { FencedWrites } from './fenced-writes.js';
import type { HealingSchedule } from './healing-schedule.js';
import type { Again } from './key-queue.js';
import type { LeaseGuard } from './lease-guard.js';
import { Leftovers } from './leftovers.js';
import { MachineSecrets, type SecretsWritten } from './machine-secrets.js';
import type { NetworkAttachments } from './network-attachments.js';
import type { Pace, Records } from './provisioning.types.js';
import type { Refusals } from './refusals.js';
import type { StatusRecorder } from './status-recorder.js';
import type { TakenNames } from './taken-names.js';

/** A removal that takes too long is noticed though nothing more happens. */
const REMOVAL_LOOK_MS = 60_000;
/** Looks at one machine in a row, where a write meets an object that somebody changed since; after that it waits like any failure. */
const LOOKS_MAX = 3;

/** Of a flood of looks few and full questions are asked; the first of it is answered at once. */
const READ_EVERY_MS = 25;

const NAME_TAKEN: ReadonlySet<Situation> = new Set(['TAKEN', 'RELEASE_TAKEN']);

const LEFT_TEXT = say('原位置已清除，等待在新位置开通', 'Gone where it was; waiting to be made where it is placed now');

interface Scope {
  readonly desired: ResourceDesired;
  /** When this look was asked for, by performance.now(); the machine's record is older. */
  readonly askedAt: number;
  readonly namespace: string;
  readonly seen: Seen;
  readonly liveRoom: LiveRoom | null;
  readonly decision: Decision;
}

/**
 * Drives one cluster toward what the database wants for one machine: looks, decides (pure), acts, and records once where
 * it stands. It trusts nothing that it did before; whatever happened in between, the next look goes on from there.
 */
export class Reconciler {
  private readonly desired: SharedRead<ResourceDesired>;
  private readonly writes: FencedWrites;
  private readonly leftovers: Leftovers;
  private readonly secrets: MachineSecrets;

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly view: ClusterView,
    private readonly namespaces: DepartmentNamespaces,
    private readonly attachments: NetworkAttachments,
    private readonly healing: HealingSchedule,
    private readonly recorder: StatusRecorder,
    private readonly drift: DriftGuard,
    private readonly guard: LeaseGuard,
    private readonly records: Records,
    private readonly pace: Pick<Pace, 'quotaRetryMs'>,
    private readonly refusals: Refusals,
    private readonly taken: TakenNames,
  ) {
    this.desired = new SharedRead(
      (ids) => records.resources.desiredOf(ids),
      ({ resourceId }) => resourceId,
      { everyMs: READ_EVERY_MS },
    );
    this.writes = new FencedWrites(gateway, guard);
    this.secrets = new MachineSecrets(this.writes, records.logins);
    this.leftovers = new Leftovers(gateway, view, this.writes);
  }

  /** Throws what may pass by itself (ClusterFailure, LeaseLost, the database); records what will not. */
  async reconcile(resourceId: string, askedAt: number): Promise<Again> {
    this.guard.assertHeld();
    const desired = await this.desired.get(resourceId);
    if (desired?.leavingCenterId) return this.leave(desired, desired.leavingCenterId, askedAt);
    // A recorded machine is none of the cluster's: that it is not there says nothing of it.
    const elsewhere = desired?.centerId !== this.center.id || desired.management === 'RECORDED';
    if (desired === undefined || desired.state === 'RELEASED' || elsewhere) {
      this.forget(resourceId);
      if (desired?.state === 'RELEASED' && desired.centerId === this.center.id) await this.leftovers.take(desired);
      else if (desired && desired.centerId !== this.center.id) await this.leftovers.takeLeftBehind(desired);
      return undefined;
    }
    if (desired.management !== 'DRIVEN') {
      await this.recorder.record(desired, this.observe(desired));
      return undefined;
    }
    const { refused, scope } = await this.lookAndAct(desired, askedAt);
    await this.recorder.record(desired, observationOf(scope, refused));
    if (refused) {
      if (refused.details.reason === 'QUOTA') return { afterMs: this.pace.quotaRetryMs };
      return { afterMs: this.refusals.refused(resourceId) };
    }
    if (scope.decision.act === 'NONE' || scope.decision.act === 'READ') this.refusals.forget(resourceId);
    else this.refusals.accepted(resourceId);
    // It is smaller, or no longer both: what its namespace may have follows after it.
    if (scope.decision.resized) await this.namespaces.ensure(desired.departmentCode, performance.now());
    if (scope.decision.phase === 'GONE') this.forget(resourceId);
    return scope.decision.phase === 'DELETING' ? { afterMs: REMOVAL_LOOK_MS } : undefined;
  }

  /**
   * It was placed elsewhere. What stands of it here is taken away as a release would; until that is recorded nobody makes it
   * anew, so that there never are two. Said by no phase that would end its life: it only moves.
   */
  private async leave(desired: ResourceDesired, fromCenterId: string, askedAt: number): Promise<Again> {
    this.forget(desired.resourceId);
    if (fromCenterId !== this.center.id) return undefined;
    const former = { ...desired, intention: 'ABSENT' as const, keepDiskDays: null };
    const { refused, scope } = await this.lookAndAct(former, askedAt);
    const hasLeft = scope.decision.phase === 'GONE' && !refused;
    const { statusText, ...seen } = observationOf({ ...scope, desired }, refused);
    await this.recorder.record(desired, {
      ...seen,
      ...{ phase: 'PENDING' as const, progressPercent: null, resized: false, diskKept: false, hasLeft },
      statusText: hasLeft ? LEFT_TEXT : say(`已改放：${statusText.zh}`, `Placed elsewhere: ${statusText.en}`),
    });
    if (refused) return { afterMs: this.refusals.refused(desired.resourceId) };
    return hasLeft ? undefined : { afterMs: REMOVAL_LOOK_MS };
  }

  private forget(resourceId: string): void {
    this.healing.forget(resourceId);
    this.refusals.forget(resourceId);
    this.drift.forget(resourceId);
    this.taken.forget(resourceId);
  }

  /** What others wrote is written down first; what is to be put back is applied now. */
  private async withDrift(scope: Scope): Promise<Scope> {
    const putBack = await this.drift.isToBePutBack(scope);
    return putBack && scope.decision.act === 'NONE'
      ? { ...scope, decision: { ...scope.decision, act: 'APPLY' } }
      : scope;
  }

  /** Of what was there before the console: read, recorded, never touched. */
  private observe(desired: ResourceDesired): Omit<ResourceObservation, 'observedAt'> {
    const seen = this.view.seen(desired.objectNamespace, desired.objectName);
    return {
      generation: desired.generation,
      ...observeOnly(seen, desired.intention, desired.off),
      power: powerOf(seen),
      nodeName: seen.instance?.nodeName ?? null,
      addresses: seen.instance?.addresses ?? [],
      conditions: [...(seen.machine?.conditions ?? []), ...(seen.instance?.conditions ?? [])],
      progressPercent: null,
    };
  }

  /** Once more where the cluster has another version by now: of the machine itself, not of what is kept of it. */
  private async lookAndAct(desired: ResourceDesired, askedAt: number) {
    let scope = await this.withDrift(await this.look(desired, askedAt));
    for (let looks = 1; ; looks += 1) {
      try {
        return { scope, refused: await this.act(scope) };
      } catch (error) {
        if (!isFailure(error, 'CONFLICT') || looks >= LOOKS_MAX) throw error;
        scope = await this.withDrift(await this.look(desired, askedAt, true));
      }
    }
  }

  private async look(desired: ResourceDesired, askedAt: number, afresh = false): Promise<Scope> {
    const { takenOver } = desired;
    const namespace = takenOver ? desired.objectNamespace : namespaceOf(desired.departmentCode);
    const decide = (found: Seen, fresh: boolean): Scope => {
      // A disk of the name that the console would give is, there, its owner's all the same.
      const seen = takenOver ? { ...found, disk: undefined } : found;
      const healingDue = this.healing.isDue(desired.resourceId);
      const room = liveRoom(this.gateway.updatesLive === true, desired, seen);
      const now = this.records.clock.now();
      const decision = nextPhase({ desired, seen, liveRoom: room, fresh, healingDue, now });
      if (NAME_TAKEN.has(decision.situation))
        this.taken.note(desired.resourceId, { namespace, name: desired.objectName });
      else this.taken.forget(desired.resourceId);
      return { desired, askedAt, namespace, seen, liveRoom: room, decision };
    };
    const kept = decide(this.view.seen(namespace, desired.objectName), false);
    return afresh || kept.decision.act === 'READ'
      ? decide(await this.view.read(namespace, desired.objectName), true)
      : kept;
  }

  /** The failure, when the cluster refused for good. */
  private async act(scope: Scope): Promise<ClusterFailure | undefined> {
    try {
      await this.acts[scope.decision.act](scope);
      return undefined;
    } catch (error) {
      if (isFailure(error, 'PERMANENT')) return error;
      throw error;
    }
  }

  private readonly acts: Readonly<Record<Act, (scope: Scope) => Promise<void>>> = {
    NONE: async () => {},
    // Read already, by `look`.
    READ: async () => {},
    APPLY: (scope) => this.apply(scope, false),
    HALT: (scope) => this.apply(scope, true),
    END_INSTANCE: async ({ desired, namespace, seen }) =>
      this.writes.remove({ kind: 'VirtualMachineInstance', namespace, name: desired.objectName }, seen.instance?.uid),
    REMOVE_MACHINE: async ({ desired, namespace, seen }) =>
      this.writes.remove({ kind: 'VirtualMachine', namespace, name: desired.objectName }, seen.machine?.uid),
    KEEP_DISK: async ({ desired, seen }) => {
      const disk = keptDiskManifest(desired, seen.disk?.gib ?? desired.diskGib);
      await this.writes.apply(await this.drift.leaveAlone(desired, disk), desired, seen.disk);
    },
    REMOVE_DISK: async ({ desired, namespace, seen }) =>
      this.writes.remove({ kind: 'DataVolume', namespace, name: diskNameOf(desired.objectName) }, seen.disk?.uid),
  };

  /** @param halted it shall stop first, whatever is wanted otherwise: a machine gets another size only when it starts. */
  private async apply(scope: Scope, halted: boolean): Promise<void> {
    const { askedAt, desired, namespace, seen } = scope;
    if (desired.takenOver) return this.applyOwned(scope, halted);
    try {
      await this.namespaces.ensure(desired.departmentCode, askedAt);
      // A machine that is there already was started without: it gets none afterwards.
      const login = await this.records.logins.loginOf(desired.resourceId, seen.machine === undefined);
      await this.attachments.ensure(namespace, desired.departmentCode, nicsOf(desired, login));
      // Before the machine, which is not looked at again once it is there; its owner can only be named after it.
      const written = login && (await this.secretsBefore(desired, login, seen.machine?.uid));
      const madeGib = seen.disk?.gib ?? desired.diskGib;
      const disk = diskManifest(desired, madeGib);
      const leftDisk = seen.disk ? await this.drift.leaveAlone(desired, disk) : disk;
      await this.writes.apply(leftDisk, desired, seen.disk);
      // Before the machine, too: of which wish the machine says it is, of that everything has been done.
      const grown = grownDiskManifest(desired, madeGib);
      if (grown) await this.writes.applyBlindly(grown);
      const machine = wantedMachine(desired, login, halted);
      const left = seen.machine ? await this.drift.leaveAlone(desired, machine) : machine;
      const { metadata } = await this.writes.apply(left, desired, seen.machine);
      if (login && written && metadata.uid) await this.secrets.own(desired, login, metadata.uid, written);
    } catch (error) {
      if (isFailure(error, 'NOT_FOUND')) {
        this.namespaces.forget(desired.departmentCode);
        this.attachments.forget(namespace);
      }
      throw error;
    }
    this.healing.applied(desired.resourceId);
  }

  /** @returns what was written of a machine that is yet to be made, whose owner is to be named after it. */
  private async secretsBefore(
    desired: ResourceDesired,
    login: MachineLogin,
    machineUid: string | undefined,
  ): Promise<SecretsWritten | undefined> {
    if (machineUid === undefined) return this.secrets.make(desired, login);
    await this.secrets.renew(desired, login, machineUid);
    return undefined;
  }

  /** Of what ran before the console its own fields alone: no namespace, card, disk or secret is given to it. */
  private async applyOwned({ desired, seen }: Scope, halted: boolean): Promise<void> {
    if (seen.machine === undefined) return;
    const left = await this.drift.leaveAlone(desired, wantedMachine(desired, null, halted));
    await this.writes.apply(left, desired, seen.machine);
    this.healing.applied(desired.resourceId);
  }
}

function observationOf({ decision, desired, liveRoom: room, seen }: Scope, refused: ClusterFailure | undefined) {
  const conditions = [
    ...(seen.machine?.conditions ?? []),
    ...(seen.instance?.conditions ?? []),
    ...(seen.disk?.conditions ?? []),
  ];
  return {
    generation: desired.generation,
    phase: refused && desired.intention === 'PRESENT' ? ('FAILED' as const) : decision.phase,
    power: powerOf(seen),
    nodeName: seen.instance?.nodeName ?? null,
    instanceUid: seen.instance?.uid ?? null,
    addresses: seen.instance?.addresses ?? [],
    conditions: [...conditions, ...(refused ? [refusedCondition(refused)] : [])],
    statusText: refused ? refusedText(refused) : decision.statusText,
    progressPercent: refused ? null : decision.progressPercent,
    actual: NOT_COMPARED,
    resized: decision.resized && !refused,
    asksForRestart: decision.asksForRestart && !refused,
    liveRoom: room,
    diskKept: decision.diskKept && !refused,
  };
}

function refusedCondition(refused: ClusterFailure): Condition {
  const reason = refused.details.reason ?? 'INVALID';
  return { type: 'Applied', status: 'False', reason, message: refused.message, since: null };
}

function refusedText(refused: ClusterFailure): Bilingual {
  switch (refused.details.reason) {
    case 'QUOTA':
      return say(
        '集群命名空间配额不足，稍后重试',
        'The namespace’s quota in the cluster is used up; it is tried again',
      );
    case 'FORBIDDEN':
      return say('集群未授予集云所需权限', 'The cluster does not give Jiyun the rights it needs');
    case 'NO_MULTUS':
      return say(
        '集群未安装 Multus，网卡无法接入所在分区的网络，需运维人员处理',
        'The cluster has no Multus to plug the machine into the network of its zone; operators must look',
      );
    default:
      return say(
        '集群拒绝了对象定义，需运维人员处理',
        'The cluster refuses the object’s definition; operators must look',
      );
  }
}
