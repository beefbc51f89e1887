import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { UsersService } from '../identity/users.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { DepartmentUse } from './department-use.service.js';
import { DepartmentsRepository } from './departments.repository.js';
import { DepartmentsService } from './departments.service.js';
import {
  type DepartmentFacts,
  type DepartmentRow,
  departmentPath,
  isBureauCode,
  isDepartmentCode,
  wrongDepartmentFacts,
} from './domain/department.js';

type Refused = readonly Refusal[];
type Answer = Promise<Result<{ id: string }, Refused>>;

export interface NewDepartmentWish extends DepartmentFacts {
  readonly code: string;
  /** Of what stands on top. */
  readonly level: 'PROVINCE' | 'CITY';
  /** The city of a bureau; null = it stands on top; undefined = an id that is none. */
  readonly parentId: string | null | undefined;
}

export interface DepartmentWish {
  readonly viewer: Viewer;
  readonly scope: TenantScope;
  readonly departmentId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** Departments come and go: the province makes departments and cities, a city its own bureaus. */
@Injectable()
export class DepartmentAdministration implements OnModuleInit {
  constructor(
    private readonly acts: Acts,
    private readonly repository: DepartmentsRepository,
    private readonly departments: DepartmentsService,
    private readonly use: DepartmentUse,
    private readonly users: UsersService,
  ) {}

  onModuleInit(): void {
    this.use.register({
      key: 'people',
      name: say('可用账号', 'open accounts'),
      count: (tx, id) => this.users.openAccounts(tx, id),
    });
    this.use.register({
      key: 'bureaus',
      name: say('下属单位', 'bureaus'),
      count: async (tx, id) => (await this.repository.countBureaus([id], tx.manager)).get(id) ?? 0,
    });
  }

  /** Refused: INVALID_INPUT (code, name …), UNKNOWN_REFERENCE (parent), NOT_PERMITTED (a city makes bureaus only). */
  create(viewer: Viewer, scope: TenantScope, wish: NewDepartmentWish, idempotencyKey: string): Answer {
    const { code, name, contactName, contactPhone, level, parentId } = wish;
    const facts = { name, contactName, contactPhone };
    return this.acts.perform(
      {
        name: 'department.create',
        actor: viewer,
        idempotencyKey,
        input: { code, ...facts, level, parentId: parentId ?? null },
      },
      async (tx) => {
        const wrong: Refusal[] = wrongDepartmentFacts(facts);
        const place = await this.placeFor(tx, scope, parentId, code);
        if (!place.ok) return refuse([...wrong, ...place.error]);
        if (wrong.length > 0) return refuse(wrong);
        const parent = place.value;
        const row = {
          ...facts,
          id: newId(tx.now.getTime()),
          code,
          level: parent ? ('BUREAU' as const) : level,
          parentId: parent?.id ?? null,
          path: departmentPath(parent?.path ?? null, code),
        };
        if (!(await this.inserted(tx, row)))
          return refuse([invalid('code', 'taken', say('编码已被使用', 'This code is taken'))]);
        return ok({
          value: { id: row.id },
          audit: factOf(row.id, say(`新建单位 ${name}（${code}）`, `Created department ${name} (${code})`), null, row),
        });
      },
    );
  }

  edit(wish: DepartmentWish & DepartmentFacts): Answer {
    const { name, contactName, contactPhone } = wish;
    const facts = { name, contactName, contactPhone };
    return this.change('department.edit', wish, facts, async (tx, row) => {
      const wrong = wrongDepartmentFacts(facts);
      if (wrong.length > 0) return refuse(wrong);
      await this.repository.update(tx, row, facts);
      const before = { name: row.name, contactName: row.contactName, contactPhone: row.contactPhone };
      return ok(factOf(row.id, say(`修改单位 ${row.code}`, `Edited department ${row.code}`), before, facts));
    });
  }

