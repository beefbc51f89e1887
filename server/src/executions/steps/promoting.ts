import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { at } from '../../provisioning/domain/cluster-object.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import type { DataWriters } from '../../resilience/data-writers.service.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import { stillProves } from '../domain/fence-proof.js';
import { isReceiving, TRANSFER_WAITED_MS } from '../domain/received-copy.js';
import type { EvidenceRepository } from '../evidence.repository.js';
import type { ExecutionsRepository } from '../executions.repository.js';
import type { ReturningSidesRepository } from '../returning-sides.repository.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import type { ProveFence } from './fencing.js';
import { isPlanned, notReceived, Rebuilding } from './rebuilding.js';
import { bringTo } from './replicating.js';
import { amendUnder, carriers, sideOf, waitsFor } from './site.js';

/**
 * 将目标中心的数据升为写入方. First the record: epoch, writer and the old side's standing change in one transaction that
 * needs the proof; then the clusters follow. Whoever dies between the two is followed by one who finds the record.
 */
export class PromoteTarget implements StepHandler {
  private readonly rebuilding: Rebuilding;

  constructor(
    private readonly clusters: Clusters,
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly writers: DataWriters,
    private readonly standing: ResourceStanding,
    private readonly fence: ProveFence,
    private readonly returning: ReturningSidesRepository,
  ) {
    this.rebuilding = new Rebuilding(standing, evidence);
  }

