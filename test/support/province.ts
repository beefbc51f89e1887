import type { DataSource } from 'typeorm';
import { AllocationRepository } from '../../server/src/allocation/allocation.repository.js';
import { AllocationService } from '../../server/src/allocation/allocation.service.js';
import { ClaimResizes } from '../../server/src/allocation/claim-resizes.service.js';
import { holdExpiry } from '../../server/src/allocation/domain/claim.js';
import { ItemRecord } from '../../server/src/allocation/item-record.service.js';
import { Acts } from '../../server/src/audit/acts.service.js';
import { AuditRepository } from '../../server/src/audit/audit.repository.js';
import { IdempotencyRepository } from '../../server/src/audit/idempotency.repository.js';
import { BudgetsRepository } from '../../server/src/budgets/budgets.repository.js';
import { BudgetsService } from '../../server/src/budgets/budgets.service.js';
import { LedgerRepository } from '../../server/src/budgets/ledger.repository.js';
import { BudgetLedger } from '../../server/src/budgets/ledger.service.js';
import { DepartmentsRepository } from '../../server/src/departments/departments.repository.js';
import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import { FirstLoginsRepository } from '../../server/src/documents/first-logins.repository.js';
import { HandOverRepository } from '../../server/src/documents/hand-over.repository.js';
import { LoginResetsRepository } from '../../server/src/documents/login-resets.repository.js';
import { MachineLogins, resetContextOf } from '../../server/src/documents/machine-logins.service.js';
import { DrDebtsRepository } from '../../server/src/drdebts/drdebts.repository.js';
import { DrDebts } from '../../server/src/drdebts/drdebts.service.js';
import { DriftRepository } from '../../server/src/drift/drift.repository.js';
import { DriftPolicies } from '../../server/src/drift/drift-policies.service.js';
import { Drifts } from '../../server/src/drift/drifts.service.js';
import { entities } from '../../server/src/entities.js';
import { CenterOpenings } from '../../server/src/facilities/center-openings.service.js';
import type { Center, NetworkZone, Pool } from '../../server/src/facilities/domain/facility.js';
import { FacilitiesRepository } from '../../server/src/facilities/facilities.repository.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { takenMachine } from '../../server/src/intake/taken-machine.js';
import type { Clock } from '../../server/src/kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { AddressesRepository } from '../../server/src/networks/addresses.repository.js';
import { AddressesService } from '../../server/src/networks/addresses.service.js';
import { NetworksRepository } from '../../server/src/networks/networks.repository.js';
import { Counters } from '../../server/src/platform/counters/counters.js';
import type { CryptoProvider } from '../../server/src/platform/crypto/crypto-provider.js';
import { newKeyRing } from '../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { Leases } from '../../server/src/platform/database/lease.js';
import type { Tx } from '../../server/src/platform/database/unit-of-work.js';
import type { ChangeFeed, ChangeTopic } from '../../server/src/platform/feed/change-feed.js';
import { Notices } from '../../server/src/platform/notices/notices.js';
import type { Records } from '../../server/src/provisioning/provisioning.types.js';
import { QuarantineRepository } from '../../server/src/quarantine/quarantine.repository.js';
import { Quarantine } from '../../server/src/quarantine/quarantine.service.js';
import { QuotaTakings } from '../../server/src/quotas/quota-takings.service.js';
import { ChangeFollowUp } from '../../server/src/requests/change-follow-up.service.js';
import { ChangedServicesRepository } from '../../server/src/requests/changed-services.repository.js';
import { DataCosts } from '../../server/src/requests/data-costs.service.js';
import { EncumberingService } from '../../server/src/requests/encumbering.service.js';
import { FollowUpService } from '../../server/src/requests/follow-up.service.js';
import { RequestChangesRepository } from '../../server/src/requests/request-changes.repository.js';
import { RequestItemChangesRepository } from '../../server/src/requests/request-item-changes.repository.js';
import { RequestEntity } from '../../server/src/requests/requests.entity.js';
import { RequestsRepository } from '../../server/src/requests/requests.repository.js';
import { ServiceChangesDone } from '../../server/src/requests/service-changes-done.service.js';
import type { ThingChangesDone } from '../../server/src/requests/thing-changes-done.service.js';
import { LifePolicies } from '../../server/src/resources/life-policies.service.js';
import { LineMachines } from '../../server/src/resources/line-machines.service.js';
import { RecordedMachines } from '../../server/src/resources/recorded-machines.service.js';
import { ResourceChanges } from '../../server/src/resources/resource-changes.service.js';
import { ResourceLife } from '../../server/src/resources/resource-life.service.js';
import { ResourceLists } from '../../server/src/resources/resource-lists.service.js';
import { ResourceMoves } from '../../server/src/resources/resource-moves.service.js';
import { type ResourceTaskRow, ResourceTasks } from '../../server/src/resources/resource-tasks.service.js';
import { ResourcesRepository } from '../../server/src/resources/resources.repository.js';
import { ResourcesService } from '../../server/src/resources/resources.service.js';
import type { ResourceDesired, ResourceRow } from '../../server/src/resources/resources.types.js';
import { UnrecordedMachinesService } from '../../server/src/resources/unrecorded-machines.service.js';
import { SystemWrites } from '../../server/src/systems/system-writes.repository.js';
import { SystemsRepository } from '../../server/src/systems/systems.repository.js';
import { SystemsService } from '../../server/src/systems/systems.service.js';
import * as build from './builders/facility.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { unitsOfWork } from './units-of-work.ts';

