import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { matching, newestOf, pageOf } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import {
  ContractAssessmentRuleEntity,
  ContractEntity,
  ContractInstalmentEntity,
  ContractServiceEntity,
  ContractShareEntity,
  SupplierEntity,
} from './contracts.entity.js';
import type { ContractTerms } from './domain/contract.js';
import type { ContractFigures, FigureMove } from './domain/contract-money.js';
import type { PlannedPayment } from './domain/payments-due.js';
import type { SpendState } from './domain/spend-state.js';

export type SupplierRow = Omit<SupplierEntity, never>;
export type ContractRow = Omit<ContractEntity, 'supplier'>;

export interface ContractFilter {
  readonly search?: string | null;
  readonly states?: readonly SpendState[] | null;
  readonly supplierId?: string | null;
  /** Paid less than accepted less deducted. */
  readonly toPayOnly?: boolean;
}

export interface ContractTotals extends ContractFigures {
  readonly count: number;
  /** 未抵扣预付款 */
  readonly outstanding: Fen;
}

/** Who decided, and when. */
export interface Decision {
  readonly state: SpendState;
  readonly confirmedById: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
}

/** What the province's contracts are. They belong to no department and are read by those alone who may read spend. */
@Injectable()
export class ContractsRepository {
  constructor(private readonly db: DataSource) {}

  suppliers(search: string | null, page: PageRequest): Promise<Page<SupplierRow>> {
    const query = this.db.createQueryBuilder(SupplierEntity, 'supplier');
    return pageOf(matching(query, ['supplier.name', 'supplier.creditCode'], search), 'supplier.creditCode', page);
  }

  suppliersByIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<SupplierRow[]> {
    return manager
      .createQueryBuilder(SupplierEntity, 'supplier')
      .where('supplier.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Of each supplier: contracts in force, their ceilings and what was paid of them. */
  async sumsOfSuppliers(
    ids: readonly string[],
  ): Promise<Map<string, { count: number; ceiling: bigint; paid: bigint }>> {
    const rows: { id: string; number: string; ceiling: string; paid: string }[] = await this.db.query(
      `select supplier_id as id, count(*) as number, sum(ceiling_fen) as ceiling, sum(paid_fen) as paid
         from contract where supplier_id in (?) and state = 'CONFIRMED' group by supplier_id`,
      [inList(ids)],
    );
    return new Map(
      rows.map(({ id, number, ceiling, paid }) => [
        id,
        { count: Number(number), ceiling: BigInt(ceiling), paid: BigInt(paid) },
      ]),
    );
  }

  async insertSupplier(tx: Tx, row: SupplierRow): Promise<void> {
    await tx.manager.createQueryBuilder().insert().into(SupplierEntity).values(row).updateEntity(false).execute();
  }

  /** Ids by credit code. */
  async supplierIdsOf(creditCodes: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db
      .createQueryBuilder(SupplierEntity, 'supplier')
      .where('supplier.creditCode in (:...codes)', { codes: inAsciiList(creditCodes) })
      .getMany();
    return new Map(rows.map(({ creditCode, id }) => [creditCode, id]));
  }

  /** Of these numbers those that a contract has, in small letters: the key tells no case. */
  async numbersTaken(numbers: readonly string[], manager: EntityManager = this.db.manager): Promise<Set<string>> {
    const rows = await manager
      .createQueryBuilder(ContractEntity, 'contract')
      .select(['contract.id', 'contract.number'])
      .where('contract.number in (:...numbers)', { numbers: inList(numbers) })
      .getMany();
    return new Set(rows.map(({ number }) => number.toLowerCase()));
  }

  contracts(filter: ContractFilter, page: PageRequest): Promise<Page<ContractRow>> {
    return newestOf(() => this.filtered(filter), 'contract.enteredAt', 'contract.id', page);
  }

  contractsByIds(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ContractRow[]> {
    return manager
      .createQueryBuilder(ContractEntity, 'contract')
      .where('contract.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** In force in a day of the month and assessed by then, by number; `most` of them, and how many there are. */
  async assessedIn(
    month: string,
    next: string,
    most: number,
  ): Promise<{ readonly rows: ContractRow[]; readonly totalCount: number }> {
    const [rows, totalCount] = await this.db
      .createQueryBuilder(ContractEntity, 'contract')
      .where("contract.state = 'CONFIRMED' and contract.fromDate < :end and contract.toDate > :begin", {
        ...{ begin: `${month}-01`, end: `${next}-01` },
      })
      .andWhere(
        'exists (select 1 from contract_assessment_rule r where r.contract_id = contract.id and r.from_month <= :month)',
        { month },
      )
      .orderBy('contract.number')
      .take(most)
      .getManyAndCount();
    return { rows, totalCount };
  }

  /** Until the end of the transaction. */
  locked(tx: Tx, id: string): Promise<ContractRow | null> {
    return tx.manager
      .createQueryBuilder(ContractEntity, 'contract')
      .where('contract.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Sums over contracts in force of the filter. */
  async totals(filter: ContractFilter): Promise<ContractTotals> {
    const row = await this.filtered({ ...filter, states: ['CONFIRMED'] })
      .select([])
      .addSelect('count(*)', 'number')
      .addSelect('coalesce(sum(contract.ceiling_fen), 0)', 'ceiling')
      .addSelect('coalesce(sum(contract.accepted_fen), 0)', 'accepted')
      .addSelect('coalesce(sum(contract.deducted_fen), 0)', 'deducted')
      .addSelect('coalesce(sum(contract.claimed_fen), 0)', 'claimed')
      .addSelect('coalesce(sum(contract.paid_fen), 0)', 'paid')
      .addSelect('coalesce(sum(contract.advanced_fen), 0)', 'advanced')
      .addSelect('coalesce(sum(contract.advance_limit_fen), 0)', 'advanceLimit')
      // Each contract by itself: what one was advanced makes nothing of what another is owed.
      .addSelect(
        'coalesce(sum(greatest(contract.paid_fen - contract.accepted_fen + contract.deducted_fen, 0)), 0)',
        'outstanding',
      )
      .getRawOne();
    const { number, outstanding, ...sums } = row;
    return { count: Number(number), outstanding: BigInt(outstanding), ...figuresOf(sums) };
  }

  async insert(tx: Tx, row: ContractRow, terms: ContractTerms): Promise<void> {
    const contractId = row.id;
    const into = (type: new () => object, values: readonly object[]) =>
      values.length === 0
        ? Promise.resolve()
        : tx.manager
            .createQueryBuilder()
            .insert()
            .into(type)
            .values([...values])
            .updateEntity(false)
            .execute();
    await into(ContractEntity, [row]);
    await into(
      ContractServiceEntity,
      terms.services.map((service, at) => ({ ...service, contractId, position: at + 1 })),
    );
    await into(
      ContractShareEntity,
      terms.shares.map((share) => ({ ...share, contractId })),
    );
    await into(
      ContractInstalmentEntity,
      terms.instalments.map((instalment, at) => ({ ...instalment, contractId, position: at + 1 })),
    );
    if (terms.assessment)
      await into(ContractAssessmentRuleEntity, [
        { contractId, fromMonth: terms.from.slice(0, 7), rule: terms.assessment },
      ]);
  }

  /** False = somebody else decided meanwhile. */
  async decide(tx: Tx, { id, version }: Pick<ContractRow, 'id' | 'version'>, decision: Decision): Promise<boolean> {
    const result = await tx.manager
      .createQueryBuilder()
      .update(ContractEntity)
      .set({ ...decision, version: version + 1 })
      .where("id = :id and version = :version and state = 'ENTERED'", { id, version })
      .execute();
    return result.affected === 1;
  }

  /** A number that was withdrawn may be entered anew. */
  async rename(tx: Tx, id: string, number: string): Promise<void> {
    await tx.manager.query('update contract set contract_number = ? where id = ?', [number, id]);
  }

  /** Moves the figures where all their bounds hold after it; false = one of them does not. */
  async move(tx: Tx, id: string, { accepted, advanced, claimed, deducted, paid }: FigureMove): Promise<boolean> {
    // What is paid without being an advance has to be accepted; all else may stand out as far as was advanced.
    const room = claimed > 0n && advanced === 0n ? '0' : 'least(advanced_fen + ?, advance_limit_fen)';
    const result: { affectedRows: number } = await tx.manager.query(
      `update contract set accepted_fen = accepted_fen + ?, deducted_fen = deducted_fen + ?,
              claimed_fen = claimed_fen + ?, paid_fen = paid_fen + ?, advanced_fen = advanced_fen + ?
        where id = ? and state = 'CONFIRMED'
          and accepted_fen + ? between 0 and ceiling_fen and deducted_fen + ? >= 0 and paid_fen + ? >= 0
          and advanced_fen + ? between 0 and claimed_fen + ?
          and claimed_fen + ? between paid_fen + ? and accepted_fen + ? - deducted_fen - ? + ${room}`,
      [
        ...[accepted, deducted, claimed, paid, advanced, id, accepted, deducted, paid, advanced, claimed],
        ...[claimed, paid, accepted, deducted, ...(room === '0' ? [] : [advanced])],
      ],
    );
    return result.affectedRows === 1;
  }

  servicesOf(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ContractServiceEntity[]> {
    return this.partsOf(ContractServiceEntity, ids, 'position', manager);
  }

  sharesOf(ids: readonly string[], manager?: EntityManager): Promise<ContractShareEntity[]> {
    return this.partsOf(ContractShareEntity, ids, 'centerId', manager);
  }

  instalmentsOf(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ContractInstalmentEntity[]> {
    return this.partsOf(ContractInstalmentEntity, ids, 'position', manager);
  }

  /** Instalments of contracts in force until a day, with what confirmed payments say to have paid of each. */
  async plannedUntil(until: CalendarDate): Promise<PlannedPayment[]> {
    type Row = Record<'contract_id' | 'due_on' | 'amount_fen' | 'deducted_fen' | 'paid', string> & { position: number };
    const rows: Row[] = await this.db.query(
      `select i.contract_id, i.position, date_format(i.due_on, '%Y-%m-%d') as due_on, i.amount_fen, c.deducted_fen,
           coalesce(sum(e.amount_fen), 0) as paid
         from contract_instalment i join contract c on c.id = i.contract_id and c.state = 'CONFIRMED'
         left join contract_entry e on e.contract_id = i.contract_id and e.instalment = i.position
           and e.kind = 'PAYMENT' and e.state = 'CONFIRMED'
         where i.due_on <= ? group by i.contract_id, i.position, i.due_on, i.amount_fen, c.deducted_fen`,
      [until],
    );
    return rows.map((row) => ({
      ...{ contractId: row.contract_id, position: row.position, dueOn: row.due_on },
      ...{ amount: BigInt(row.amount_fen), paid: BigInt(row.paid), deducted: BigInt(row.deducted_fen) },
    }));
  }

  rulesOf(ids: readonly string[], manager: EntityManager = this.db.manager): Promise<ContractAssessmentRuleEntity[]> {
    return this.partsOf(ContractAssessmentRuleEntity, ids, 'fromMonth', manager);
  }

  private partsOf<E extends { contractId: string }>(
    type: new () => E,
    ids: readonly string[],
    order: string,
    manager: EntityManager = this.db.manager,
  ): Promise<E[]> {
    return manager
      .createQueryBuilder<E>(type, 'part')
      .where('part.contractId in (:...ids)', { ids: inList(ids) })
      .orderBy('part.contractId')
      .addOrderBy(`part.${order}`)
      .getMany();
  }

  private filtered({ search, states, supplierId, toPayOnly }: ContractFilter): SelectQueryBuilder<ContractEntity> {
    const query = this.db.createQueryBuilder(ContractEntity, 'contract');
    if (states && states.length > 0) query.andWhere('contract.state in (:...states)', { states });
    if (supplierId != null) query.andWhere('contract.supplierId = :supplierId', { supplierId });
    if (toPayOnly) query.andWhere('contract.paid < contract.accepted - contract.deducted');
    return matching(query, ['contract.number', 'contract.name'], search ?? null);
  }
}

function figuresOf(sums: { readonly [name: string]: string }): ContractFigures {
  const of = (name: keyof ContractFigures) => BigInt(sums[name] ?? '0');
  return {
    ceiling: of('ceiling'),
    accepted: of('accepted'),
    deducted: of('deducted'),
    claimed: of('claimed'),
    paid: of('paid'),
    advanced: of('advanced'),
    advanceLimit: of('advanceLimit'),
  };
}
