import { ACCOUNTING_LEASE, ACCOUNTING_LEASE_MS } from '../../server/src/accounting/accounting-lease.js';
import { AccountingSweep } from '../../server/src/accounting/accounting-sweep.service.js';
import { ClosedAmounts } from '../../server/src/accounting/closed-amounts.service.js';
import { ClosedVerification } from '../../server/src/accounting/closed-verification.service.js';
import { ClosingFacts } from '../../server/src/accounting/closing-facts.service.js';
import { ClosingsService } from '../../server/src/accounting/closings.service.js';
import { PROVINCE_BOOK } from '../../server/src/accounting/domain/closing.js';
import { checklistOf } from '../../server/src/accounting/domain/closing-checklist.js';
import { PriceBook, type PricedItem } from '../../server/src/accounting/domain/price-book.js';
import { Freezer } from '../../server/src/accounting/freezer.service.js';
import { ProrationRules } from '../../server/src/accounting/proration-rules.service.js';
import { type Again, type RatingBooks, RatingService } from '../../server/src/accounting/rating.service.js';
import { SharedLines } from '../../server/src/accounting/shared-lines.service.js';
import { StatementsService } from '../../server/src/accounting/statements.service.js';
import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import type { Department } from '../../server/src/departments/domain/department.js';
import { parseUnitPrice } from '../../server/src/kernel/money.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { intervalsOf, type UseOwner } from '../../server/src/metering/domain/intervals.js';
import { MeteringService } from '../../server/src/metering/metering.service.js';
import type { NamedUse } from '../../server/src/metering/metering.types.js';
import { auditSchemaOf } from '../../server/src/platform/database/data-source.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { Leases } from '../../server/src/platform/database/lease.js';
import { type Tx, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { PriceTier } from '../../server/src/pricing/domain/price-tiers.js';
import { SharedPools } from '../../server/src/sharedcosts/shared-pools.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import { department } from './builders/department.ts';

/** Shanghai's time of day, so that days read as the accounting calendar has them. */
export class Wall {
  private at = new Date('2026-10-01T02:00:00.000Z');
  now = (): Date => this.at;
  set(text: string): void {
    this.at = shanghai(text);
  }
}

export const shanghai = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`);

/** One meter and price are enough to follow the money; by day, a month's thirtieth a day. */
export const METERS = ['VCPU', 'STORAGE_GIB_SSD'] as const;

/** What one thing had from when to when, as its lifecycle record would tell it. */
export interface UseStory {
  readonly resourceId: string;
  readonly departmentId: string;
  readonly begins: Date;
  readonly ends?: Date | null;
  readonly steps: readonly { readonly at: Date; readonly vcpu: number; readonly gib?: number }[];
  readonly owner?: Partial<UseOwner>;
}

/** Accounts of a made-up province: uses are told here, so that late facts and prices can be told at will. */
export class AccountDesk {
  readonly finance: Viewer = viewerWith(['FINANCE'], null, { name: '钱财政' });
  readonly second: Viewer = viewerWith(['FINANCE'], null, { name: '孙财政' });
  readonly bureau = department({ name: '省财政厅' });
  readonly other = department({ name: '省水利厅' });
  readonly city = department({ name: '南京市', level: 'CITY' });
  readonly ofCity = department({ name: '南京市局', parent: this.city });
  readonly head: Viewer = viewerWith(['DEPARTMENT_HEAD'], this.bureau.id, { name: '李主任' });
  readonly cityFinance: Viewer = this.ofTheCity('金会计');
  readonly citySecond: Viewer = this.ofTheCity('周会计');
  readonly closings = this.get(ClosingsService);
  readonly freezer = this.get(Freezer);
  readonly statements = this.get(StatementsService);
  readonly amounts = this.get(ClosedAmounts);
  readonly verification = this.get(ClosedVerification);
  private items: readonly PricedItem[] = [];

  private constructor(
    readonly app: TestApplication,
    readonly wall: Wall,
  ) {}

  static async begin(app: TestApplication, wall: Wall): Promise<AccountDesk> {
    const desk = new AccountDesk(app, wall);
    await desk.sql('delete from proration_rule');
    const all: Department[] = [desk.bureau, desk.other, desk.city, desk.ofCity];
    await desk.work(async (tx) => {
      await desk.get(DepartmentsService).add(tx, all);
      await desk
        .get(ProrationRules)
        .add(tx, { from: '2026-09', rule: 'BY_DAY', sameUnitMinimum: 'ONE_UNIT', reason: '测试' });
    });
    desk.price('2026-01-01', '30');
    return desk;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.context.get(type, { strict: false });
  }

  sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.app.test.db.query(text, values);
  }

  work<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(act);
  }

  get audit(): string {
    return `\`${auditSchemaOf(this.app.test.address.database)}\``;
  }

  /** From that day on a unit costs so much a month, whatever was said before of the days after. */
  price(from: string, yuan: string, tiers: { readonly [meter: string]: readonly PriceTier[] } = {}): void {
    this.items = METERS.map((meter) => {
      const before = this.items.find((item) => item.meter === meter)?.versions ?? [];
      const kept = before
        .filter((version) => version.from < from)
        .map((version) => ({ ...version, to: version.to === null || version.to > from ? from : version.to }));
      const added = {
        ...{ id: newId(), itemId: meter, centerId: null, architecture: null, from, to: null },
        ...{ kind: 'STANDARD' as const, price: parseUnitPrice(yuan), listPrice: null, synthetic: true, reason: '' },
        tiers: tiers[meter] ?? [],
      };
      return { meter, period: 'MONTH', versions: [...kept, added] };
    });
  }

  async books(): Promise<RatingBooks> {
    const { rules } = await this.get(RatingService).books();
    return { prices: new PriceBook(this.items), rules, items: this.items };
  }

  /** Rates as a pass of the worker does; what a story told before is told anew from its first moment. */
  async rate(stories: readonly UseStory[], again: Again = {}): Promise<void> {
    const books = await this.books();
    const rating = this.get(RatingService);
    await this.work(async (tx) => {
      const uses = stories.map(useOf);
      await this.get(MeteringService).book(tx, uses);
      const metered = uses.map((use) => ({
        use,
        intervals: intervalsOf(use).map((interval) => ({ ...interval, ...use.owner, ...use, version: 1 })),
        changedFrom: use.begins,
      }));
      await rating.rate(tx, metered, books, again);
    });
  }

  /** Everything was looked at just now, by the prices of the price book. */
  async passed(): Promise<void> {
    const metering = this.get(MeteringService);
    const rating = this.get(RatingService);
    const books = await rating.books();
    const now = this.wall.now();
    await this.work(async (tx) => {
      for (const { name } of metering.sources) {
        await metering.keepPass(tx, name, { afterId: '', beganAt: now, endedAt: now, lastWholeAt: now });
        await rating.keepBasis(tx, name, books);
      }
    });
    await this.share();
  }

  /** What is common is spread over what is rated now, as a pass of the worker ends. */
  async share(): Promise<void> {
    const leases = this.get(Leases);
    const lease = await leases.take(ACCOUNTING_LEASE, 'desk', ACCOUNTING_LEASE_MS);
    if (!lease) throw new Error('somebody else rates');
    await this.get(SharedLines).run(lease);
    await leases.release(lease);
  }

  /** A common cost of a center, from a month on: so much a month, spread by what use came to unless a meter is named. */
  async shares(centerId: string, code: string, monthly: bigint, fromMonth: string, meter: string | null = null) {
    const id = newId();
    const name = { zh: code, en: code };
    const version = {
      ...{ id: newId(), poolId: id, fromMonth, method: 'FIXED' as const, monthly, pricePerKwh: null, meter },
      ...{ basis: meter === null ? ('AMOUNT' as const) : ('METER' as const), reason: '测试', enteredBy: '钱财政' },
    };
    await this.work((tx) =>
      this.get(SharedPools).add(tx, [{ id, code, name, kind: 'NETWORK', centerId, version: 1 }], [version]),
    );
    return id;
  }

  /** With a word on everything that asks for one. */
  async request(month: string, by = this.finance, book = PROVINCE_BOOK, key = newId()) {
    const checks = checklistOf(await this.get(ClosingFacts).of(book, month));
    const explanations = checks
      .filter(({ result }) => result === 'EXPLAIN')
      .map(({ item }) => ({ item, text: '已核实' }));
    return this.closings.request(by, scopeOf(by), { month, book, explanations, idempotencyKey: key });
  }

  async version(id: string): Promise<number> {
    const [row] = await this.sql('select version from closing where id = ?', [id]);
    return Number(row?.version);
  }

  async approve(id: string, by = this.second, key = newId()) {
    const wish = { id, expectedVersion: await this.version(id), idempotencyKey: key };
    return this.closings.decide(by, scopeOf(by), 'APPROVE', wish);
  }

  /** Asked for by one, approved by another, sealed. */
  async close(month: string, book = PROVINCE_BOOK): Promise<string> {
    const [first, second] = book === PROVINCE_BOOK ? [this.finance, this.second] : [this.cityFinance, this.citySecond];
    const asked = await this.request(month, first, book);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const approved = await this.approve(asked.value.id, second);
    if (!approved.ok) throw new Error(JSON.stringify(approved.error));
    return asked.value.id;
  }

  async reverse(closingId: string, reason = '价格有误'): Promise<string> {
    const wish = { closingId, reason, idempotencyKey: newId() };
    const asked = await this.closings.requestReversal(this.finance, WHOLE_PROVINCE, wish);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const approved = await this.approve(asked.value.id);
    if (!approved.ok) throw new Error(JSON.stringify(approved.error));
    return asked.value.id;
  }

  async stateOf(id: string): Promise<unknown> {
    const [row] = await this.sql('select state from closing where id = ?', [id]);
    return row?.state;
  }

  /** All that was ever closed, as text, to be compared whole. */
  async closedText(): Promise<string> {
    const tables = [
      'closed_document order by id',
      'closed_statement order by document_id, department_id',
      'closed_line order by document_id, department_id, resource_id, meter, of_month, start_at, part',
    ];
    return JSON.stringify(await Promise.all(tables.map((table) => this.sql(`select * from ${this.audit}.${table}`))));
  }

  /** Closed and drafted corrections, with what was closed itself: what a month was charged in all. */
  async chargedOf(month: string, resourceId?: string): Promise<bigint> {
    const only = resourceId ? ' and l.resource_id = ?' : '';
    const values = resourceId ? [month, resourceId] : [month];
    const [row] = await this.sql(
      `select coalesce(sum(fen), 0) as fen from (
         select sum(l.amount_fen) as fen from ${this.audit}.closed_line l
           join ${this.audit}.closed_document c on c.id = l.document_id where l.of_month = ?${only}
         union all select sum(l.amount_fen) from correction_line l where l.of_month = ?${only}) x`,
      [...values, ...values],
    );
    return BigInt(row?.fen as string);
  }

  /** What of projects is drafted, line by line, as the forecast of budgets once read it. */
  async draftedByLines(projectIds: readonly string[], year: number, months: readonly string[]): Promise<bigint> {
    const rows = await this.sql(
      `select sum(if(d.id is null, coalesce(l.amount_fen, 0), 0)) as fen from rated_line l
         left join line_dispute d on d.month = l.month and d.resource_id = l.resource_id
           and d.meter = l.meter and d.start_at = l.start_at and d.open = 1
       where l.month in (?) and l.project_id in (?)
       union all
       select sum(l.amount_fen) from correction_line l where l.of_month between ? and ? and l.project_id in (?)`,
      [[...months, ''], [...projectIds, ''], `${year}-01`, `${year}-12`, [...projectIds, '']],
    );
    return rows.reduce((sum, { fen }) => sum + BigInt((fen as string | null) ?? 0), 0n);
  }

  /** What use came to by month of use and center, and how much it was, summed over every line: what kept sums are compared with. */
  async usedByLines(first: string, last: string) {
    const book = `if(l.department_id in (?), ?, 'PROVINCE')`;
    const city = [[this.city.id, this.ofCity.id], this.city.id];
    const rows = await this.sql(
      `select month, center_id, book, sum(fen) as fen from (
         select l.of_month as month, l.center_id, ${book} as book, l.amount_fen as fen from ${this.audit}.closed_line l
           join ${this.audit}.closed_document c on c.id = l.document_id
         union all select l.of_month, l.center_id, ${book}, l.amount_fen from correction_line l
         union all select l.month, l.center_id, ${book}, l.amount_fen from rated_line l
           where not exists (select 1 from closing x where x.live = 1 and x.kind = 'STATEMENT' and x.state = 'CLOSED'
               and x.of_month = l.month and x.book = ${book})
             and not exists (select 1 from line_dispute d where d.open = 1 and d.month = l.month
               and d.resource_id = l.resource_id and d.meter = l.meter and d.start_at = l.start_at and d.tier = l.tier)) x
       where month between ? and ? group by month, center_id, book`,
      [...city, ...city, ...city, ...city, first, last],
    );
    const used = await this.sql(
      `select month, center_id, sum(quantity * timestampdiff(second, start_at, end_at)) as seconds from rated_line
       where meter = 'VCPU' and month between ? and ? group by month, center_id`,
      [first, last],
    );
    const sums = (some: typeof rows, field: string) =>
      some.map((row): [string, bigint] => [
        `${row.month} ${row.center_id}`,
        BigInt((row[field] as string | null) ?? 0),
      ]);
    return {
      PROVINCE: sums(
        rows.filter((row) => row.book === 'PROVINCE'),
        'fen',
      ),
      CITIES: sums(
        rows.filter((row) => row.book !== 'PROVINCE'),
        'fen',
      ),
      vcpuSeconds: sums(used, 'seconds'),
    };
  }

  async ratedOf(month: string, resourceId?: string): Promise<bigint> {
    const only = resourceId ? ' and resource_id = ?' : '';
    const [row] = await this.sql(
      `select coalesce(sum(amount_fen), 0) as fen from rated_line where month = ?${only}`,
      resourceId ? [month, resourceId] : [month],
    );
    return BigInt(row?.fen as string);
  }

  corrections(): Promise<Record<string, unknown>[]> {
    return this.sql('select * from correction_line order by of_month, resource_id, meter, part');
  }

  sweep(): AccountingSweep {
    return this.get(AccountingSweep);
  }

  private ofTheCity(name: string): Viewer {
    const departmentTreeIds = [this.city.id, this.ofCity.id];
    return viewerWith(['CITY_FINANCE'], this.city.id, { name, departmentTreeIds });
  }
}

export function scopeOf(viewer: Viewer) {
  return viewer.departmentId === null
    ? WHOLE_PROVINCE
    : ({ kind: 'DEPARTMENTS', departmentIds: viewer.departmentTreeIds } as const);
}

export function story(departmentId: string, begins: string, vcpu: number, more: Partial<UseStory> = {}): UseStory {
  const at = shanghai(begins);
  return { resourceId: newId(), departmentId, begins: at, steps: [{ at, vcpu }], ...more };
}

function useOf({ begins, departmentId, ends = null, owner = {}, resourceId, steps }: UseStory): NamedUse {
  return {
    ...{ resourceId, subjectId: resourceId, kind: 'MACHINE', code: `VM-${resourceId.slice(-6)}`, name: 'vm' },
    requestId: null,
    owner: {
      ...{ departmentId, systemId: null, projectId: null, centerId: null, architecture: 'ARM64', share: 'MAIN' },
      ...owner,
    },
    begins,
    ends,
    facts: steps.map(({ at, gib, vcpu }, index) => ({
      id: String(index),
      at,
      quantities: { VCPU: vcpu, ...(gib === undefined ? {} : { STORAGE_GIB_SSD: gib }) },
    })),
    disputed: [],
  };
}