const SIZE = { vcpu: 2, memoryMib: 4_096, diskGib: 40, storageTier: 'SSD' as const };
const IMAGE_SOURCE = { registry: { url: 'docker://registry.example/images/openeuler:24.03' } };

/** Its changes are of machines: no line of servers or places is ever done. */
const NO_THINGS = undefined as unknown as ThingChangesDone;
/** Sheets are another feature's business. */
const NO_HAND_OVERS = { delivered: async () => {} };

class JumpingClock implements Clock {
  aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** What this province has, clusters drive. */
const NO_REMOVALS = { asked: async () => undefined };

/** A province without people: centers with pools in a database of its own, and approved requests whose machines are due. */
export class Province {
  private made = 0;
  readonly resources: ResourcesService;

  private constructor(
    private readonly database: Pick<TestDatabase, 'db' | 'close'>,
    readonly records: Records & { readonly facilities: FacilitiesService },
    readonly feed: ChangeFeed,
    private readonly pools: ReadonlyMap<string, Pool>,
    private readonly clock: JumpingClock,
    readonly life: ResourceLife,
    private readonly changes: ResourceChanges,
    private readonly addresses: AddressesService,
    private readonly crypto: CryptoProvider,
    readonly acts: Acts,
  ) {
    this.resources = records.resources as ResourcesService;
  }

  static async open(centerCodes: readonly string[]): Promise<Province> {
    const pools = new Map<string, Pool>();
    const province = Province.over(await openTestDatabase(entities), pools);
    for (const code of centerCodes) pools.set(code, await province.openCenter(code));
    return province;
  }

