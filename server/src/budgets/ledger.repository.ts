import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { auditSchemaOf } from '../platform/database/data-source.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, inList, type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { EncumbranceEntity } from './budgets.entity.js';
import { type BudgetEntry, type EntryKind, type EntrySubject } from './domain/budget.js';

export interface Encumbrance {
  readonly id: string;
  readonly budgetId: string;
  readonly subject: EntrySubject;
  readonly amount: Fen;
  readonly left: Fen;
}

/** An encumbrance as it is taken over from the time before. */
export type PastEncumbrance = Encumbrance & { readonly createdAt: Date };

/** Rows of one insert: a statement of this many stays far below the server's packet limit. */
const ROWS_PER_INSERT = 500;

interface EntryRow {
  readonly id: string;
  readonly budget_id: string;
  readonly kind: EntryKind;
  readonly amount_fen: string;
  readonly from_reserved_fen: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly subject_round: number;
  readonly encumbrance_id: string | null;
  readonly reverses_entry_id: string | null;
  readonly occurred_at: Date;
  readonly actor_name: string;
  readonly reason: string;
}

const COLUMNS =
  'id, budget_id, kind, amount_fen, from_reserved_fen, subject_kind, subject_id, subject_round, encumbrance_id, reverses_entry_id, occurred_at, actor_name, reason';

/** Entries and encumbrances. Entries are added and read; the application's account may do nothing else in their schema. */
@Injectable()
export class LedgerRepository {
  private readonly table: string;

  constructor(private readonly db: DataSource) {
    this.table = `\`${auditSchemaOf(db.options.database as string)}\`.budget_entry`;
  }

  /** Throws WriteConflict when somebody writes the same entry at this moment: the next run finds it. */
  async append(tx: Tx, entries: readonly BudgetEntry[]): Promise<void> {
    for (let first = 0; first < entries.length; first += ROWS_PER_INSERT)
      await unlessDuplicate(
        tx.manager.query(`insert into ${this.table} (${COLUMNS}) values ?`, [
          entries
            .slice(first, first + ROWS_PER_INSERT)
            .map((entry) => [
              entry.id,
              entry.budgetId,
              entry.kind,
              entry.amount,
              entry.fromReserved,
              entry.subject.kind,
              entry.subject.id,
              entry.subject.round,
              entry.encumbranceId,
              entry.reversesEntryId,
              entry.at,
              entry.by,
              entry.reason,
            ]),
        ]),
      );
  }

  async entriesOf(tx: Tx, subject: EntrySubject, kind: EntryKind): Promise<BudgetEntry[]> {
    const rows: EntryRow[] = await tx.manager.query(
      `select ${COLUMNS} from ${this.table} where subject_id = ? and subject_kind = ? and subject_round = ? and kind = ?`,
      [subject.id, subject.kind, subject.round, kind],
    );
    return rows.map(toEntry);
  }

  /** Of many subjects of one kind and round, in one statement. */
  async entriesOfMany(
    tx: Tx,
    kind: EntryKind,
    subjectKind: string,
    round: number,
    ids: readonly string[],
  ): Promise<BudgetEntry[]> {
    const rows: EntryRow[] = await tx.manager.query(
      `select ${COLUMNS} from ${this.table} where subject_id in (?) and subject_kind = ? and subject_round = ? and kind = ?`,
      [inList(ids), subjectKind, round, kind],
    );
    return rows.map(toEntry);
  }

