import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isNamedAfter, type UserFacts, wrongFacts } from '../identity/domain/user.js';
import { usernameOf } from '../identity/domain/username.js';
import { ImportedUsers } from '../identity/imported-users.service.js';
import { namedAfter, usernameTaken } from '../identity/users.service.js';
import type { UserRow } from '../identity/users.types.js';
import type { CellProblem, ImportColumn, RowProblem, TableRow } from '../imports/domain/import-table.js';
import type { Addition, Applied, ImportContext, RowPlan, TableImport } from '../imports/import-kind.types.js';
import { ImportRegistry } from '../imports/import-registry.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DepartmentsRepository } from './departments.repository.js';
import { type DepartmentRow, isDepartmentCode } from './domain/department.js';

type NewPerson = UserFacts & { readonly departmentId: string };

const COLUMNS: readonly ImportColumn[] = [
  {
    key: 'username',
    title: say('用户名', 'User name'),
    required: true,
    example: 'zhang.san',
    note: say('小写字母、数字、点、下划线、连字符', 'small letters, digits, dots, underscores, hyphens'),
  },
  { key: 'displayName', title: say('姓名', 'Name'), required: true, example: '张三' },
  { key: 'phone', title: say('电话', 'Phone'), required: false, example: '13800000000' },
  {
    key: 'department',
    title: say('单位编码', 'Department code'),
    required: true,
    example: 'czt',
    note: say('见单位列表', 'see the list of departments'),
  },
];

/** Accounts from a table: without roles, which another administrator gives, and without passwords, which are issued later. */
@Injectable()
export class UserImport implements OnModuleInit, TableImport<NewPerson> {
  readonly source = 'TABLE';
  readonly name = 'users';
  readonly title = say('用户', 'users');
  readonly permission = { object: 'USER', action: 'IMPORT' } as const;
  readonly page = '/users';
  readonly columns = COLUMNS;

  constructor(
    private readonly users: ImportedUsers,
    private readonly departments: DepartmentsRepository,
    private readonly registry: ImportRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Two statements, whatever the number of rows. */
  async plan(rows: readonly TableRow[], { scope }: ImportContext): Promise<RowPlan<NewPerson>[]> {
    const names = rows.map((row) => usernameOf(row.cells.username ?? ''));
    const known = await this.users.byNames([...new Set(names)]);
    // An ascii column is not compared with Chinese: what can be no code is not asked for.
    const codes = [...new Set(rows.map((row) => (row.cells.department ?? '').toLowerCase()))].filter(isDepartmentCode);
    const departments = new Map((await this.departments.byCodes(scope, codes)).map((row) => [row.code, row]));
    const firstRowOf = new Map<string, number>();
    return rows.map((row, at) => {
      const username = names[at] as string;
      const facts = { username, displayName: row.cells.displayName ?? '', phone: row.cells.phone || null };
      const department = departments.get((row.cells.department ?? '').toLowerCase());
      const problems: CellProblem[] = wrongFacts(facts).map(({ path, message }) => ({
        column: path[0] ?? null,
        message,
      }));
      const before = firstRowOf.get(username);
      if (before === undefined) firstRowOf.set(username, row.number);
      else problems.push({ column: 'username', message: say(`与第 ${before} 行重复`, `is in row ${before} already`) });
      if (department?.state !== 'ACTIVE') problems.push({ column: 'department', message: unknownCode() });
      else if (scope.kind !== 'PROVINCE' && !isNamedAfter(username, department.code))
        problems.push({ column: 'username', message: namedAfter(department.code).message });
      const there = known.get(username);
      if (problems.length === 0 && department && there) {
        if (isSame(there, facts, department) && covers(scope, department.id))
          return { row: row.number, outcome: 'UNCHANGED' };
        problems.push({ column: 'username', message: usernameTaken().message });
      }
      if (problems.length > 0 || !department) return { row: row.number, outcome: 'PROBLEM', problems };
      return { row: row.number, outcome: 'ADD', value: { ...facts, departmentId: department.id } };
    });
  }

  async apply(tx: Tx, additions: readonly Addition<NewPerson>[]): Promise<Result<Applied, readonly RowProblem[]>> {
    const added = await this.users.addWithoutPassword(
      tx,
      additions.map((addition) => addition.value),
    );
    if (added) return ok({});
    return refuse([
      {
        row: additions[0]?.row ?? 0,
        column: null,
        message: say(
          '导入期间有用户名被占用或单位被关闭，请重新预览',
          'a name was taken or a department closed meanwhile; preview again',
        ),
      },
    ]);
  }
}

function isSame(there: UserRow, facts: UserFacts, department: DepartmentRow): boolean {
  return there.displayName === facts.displayName && there.phone === facts.phone && there.departmentId === department.id;
}

function unknownCode() {
  return say(
    '没有这个单位编码，或该单位已关闭，或您无权管理',
    'there is no such department, it is closed, or it is not yours',
  );
}