  /** As a process of its own sees it: with centers that others have opened. */
  static over(database: Pick<TestDatabase, 'db' | 'close'>, pools: ReadonlyMap<string, Pool> = new Map()): Province {
    const { db } = database;
    const clock = new JumpingClock();
    const { feed, work } = unitsOfWork(db, clock);
    const crypto = new SoftwareCrypto(newKeyRing(), 1_000);
    const acts = new Acts(work, new AuditRepository(db), new IdempotencyRepository(db), crypto);
    const facilities = new FacilitiesService(new FacilitiesRepository(db));
    const allocation = new AllocationService(new AllocationRepository(db), new Counters(db), facilities);
    const addresses = new AddressesService(new AddressesRepository(db), new NetworksRepository(db));
    const resources = new ResourcesService(new ResourcesRepository(db), addresses);
    const [books, entries] = [new BudgetsRepository(db), new LedgerRepository(db)];
    const systems = new SystemsService(new SystemsRepository(db), new SystemWrites(), clock);
    const departments = new DepartmentsService(new DepartmentsRepository(db));
    const budgets = new BudgetsService(books, entries, departments, systems, acts);
    const encumbering = new EncumberingService(budgets, new BudgetLedger(books, entries), clock);
    const moves = new ResourceMoves(new ResourcesRepository(db), allocation, addresses, NO_REMOVALS);
    const policies = new LifePolicies(db, acts, clock);
    const life = new ResourceLife(moves, policies, new ResourceLists(db), acts, clock);
    const changeRows = new RequestChangesRepository(db);
    const requestRows = new RequestsRepository(db);
    const recorded = new RecordedMachines(new ResourcesRepository(db), addresses);
    const dataCosts = new DataCosts(requestRows, changeRows, encumbering);
    const requests = new FollowUpService(
      requestRows,
      resources,
      new ItemRecord(db),
      recorded,
      encumbering,
      allocation,
      new LineMachines(),
      new DrDebts(new DrDebtsRepository(db), new CenterOpenings(), facilities, new Notices(), acts),
      NO_HAND_OVERS,
      changeRows,
      dataCosts,
    );
    const resourceChanges = new ResourceChanges(new ResourcesRepository(db));
    const changes = new ChangeFollowUp(
      new RequestsRepository(db),
      changeRows,
      new ClaimResizes(new AllocationRepository(db)),
      resourceChanges,
      encumbering,
      requests,
      recorded,
      allocation,
      dataCosts,
      new ServiceChangesDone(
        requestRows,
        new ChangedServicesRepository(db),
        new QuotaTakings(db, new Counters(db)),
        new ItemRecord(db),
        encumbering,
      ),
      NO_THINGS,
      new RequestItemChangesRepository(db),
    );
    const records = {
      resources,
      unrecorded: new UnrecordedMachinesService(db, work),
      allocation,
      requests,
      changes,
      logins: new MachineLogins(
        new FirstLoginsRepository(db),
        new LoginResetsRepository(db),
        new HandOverRepository(db),
        work,
        crypto,
      ),
      facilities,
      drift: {
        drifts: new Drifts(new DriftRepository(db), new Notices()),
        policies: new DriftPolicies(db, acts, clock),
        owners: resources,
      },
      quarantine: new Quarantine(new QuarantineRepository(db), facilities, new Notices()),
      tasks: new ResourceTasks(db),
      unitOfWork: work,
      leases: new Leases(db),
      clock,
    };
    return new Province(database, records, feed, pools, clock, life, resourceChanges, addresses, crypto, acts);
  }

