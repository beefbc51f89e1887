import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, newestOf } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ContractEntity, ContractEntryEntity } from './contracts.entity.js';
import type { Decision } from './contracts.repository.js';
import type { ContractEntryKind } from './domain/contract-money.js';
import type { SpendState } from './domain/spend-state.js';

export type ContractEntryRow = ContractEntryEntity;

export interface EntryFilter {
  readonly kind?: ContractEntryKind | null;
  readonly states?: readonly SpendState[] | null;
  readonly contractId?: string | null;
  readonly search?: string | null;
}

/** What was accepted, deducted and paid of contracts. */
@Injectable()
export class EntriesRepository {
  constructor(private readonly db: DataSource) {}

  page(filter: EntryFilter, page: PageRequest): Promise<Page<ContractEntryRow>> {
    return newestOf(() => this.filtered(filter), 'entry.enteredAt', 'entry.id', page);
  }

  /** Paid, and waiting to be confirmed, of the filter. */
  async sums(filter: EntryFilter): Promise<{ readonly confirmed: bigint; readonly waiting: bigint }> {
    const row = await this.filtered(filter)
      .select("coalesce(sum(if(entry.state = 'CONFIRMED', entry.amount_fen, 0)), 0)", 'confirmed')
      .addSelect("coalesce(sum(if(entry.state = 'ENTERED', entry.amount_fen, 0)), 0)", 'waiting')
      .getRawOne<{ confirmed: string; waiting: string }>();
    return { confirmed: BigInt(row?.confirmed ?? '0'), waiting: BigInt(row?.waiting ?? '0') };
  }

  byIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ContractEntryRow[]> {
    return manager
      .createQueryBuilder(ContractEntryEntity, 'entry')
      .where('entry.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  async insert(tx: Tx, row: ContractEntryRow): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(ContractEntryEntity).values(row).updateEntity(false).execute();
  }

  /** False = somebody else decided meanwhile. What is withdrawn gives its voucher's number back. */
  async decide(
    tx: Tx,
    { id, version, voucher }: Pick<ContractEntryRow, 'id' | 'version' | 'voucher'>,
    decision: Decision,
  ): Promise<boolean> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(ContractEntryEntity)
      .set({ ...decision, version: version + 1, voucher: decision.state === 'WITHDRAWN' ? null : voucher })
      .where("id = :id and version = :version and state = 'ENTERED'", { id, version })
      .execute();
    return result.affected === 1;
  }

  /** Whether the month has a deduction that stands or waits; the caller holds the contract's row. */
  async hasDeduction(tx: Tx, contractId: string, firstDay: CalendarDate): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `select 1 from contract_entry e left join contract_entry r on r.id = e.reversed_by_id
        where e.contract_id = ? and e.kind = 'DEDUCTION' and e.from_date = ? and e.amount_fen > 0
          and e.state <> 'WITHDRAWN' and (r.id is null or r.state <> 'CONFIRMED') limit 1`,
      [contractId, firstDay],
    );
    return rows.length > 0;
  }

  /** The deduction of the month that stands or waits, of each of these contracts that has one. */
  deductionsOf(contractIds: readonly string[], firstDay: CalendarDate): Promise<ContractEntryRow[]> {
    return this.db
      .createQueryBuilder(ContractEntryEntity, 'entry')
      .leftJoin(ContractEntryEntity, 'reversal', 'reversal.id = entry.reversedById')
      .where("entry.kind = 'DEDUCTION' and entry.amount > 0 and entry.state <> 'WITHDRAWN'")
      .andWhere("(reversal.id is null or reversal.state <> 'CONFIRMED')")
      .andWhere('entry.fromDate = :firstDay and entry.contractId in (:...ids)', { firstDay, ids: inList(contractIds) })
      .getMany();
  }

  /** Deductions that nobody has confirmed yet, summed by contract. */
  async waitingDeductions(
    contractIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<ReadonlyMap<string, bigint>> {
    const rows: { contract_id: string; waiting: string }[] = await manager.query(
      `select contract_id, sum(amount_fen) as waiting from contract_entry
        where contract_id in (?) and kind = 'DEDUCTION' and state = 'ENTERED' and amount_fen > 0 group by contract_id`,
      [inList(contractIds)],
    );
    return new Map(rows.map((row) => [row.contract_id, BigInt(row.waiting)]));
  }

  /** Takes the right to reverse a confirmed entry; false = it has a reversal already, or cannot have one. */
  async takeReversal(tx: Tx, id: string, reversalId: string): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      `update contract_entry set reversed_by_id = ?
        where id = ? and state = 'CONFIRMED' and amount_fen > 0 and reversed_by_id is null`,
      [reversalId, id],
    );
    return result.affectedRows === 1;
  }

  async giveReversalBack(tx: Tx, id: string): Promise<void> {
    await tx.manager.query('update contract_entry set reversed_by_id = null where id = ?', [id]);
  }

  /** Confirmed payments of services that reach into the days [from, to), with their contracts. */
  async paymentsFor(from: CalendarDate, to: CalendarDate): Promise<ContractEntryRow[]> {
    return this.db
      .createQueryBuilder(ContractEntryEntity, 'entry')
      .where("entry.kind = 'PAYMENT' and entry.state = 'CONFIRMED'")
      .andWhere('entry.fromDate < :to and entry.toDate > :from', { from, to })
      .orderBy('entry.id')
      .getMany();
  }

  /** Of each contract and instalment, what was paid. */
  async paidOfInstalments(
    contractIds: readonly string[],
  ): Promise<{ contractId: string; position: number; paid: bigint }[]> {
    const rows: { contract_id: string; instalment: number; paid: string }[] = await this.db.query(
      `select contract_id, instalment, sum(amount_fen) as paid from contract_entry
        where contract_id in (?) and kind = 'PAYMENT' and state = 'CONFIRMED' and instalment is not null
        group by contract_id, instalment`,
      [inList(contractIds)],
    );
    return rows.map((row) => ({ contractId: row.contract_id, position: row.instalment, paid: BigInt(row.paid) }));
  }

  private filtered({ kind, states, contractId, search }: EntryFilter): SelectQueryBuilder<ContractEntryEntity> {
    const query = this.db.createQueryBuilder(ContractEntryEntity, 'entry');
    if (kind) query.andWhere('entry.kind = :kind', { kind });
    if (states && states.length > 0) query.andWhere('entry.state in (:...states)', { states });
    if (contractId) query.andWhere('entry.contractId = :contractId', { contractId });
    if (search == null) return query;
    query.innerJoin(ContractEntity, 'contract', 'contract.id = entry.contractId');
    return matching(query, ['entry.voucher', 'contract.number', 'contract.name'], search);
  }
}
