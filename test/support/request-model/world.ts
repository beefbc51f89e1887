import type { DataSource } from 'typeorm';
import { ItemRecord } from '../../../server/src/allocation/item-record.service.js';
import { SpaceService } from '../../../server/src/cabinets/space.service.js';
import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import type { DebtRow } from '../../../server/src/drdebts/drdebts.types.js';
import { entities } from '../../../server/src/entities.js';
import { accountingYear, addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import type { Refusal } from '../../../server/src/kernel/refusal.js';
import type { Result } from '../../../server/src/kernel/result.js';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { isConnectionLost } from '../../../server/src/platform/database/connection-errors.js';
import { auditSchemaOf, openDataSource } from '../../../server/src/platform/database/data-source.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { QuotaTakings } from '../../../server/src/quotas/quota-takings.service.js';
import { QuotasService } from '../../../server/src/quotas/quotas.service.js';
import type { ChangeContent } from '../../../server/src/requests/domain/change.js';
import type { RequestContent } from '../../../server/src/requests/domain/content.js';
import type { Project } from '../../../server/src/systems/domain/system.js';
import { openApplicationOn, openTestApplication, type TestApplication, viewerWith } from '../application.ts';
import { offer } from '../builders/catalog.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../chain-desk.ts';
import { DebtDesk } from '../debt-desk.ts';
import { DyingLine, type Moment } from '../dying-line.ts';
import { withoutBackoff } from '../dying-process.ts';
import { KindsDesk, type Site as OpenSite } from '../kinds-desk.ts';
import { LifeDesk } from '../life-desk.ts';
import { OwnBudget } from '../own-budget.ts';
import { Reckoning } from '../reckoning.ts';
import type { ModelDebt } from './debt.ts';
import type { Machine } from './machine.ts';
import { ADDRESS_RESTS_DAYS } from './model.ts';
import type { ModelRequest, Person } from './request.ts';
import {
  BIG_VCPU,
  CAPACITY,
  MACHINE_VCPU,
  MACHINES_QUOTA,
  nothing,
  SITES,
  type Site,
  type Taking,
  type Wish,
} from './shares.ts';

/** Where the connection breaks: at so many statements into the transaction, before or after the database has it. */
export interface Crash {
  readonly statement: number;
  readonly moment: Moment;
}

export type Answer = Result<unknown, readonly Refusal[]>;

const PLACE_UNITS = 6;
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
  private readonly sites: { readonly [S in Site]: OpenSite };
  private readonly years = new Set<number>();
  private readonly two = offer({ code: 'model-2c', vcpu: MACHINE_VCPU, memoryMib: MACHINE_VCPU * 1024 });
  private readonly four = offer({ code: 'model-4c', vcpu: BIG_VCPU, memoryMib: BIG_VCPU * 1024 });
  readonly reviewer = viewerWith(['CENTER_REVIEWER'], null, { name: '王评审' });
  readonly opener = viewerWith(['CAPACITY_ALLOCATOR'], null, { name: '周发起' });
  readonly engineer = viewerWith(['FACILITY_ENGINEER'], null, { name: '蒋工' });
  private project: Project | undefined;
  /** What broke in all, for whoever wants to know that anything did. */
  crashes = 0;

  private constructor(
    readonly app: TestApplication,
    readonly kinds: KindsDesk,
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
    this.chain = new ChainDesk({ test: app.test, ...behind }, journey);
  }

  static async open(): Promise<World> {
    const clock = new MovedClock();
    const app = await openTestApplication(clock);
    const kinds = await KindsDesk.open(app);
    const size = {
      vcpu: CAPACITY.vcpu,
      servers: CAPACITY.servers,
      cabinets: [{ heightUnits: PLACE_UNITS * CAPACITY.places }],
    };
    const sites = [
      await kinds.openSite('ACTIVE_A', size),
      await kinds.openSite('ACTIVE_B', size),
      await kinds.openSite('RECOVERY', size),
    ] as const;
    for (const site of sites) await kinds.openNetwork(site, CAPACITY.addresses);
    const line = new DyingLine(app.test.address.socketPath as string);
    await line.listen();
    const lineDb = await openDataSource({ ...app.test.address, socketPath: line.socketPath }, entities);
    const world = new World(app, kinds, sites, line, lineDb, await openApplicationOn(lineDb, clock), clock);
    await new ChainDesk(app, kinds.journey).publish(
      oneChain(SIGN_OFF, ACCEPTANCE, step('end', ['CAPACITY_ALLOCATOR'])),
    );
    await kinds
      .get(UnitOfWork)
      .run((tx) => kinds.get(CatalogService).add(tx, { offers: [world.two, world.four], images: [] }));
    const { department, system, project } = kinds.journey;
    await kinds.get(QuotasService).readyLevelsOf({ departmentId: department.id, system, project });
    await app.test.db.query(
      "update capacity_counter set limit_amount = ? where kind = 'QUOTA' and subject_id = ? and meter = 'MACHINE'",
      [MACHINES_QUOTA, department.id],
    );
    if (!(await world.debts.rules()).ok) throw new Error('no rule accepts a debt');
    return world;
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
      lines.map(({ kind, count }, at) => {
        const line = { ...this.kinds.line(kind, { count, name: nameOf(at) }), ...(kind === 'SERVICE' ? {} : where) };
        if (line.vm) return { ...line, vm: { ...line.vm, offerId: this.two.id } };
        if (line.cabinet) return { ...line, cabinet: { ...line.cabinet, heightUnits: PLACE_UNITS, powerW: 100 } };
        return line;
      }),
    );
    const temporaryUntil = days === null ? null : addDays(calendarDate(this.clock.now()), days);
    return { ...content, temporaryUntil, ...(ownPays && this.project ? { projectId: this.project.id } : {}) };
  }

  /** The machine in its other size. */
  async changeOf(machine: Machine): Promise<ChangeContent> {
    const { id } = machine.vcpu === MACHINE_VCPU ? this.four : this.two;
    const asItIs = { diskGib: null, localMode: null, remoteMode: null, centerId: null };
    const line = { ...asItIs, offerId: id, resourceIds: [await this.resourceOf(machine)] };
    return { purpose: '业务量变化', restartAgreed: true, lines: [line] };
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

  async lineId(request: ModelRequest, line: number): Promise<string> {
    const [row] = await this.app.test.db.query('select id from request_line where request_id = ? and name = ?', [
      request.id,
      nameOf(line),
    ]);
    return row.id;
  }

  /** A server of the request that is in use at that site. */
  async serverOf(request: ModelRequest, site: Site): Promise<string> {
    const [row] = await this.app.test.db.query(
      `select s.id from server s join item_claim i on i.live_subject_id = s.id
       where i.request_id = ? and s.state = 'IN_USE' and s.center_id = ? order by s.id limit 1`,
      [request.id, this.sites[site].center.id],
    );
    return row.id;
  }

  /** What is taken in all, as the rows say. */
  async taken(): Promise<Taking> {
    const taken = nothing();
    for (const site of SITES) {
      const { center, pool } = this.sites[site];
      const [claims] = await this.app.test.db.query(
        `select coalesce(sum(vcpu), 0) as vcpu, coalesce(sum(standing <> 'DATA' and grows_claim_id is null), 0) as machines,
           coalesce(sum(standing = 'DATA'), 0) as data from claim where pool_id = ? and state <> 'RELEASED'`,
        [pool.id],
      );
      const [servers] = await this.app.test.db.query(
        "select count(*) as n from server where center_id = ? and state <> 'FREE'",
        [center.id],
      );
      const [places] = await this.app.test.db.query(
        "select count(*) as n from cabinet_holder where cabinet_id in (?) and state <> 'RELEASED'",
        [this.sites[site].cabinetIds],
      );
      const [addresses] = await this.app.test.db.query(
        `select count(*) as n from address_claim a join network w on w.id = a.network_id
         where w.center_id = ? and a.family = 'IPV4' and a.live = 1 and a.state <> 'QUARANTINE'`,
        [center.id],
      );
      Object.assign(taken[site], { vcpu: Number(claims.vcpu), machines: Number(claims.machines) });
      Object.assign(taken[site], { addresses: Number(addresses.n) });
      Object.assign(taken[site], { data: Number(claims.data), servers: Number(servers.n), places: Number(places.n) });
    }
    return taken;
  }

  /** Of each request its state, whether it holds, and what of a budget it has reserved. */
  async requests(ids: readonly string[]): Promise<{ state: string; holds: boolean; reserved: bigint }[]> {
    if (ids.length === 0) return [];
    const rows: { id: string; state: string; holds: number; reserved: string }[] = await this.app.test.db.query(
      `select q.id, q.state, q.hold_expires_at is not null as holds, coalesce((select sum(n.left_fen) from encumbrance n where n.subject_id = q.id), 0) as reserved
       from request q where q.id in (?)`,
      [ids],
    );
    const byId = new Map(
      rows.map(({ id, state, holds, reserved }) => [
        id,
        { state, holds: Number(holds) === 1, reserved: BigInt(reserved) },
      ]),
    );
    return ids.map((id) => byId.get(id) ?? { state: 'NONE', holds: false, reserved: 0n });
  }

  /** 容灾欠账 of these requests, as the model says them. */
  async owed(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows: { id: string; line: string; state: string; n: number }[] = await this.app.test.db.query(
      `select d.request_id as id, l.name as line, d.state, d.item_count as n
       from dr_debt d join request_line l on l.id = d.line_id where d.request_id in (?)`,
      [ids],
    );
    return rows.map(({ id, line, state, n }) => `${id} ${line} ${state} ${n}`).toSorted();
  }

  /** The product's record of a debt of the model, of which the line has one that is not void. */
  async debtOf(request: ModelRequest, { share }: ModelDebt): Promise<DebtRow> {
    const lineId = await this.lineId(request, share.line);
    const row = (await this.debts.of(request.id)).find((one) => one.lineId === lineId && one.state !== 'VOID');
    if (!row) throw new Error(`${request.id} owes nothing of line ${share.line}`);
    return row;
  }

  async machineStates(machines: readonly Machine[]): Promise<string[]> {
    if (machines.length === 0) return [];
    const rows: { id: string; name: string; state: string }[] = await this.app.test.db.query(
      'select request_id as id, name, state from resource where request_id in (?)',
      [machines.map((machine) => machine.request.id)],
    );
    const states = new Map(rows.map(({ id, name, state }) => [`${id} ${name}`, state]));
    return machines.map((machine) => states.get(`${machine.request.id} ${nameOfMachine(machine)}`) ?? 'NONE');
  }

  /** Requests of which more or less was told than happened: each move that somebody waits for is told once, also of its debts. */
  async mistold(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows: { id: string; moves: string; told: string }[] = await this.app.test.db.query(
      `select q.id,
         (select count(*) from request_step s where s.request_id = q.id
            and s.action in ('SEND_FOR_SIGN_OFF', 'SUBMIT', 'APPROVE', 'RETURN', 'REJECT', 'EXPIRE', 'DELIVER'))
         + (select count(*) from dr_debt d where d.request_id = q.id and d.state in ('SETTLING', 'SETTLED', 'WAIVED')) as moves,
         (select count(*) from notice n where n.subject_type = 'Request' and n.subject_id = q.id) as told
       from request q where q.id in (?) having moves <> told`,
      [ids],
    );
    return rows.map(({ id, moves, told }) => `${id}: ${moves} moves, told ${told} times`);
  }

  /** Acts that were done so far, each one row. */
  async acts(): Promise<number> {
    const schema = auditSchemaOf(this.app.test.address.database);
    const [row] = await this.app.test.db.query(`select count(*) as n from \`${schema}\`.audit_event`);
    return Number(row.n);
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

function nameOfMachine({ request, share, number }: Machine): string {
  const suffix = request.wish.dual || share.site === 'R' ? SHARE_NAME[share.site] : '';
  return `${nameOf(share.line)}${suffix}-${number}`;
}

function nameOf(line: number): string {
  return `line${line}`;
}