  private async openCenter(code: string): Promise<Pool> {
    const { facilities, unitOfWork } = this.records;
    const center: Center = build.center({ code });
    const cluster = build.cluster(center);
    const pool = build.pool(cluster, { code: `${code}-amd64-extranet`, architecture: 'AMD64' });
    await unitOfWork.run(async (tx) => {
      await facilities.add(tx, { centers: [center], clusters: [cluster], pools: [pool] });
      await (this.records.allocation as AllocationService).openPool(tx, {
        poolId: pool.id,
        vcpu: 4_000,
        memoryMib: 8_000_000,
        storage: { SSD: 100_000, HDD: 0 },
      });
    });
    return pool;
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  get db(): DataSource {
    return this.database.db;
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

  /** An approved request for machines in one center: its claims are allocated, its resources are made. */
  async approve(centerCode: string, machines: number, departmentCode = 'js-finance'): Promise<string[]> {
    this.made += 1;
    const requestCode = `SQ-2026-${String(this.made).padStart(6, '0')}`;
    const pool = this.poolOf(centerCode);
    const [requestId, lineId, departmentId, systemId, projectId] = Array.from({ length: 5 }, () => newId()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const { unitOfWork } = this.records;
    const allocation = this.records.allocation as AllocationService;
    await unitOfWork.run(async (tx) => {
      await tx.manager.insert(RequestEntity, {
        id: requestId,
        code: requestCode,
        nature: 'NEW',
        restartAgreed: false,
        state: 'PROVISIONING',
        stateSince: tx.now,
        version: 1,
        departmentId,
        systemId,
        projectId,
        purpose: '预算一体化',
        applicantId: newId(),
        applicantName: '李四',
        formerApplicantIds: null,
        monthlyFen: 0n,
        machineCount: machines,
        ...{ serverCount: 0, cabinetCount: 0, serviceCount: 0 },
        createdAt: tx.now,
        submittedAt: tx.now,
        heldSince: tx.now,
        holdExpiresAt: null,
        dueAt: null,
      });
      const share = { share: 'MAIN', standing: 'RUNNING' } as const;
      const piece = { lineId, size: SIZE, poolId: pool.id, count: machines, ...share };
      const { takeLast } = await allocation.hold(
        tx,
        { requestId, departmentId, expiresAt: holdExpiry(tx.now, tx.now), quotaIds: [] },
        [piece],
        [],
      );
      const claims = await allocation.allocate(tx, requestId);
      await this.resources.create(
        tx,
        claims.map(({ claimId }, index) => ({
          ...SIZE,
          claimId,
          lineId,
          requestId,
          requestCode,
          departmentId,
          departmentCode,
          systemId,
          systemCode: 'SYS-000001',
          projectId,
          code: `VM-${requestCode.slice(3)}-${index + 1}`,
          name: `budget-${index + 1}`,
          objectName: `budget-${this.made}-${index + 1}`,
          offerId: newId(),
          imageId: newId(),
          centerId: pool.centerId as string,
          poolId: pool.id,
          architecture: pool.architecture,
          zone: pool.zone,
          imageSource: IMAGE_SOURCE,
          accelerators: null,
          monthlyFen: 0n,
          temporaryUntil: null,
          standby: false,
          management: 'DRIVEN',
        })),
        '集云',
      );
      await tx.writeChanges();
      await takeLast();
    });
    return (await this.resources.ofRequests([requestId]))[0]?.map((row) => row.id) ?? [];
  }

  /** A machine that ran before, on record and only observed; without an object, only on record. As an approved intake leaves it. */
  async takeIn(
    centerCode: string,
    object: { readonly namespace: string; readonly name: string } | null,
    size: { readonly vcpu: number; readonly memoryMib: number },
  ): Promise<string> {
    const { id: poolId, architecture, zone, ...pool } = this.poolOf(centerCode);
    const centerId = pool.centerId as string;
    const [batchId, itemId, departmentId, systemId, projectId] = Array.from({ length: 5 }, () => newId()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const content = {
      ...{ kind: 'MACHINE' as const, poolId, centerId, architecture, zone, ...size, object, addresses: [] },
      ...{ diskGib: 100, storageTier: 'SSD' as const },
    };
    const entry = {
      id: itemId,
      name: object?.name ?? 'elsewhere',
      systemId,
      departmentId,
      sourcePlatform: 'VMware',
      content,
    };
    const owner = { departmentCode: 'js-finance', systemCode: 'SYS-000001', projectId, levels: [] };
    const { unitOfWork } = this.records;
    const allocation = this.records.allocation as AllocationService;
    return unitOfWork.run(async (tx) => {
      const taken = takenMachine(
        { id: batchId, code: 'NG-2026-000001' },
        { ...entry, startedOn: '2024-03-01' },
        owner,
        { code: `VM-${itemId.slice(-12)}`, monthlyFen: 0n },
        { now: tx.now, actorName: '张三', newId },
      );
      await this.resources.takeOver(tx, [taken.resource], taken.events);
      const { takeLast } = await allocation.takeOver(tx, [taken.claim]);
      tx.changed('resource', taken.resource.id);
      await tx.writeChanges();
      await takeLast();
      return taken.resource.id;
    });
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

  /** As a department's person presses it: given back, and purged from the bin without waiting. */
  async release(resourceId: string): Promise<void> {
    await this.giveBack(resourceId);
    if ((await this.row(resourceId)).state === 'IN_BIN') await this.purge(resourceId);
  }

  /** What was delivered is stopped and lies in the bin; what was not is released. */
  async giveBack(resourceId: string): Promise<void> {
    const [viewer, wish] = await this.pressed(resourceId);
    const released = await this.life.release(viewer, WHOLE_PROVINCE, wish);
    if (!released.ok) throw new Error(JSON.stringify(released.error));
  }

  /** From the bin for good. */
  async purge(resourceId: string): Promise<void> {
    const [viewer, wish] = await this.pressed(resourceId);
    const purged = await this.life.purge(viewer, WHOLE_PROVINCE, wish);
    if (!purged.ok) throw new Error(JSON.stringify(purged.error));
  }

  private async pressed(resourceId: string) {
    const { departmentId, name, version } = await this.row(resourceId);
    const viewer = { userId: newId(), name: '王五', departmentId, address: null, traceId: 't' } as Viewer;
    const reason = { resourceId, reason: '系统下线', confirmName: name };
    return [viewer, { ...reason, expectedVersion: version, idempotencyKey: newId() }] as const;
  }

  /** One address of each family of a new network of the machine's zone, as its hold and grant leave them; IPv4 first. */
  async claimAddresses(resourceId: string, { code, vlanId }: { code: string; vlanId: number }): Promise<string[]> {
    const { departmentId, name, ...where } = await this.row(resourceId);
    const [id, second] = [newId(), 16 + (vlanId % 200)];
    const subject = { type: 'Resource', id: resourceId, departmentId, purpose: name, actorName: '集云' };
    await this.records.unitOfWork.run(async (tx) => {
      const network = {
        ...{
          id,
          code,
          name: code,
          centerId: where.centerId as string,
          zone: where.zone as NetworkZone,
          vlanId,
          version: 1,
        },
        ...{ ipv4Prefix: `10.${second}.0.0/24`, ipv4Gateway: `10.${second}.0.1`, singleStackReason: null },
        ...{ ipv6Prefix: `2001:db8:${second}::/64`, ipv6Gateway: `2001:db8:${second}::1`, reserved: [] },
        createdAt: tx.now,
      };
      await new NetworksRepository(this.database.db).insertAll(tx, [network]);
      await this.addresses.claimNext(tx, id, [subject]);
    });
    return [...(await this.desiredOf(resourceId)).claimedAddresses];
  }

  /** As its applicant's wish leaves it: another password waits for the machine's guest. */
  async resetLogin(resourceId: string, password: string): Promise<void> {
    const resets = new LoginResetsRepository(this.database.db);
    const [latest] = await resets.latestOf([resourceId]);
    const number = (latest?.number ?? 0) + 1;
    const sealed = await this.crypto.seal(Buffer.from(password), resetContextOf(resourceId, number));
    await this.records.unitOfWork.run(async (tx) => {
      const expiresAt = new Date(tx.now.getTime() + 86_400_000);
      const reset = {
        id: newId(),
        resourceId,
        number,
        reason: '遗失',
        askedBy: '李四',
        askedById: null,
        sealed,
        expiresAt,
      };
      await resets.insert(tx, reset);
      await this.applyAgain(tx, resourceId);
    });
  }

  /** As the hand-over leaves it: the password is in no row any more. */
  async handOverReset(resourceId: string): Promise<void> {
    await this.records.unitOfWork.run(async (tx) => {
      const [reset] = await new LoginResetsRepository(this.database.db).latestOf([resourceId], tx.manager);
      await new LoginResetsRepository(this.database.db).take(tx, reset?.id ?? '', '李四');
      await this.applyAgain(tx, resourceId);
    });
  }

  async resetOf(resourceId: string): Promise<{ appliedAt: Date | null } | undefined> {
    const [reset] = await new LoginResetsRepository(this.database.db).latestOf([resourceId]);
    return reset;
  }

  private async applyAgain(tx: Tx, resourceId: string): Promise<void> {
    await tx.manager.query('update resource set generation = generation + 1 where id = ?', [resourceId]);
    tx.changed('resource', resourceId);
  }

  /** As the grant of a change leaves it: another size is wanted. */
  async resize(resourceId: string, size: { vcpu: number; memoryMib: number; diskGib: number }): Promise<void> {
    await this.records.unitOfWork.run((tx) =>
      this.changes.resize(tx, resourceId, { ...size, offerId: newId(), monthlyFen: 0n }, '集云'),
    );
  }

  async requestState(resourceId: string): Promise<string> {
    const { requestId } = await this.row(resourceId);
    const [found] = await this.database.db.query('select state from request where id = ?', [requestId]);
    return found.state;
  }

  /** The wall clock that everything here reads jumps forward. */
  passTime(ms: number): void {
    this.clock.aheadMs += ms;
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
