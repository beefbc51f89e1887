import { readFile } from 'node:fs/promises';
import { AccountingSweep } from '../../server/src/accounting/accounting-sweep.service.js';
import { monthBefore, monthOfMoment } from '../../server/src/accounting/domain/accounting-units.js';
import { CostCells } from '../../server/src/costs/cost-cells.service.js';
import { DemonstrationClosings } from '../../server/src/demonstration/demonstration-closings.js';
import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { DEMONSTRATION_PASSWORD } from '../../server/src/demonstration/made-up-people.js';
import { permissionsOf } from '../../server/src/identity/domain/permissions.js';
import { UserNames } from '../../server/src/identity/user-names.service.js';
import type { Role, Viewer } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { consoleText } from './browser.ts';
import { startTestConsole, type TestConsole } from './console.ts';
import { ConsoleClient } from './console-client.ts';

const PAST = { machines: 200, months: 4 };

/**
 * A real console with four months of made-up use behind it, rated; all but the last are closed by two people of finance,
 * and the last waits for whoever comes.
 */
export class FinanceDesk {
  /** The one that waits to be closed. */
  readonly month = monthBefore(monthOfMoment(Date.now()));

  private constructor(
    readonly console: TestConsole,
    /** The account of a head whose department has more than all others on the statements of the month. */
    readonly head: string,
  ) {}

  static async open(): Promise<FinanceDesk> {
    const console = await startTestConsole({ freeDocuments: false, machines: PAST.machines });
    const get = <T>(type: new (...args: never[]) => T): T => console.application.get(type, { strict: false });
    await get(HistoryLoader).load(PAST);
    await get(AccountingSweep).run();
    const open = await get(DemonstrationClosings).run();
    if (open.length > 0) throw new Error(open.join('; '));
    await get(CostCells).take();
    const [largest] = await console.test.db.query(
      `select d.code from rated_line l join department d on d.id = l.department_id
       join app_user u on u.username = concat('head.', d.code) where d.level = 'PROVINCE'
       group by d.code order by count(*) desc, d.code limit 1`,
    );
    return new FinanceDesk(console, `head.${largest.code}`);
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.console.application.get(type, { strict: false });
  }

  get url(): string {
    return this.console.url;
  }

  /** Somebody of the demonstration, as services know them. */
  async person(username: string, role: Role): Promise<Viewer> {
    const user = await this.get(UserNames).activeByName(username);
    if (!user) throw new Error(`the demonstration has no ${username}`);
    const { departmentId, displayName, id } = user;
    return {
      ...{ userId: id, username, name: displayName, departmentId, address: null, locale: 'zh' },
      ...{ departmentTreeIds: departmentId === null ? [] : [departmentId], traceId: newId(), sessionId: newId() },
      ...{ roles: [role], permissions: permissionsOf([role]) },
    };
  }

  /** One of the console's own documents, as its page would send it. */
  async ask(username: string, document: string, variables: Record<string, unknown>) {
    const signIn = await consoleText('mutation SignIn(');
    const client = await ConsoleClient.signIn(this.url, username, DEMONSTRATION_PASSWORD, signIn);
    return client.data(await consoleText(document), variables);
  }

  close(): Promise<void> {
    return this.console.close();
  }
}

/** Bytes of what a page gave out. */
export async function downloaded(file: { path(): Promise<string | null> }): Promise<Buffer> {
  return readFile((await file.path()) as string);
}
