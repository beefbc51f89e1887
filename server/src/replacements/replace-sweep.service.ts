import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { newId } from '../platform/database/ids.js';
import { Notices } from '../platform/notices/notices.js';
import { ResourceLists } from '../resources/resource-lists.service.js';
import { ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { isStuck } from './domain/replace-notices.js';
import { noLonger, unknownTask } from './domain/replace-refusals.js';
import { endOf, isDue, stuckOf } from './domain/replace-task.js';
import { ReplacementsRepository } from './replacements.repository.js';
import type { ReplaceTaskRow } from './replacements.types.js';

/** Machines, and tasks, that are read at once: what waits already stands before what came after it, so that a round looks at all. */
const LOOKED_AT_ONCE = 500;

/** What time does to machines that no node takes: a person is asked, and is asked no more once their cluster places them after all. */
@Injectable()
export class ReplaceSweep {
  constructor(
    private readonly repository: ReplacementsRepository,
    private readonly lists: ResourceLists,
    private readonly resources: ResourcesService,
    private readonly moves: ResourceMoves,
    private readonly facilities: FacilitiesService,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the worker's housekeeping; several may at once. */
  async run(actor: Actor, atOnce = LOOKED_AT_ONCE): Promise<void> {
    await eachAlone([() => this.closeSettled(actor, atOnce), () => this.openDue(actor, atOnce)], (round) => round());
  }

  private async openDue(actor: Actor, atOnce: number): Promise<void> {
    const centers = await this.facilities.centers();
    if (centers.length === 0) return;
    const names = new Map(centers.map(({ id, name }) => [id, name]));
    // All are found before the first is opened: one that cannot be keeps no page from its turn.
    const due: string[] = [];
    for (let after = ''; ; ) {
      const ids = await this.lists.unplaced([...names.keys()], after, atOnce);
      due.push(...(await this.dueOf(ids)));
      const last = ids.at(-1);
      if (last === undefined || ids.length < atOnce) break;
      after = last;
    }
    await eachAlone(due, (id) => this.open(actor, id, names));
  }

  private async dueOf(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const [rows, open] = await Promise.all([this.resources.rows(ids), this.repository.openOf(ids)]);
    const having = new Set(open.map(({ resourceId }) => resourceId));
    const now = this.clock.now();
    return rows.flatMap((row) => {
      const stuck = row && stuckOf(row);
      return row && stuck && isDue(stuck, now) && !having.has(row.id) ? row.id : [];
    });
  }

  private async open(actor: Actor, resourceId: string, names: ReadonlyMap<string, string>): Promise<void> {
    await this.acts.perform({ name: 'replaceTask.open', actor, input: { resourceId } }, async (tx) => {
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
      const stuck = row && stuckOf(row);
      // Placed meanwhile, or opened by another worker: its row is locked, so that there is one.
      if (!row || !stuck || row.centerId === null || (await this.repository.hasOpen(tx, row.id)))
        return refuse([unknownTask()]);
      const task: ReplaceTaskRow = {
        id: newId(tx.now.getTime()),
        ...{ resourceId: row.id, departmentId: row.departmentId, systemId: row.systemId },
        ...{ centerId: row.centerId, poolId: row.poolId, state: 'OPEN', schedulerText: stuck.text },
        ...{ refusedSince: stuck.since, openedAt: tx.now, closedAt: null, toCenterId: null, toPoolId: null },
        ...{ decidedBy: null, reason: null, version: 1, live: 1 },
      };
      await this.repository.insert(tx, task);
      const named = `${row.name}（${row.code}）`;
      await this.notices.tell(tx, isStuck(task, named, names.get(row.centerId) ?? '', stuck.text));
      tx.changed('resource', row.id);
      return ok({
        value: { id: task.id },
        audit: {
          objectType: 'ReplaceTask',
          objectId: task.id,
          departmentId: row.departmentId,
          summary: say(`${row.code} 久未放下，转人工改放`, `No node takes ${row.code}: a person is asked to place it`),
          after: { resource: row.code, centerId: row.centerId, poolId: row.poolId, scheduler: stuck.text },
        },
      });
    });
  }

  private async closeSettled(actor: Actor, atOnce: number): Promise<void> {
    const settled: string[] = [];
    for (let after = ''; ; ) {
      const tasks = await this.repository.openAfter(after, atOnce);
      const machines = await this.resources.rows(tasks.map(({ resourceId }) => resourceId));
      settled.push(...tasks.flatMap(({ id }, at) => (endOf(machines[at] ?? null) === null ? [] : id)));
      const last = tasks.at(-1);
      if (!last || tasks.length < atOnce) break;
      after = last.id;
    }
    await eachAlone(settled, (id) => this.close(actor, id));
  }

  private async close(actor: Actor, taskId: string): Promise<void> {
    await this.acts.perform({ name: 'replaceTask.close', actor, input: { taskId } }, async (tx) => {
      const task = await this.repository.locked(tx, taskId);
      const row = task && (await this.moves.locked(tx, WHOLE_PROVINCE, task.resourceId));
      const state = endOf(row);
      if (task?.state !== 'OPEN' || state === null) return refuse([noLonger(task?.state ?? 'ENDED')]);
      await this.repository.close(tx, task, { state });
      tx.changed('resource', task.resourceId);
      const why =
        state === 'SCHEDULED'
          ? say('集群已找到节点', 'its cluster found a node')
          : say('虚拟机已释放', 'the machine was given back');
      return ok({
        value: { id: taskId },
        audit: {
          objectType: 'ReplaceTask',
          objectId: taskId,
          departmentId: task.departmentId,
          summary: say(
            `改放任务自动结束：${row?.code ?? ''} ${why.zh}`,
            `The re-place task of ${row?.code ?? ''} ended: ${why.en}`,
          ),
          before: { state: task.state },
          after: { state },
        },
      });
    });
  }
}
