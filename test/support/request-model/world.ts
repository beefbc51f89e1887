import type { DataSource } from 'typeorm';
import { AllocationService } from '../../../server/src/allocation/allocation.service.js';
import { ItemRecord } from '../../../server/src/allocation/item-record.service.js';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import type { DebtRow } from '../../../server/src/drdebts/drdebts.types.js';
import { entities } from '../../../server/src/entities.js';
import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { accountingYear, addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { isConnectionLost } from '../../../server/src/platform/database/connection-errors.js';
import { openDataSource } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { QuotaTakings } from '../../../server/src/quotas/quota-takings.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import type { ChangeContent } from '../../../server/src/requests/domain/change.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { Companies } from '../../../server/src/workorders/companies.service.js';
import { openApplicationOn, openTestApplication, type TestApplication, viewerWith } from '../application.ts';
import { cluster, pool } from '../builders/facility.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../chain-desk.ts';
import { DebtDesk } from '../debt-desk.ts';
import { DyingLine, type Moment } from '../dying-line.ts';
import { withoutBackoff } from '../dying-process.ts';
import { KindsDesk, type Site as OpenSite } from '../kinds-desk.ts';
import { LifeDesk } from '../life-desk.ts';
import { OwnBudget } from '../own-budget.ts';
import { Reckoning } from '../reckoning.ts';
import { WorkDesk } from '../work-desk.ts';
import type { ModelDebt } from './debt.ts';
import type { Machine } from './machine.ts';
import { ADDRESS_RESTS_DAYS } from './model.ts';
import type { ModesChange } from './modes.ts';
import type { PlacesChange } from './place.ts';
import type { ModelRequest, Person } from './request.ts';
import { RowsOfWorld } from './rows.ts';
import { CAPACITY, MACHINE_VCPU, MACHINES_QUOTA, type Share, SITES, type Site, type Wish } from './shares.ts';
import { CABINETS, FOREIGN_ZONE, Wares } from './wares.ts';

/** Where the connection breaks: at so many statements into the transaction, before or after the database has it. */
export interface Crash {
  readonly statement: number;
  readonly moment: Moment;
}

export type Answer = Result<unknown, readonly Refusal[]>;

/** So many that a budget never decides: what of it is reserved is what is looked at. */
const AMPLE_FEN = 1_000_000_000_000n;
const MINUTE_IN_DAYS = 1 / 1_440;
const SHARE_NAME: { readonly [S in Site]: string } = { A: '-a', B: '-b', R: '-r' };
/** A broken line breaks once; a second press finds connections that are open. */
const PRESSES_MAX = 4;

/** The same province as the model's, in a real database, with a line to it that can break at any statement. */
export class World {
  readonly clock = new MovedClock();
  readonly reckoning: Reckoning;
  /** The acts' own process, behind the line. */
  readonly life: LifeDesk;
  readonly chain: ChainDesk;
  readonly debts: DebtDesk;
  private readonly work: WorkDesk;
  rows!: RowsOfWorld;
  private readonly sites: { readonly [S in Site]: OpenSite };
  private readonly years = new Set<number>();
  readonly reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
  readonly opener = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '周发起' });
  readonly engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
  private project: Project | undefined;
  /** What broke in all, for whoever wants to know that anything did. */
  crashes = 0;

  private constructor(
    readonly app: TestApplication,
    readonly kinds: KindsDesk,
    private readonly wares: Wares,
    sites: readonly [OpenSite, OpenSite, OpenSite],
    private readonly line: DyingLine,
    private readonly lineDb: DataSource,
    private readonly behind: Pick<TestApplication, 'context' | 'close'>,
    clock: MovedClock,
  ) {
    this.clock = clock;
    this.sites = { A: sites[0], B: sites[1], R: sites[2] };
    this.reckoning = new Reckoning(app);
    const { journey } = kinds;
    this.life = new LifeDesk({ test: app.test, ...behind }, journey);
    this.debts = new DebtDesk(kinds);
    this.work = new WorkDesk({ test: app.test, ...behind });
    this.chain = new ChainDesk({ test: app.test, ...behind }, journey);
  }

  static async open(): Promise<World> {
    const clock = new MovedClock();
    const app = await openTestApplication(clock);
    const kinds = await KindsDesk.open(app);
    const size = {
      vcpu: CAPACITY.vcpu,
      servers: CAPACITY.servers,
      cabinets: CABINETS,
    };
    const wares = await Wares.of(kinds);
    const sites = [
      await kinds.openSite('ACTIVE_A', size),
      await kinds.openSite('ACTIVE_B', size),
      await kinds.openSite('RECOVERY', size),
    ] as const;
    for (const site of sites) {
      await kinds.openNetwork(site, CAPACITY.addresses);
      await wares.giveCards(site.pool.id);
    }
    const line = new DyingLine(app.test.address.socketPath as string);
    await line.listen();
    const lineDb = await openDataSource({ ...app.test.address, socketPath: line.socketPath }, entities);
    const world = new World(app, kinds, wares, sites, line, lineDb, await openApplicationOn(lineDb, clock), clock);
    await new ChainDesk(app, kinds.journey).publish(
      oneChain(SIGN_OFF, ACCEPTANCE, step('end', ['CAPACITY_ALLOCATOR'])),
    );
    const { department, system, project } = kinds.journey;
    await kinds.get(QuotasService).readyLevelsOf({ departmentId: department.id, system, project });
    await app.test.db.query(
      "update capacity_counter set limit_amount = ? where kind = 'QUOTA' and subject_id = ? and meter = 'MACHINE'",
      [MACHINES_QUOTA, department.id],
    );
    const foreign = await world.openForeignPools();
    const rowsOf = (site: Site) => {
      const { center, pool: own, cabinetIds } = world.sites[site];
      return { centerId: center.id, poolId: own.id, foreignPoolId: foreign[site], cabinetIds };
    };
    world.rows = new RowsOfWorld(app, { A: rowsOf('A'), B: rowsOf('B'), R: rowsOf('R') }, nameOfMachine);
    if (!(await world.debts.rules()).ok) throw new Error('no rule accepts a debt');
    return world;
  }

  /** In every site one that no cluster of ours drives, and the company whose people serve them. */
  private async openForeignPools(): Promise<{ readonly [S in Site]: string }> {
    const ids = { A: '', B: '', R: '' };
    for (const site of SITES) {
      const { center } = this.sites[site];
      const more = { kind: 'RECORDED', clusterId: null, platformName: '华为云 Stack', zone: FOREIGN_ZONE } as const;
      const made = pool(cluster(center), { code: `${center.code}-foreign`, ...more });
      await this.kinds.get(UnitOfWork).run(async (tx) => {
        await this.kinds.get(FacilitiesService).add(tx, { centers: [], clusters: [], pools: [made] });
        const { foreignVcpu: vcpu } = CAPACITY;
        const storage = { SSD: vcpu * 1_000, HDD: vcpu * 1_000 };
        await this.kinds
          .get(AllocationService)
          .openPool(tx, { poolId: made.id, vcpu, memoryMib: vcpu * 4_096, storage });
      });
      ids[site] = made.id;
    }
    const { companyId, operator } = this.work;
    await this.kinds
      .get(UnitOfWork)
      .run((tx) => this.kinds.get(Companies).add(tx, { id: companyId, name: '平台服务商' }, [operator.userId]));
    return ids;
  }

  /** The order that was made for it is assigned, worked and finished; the press that is left confirms it. */
  async workUpToConfirm(column: 'line_id' | 'resource_id', id: string): Promise<() => Promise<Answer>> {
    const [order] = await this.app.test.db.query(
      `select id from work_order where ${column} = ? and state <> 'CANCELLED'`,
      [id],
    );
    if (!order) throw new Error(`nobody works on ${id}`);
    return this.work.upToConfirm(order.id);
  }

  async close(): Promise<void> {
    await this.behind.close();
    if (this.lineDb.isInitialized) await this.lineDb.destroy();
    await this.line.close();
    await this.app.close();
  }

  /** Of the process behind the line. */
  get<T>(type: new (...args: never[]) => T): T {
    return this.behind.context.get(type, { strict: false });
  }

  /** Whose quotas these are: all of them count on two levels, by who pays on a third. */
  get quotaSubjects(): { readonly all: readonly string[]; readonly own: string; readonly others: string } {
    const { department, system, project } = this.journey;
    return { all: [department.id, system.id], own: this.project?.id ?? '', others: project.id };
  }

  get siteA(): OpenSite {
    return this.sites.A;
  }

  get centerA(): string {
    return this.sites.A.center.id;
  }

  get journey() {
    return this.kinds.journey;
  }

  /** As a run begins: no address rests, and the recovery center is there, or is still being built. */
  async begin(recoveryIsOpen: boolean): Promise<void> {
    this.clock.pass(ADDRESS_RESTS_DAYS + 1);
    const life = recoveryIsOpen ? 'IN_SERVICE' : 'BUILDING';
    await this.app.test.db.query('update center set life = ? where id = ?', [life, this.sites.R.center.id]);
    await this.openYears();
  }

  /** The recovery center is there: what was owed is due. */
  async openRecovery(): Promise<void> {
    await this.debts.life(this.sites.R.center.id, 'BEGIN_TRIAL');
    this.tick();
  }

  /** Time goes on between acts, so that what follows follows. */
  tick(): void {
    this.clock.pass(MINUTE_IN_DAYS);
  }

  /** Budgets of this year and the next, for what its department pays itself. */
  private async openYears(): Promise<void> {
    const own = new OwnBudget(this.app, this.journey, () => this.clock.now());
    this.project ??= await own.project();
    const now = accountingYear(this.clock.now());
    for (const year of [now, now + 1, now + 2]) {
      if (this.years.has(year)) continue;
      this.years.add(year);
      await own.item(await own.whole(AMPLE_FEN, 'PROVINCE', year), AMPLE_FEN, this.project, { year });
    }
  }

  contentOf({ lines, dual, remote, site, ownPays, days }: Wish): RequestContent {
    const where = {
      centerId: dual ? null : this.sites[site].center.id,
      localMode: dual ? ('DUAL_ACTIVE' as const) : ('SINGLE' as const),
      remoteMode: remote,
    };
    const content = this.kinds.content(
      lines.map((line, at) => this.wares.line(line, { name: nameOf(at), ...(line.kind === 'SERVICE' ? {} : where) })),
    );
    const temporaryUntil = days === null ? null : addDays(calendarDate(this.clock.now()), days);
    return { ...content, temporaryUntil, ...(ownPays && this.project ? { projectId: this.project.id } : {}) };
  }

  /** The line in other DR modes: one of its machines stands for all of them. */
  async modesOf({ staying: [one], to }: ModesChange): Promise<ChangeContent> {
    const { keep, localMode, remoteMode } = to;
    const where = { localMode, remoteMode, centerId: keep === null ? null : this.sites[keep].center.id };
    const resourceIds = [await this.resourceOf(one as Machine)];
    return {
      purpose: '容灾要求变化',
      restartAgreed: false,
      lines: [{ offerId: null, diskGib: null, ...where, resourceIds }],
    };
  }

  /** The machine in its other size. */
  async changeOf(machine: Machine): Promise<ChangeContent> {
    const { id } = machine.vcpu === MACHINE_VCPU ? this.wares.four : this.wares.two;
    const asItIs = { diskGib: null, localMode: null, remoteMode: null, centerId: null };
    const line = { ...asItIs, offerId: id, resourceIds: [await this.resourceOf(machine)] };
    return { purpose: '业务量变化', restartAgreed: true, lines: [line] };
  }

  /** All places of a line in their other size. */
  async placesOf({ of, line, places: [first], to }: PlacesChange): Promise<ChangeContent> {
    const asItIs = { offerId: null, diskGib: null, localMode: null, remoteMode: null, centerId: null };
    const heightUnits = first?.size.units === to.units ? null : to.units;
    const size = { heightUnits, powerW: to.watts, weightKg: to.kg };
    const things = { lineId: await this.lineId(of, line), ...size };
    return { purpose: '机位调整', restartAgreed: false, lines: [{ ...asItIs, resourceIds: [], things }] };
  }

  /** The one line of a change. */
  async onlyLine({ id }: ModelRequest): Promise<string> {
    const [row] = await this.app.test.db.query('select id from request_line where request_id = ?', [id]);
    return row.id;
  }

  /**
   * One press of a button: the same wish under the same key, pressed again where the line broke. It is answered the same
   * however often it is pressed.
   */
  async press<T>(crash: Crash | null, act: () => Promise<T>): Promise<T> {
    const first = crash === null ? undefined : await this.pressAndBreak(crash, act);
    for (let presses = 2; ; presses += 1)
      try {
        const again = await act();
        if (first !== undefined && JSON.stringify(first) !== JSON.stringify(again))
          throw new Error(`pressed again it says ${JSON.stringify(again)}, before ${JSON.stringify(first)}`);
        return again;
      } catch (error) {
        // A connection that broke before may be found dead only when it is used.
        if (presses === PRESSES_MAX || !isConnectionLost(error)) throw error;
      }
  }

  /** undefined = it has not been answered. */
  private async pressAndBreak<T>({ statement, moment }: Crash, act: () => Promise<T>): Promise<T | undefined> {
    const before = this.line.breaks;
    this.line.breakAt(statement, moment);
    const first = await withoutBackoff(act).catch((error: unknown) => {
      if (!isConnectionLost(error)) throw error;
      return undefined;
    });
    this.line.beginAnew();
    this.crashes += this.line.breaks - before;
    return first;
  }

  viewerOf(who: Person): Viewer {
    const { head, acceptance, allocator } = this.journey;
    return { head, acceptance, allocator, reviewer: this.reviewer }[who];
  }

  /** The product's record of a machine of the model. */
  async resourceOf(machine: Machine): Promise<string> {
    const name = nameOfMachine(machine);
    const sought = 'select id from resource where request_id = ? and name = ?';
    const [row] = await this.app.test.db.query(sought, [machine.request.id, name]);
    if (!row) throw new Error(`${machine.request.id} has no machine ${name}`);
    return row.id;
  }

  nameOf(machine: Machine): string {
    return nameOfMachine(machine);
  }

  async lineId(request: ModelRequest, line: number): Promise<string> {
    const [row] = await this.app.test.db.query('select id from request_line where request_id = ? and name = ?', [
      request.id,
      nameOf(line),
    ]);
    return row.id;
  }

  /** A server of the line that is in use at that site. */
  async serverOf(request: ModelRequest, { line, site }: Share): Promise<string> {
    const [row] = await this.app.test.db.query(
      `select s.id from server s join item_claim i on i.live_subject_id = s.id
       where i.line_id = ? and s.state = 'IN_USE' and s.center_id = ? order by s.id limit 1`,
      [await this.lineId(request, line), this.sites[site].center.id],
    );
    return row.id;
  }

  /** A place of the line at that site, and the cabinet of its kind that it does not stand in. */
  async otherCabinetOf(request: ModelRequest, { line, site }: Share): Promise<{ holderId: string; cabinetId: string }> {
    const [row] = await this.app.test.db.query(
      `select h.id as holderId, c.id as cabinetId from item_claim i join cabinet_holder h on h.id = i.subject_id
       join cabinet own on own.id = h.cabinet_id join cabinet c on c.id <> own.id and c.zone = own.zone and c.id in (?)
       where i.line_id = ? and i.state = 'ALLOCATED' and own.id in (?) order by h.id limit 1`,
      [this.sites[site].cabinetIds, await this.lineId(request, line), this.sites[site].cabinetIds],
    );
    return { ...row };
  }

  /** The product's record of a debt of the model, of which the line has one that is not void. */
  async debtOf(request: ModelRequest, { share }: ModelDebt): Promise<DebtRow> {
    const lineId = await this.lineId(request, share.line);
    const row = (await this.debts.of(request.id)).find((one) => one.lineId === lineId && one.state !== 'VOID');
    if (!row) throw new Error(`${request.id} owes nothing of line ${share.line}`);
    return row;
  }

  /** Places that were granted come back by the work order that clears them; here they are cleared at once. */
  async clearPlaces(request: ModelRequest): Promise<void> {
    await this.kinds.get(UnitOfWork).run(async (tx) => {
      const record = this.kinds.get(ItemRecord);
      const items = await record.of(request.id, ['ALLOCATED'], tx);
      for (const { kind, subjectId } of items)
        if (kind === 'CABINET') await this.kinds.get(SpaceService).release(tx, subjectId);
      const ids = items.map((item) => item.subjectId);
      const { giveBackLast } = await this.kinds.get(QuotaTakings).giveBack(tx, ids);
      await record.markReleased(
        tx,
        items.map((item) => item.id),
      );
      await giveBackLast();
    });
  }

  key(): string {
    return newId();
  }
}

function nameOfMachine({ request, share, number, madeBy }: Machine): string {
  const isOneOfMany = request.wish.dual || share.site === 'R' || madeBy !== null;
  const suffix = isOneOfMany ? SHARE_NAME[share.site] : '';
  return `${nameOf(share.line)}${suffix}-${number}`;
}

function nameOf(line: number): string {
  return `line${line}`;
}
