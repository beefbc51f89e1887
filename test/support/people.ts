import { DepartmentsService } from '../../server/src/departments/departments.service.js';
import type { Department } from '../../server/src/departments/domain/department.js';
import { Accounts } from '../../server/src/identity/accounts.service.js';
import { IdentityService } from '../../server/src/identity/identity.service.js';
import type { Refusal } from '../../server/src/kernel/refusal.js';
import type { Result } from '../../server/src/kernel/result.js';
import type { Role, Viewer } from '../../server/src/kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../../server/src/platform/crypto/crypto-provider.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { type TestApplication, viewerWith } from './application.ts';
import { department } from './builders/department.ts';

export const PASSWORD = 'Bright-Morning-26';

/** A province of two departments and a city with two bureaus, and whoever is put into it. */
export interface People {
  readonly finance: Department;
  readonly police: Department;
  readonly city: Department;
  readonly bureau: Department;
  readonly bureau2: Department;
  add(username: string, departmentId: string | null, ...roles: Role[]): Promise<string>;
  /** Somebody signed in, as the session's cookie gives him. */
  signIn(username: string, password?: string): Promise<{ viewer: Viewer; cookie: string }>;
  /** The viewer of the cookie, read anew; undefined = the session is over. */
  read(cookie: string, even?: boolean): Promise<Viewer | undefined>;
  row(id: string): Promise<Record<string, unknown>>;
}

export const SYSTEM_ADMINISTRATOR = viewerWith(['SYSTEM_ADMINISTRATOR'], null, { name: '系统管理员' });
export const SECURITY_ADMINISTRATOR = viewerWith(['SECURITY_ADMINISTRATOR'], null, { name: '安全管理员' });

const origin = { address: '10.1.2.3', traceId: 't' };

export async function openPeople({ context, test }: TestApplication): Promise<People> {
  const get = <T>(type: new (...args: never[]) => T): T => context.get(type, { strict: false });
  const work = get(UnitOfWork);
  const accounts = get(Accounts);
  const identity = get(IdentityService);
  const passwordHash = await context.get<CryptoProvider>(CRYPTO, { strict: false }).hashPassword(PASSWORD);
  const finance = department({ code: 'czt', name: '省财政厅' });
  const police = department({ code: 'gat', name: '省公安厅' });
  const city = department({ code: 'nanjing', name: '南京市', level: 'CITY' });
  const bureau = department({ code: 'nanjing-gaj', name: '南京市公安局', parent: city });
  const bureau2 = department({ code: 'nanjing-sjj', name: '南京市数据局', parent: city });
  await work.run((tx) => get(DepartmentsService).add(tx, [finance, police, city, bureau, bureau2]));
  return {
    finance,
    police,
    city,
    bureau,
    bureau2,
    add: async (username, departmentId, ...roles) => {
      const id = newId();
      const one = { id, username, displayName: `用户 ${username}`, departmentId, roles, passwordHash };
      await work.run((tx) => accounts.add(tx, [one]));
      return id;
    },
    signIn: async (username, password = PASSWORD) => {
      const outcome = await identity.signIn({ username, password }, origin, undefined);
      if (!outcome.ok) throw new Error(`${username} cannot sign in: ${JSON.stringify(outcome.error)}`);
      return { viewer: outcome.value.viewer, cookie: `jiyun_session=${outcome.value.token}` };
    },
    read: (cookie, even = false) => identity.viewerOfCookie(cookie, origin, { evenBeforePasswordChange: even }),
    row: async (id) => (await test.db.query('select * from app_user where id = ?', [id]))[0],
  };
}

export function codesOf(outcome: Result<unknown, readonly Refusal[]>): string[] {
  return outcome.ok
    ? []
    : outcome.error.map((refusal) =>
        [refusal.code, 'reason' in refusal ? refusal.reason : 'rule' in refusal ? refusal.rule : '']
          .filter((part) => part !== '')
          .join(' '),
      );
}
