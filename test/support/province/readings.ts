import type { DataSource } from 'typeorm';
import { Acts } from '../../../server/src/audit/acts.service.js';
import { LoginResetsRepository } from '../../../server/src/documents/login-resets.repository.js';
import type { Pool } from '../../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { Counters } from '../../../server/src/platform/counters/counters.js';
import type { ChangeFeed, ChangeTopic } from '../../../server/src/platform/feed/change-feed.js';
import type { Records } from '../../../server/src/provisioning/provisioning.types.js';
import { type KeptDiskRow } from '../../../server/src/resources/kept-disks.repository.js';
import { type ResourceTaskRow, ResourceTasks } from '../../../server/src/resources/resource-tasks.service.js';
import { ResourcesService } from '../../../server/src/resources/resources.service.js';
import type { ResourceDesired, ResourceRow } from '../../../server/src/resources/resources.types.js';
import { type TestDatabase } from '../database.ts';
import type { ProvinceServices } from './services.ts';

/** What a test looks at of a province: its rows, its counters, and how the clock and leases stand. */
export abstract class ProvinceReadings {
  readonly resources: ResourcesService;
  readonly records: Records & { readonly facilities: FacilitiesService };
  readonly feed: ChangeFeed;
  readonly acts: Acts;

  protected constructor(
    protected readonly database: Pick<TestDatabase, 'db' | 'close'>,
    protected readonly pools: ReadonlyMap<string, Pool>,
    protected readonly services: ProvinceServices,
  ) {
    ({ records: this.records, feed: this.feed, acts: this.acts } = services);
    this.resources = services.records.resources;
  }

  get db(): DataSource {
    return this.database.db;
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  /** How often people were told of it. */
  async notices(subjectType: string, subjectId: string): Promise<number> {
    const sql = 'select count(*) as n from notice where subject_type = ? and subject_id = ?';
    const [row]: { n: string }[] = await this.db.query(sql, [subjectType, subjectId]);
    return Number(row?.n);
  }

  poolOf(centerCode: string): Pool {
    return this.pools.get(centerCode) as Pool;
  }

  /** What the quota's counters count now, by meter. */
  async liveOfQuota(id: string): Promise<Readonly<Record<string, number>>> {
    const rows = await new Counters(this.db).read('QUOTA', [id]);
    return Object.fromEntries(rows.map(({ meter, live }) => [meter, live]));
  }

  /** What the cluster has beside the record. */
  async unrecorded(): Promise<{ name: string; vcpu: number | null; memoryMib: number | null; orphan: boolean }[]> {
    const rows = await this.database.db.query('select * from unrecorded_machine order by name');
    return rows.map((row: Record<string, unknown>) => ({
      name: row.name,
      vcpu: row.vcpu,
      memoryMib: row.memory_mib,
      orphan: row.claimed_resource_id !== null,
    }));
  }

  async row(resourceId: string): Promise<ResourceRow> {
    const row = await this.resources.inScope(WHOLE_PROVINCE, resourceId);
    if (row === null) throw new Error(`no resource ${resourceId}`);
    return row;
  }

  async desiredOf(resourceId: string): Promise<ResourceDesired> {
    const [desired] = await this.resources.desiredOf([resourceId]);
    if (desired === undefined) throw new Error(`no resource ${resourceId}`);
    return desired;
  }

  /** The disk that was kept of a machine; undefined = none was. */
  async diskOf(resourceId: string): Promise<KeptDiskRow | undefined> {
    const [rows = []] = await this.services.disks.around([resourceId]);
    return rows.find((row) => row.resourceId === resourceId);
  }

  async resetOf(resourceId: string): Promise<{ appliedAt: Date | null } | undefined> {
    const [reset] = await new LoginResetsRepository(this.database.db).latestOf([resourceId]);
    return reset;
  }

  async requestState(resourceId: string): Promise<string> {
    const { requestId } = await this.row(resourceId);
    const [found] = await this.database.db.query('select state from request where id = ?', [requestId]);
    return found.state;
  }

  /** The wall clock that everything here reads jumps forward. */
  passTime(ms: number): void {
    this.services.clock.aheadMs += ms;
  }

  /** As if the time of every lease were over. */
  async endLeases(): Promise<void> {
    await this.database.db.query('update lease set expires_at = ?', [new Date(0)]);
  }

  /** Live vCPU of the center's pool, as the counter has it. */
  async liveVcpu(centerCode: string): Promise<number> {
    const [found] = await this.database.db.query(
      "select live_amount as live from capacity_counter where subject_id = ? and meter = 'VCPU'",
      [this.poolOf(centerCode).id],
    );
    return Number(found.live);
  }

  async liveStorageGib(centerCode: string): Promise<number> {
    const [found] = await this.database.db.query(
      "select live_amount as live from capacity_counter where subject_id = ? and meter = 'STORAGE_GIB_SSD'",
      [this.poolOf(centerCode).id],
    );
    return Number(found.live);
  }

  /** As if its tasks had ended so long before. */
  async ageTask(resourceId: string, ms: number): Promise<void> {
    await this.database.db.query('update resource_task set ended_at = ? where resource_id = ?', [
      new Date(Date.now() - ms),
      resourceId,
    ]);
  }

  /** Tasks of a resource, the oldest first. */
  async tasksOf(resourceId: string): Promise<ResourceTaskRow[]> {
    const filter = { centerId: null, resourceId, states: [], search: null };
    const page = await (this.records.tasks as ResourceTasks).page(WHOLE_PROVINCE, filter, { first: 100, after: null });
    return [...page.rows].reverse();
  }

  async reach(centerCode: string): Promise<string> {
    const cluster = await this.records.facilities.clusterOfCenter(this.poolOf(centerCode).centerId as string);
    return cluster?.reach ?? 'NONE';
  }

  /** How many resources have had their newest wish looked after. */
  async observed(): Promise<number> {
    const [found] = await this.database.db.query(
      'select count(*) as n from resource where observed_generation = generation',
    );
    return Number(found.n);
  }

  /** How often the row's status was written, as its feed rows count it. */
  writesOf(resourceId: string): Promise<number> {
    return this.newsOf('resource', resourceId);
  }

  newsOfTasks(resourceId: string): Promise<number> {
    return this.newsOf('resourceTask', resourceId);
  }

  private async newsOf(topic: ChangeTopic, subjectId: string): Promise<number> {
    const [found] = await this.database.db.query(
      'select count(*) as n from change_feed where topic = ? and subject_id = ?',
      [topic, subjectId],
    );
    return Number(found.n);
  }
}
