import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { AuditFact } from '../audit/audit.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers, type TenantScope, type Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { beyond } from './domain/role-giving.js';
import { UsersRepository } from './users.repository.js';
import type { FullUser } from './users.types.js';

/** Wish of an administrator for one account. */
export interface AccountWish {
  readonly viewer: Viewer;
  /** Whose accounts he looks after. */
  readonly scope: TenantScope;
  readonly userId: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  /** What else was asked, for the key and nothing secret. */
  readonly input?: object;
}

export type Refused = readonly Refusal[];
type Changed = { readonly summary: Bilingual; readonly before?: unknown; readonly after?: unknown };

/** What every act on one account has in common: found, locked, as it was seen, and within the administrator's reach. */
@Injectable()
export class AccountActs {
  constructor(
    private readonly acts: Acts,
    private readonly repository: UsersRepository,
  ) {}

  perform(
    name: string,
    wish: AccountWish,
    change: (tx: Tx, user: FullUser) => Promise<Result<Changed, Refused>>,
  ): Promise<Result<{ id: string }, Refused>> {
    const { viewer, scope, userId, expectedVersion, idempotencyKey } = wish;
    return this.acts.perform(
      { name, actor: viewer, idempotencyKey, input: { userId: userId ?? null, expectedVersion, ...wish.input } },
      async (tx) => {
        const user = await this.repository.locked(tx, scope, userId);
        if (!user) return refuse([unknownUser(['id'])]);
        if (user.version !== expectedVersion)
          return refuse([
            {
              code: 'VERSION_CONFLICT',
              path: ['expectedVersion'],
              expected: expectedVersion,
              current: user.version,
              message: say('账号已被他人修改，请刷新后重试', 'The account was changed meanwhile; load it again'),
            },
          ]);
        const outside = beyond({ userId: viewer.userId, scope }, accountOf(user));
        if (outside) return refuse([outside]);
        const changed = await change(tx, user);
        if (!changed.ok) return changed;
        return ok({ value: { id: user.id }, audit: factOf(user, changed.value) });
      },
    );
  }
}

export function accountOf({ id, departmentId, kind, grants, memberships }: FullUser) {
  return { id, departmentId, kind, roles: grants.map((grant) => grant.role), memberships };
}

function factOf(user: FullUser, { summary, before, after }: Changed): AuditFact {
  return { objectType: 'User', objectId: user.id, departmentId: user.departmentId, summary, before, after };
}

export function unknownUser(path: readonly string[]): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say('找不到这个用户，或您无权管理', 'There is no such user, or you may not look after them'),
  };
}

/** A department that somebody may be put into, or the same answer for unknown, closed and foreign. */
export function unknownDepartment(path: readonly string[]): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path,
    message: say(
      '找不到这个单位，或该单位已关闭，或您无权管理',
      'There is no such department, it is closed, or it is not yours',
    ),
  };
}

export function isWithin(scope: TenantScope, departmentId: string | null): boolean {
  return departmentId === null ? scope.kind === 'PROVINCE' : covers(scope, departmentId);
}