  async look(world: StepWorld): Promise<StepLook> {
    const target = sideOf(world, this.clusters, 'TARGET');
    const back = world.step.params.back === true;
    const source = back ? world.execution.toCenterId : world.execution.fromCenterId;
    const served = world.ground.moved.servingCenterId;
    const writes = world.ground.picture.dataSets.flatMap(({ places }) =>
      places.filter(({ role }) => role === 'WRITER').map(({ centerId }) => centerId),
    );
    const isThere =
      writes.every((id) => id === target.center.id) &&
      // On the way back from where nothing was placed it serves where it always did.
      (served === target.center.id || (served === null && (writes.length > 0 || back)));
    if (!isThere) {
      const waits = await this.readAgain(world, source);
      if (waits !== null) return { done: false, note: waits };
      await world.write((tx) => this.move(tx, world, source, target.center.id));
    }
    const epoch = (await this.evidence.placements([world.execution.groupId])).get(world.execution.groupId)?.epoch ?? 0;
    try {
      const { disks, pending } = await bringTo(world, target, 'primary', () => epoch);
      // What received by VolSync receives no more: another sync would overwrite what is written from now on.
      const receivers = await carriers(world, target, 'ReplicationDestination');
      const suspects = await this.rebuilding.suspects(world, target, receivers, epoch);
      const receiving = suspects.filter(({ object }) => isReceiving(object) && at(object, 'spec', 'paused') !== true);
      const since = world.now.getTime() - (world.step.startedAt?.getTime() ?? 0);
      if (receiving.length > 0 && since < TRANSFER_WAITED_MS)
        return {
          done: false,
          note: say(
            `等待 ${receiving.length} 块磁盘正在进行的 VolSync 同步完成`,
            `Waits for VolSync to end the sync of ${counted(receiving.length, 'disk', 'disks')}`,
          ),
        };
      if (isPlanned(world) && suspects.length > 0) throw notReceived(suspects);
      for (const { object } of receivers)
        if (at(object, 'spec', 'paused') !== true) await amendUnder(world, target, object, epoch, { paused: true });
      const { madeIds, rebuilt, waits } = await this.rebuilding.look(world, target, receivers, suspects);
      if (waits !== null) return { done: false, note: waits };
      if (pending.length > 0)
        return {
          done: false,
          note: say(
            `等待 ${pending.length} 块磁盘升为写入方`,
            `Waits for ${counted(pending.length, 'disk', 'disks')} to become the writer`,
          ),
        };
      const figures = { promoted: disks, receiversPaused: receivers.length };
      const output = { center: target.center.code, epoch, ...figures, rebuilt };
      return { done: true, output, finish: (tx) => this.standing.diskStands(tx, madeIds) };
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
  }

  /** A final sync may take longer than what was read before it proves anything: then it is read anew. null = nothing to wait for. */
  private async readAgain(world: StepWorld, from: string): Promise<Bilingual | null> {
    const back = world.step.params.back === true;
    const proofs = await this.evidence.proofs(world.execution.id, from);
    if (proofs.length === 0 || proofs.some((one) => stillProves(one, world.now))) return null;
    const proved = world.steps.findLast(
      ({ action, params, state }) => action === 'PROVE_FENCE' && state === 'DONE' && (params.back === true) === back,
    );
    if (!proved) return null;
    const look = await this.fence.look({ ...world, step: proved });
    if (!look.done) return look.note;
    await world.write(async (tx, execution) => look.finish?.(tx, execution));
    return null;
  }

  private async move(tx: Tx, world: StepWorld, from: string, to: string): Promise<void> {
    const { execution, ground } = world;
    const [proof] = (await this.evidence.proofs(execution.id, from, tx)).filter((one) => stillProves(one, tx.now));
    const sets = ground.picture.dataSets.filter(({ places }) =>
      places.some(({ centerId, role }) => role === 'WRITER' && centerId !== to),
    );
    if (!proof)
      throw new StepRefused(
        say(
          '没有有效的隔离证明，不能升为写入方；租约到期不是证明',
          'There is no proof in force that the old side is fenced: nothing is promoted. A lease that ran out is no proof',
        ),
      );
    const acceptance = execution.kind === 'FAILOVER' ? await this.evidence.acceptance(execution.id, tx) : null;
    // Halted and synchronized to the end, or shown and accepted: nothing is promoted out of what nobody knows.
    const known = execution.kind !== 'FAILOVER' || (acceptance !== null && acceptance.seconds !== null);
    if (execution.kind === 'FAILOVER' && acceptance === null)
      throw new StepRefused(
        say('尚未确认可能丢失的数据，不能升为写入方', 'Nobody has accepted what may be lost: nothing is promoted'),
      );
    const row = await this.repository.locked(tx, execution.id);
    if (!row) throw new StepRefused(say('执行已不存在', 'The execution is there no more'));
    const now = (await this.evidence.placements([execution.groupId], tx)).get(execution.groupId);
    // Of a group with data the writers say it; one without has nothing but its placement.
    if (sets.length === 0 && now && now.servingCenterId !== from)
      throw new StepRefused(
        say(
          '该组已不在原中心承载业务，未作任何更改',
          'The group serves in the old center no more; nothing was changed',
        ),
      );
    const placed = { groupId: execution.groupId, executionId: execution.id, fromCenterId: from, toCenterId: to };
    const epoch = await this.evidence.place(tx, placed);
    for (const { id: dataSetId } of sets) {
      await this.evidence.promote(tx, {
        ...{ executionId: execution.id, kind: execution.kind, dataSetId, epoch, proofId: proof.id },
        ...{ fromCenterId: from, toCenterId: to, dataKnown: known, acceptanceId: acceptance?.id ?? null },
      });
      if (!(await this.writers.move(tx, dataSetId, from, to)))
        throw new StepRefused(
          say(
            '数据集的写入方或副本与记录不符，未作任何更改',
            'The writer or the copies of a data set are not as recorded; nothing was changed',
          ),
        );
    }
    // Where the old side could not be asked to halt, this is what it finds first when it returns.
    const aside = asideOf(world, to);
    if (world.step.params.back === true) await this.bringBack(tx, world, from, to);
    const old = ground.machines
      .filter(({ centerId, standby }) => (centerId === from || aside.includes(centerId)) && !standby)
      .map(({ id }) => id);
    await this.standing.stand(tx, old, true, execution.code);
    for (const centerId of [from, ...aside])
      await this.standing.standBinned(tx, execution.systemId, centerId, true, execution.code);
    await this.standing.standBinned(tx, execution.systemId, to, false, execution.code);
    const left = { groupId: execution.groupId, executionId: execution.id, epoch };
    await this.returning.leave(tx, { ...left, from: [from, ...aside], to });
    await this.repository.update(tx, row, { epoch });
  }

  /** Going back from the recovery center: what this execution had stand by beside the old side serves again as well. */
  private async bringBack(tx: Tx, { execution, ground }: StepWorld, from: string, to: string): Promise<void> {
    const rows = await this.returning.ofGroup(tx, execution.groupId);
    const aside = rows.filter(
      ({ centerId, executionId }) => executionId === execution.id && centerId !== from && centerId !== to,
    );
    for (const { centerId } of aside) {
      const machines = ground.machines.filter((machine) => machine.centerId === centerId && machine.standby);
      const ids = machines.map(({ id }) => id);
      await this.standing.stand(tx, ids, false, execution.code);
      await this.standing.standBinned(tx, execution.systemId, centerId, false, execution.code);
      await this.returning.serves(tx, execution.groupId, centerId);
    }
  }
}

/**
 * A group that fails over to the recovery center leaves the whole city: what still runs in the other center of it when that
 * one is heard of again would serve beside it.
 */
function asideOf({ execution, ground, step }: StepWorld, to: string): string[] {
  const target = ground.centers.find(({ id }) => id === to);
  if (execution.kind !== 'FAILOVER' || step.params.back === true || target?.role !== 'RECOVERY') return [];
  const standsIn = new Set(ground.machines.filter(({ standby }) => !standby).map(({ centerId }) => centerId));
  return [...standsIn].filter((id) => id !== to && id !== execution.fromCenterId);
}
