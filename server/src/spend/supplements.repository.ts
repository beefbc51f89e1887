import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ContractRow, Decision } from './contracts.repository.js';
import type { AssessmentRule } from './domain/assessment.js';
import { type AgreedTerms, termsOn } from './domain/supplement.js';
import { ContractSupplementEntity, type StoredTerms } from './supplements.entity.js';

export type SupplementRow = Omit<ContractSupplementEntity, 'contract'>;

/** What a month's fee is spread from. */
export interface HeldTerms {
  readonly ceiling: Fen;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** What was agreed of contracts after they came into force. */
@Injectable()
export class SupplementsRepository {
  constructor(private readonly db: DataSource) {}

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<SupplementRow[]> {
    return manager
      .createQueryBuilder(ContractSupplementEntity, 'supplement')
      .where('supplement.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** By contract, in the order in which they begin. */
  ofContracts(contractIds: readonly string[], manager: EntityManager = this.db.manager): Promise<SupplementRow[]> {
    return manager
      .createQueryBuilder(ContractSupplementEntity, 'supplement')
      .where('supplement.contractId in (:...contractIds)', { contractIds: inList(contractIds) })
      .orderBy('supplement.contractId')
      .addOrderBy('supplement.fromDate')
      .addOrderBy('supplement.id')
      .getMany();
  }

  /** What of each contract held on a day, as an assessment wants it: by the edition that was in force then. */
  async termsOn(contracts: readonly ContractRow[], day: CalendarDate, manager?: EntityManager): Promise<HeldTerms[]> {
    const ids = contracts.map(({ id }) => id);
    const supplements = Map.groupBy(await this.ofContracts(ids, manager), ({ contractId }) => contractId);
    return contracts.map(({ ceiling, fromDate, id, advanceLimit, toDate }) => {
      const editions = (supplements.get(id) ?? []).flatMap(({ former, fromDate: from }) =>
        former ? [{ from, former: readStored(former) }] : [],
      );
      const held = termsOn({ ceiling, advanceLimit, to: toDate, services: [] }, editions, day);
      return { ceiling: held.ceiling, from: fromDate, to: held.to };
    });
  }

  async insert(tx: Tx, row: SupplementRow): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ContractSupplementEntity)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  /** False = somebody else decided meanwhile. */
  async decide(
    tx: Tx,
    { id, version }: Pick<SupplementRow, 'id' | 'version'>,
    change: Decision & Pick<SupplementRow, 'former' | 'number'>,
  ): Promise<boolean> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(ContractSupplementEntity)
      .set({ ...change, waiting: null, version: version + 1 })
      .where("id = :id and version = :version and state = 'ENTERED'", { id, version })
      .execute();
    return result.affected === 1;
  }

  /**
   * The sum of a contract's payment plan, the day after the last that any payment which stands or waits is for, and the last month of
   * which a deduction stands or waits.
   */
  async bounds(
    tx: Tx,
    contractId: string,
  ): Promise<{ planned: Fen; paidUntil: CalendarDate | null; assessedUntil: string | null }> {
    const [row]: { planned: string; paid_until: string | null; assessed: string | null }[] = await tx.manager.query(
      `select (select coalesce(sum(amount_fen), 0) from contract_instalment where contract_id = ?) as planned,
         (select date_format(max(e.to_date), '%Y-%m-%d') from contract_entry e
            left join contract_entry r on r.id = e.reversed_by_id
          where e.contract_id = ? and e.kind = 'PAYMENT' and e.amount_fen > 0 and e.state <> 'WITHDRAWN'
            and (r.id is null or r.state <> 'CONFIRMED')) as paid_until,
         (select date_format(max(e.from_date), '%Y-%m') from contract_entry e
            left join contract_entry r on r.id = e.reversed_by_id
          where e.contract_id = ? and e.kind = 'DEDUCTION' and e.amount_fen > 0 and e.state <> 'WITHDRAWN'
            and (r.id is null or r.state <> 'CONFIRMED')) as assessed`,
      [contractId, contractId, contractId],
    );
    return {
      planned: BigInt(row?.planned ?? 0),
      paidUntil: row?.paid_until ?? null,
      assessedUntil: row?.assessed ?? null,
    };
  }

  /** From that month on; the ones before it stay as they are. */
  async addRule(tx: Tx, contractId: string, fromMonth: string, rule: AssessmentRule): Promise<void> {
    await tx.manager.query('insert into contract_assessment_rule (contract_id, from_month, rule) values (?, ?, ?)', [
      contractId,
      fromMonth,
      JSON.stringify(rule),
    ]);
  }

  /** The contract's row is held by the caller. False = its figures do not let it. */
  async apply(tx: Tx, contract: ContractRow, terms: AgreedTerms): Promise<boolean> {
    const { id: contractId, version } = contract;
    await tx.manager.query('delete from contract_service where contract_id = ?', [contractId]);
    if (terms.services.length > 0)
      await tx.manager.query('insert into contract_service (contract_id, position, name, unit, unit_price) values ?', [
        terms.services.map(({ name, unit, unitPrice }, at) => [contractId, at + 1, name, unit, unitPrice]),
      ]);
    const result: { affectedRows: number } = await tx.manager.query(
      `update contract set ceiling_fen = ?, advance_limit_fen = ?, to_date = ?, version = ?
        where id = ? and version = ? and state = 'CONFIRMED' and accepted_fen <= ?
          and claimed_fen <= accepted_fen - deducted_fen + least(advanced_fen, ?)`,
      [
        ...[terms.ceiling.toString(), terms.advanceLimit.toString(), terms.to, version + 1, contractId, version],
        ...[terms.ceiling.toString(), terms.advanceLimit.toString()],
      ],
    );
    return result.affectedRows === 1;
  }
}

export function stored({ advanceLimit, ceiling, services, to }: AgreedTerms): StoredTerms {
  return { ceiling: ceiling.toString(), advanceLimit: advanceLimit.toString(), to, services };
}

export function readStored({ advanceLimit, ceiling, services, to }: StoredTerms): AgreedTerms {
  return { ceiling: BigInt(ceiling), advanceLimit: BigInt(advanceLimit), to, services };
}