  /** Which of these entries another takes back. */
  async reversedOf(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await tx.manager.query(
      `select reverses_entry_id as id from ${this.table} where reverses_entry_id in (?)`,
      [inList(ids)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async entry(tx: Tx, id: string): Promise<BudgetEntry | null> {
    const [row]: EntryRow[] = await tx.manager.query(`select ${COLUMNS} from ${this.table} where id = ?`, [id]);
    return row ? toEntry(row) : null;
  }

  async reversalOf(tx: Tx, id: string): Promise<BudgetEntry | null> {
    const [row]: EntryRow[] = await tx.manager.query(
      `select ${COLUMNS} from ${this.table} where reverses_entry_id = ?`,
      [id],
    );
    return row ? toEntry(row) : null;
  }

  /** Entries of these budgets, newest first; the cursor is the id, which carries the time. */
  async page(budgetIds: readonly string[], { first, after }: PageRequest): Promise<Page<BudgetEntry>> {
    const ids = inList(budgetIds);
    const [{ number }] = await this.db.query(`select count(*) as number from ${this.table} where budget_id in (?)`, [
      ids,
    ]);
    const rows: EntryRow[] = await this.db.query(
      `select ${COLUMNS} from ${this.table} where budget_id in (?) ${after ? 'and id < ?' : ''} order by id desc limit ?`,
      after ? [ids, after[0], first + 1] : [ids, first + 1],
    );
    return {
      rows: rows.slice(0, first).map(toEntry),
      totalCount: Number(number),
      hasNextPage: rows.length > first,
    };
  }

  /** Of each item, what was spent without having been reserved: reversals take it back. Items without any are missing. */
  async unreservedOf(itemIds: readonly string[]): Promise<ReadonlyMap<string, Fen>> {
    const rows: { id: string; fen: string }[] = await this.db.query(
      `select budget_id as id, sum(amount_fen - from_reserved_fen) as fen from ${this.table}
        where budget_id in (?) and kind = 'SPEND' group by budget_id`,
      [inList(itemIds)],
    );
    return new Map(rows.map(({ id, fen }) => [id, BigInt(fen)]));
  }

  /** Ids of the budget and of all below it: their entries are what its figures are made of. */
  async idsBelow(path: string): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query('select id from budget where path like ?', [`${path}%`]);
    return rows.map((row) => row.id);
  }

  async insertEncumbrances(
    tx: Tx,
    encumbrances: readonly (Encumbrance & { readonly createdAt?: Date })[],
  ): Promise<void> {
    const rows = encumbrances.map(({ subject, ...rest }) => ({
      createdAt: tx.now,
      ...rest,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectRound: subject.round,
    }));
    for (let first = 0; first < rows.length; first += ROWS_PER_INSERT)
      await unlessDuplicate(
        tx.manager
          .createQueryBuilder()
          .insert()
          .into(EncumbranceEntity)
          .values(rows.slice(first, first + ROWS_PER_INSERT))
          .updateEntity(false)
          .execute(),
      );
  }

  /** What the subject has reserved, locked until the end of the transaction, in one order. */
  async lockedEncumbrances(tx: Tx, subject: EntrySubject): Promise<Encumbrance[]> {
    const rows = await tx.manager
      .createQueryBuilder(EncumbranceEntity, 'encumbrance')
      .where(
        'encumbrance.subjectId = :id and encumbrance.subjectKind = :kind and encumbrance.subjectRound = :round',
        subject,
      )
      .orderBy('encumbrance.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toEncumbrance);
  }

  /** What these subjects of any kind have left of these budgets, locked until the end of the transaction, in one order. */
  async lockedOfMany(tx: Tx, subjectIds: readonly string[], budgetIds: readonly string[]): Promise<Encumbrance[]> {
    const rows = await tx.manager
      .createQueryBuilder(EncumbranceEntity, 'encumbrance')
      .where('encumbrance.subjectId in (:...subjects) and encumbrance.budgetId in (:...budgets)', {
        subjects: inList(subjectIds),
        budgets: inList(budgetIds),
      })
      .orderBy('encumbrance.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toEncumbrance);
  }

  /** What these subjects of any kind have left of whatever budget; nothing is locked. */
  async standingOf(subjectIds: readonly string[]): Promise<Encumbrance[]> {
    const rows = await this.db
      .createQueryBuilder(EncumbranceEntity, 'encumbrance')
      .where('encumbrance.subjectId in (:...ids) and encumbrance.left > 0', { ids: inList(subjectIds) })
      .orderBy('encumbrance.id')
      .getMany();
    return rows.map(toEncumbrance);
  }

  /** Everything that is still reserved of these budgets, locked until the end of the transaction, in one order. */
  async lockedLeftOf(tx: Tx, budgetIds: readonly string[]): Promise<Encumbrance[]> {
    const rows = await tx.manager
      .createQueryBuilder(EncumbranceEntity, 'encumbrance')
      .where('encumbrance.budgetId in (:...budgets) and encumbrance.left > 0', { budgets: inList(budgetIds) })
      .orderBy('encumbrance.id')
      .setLock('pessimistic_write')
      .getMany();
    return rows.map(toEncumbrance);
  }

  /** What these subjects of one kind have reserved, in every round, in the order of reserving. */
  async encumbrancesOf(
    kind: string,
    subjectIds: readonly string[],
    manager: EntityManager = this.db.manager,
  ): Promise<Encumbrance[]> {
    const rows = await manager
      .createQueryBuilder(EncumbranceEntity, 'encumbrance')
      .where('encumbrance.subjectId in (:...ids) and encumbrance.subjectKind = :kind', {
        ids: inList(subjectIds),
        kind,
      })
      .orderBy('encumbrance.subjectRound')
      .addOrderBy('encumbrance.id')
      .getMany();
    return rows.map(toEncumbrance);
  }

  /** The caller holds the row's lock and has seen what is left. Negative: what was taken is there again. */
  async takeFromEncumbrance(tx: Tx, id: string, amount: Fen): Promise<void> {
    if (amount !== 0n)
      await tx.manager.query('update encumbrance set left_fen = left_fen - ? where id = ?', [amount, id]);
  }
}

function toEncumbrance(row: EncumbranceEntity): Encumbrance {
  return {
    id: row.id,
    budgetId: row.budgetId,
    subject: { kind: row.subjectKind, id: row.subjectId, round: row.subjectRound },
    amount: row.amount,
    left: row.left,
  };
}

async function unlessDuplicate(insert: Promise<unknown>): Promise<void> {
  try {
    await insert;
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY_ERRNO)
      throw new WriteConflict('the same entry is being written by somebody else at this moment');
    throw error;
  }
}

function toEntry(row: EntryRow): BudgetEntry {
  return {
    id: row.id,
    budgetId: row.budget_id,
    kind: row.kind,
    amount: BigInt(row.amount_fen),
    fromReserved: BigInt(row.from_reserved_fen),
    subject: { kind: row.subject_kind, id: row.subject_id, round: row.subject_round },
    encumbranceId: row.encumbrance_id,
    reversesEntryId: row.reverses_entry_id,
    at: row.occurred_at,
    by: row.actor_name,
    reason: row.reason,
  };
}
