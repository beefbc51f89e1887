import { type DataSource, type EntityTarget, IsNull, LessThanOrEqual, Not, type ObjectLiteral } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar.js';
import type { EditionRow } from './edition-columns.js';
import { inList, type Tx } from './unit-of-work.js';

/** The rows of one table of editions. What is published is never written again. */
export abstract class EditionTable<Row extends EditionRow<unknown>> {
  protected constructor(
    private readonly db: DataSource,
    private readonly entity: EntityTarget<ObjectLiteral>,
  ) {}

  /** The draft first, then the published ones, the newest first. */
  async list(): Promise<Row[]> {
    const rows = (await this.db.manager.find(this.entity, { order: { number: 'DESC' } })) as Row[];
    return rows.toSorted((a, b) => Number(b.number === null) - Number(a.number === null));
  }

  async byIds(ids: readonly string[]): Promise<Row[]> {
    const found = this.db.createQueryBuilder(this.entity, 'e').where('e.id in (:...ids)', { ids: inList(ids) });
    return (await found.getMany()) as Row[];
  }

  /**
   * Of those whose day has come the newest: what is published later goes before what was published for later. Without a day,
   * of those that begin with their publishing.
   */
  async inForce(on?: CalendarDate): Promise<Row | null> {
    const [newest] = await this.db.manager.find(this.entity, {
      where: { number: Not(IsNull()), ...(on === undefined ? {} : { effectiveFrom: LessThanOrEqual(on) }) },
      order: { number: 'DESC' },
      take: 1,
    });
    return (newest as Row | undefined) ?? null;
  }

  async locked(tx: Tx, id: string): Promise<Row | null> {
    const found = await tx.manager.findOne(this.entity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return found as Row | null;
  }

  async insertDraft(tx: Tx, row: Row): Promise<void> {
    await tx.manager.insert(this.entity, { ...row, openDraft: 1 });
  }

  async updateDraft(tx: Tx, id: string, values: Partial<Row>): Promise<void> {
    await tx.manager.update(this.entity, { id, number: IsNull() }, values);
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(this.entity, { id, number: IsNull() });
  }

  /** Numbers go up one by one; the key forbids two of one. */
  async publish(tx: Tx, id: string, by: { readonly id: string; readonly name: string }): Promise<number> {
    const { tablePath } = this.db.getMetadata(this.entity);
    const [row] = await tx.manager.query(`select coalesce(max(number), 0) + 1 as next from ${tablePath}`);
    const number = Number(row.next);
    await tx.manager.update(
      this.entity,
      { id, number: IsNull() },
      { number, openDraft: null, publishedAt: tx.now, publishedById: by.id, publishedBy: by.name },
    );
    return number;
  }
}
