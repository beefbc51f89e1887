import { Injectable } from '@nestjs/common';
import { DataSource, In, type SelectQueryBuilder } from 'typeorm';
import type { CenterRole } from '../facilities/domain/facility.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type DebtState, OWED_STATES } from './domain/debt-state.js';
import { DrDebtEntity } from './drdebts.entity.js';
import type { DebtFilter, DebtRow, DebtTotal } from './drdebts.types.js';

const COLUMNS = [
  'id',
  'requestId',
  'requestCode',
  'lineId',
  'lineName',
  'departmentId',
  'systemId',
  'kind',
  'share',
  'standing',
  'role',
  'centerId',
  'thing',
  'itemCount',
  'machines',
  'vcpu',
  'memoryMib',
  'storageGib',
  'accelerator',
  'accelerators',
  'servers',
  'halfUnits',
  'powerW',
  'monthlyFen',
  'state',
  'since',
  'firmAt',
  'settledAt',
  'closedAt',
  'closedBy',
  'reason',
  'version',
  'live',
] as const;

@Injectable()
export class DrDebtsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, rows: readonly DebtRow[]): Promise<void> {
    const live = ({ state }: DebtRow) => (state === 'SETTLED' || state === 'WAIVED' || state === 'VOID' ? null : 1);
    await bulkInsert(
      tx,
      'dr_debt',
      COLUMNS,
      rows.map((row) => ({ ...row, live: live(row) })),
    );
  }

  /** The row, locked until commit; null = not there, or not in the scope. */
  async locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<DebtRow | null> {
    if (id === undefined) return null;
    return this.debts(scope, tx).andWhere('d.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  /** Of one request, in these states; the request's own row is what serialises its acts. */
  async ofRequest(tx: Tx, requestId: string, states: readonly DebtState[]): Promise<DebtRow[]> {
    return tx.manager.find(DrDebtEntity, {
      where: { requestId, state: In(inList(states) as DebtState[]) },
      order: { id: 'ASC' },
    });
  }

  /** false = it is not in that state, or not of that version, any more. */
  async move(tx: Tx, row: DebtRow, to: DebtState, values: Partial<DebtRow> = {}): Promise<boolean> {
    const over = to === 'SETTLED' || to === 'WAIVED' || to === 'VOID' ? { live: null, closedAt: tx.now } : {};
    const done = await tx.manager.update(
      DrDebtEntity,
      { id: row.id, state: row.state, version: row.version },
      { ...over, ...values, thing: values.thing ?? row.thing, state: to, version: row.version + 1 },
    );
    return done.affected === 1;
  }

  async update(tx: Tx, row: DebtRow, values: Partial<DebtRow>): Promise<void> {
    await tx.manager.update(
      DrDebtEntity,
      { id: row.id },
      { ...values, thing: values.thing ?? row.thing, version: row.version + 1 },
    );
  }

  async inScope(scope: TenantScope, id: string): Promise<DebtRow | null> {
    return this.debts(scope).andWhere('d.id = :id', { id }).getOne();
  }

  async byIds(ids: readonly string[]): Promise<DebtRow[]> {
    return this.db.manager.findBy(DrDebtEntity, { id: In(inList(ids) as string[]) });
  }

  /** All that the lines owe or owed, the newest last. */
  async ofLines(lineIds: readonly string[]): Promise<DebtRow[]> {
    return this.db.manager.find(DrDebtEntity, {
      where: { lineId: In(inList(lineIds) as string[]) },
      order: { since: 'ASC', id: 'ASC' },
    });
  }

  owed(): Promise<DebtRow[]> {
    return this.db.manager.find(DrDebtEntity, {
      where: { state: In([...OWED_STATES]) },
      order: { since: 'ASC', id: 'ASC' },
    });
  }

  async linesOwed(): Promise<string[]> {
    const rows: { lineId: string }[] = await this.db.query(
      "select distinct line_id as lineId from dr_debt where state in ('OPEN', 'SETTLING')",
    );
    return rows.map(({ lineId }) => lineId);
  }

  async page(scope: TenantScope, filter: DebtFilter, page: PageRequest): Promise<Page<DebtRow>> {
    const totalCount = await this.filtered(scope, filter).getCount();
    const query = this.filtered(scope, filter);
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere('(d.since < :key or (d.since = :key and d.id < :id))', { key: new Date(key), id });
    }
    const rows = await query
      .orderBy('d.since', 'DESC')
      .addOrderBy('d.id', 'DESC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Summed by the database: two statements, however many there are. */
  async totals(scope: TenantScope, filter: DebtFilter): Promise<DebtTotal[]> {
    const sums = ['machines', 'vcpu', 'memoryMib', 'storageGib', 'servers', 'halfUnits', 'powerW'] as const;
    const query = this.filtered(scope, filter)
      .select('d.role', 'role')
      .addSelect('count(*)', 'debts')
      .addSelect('coalesce(sum(d.monthlyFen), 0)', 'monthlyFen')
      .addSelect('sum(d.monthlyFen is null)', 'withoutPrice');
    for (const column of sums) query.addSelect(`sum(d.${column})`, column);
    const rows = await query
      .groupBy('d.role')
      .orderBy('d.role', 'ASC')
      .getRawMany<Record<string, string> & { role: CenterRole }>();
    const pieces = await this.acceleratorTotals(scope, filter);
    return rows.map((row) => ({
      role: row.role,
      accelerators: (pieces.get(row.role) ?? []).map(({ name, count }) => ({ name, count: Number(count) })),
      debts: Number(row.debts),
      monthlyFen: BigInt(row.monthlyFen ?? 0),
      withoutPrice: Number(row.withoutPrice),
      machines: Number(row.machines),
      vcpu: Number(row.vcpu),
      memoryMib: Number(row.memoryMib),
      storageGib: Number(row.storageGib),
      servers: Number(row.servers),
      halfUnits: Number(row.halfUnits),
      powerW: Number(row.powerW),
    }));
  }

  /** One class is no other: what is owed of each is summed by itself. */
  private async acceleratorTotals(scope: TenantScope, filter: DebtFilter) {
    const rows = await this.filtered(scope, filter)
      .andWhere('d.accelerator is not null')
      .select('d.role', 'role')
      .addSelect('d.accelerator', 'name')
      .addSelect('sum(d.accelerators)', 'count')
      .groupBy('d.role')
      .addGroupBy('d.accelerator')
      .orderBy('d.accelerator', 'ASC')
      .getRawMany<{ role: CenterRole; name: string; count: string }>();
    return Map.groupBy(rows, (row) => row.role);
  }

  /** How many are owed to centers of a role for certain. */
  async countOpen(tx: Tx, role: CenterRole): Promise<number> {
    return tx.manager.countBy(DrDebtEntity, { role, state: 'OPEN' });
  }

  private filtered(scope: TenantScope, filter: DebtFilter): SelectQueryBuilder<DrDebtEntity> {
    const query = this.debts(scope);
    if (filter.states.length > 0) query.andWhere('d.state in (:...states)', { states: filter.states });
    if (filter.roles.length > 0) query.andWhere('d.role in (:...roles)', { roles: filter.roles });
    if (filter.kinds.length > 0) query.andWhere('d.kind in (:...kinds)', { kinds: filter.kinds });
    if (filter.departmentIds)
      query.andWhere('d.departmentId in (:...within)', { within: inList(filter.departmentIds) });
    if (filter.systemId) query.andWhere('d.systemId = :systemId', { systemId: filter.systemId });
    if (filter.requestId) query.andWhere('d.requestId = :requestId', { requestId: filter.requestId });
    if (filter.dueIn) query.andWhere("d.state = 'OPEN' and d.role in (:...dueIn)", { dueIn: inList(filter.dueIn) });
    return matching(query, ['d.requestCode', 'd.lineName'], filter.search);
  }

  private debts(scope: TenantScope = WHOLE_PROVINCE, tx?: Tx): SelectQueryBuilder<DrDebtEntity> {
    const every = (tx?.manager ?? this.db.manager).createQueryBuilder(DrDebtEntity, 'd').where('1 = 1');
    return withinScope(every, 'd.departmentId', scope, 'd.systemId in (:...scopeSystemIds)');
  }
}
