import type { DataSource } from 'typeorm';
import { entities } from '../../server/src/entities.js';
import { type Clock, systemClock } from '../../server/src/kernel/clock.js';
import { openDataSource } from '../../server/src/platform/database/data-source.js';
import { openApplicationOn, type TestApplication } from './application.ts';
import { DyingLine, type Moment, type Place } from './dying-line.ts';
import { until } from './until.ts';

/** A second process of the console, that is killed (kill -9) at a chosen statement of an act as often as a test wants. */
export class DyingProcess {
  private constructor(
    private readonly app: TestApplication,
    private readonly line: DyingLine,
    private readonly db: DataSource,
    readonly behind: Pick<TestApplication, 'context' | 'close'>,
  ) {}

  static async beside(app: TestApplication, clock: Clock = systemClock): Promise<DyingProcess> {
    const line = new DyingLine(app.test.address.socketPath as string);
    await line.listen();
    const db = await openDataSource({ ...app.test.address, socketPath: line.socketPath }, entities);
    return new DyingProcess(app, line, db, await openApplicationOn(db, clock));
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.behind.context.get(type, { strict: false });
  }

  /** Statements within the transactions of an act that comes to its end. */
  async statementsOf(act: () => Promise<unknown>): Promise<number> {
    this.line.dieAt(Number.POSITIVE_INFINITY, 'AFTER');
    await act();
    return this.line.statements;
  }

  /**
   * Presses and is killed there; the database has noticed: what was open is rolled back, or committed. false = it came to
   * its end without getting that far.
   */
  async dieAt(place: Place, moment: Moment, act: () => Promise<unknown>): Promise<boolean> {
    this.line.dieAt(place, moment);
    // What the dead process would do next is of no account.
    await withoutBackoff(() => act().catch(() => undefined));
    if (!this.line.hasDied) return false;
    await until('the database has let go of the dead process', async () => {
      const rows = await this.app.test.db.query('select id from information_schema.processlist where id in (?)', [
        [...this.line.threadIds],
      ]);
      return rows.length === 0;
    });
    this.line.threadIds.clear();
    this.line.beginAnew();
    return true;
  }

  async close(): Promise<void> {
    this.line.beginAnew();
    await this.behind.close();
    if (this.db.isInitialized) await this.db.destroy();
    await this.line.close();
  }
}

/** Whoever tries again tries at once: waits are jittered from nothing on. */
export async function withoutBackoff<T>(act: () => Promise<T>): Promise<T> {
  const { random } = Math;
  Math.random = () => 0;
  try {
    return await act();
  } finally {
    Math.random = random;
  }
}
