import { AllocationService } from '../../server/src/allocation/allocation.service.js';
import { type Actor, type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { CaseAction } from '../../server/src/reclaim/domain/decide-case.js';
import { sideOf } from '../../server/src/reclaim/domain/decide-case.js';
import { ReclaimService } from '../../server/src/reclaim/reclaim.service.js';
import { ReclaimActs } from '../../server/src/reclaim/reclaim-acts.service.js';
import { ReclaimSweep } from '../../server/src/reclaim/reclaim-sweep.service.js';
import { ChangeFollowUp } from '../../server/src/requests/change-follow-up.service.js';
import { FollowUpService } from '../../server/src/requests/follow-up.service.js';
import type { ObservedPhase } from '../../server/src/resources/domain/resource-state.js';
import { KeptDiskRecord } from '../../server/src/resources/kept-disk-record.service.js';
import { KeptDiskTime } from '../../server/src/resources/kept-disk-time.service.js';
import type { KeptDiskRow } from '../../server/src/resources/kept-disks.repository.js';
import { KeptDisks } from '../../server/src/resources/kept-disks.service.js';
import { ResourceLife } from '../../server/src/resources/resource-life.service.js';
import { type Recorded, ResourcesService } from '../../server/src/resources/resources.service.js';
import {
  NOT_COMPARED,
  type ResourceObservation,
  type ResourceRow,
} from '../../server/src/resources/resources.types.js';
import { Extensions } from '../../server/src/terms/extensions.service.js';
import { LineTermSweep } from '../../server/src/terms/line-term-sweep.service.js';
import { Reviews } from '../../server/src/terms/reviews.service.js';
import { TermSweep } from '../../server/src/terms/term-sweep.service.js';
import type { TestApplication } from './application.ts';
import { idOf, type RequestJourney } from './request-journey.ts';

export const SYSTEM: Actor = { userId: null, name: '集云', departmentId: null, address: null, traceId: 't' };

/** What happens to machines after their delivery: people's acts, the calendar's rounds, and what a worker would see. */
export class LifeDesk {
  readonly life = this.get(ResourceLife);
  readonly disks = this.get(KeptDisks);
  readonly extensions = this.get(Extensions);
  readonly reviews = this.get(Reviews);
  readonly resources = this.get(ResourcesService);
  readonly reclaim = this.get(ReclaimService);
  readonly reclaimActs = this.get(ReclaimActs);

  constructor(
    private readonly app: TestApplication,
    private readonly journey: RequestJourney,
  ) {}

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  /** Machines that were asked for, approved and have come into use; those of one request, in the order of their codes. */
  async delivered(centerId: string, count = 1, temporaryUntil: string | null = null): Promise<string[]> {
    const ids = await this.granted(centerId, count, temporaryUntil);
    for (const id of ids) await this.observe(id, 'RUNNING');
    return ids;
  }

  async granted(centerId: string, count = 1, temporaryUntil: string | null = null): Promise<string[]> {
    const requestId = await this.journey.submitted(this.journey.content(centerId, count, { temporaryUntil }));
    idOf(await this.journey.approve(requestId));
    return ((await this.resources.ofRequests([requestId]))[0] ?? []).map((row) => row.id);
  }

  /** As provisioning writes down what it saw: of the newest wish, with all that follows from it. */
  async observe(id: string, phase: ObservedPhase): Promise<void> {
    await this.get(UnitOfWork).run(async (tx) => {
      const [desired] = await tx.manager.query('select generation from resource where id = ?', [id]);
      const observation: ResourceObservation = {
        generation: desired.generation,
        phase,
        power: phase === 'RUNNING' ? 'RUNNING' : 'STOPPED',
        nodeName: null,
        addresses: [],
        conditions: [],
        statusText: { zh: phase, en: phase },
        progressPercent: null,
        actual: NOT_COMPARED,
        resized: true,
        observedAt: tx.now,
      };
      const [recorded] = await this.resources.recordObservations(tx, [{ resourceId: id, observation }]);
      const { from, to, claimId, requestId, monthlyFen, resized } = recorded as Recorded;
      const follow = this.get(FollowUpService);
      const changes = this.get(ChangeFollowUp);
      if (from !== to && to === 'IN_USE') {
        await follow.resourceDelivered(tx, requestId);
        await changes.made(tx, id);
      }
      if (resized) {
        const { moves, shrunk } = await changes.resized(tx, { id, requestId }, 'Kubernetes');
        await follow.moveBudgets(tx, moves);
        await this.get(AllocationService).release(tx, [], shrunk);
      }
      if (to !== 'RELEASED') return;
      if (from !== to) {
        await follow.moveBudgets(tx, await follow.resourceReleased(tx, { id, requestId, monthlyFen }));
        await changes.made(tx, id);
      }
      const after = await this.get(KeptDiskRecord).machineGone(tx, id, from !== to);
      const data = await follow.dataWithoutMachines(tx, requestId);
      const claims = after.keepsClaim ? data : [claimId, ...data];
      await this.get(AllocationService).release(tx, claims, after.givenBack);
    });
  }

  /** As provisioning writes down that a cluster has a kept disk no longer. */
  async diskGone(keptDiskId: string): Promise<void> {
    await this.get(UnitOfWork).run(async (tx) => {
      const claimId = await this.get(KeptDiskRecord).gone(tx, { keptDiskId });
      if (claimId !== null) await this.get(AllocationService).release(tx, [claimId]);
    });
  }

  /** The disk that was kept of a machine; undefined = none was. */
  async diskOf(id: string): Promise<KeptDiskRow | undefined> {
    const [rows = []] = await this.disks.around([id]);
    return rows.find((row) => row.resourceId === id);
  }

  /** As if its people had stopped it and the cluster had said so. */
  async standStill(id: string): Promise<void> {
    await this.app.test.db.query("update resource set wished_power = 'OFF', power = 'STOPPED' where id = ?", [id]);
  }

  async onDisk(id: string) {
    const disk = await this.diskOf(id);
    return { diskId: disk?.id, expectedVersion: disk?.version ?? 0, idempotencyKey: newId() };
  }

  async attach(id: string, resourceId: string) {
    return this.disks.attach(this.journey.applicant, this.journey.scope, { ...(await this.onDisk(id)), resourceId });
  }

  async detach(id: string, days: number) {
    return this.disks.detach(this.journey.applicant, this.journey.scope, { ...(await this.onDisk(id)), days });
  }

  async giveUpDisk(id: string) {
    const { name: confirmName } = await this.row(id);
    return this.disks.giveUp(this.journey.applicant, this.journey.scope, { ...(await this.onDisk(id)), confirmName });
  }

  async row(id: string): Promise<ResourceRow> {
    const [row] = await this.resources.rows([id]);
    if (!row) throw new Error(`no resource ${id}`);
    return row;
  }

  /** One round of what housekeeping does about lives. */
  async round(): Promise<void> {
    await this.get(TermSweep).run(SYSTEM);
    await this.get(LineTermSweep).run(SYSTEM);
    await this.get(ReclaimSweep).run(SYSTEM);
    await this.life.emptyBin(SYSTEM);
    await this.get(KeptDiskTime).run(SYSTEM);
  }

  async wish(id: string) {
    const { version } = await this.row(id);
    return { resourceId: id, expectedVersion: version, idempotencyKey: newId() };
  }

  async release(id: string, viewer = this.journey.applicant, keepDiskDays: number | null = null) {
    const wish = { ...(await this.wish(id)), keepDiskDays, reason: '系统下线', confirmName: (await this.row(id)).name };
    return this.life.release(viewer, this.journey.scope, wish);
  }

  async restore(id: string) {
    return this.life.restore(this.journey.applicant, this.journey.scope, await this.wish(id));
  }

  async purge(id: string) {
    const { name } = await this.row(id);
    return this.life.purge(this.journey.applicant, this.journey.scope, { ...(await this.wish(id)), confirmName: name });
  }

  async protect(id: string, on: boolean) {
    return this.life.protect(this.journey.applicant, this.journey.scope, { ...(await this.wish(id)), on });
  }

  async extend(id: string, until: string | null) {
    const wish = { ...(await this.wish(id)), until, reason: '项目延期' };
    return this.extensions.extend(this.journey.applicant, this.journey.scope, wish);
  }

  async openCase(id: string, viewer: Viewer, more: { fileIds?: string[] } = {}) {
    return this.reclaim.open(viewer, WHOLE_PROVINCE, {
      resourceId: id,
      text: '连续 30 天 CPU 平均利用率低于 2%',
      figures: [{ label: 'CPU 利用率', value: '1.2 %' }],
      fileIds: more.fileIds ?? [],
      idempotencyKey: newId(),
    });
  }

  async caseAct(caseId: string, action: CaseAction, viewer: Viewer, reason = '说明') {
    const row = await this.reclaim.inScope(WHOLE_PROVINCE, caseId);
    const scope = sideOf(action) === 'DEPARTMENT' ? this.journey.scope : WHOLE_PROVINCE;
    const wish = { caseId, expectedVersion: row?.version ?? 0, reason, fileIds: [], idempotencyKey: newId() };
    return this.reclaimActs.act(viewer, scope, action, wish);
  }

  async caseState(caseId: string): Promise<string> {
    return (await this.reclaim.inScope(WHOLE_PROVINCE, caseId))?.state ?? 'NONE';
  }

  /** What was said about a thing, in the order of saying. */
  async notices(subjectId: string): Promise<{ kind: string; zh: string; audience: string }[]> {
    const rows = await this.app.test.db.query(
      'select kind, text_zh as zh, audience from notice where subject_id = ? order by created_at, id',
      [subjectId],
    );
    return rows.map((row: { kind: string; zh: string; audience: string }) => ({ ...row }));
  }

  /** Sorted: a clock that stands gives several entries one moment. */
  async lifeKinds(id: string): Promise<string[]> {
    const [events = []] = await this.resources.eventsOf([id]);
    return events.map((event) => event.kind).toSorted();
  }
}