  /** Refused while anything lives in it, with what and how much. */
  close(wish: DepartmentWish): Answer {
    return this.change('department.close', wish, {}, async (tx, row) => {
      const live = await this.use.of(tx, row.id);
      if (live.length > 0) return refuse([inUse(live)]);
      await this.repository.update(tx, row, { state: 'CLOSED' });
      const summary = say(`关闭单位 ${row.name}（${row.code}）`, `Closed department ${row.name} (${row.code})`);
      return ok(factOf(row.id, summary, { state: row.state }, { state: 'CLOSED' }));
    });
  }

  private change(
    name: string,
    { viewer, scope, departmentId, expectedVersion, idempotencyKey }: DepartmentWish,
    input: object,
    work: (tx: Tx, row: DepartmentRow) => Promise<Result<ReturnType<typeof factOf>, Refused>>,
  ): Answer {
    return this.acts.perform(
      { name, actor: viewer, idempotencyKey, input: { departmentId: departmentId ?? null, expectedVersion, ...input } },
      async (tx) => {
        const row = await this.repository.locked(tx, scope, departmentId);
        if (!row) return refuse([unknown('id')]);
        if (row.version !== expectedVersion) return refuse([changed(expectedVersion, row.version)]);
        if (row.state === 'CLOSED') return refuse([closed(name)]);
        const done = await work(tx, row);
        return done.ok ? ok({ value: { id: row.id }, audit: done.value }) : done;
      },
    );
  }

  private async placeFor(
    tx: Tx,
    scope: TenantScope,
    parentId: string | null | undefined,
    code: string,
  ): Promise<Result<DepartmentRow | null, Refused>> {
    if (parentId === null) {
      if (scope.kind !== 'PROVINCE') return refuse([bureausOnly()]);
      return isDepartmentCode(code) ? ok(null) : refuse([wrongCode(null)]);
    }
    const found =
      parentId !== undefined && covers(scope, parentId) ? await this.departments.lockOpen(tx, parentId) : null;
    if (found?.level !== 'CITY') return refuse([unknown('parentId')]);
    return isBureauCode(code, found.code) ? ok(found) : refuse([wrongCode(found.code)]);
  }

  /** false = the code is taken. */
  private async inserted(tx: Tx, row: Parameters<DepartmentsRepository['insert']>[1][number]): Promise<boolean> {
    try {
      await this.repository.insert(tx, [row]);
      return true;
    } catch (error) {
      if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return false;
      throw error;
    }
  }
}

function factOf(id: string, summary: Bilingual, before: unknown, after: unknown) {
  return { objectType: 'Department', objectId: id, departmentId: id, summary, before, after };
}

function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}

function wrongCode(cityCode: string | null): Refusal {
  const zh = '编码须为小写字母开头的小写字母、数字、连字符，最多 30 个字符';
  const en = 'A code is small letters, digits and hyphens, begins with a letter, at most 30 characters';
  return invalid(
    'code',
    'departmentCode',
    cityCode === null ? say(zh, en) : say(`${zh}，并以“${cityCode}-”开头`, `${en}, and begins with "${cityCode}-"`),
  );
}

function unknown(field: string): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: [field],
    message: say('找不到这个单位，或您无权管理', 'There is no such department, or it is not yours'),
  };
}

function changed(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('单位信息已被他人修改，请刷新后重试', 'The department was changed meanwhile; load it again'),
  };
}

function closed(action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: 'CLOSED',
    action,
    message: say('单位已关闭', 'The department is closed'),
  };
}

function bureausOnly(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: ['parentId'],
    reason: 'BUREAUS_ONLY',
    message: say('设区市只能在本市之下新建单位', 'A city makes departments below itself only'),
  };
}

function inUse(live: readonly { readonly name: Bilingual; readonly count: number }[]): Refusal {
  const list = (locale: 'zh' | 'en', comma: string) =>
    live.map(({ name, count }) => `${name[locale]} ${count}`).join(comma);
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'IN_USE',
    message: say(
      `单位仍在使用，不能关闭：${list('zh', '、')}`,
      `It cannot be closed while in use: ${list('en', ', ')}`,
    ),
  };
}
