import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { formatUnitPrice, parseUnitPrice } from '../kernel/money.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { inList, type Reading, type Tx } from '../platform/database/unit-of-work.js';
import { ProrationRuleEntity, type RatedLineEntity } from './accounting.entity.js';
import type { Month } from './domain/accounting-units.js';
import type { StatementLine } from './domain/line-diff.js';
import type { ProrationRule } from './domain/rating.js';

const COLUMNS = [
  'month',
  'resourceId',
  'meter',
  'startAt',
  'tier',
  'endAt',
  'intervalStartAt',
  'subjectId',
  'kind',
  'departmentId',
  'systemId',
  'projectId',
  'centerId',
  'architecture',
  'share',
  'quantity',
  'period',
  'portionNumerator',
  'portionDenominator',
  'minimum',
  'state',
  'priceVersionId',
  'unitPrice',
  'amountFen',
] as const satisfies readonly (keyof RatedLineEntity)[];

/** Keys of one statement: well below the packet limit of every engine. */
const KEYS_PER_STATEMENT = 1_000;

export interface RuleFrom extends ProrationRule {
  readonly from: Month;
  readonly reason: string;
}

/** What drafts say of money. A draft is made anew whenever its facts change; whoever freezes one takes it out of reach. */
@Injectable()
export class AccountingRepository {
  constructor(private readonly db: DataSource) {}

  /** The earliest first. */
  async rules({ manager }: Reading = this.db): Promise<RuleFrom[]> {
    const rows = await manager.find(ProrationRuleEntity, { order: { fromMonth: 'ASC' } });
    return rows.map(({ fromMonth, rule, sameUnitMinimum, reason }) => ({
      from: fromMonth,
      rule,
      sameUnitMinimum,
      reason,
    }));
  }

  /** A month that has a rule keeps it. */
  async insertRule(tx: Tx, { from, rule, sameUnitMinimum, reason }: RuleFrom): Promise<void> {
    await tx.manager.query(
      `insert into proration_rule (from_month, rule, same_unit_minimum, reason) values (?)
       on duplicate key update reason = reason`,
      [[from, rule, sameUnitMinimum, reason]],
    );
  }

  /** By which prices a source was passed over last; null = it never was. */
  async basis(source: string): Promise<string | null> {
    const [row] = await this.db.query('select prices from rating_basis where source = ?', [source]);
    return row?.prices ?? null;
  }

  async keepBasis(tx: Tx, source: string, prices: string): Promise<void> {
    await tx.manager.query(
      'insert into rating_basis (source, prices) values (?) on duplicate key update prices = values(prices)',
      [[source, prices]],
    );
  }

  /** In no particular order. */
  async linesOf(tx: Tx, resourceIds: readonly string[], months: readonly Month[]): Promise<StatementLine[]> {
    const rows: LineRow[] = await tx.manager.query(
      'select * from rated_line where month in (?) and resource_id in (?)',
      [inList(months), inList(resourceIds)],
    );
    return rows.map(toLine);
  }

  /** Months of these resources in which something has no price yet. */
  async unpricedMonths(tx: Tx, resourceIds: readonly string[]): Promise<Map<string, Month[]>> {
    const rows: { resource_id: string; month: string }[] = await tx.manager.query(
      "select distinct resource_id, month from rated_line where resource_id in (?) and state = 'UNPRICED'",
      [inList(resourceIds)],
    );
    return new Map(
      [...Map.groupBy(rows, (row) => row.resource_id)].map(([id, of]) => [id, of.map(({ month }) => month)]),
    );
  }

  async remove(tx: Tx, lines: readonly StatementLine[]): Promise<void> {
    for (let at = 0; at < lines.length; at += KEYS_PER_STATEMENT)
      await tx.manager.query('delete from rated_line where (month, resource_id, meter, start_at, tier) in (?)', [
        lines
          .slice(at, at + KEYS_PER_STATEMENT)
          .map(({ month, resourceId, meter, from, tier }) => [month, resourceId, meter, new Date(from), tier]),
      ]);
  }

  /** Rows of a bulk statement, none of whose keys is there. */
  async insert(tx: Tx, lines: readonly StatementLine[]): Promise<void> {
    await bulkInsert(tx, 'rated_line', COLUMNS, lines.map(toRow));
  }
}

export function toRow(line: StatementLine): RatedLineEntity {
  return {
    ...{ month: line.month, resourceId: line.resourceId, meter: line.meter, subjectId: line.subjectId },
    ...{ kind: line.kind, departmentId: line.departmentId, systemId: line.systemId, projectId: line.projectId },
    ...{ centerId: line.centerId, architecture: line.architecture, share: line.share },
    startAt: new Date(line.from),
    tier: line.tier,
    endAt: new Date(line.to),
    intervalStartAt: new Date(line.intervalFrom),
    quantity: line.quantity,
    period: line.period,
    portionNumerator: line.portion.numerator,
    portionDenominator: line.portion.denominator,
    minimum: line.minimum,
    state: line.state,
    priceVersionId: line.version?.id ?? null,
    unitPrice: line.version ? formatUnitPrice(line.version.price) : null,
    amountFen: line.amount,
  };
}

export type LineRow = Record<string, string | number | Date | null>;

export function toLine(row: LineRow): StatementLine {
  const text = (name: string) => row[name] as string | null;
  const at = (name: string) => (row[name] as Date).getTime();
  const price = text('unit_price');
  return {
    ...{ month: row.month as string, resourceId: row.resource_id as string, meter: row.meter as string },
    ...{ subjectId: row.subject_id as string, kind: row.kind as StatementLine['kind'] },
    ...{ departmentId: row.department_id as string, systemId: text('system_id'), projectId: text('project_id') },
    centerId: text('center_id'),
    architecture: text('architecture') as StatementLine['architecture'],
    share: row.share as StatementLine['share'],
    ...{ from: at('start_at'), to: at('end_at'), intervalFrom: at('interval_start_at') },
    // A closed line has its tier in its part.
    tier: Number(row.tier ?? row.part ?? 0),
    quantity: BigInt(row.quantity as string),
    period: row.period as StatementLine['period'],
    portion: {
      numerator: BigInt(row.portion_numerator as string),
      denominator: BigInt(row.portion_denominator as string),
    },
    minimum: Number(row.minimum) === 1,
    state: row.state as StatementLine['state'],
    version: price === null ? null : { id: text('price_version_id') as string, price: parseUnitPrice(price) },
    amount: row.amount_fen === null ? null : BigInt(row.amount_fen as string),
  };
}
