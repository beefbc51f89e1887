import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Wide enough for a province's year; a larger number simply has more digits. */
const CODE_DIGITS = 6;

/**
 * A forced primary goes on from what its node had: numbers that the lost centers had given after that would be given once
 * more. So each history of the database (ADR 0094) counts from a million of its own; none gives so many in a year.
 */
const OF_EACH_HISTORY = 1_000_000;
/** Name, and three times how many: where its history begins is what would be inserted without them. */
const TAKE = `insert into code_sequence (name, next_number)
  select ?, last_insert_id(coalesce(max(epoch), 0) * ${OF_EACH_HISTORY} + ?) from database_epoch
  on duplicate key update next_number = last_insert_id(greatest(next_number, values(next_number) - ?) + ?)`;
const PASS_BY =
  'insert into code_sequence (name, next_number) values (?, ?) on duplicate key update next_number = greatest(next_number, ?)';

@Injectable()
export class CodeSequence {
  constructor(private readonly db: DataSource) {}

  /**
   * The next human code, e.g. "SQ-2026-000123". Taken in a statement of its own, so that makers of codes never wait for
   * each other's transactions; a rolled-back one leaves a gap, which is allowed.
   */
  async next(prefix: string, year: number): Promise<string> {
    const [code] = await this.take(prefix, year, 1);
    return code as string;
  }

  /**
   * The next code within an act's own transaction, for acts so rare that nobody waits: the sequence's row stays locked
   * until that ends.
   */
  async nextWithin(manager: EntityManager, prefix: string, year: number): Promise<string> {
    const [code] = await this.takeWithin(manager, prefix, year, 1);
    return code as string;
  }

  /** The next `count` of them in a row. */
  async takeWithin(manager: EntityManager, prefix: string, year: number, count: number): Promise<string[]> {
    const name = `${prefix}-${year}`;
    await manager.query(TAKE, [name, count, count, count]);
    const [row] = await manager.query('select last_insert_id() as number');
    return codesUpTo(name, Number(row.number), count);
  }

  /** Numbers up to `number` are in use already (taken over with what carries them); the next code comes after them. */
  async passBy(prefix: string, year: number, number: number): Promise<void> {
    await this.passByWithin(this.db.manager, prefix, year, number);
  }

  /** The same within the transaction that takes them over. */
  async passByWithin(manager: EntityManager, prefix: string, year: number, number: number): Promise<void> {
    await manager.query(PASS_BY, [`${prefix}-${year}`, number, number]);
  }

  /** The next `count` codes in a row, by one statement. */
  async take(prefix: string, year: number, count: number): Promise<string[]> {
    const runner = this.db.createQueryRunner();
    try {
      const name = `${prefix}-${year}`;
      await runner.query(TAKE, [name, count, count, count]);
      const [row] = await runner.query('select last_insert_id() as number');
      return codesUpTo(name, Number(row.number), count);
    } finally {
      await runner.release();
    }
  }
}

function codesUpTo(name: string, last: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${String(last - count + 1 + i).padStart(CODE_DIGITS, '0')}`);
}
