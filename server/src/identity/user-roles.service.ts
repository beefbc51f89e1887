import { Inject, Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { covers } from '../kernel/viewer.js';
import { AccountActs, type AccountWish, accountOf, type Refused, unknownDepartment } from './account-acts.service.js';
import { kindFor } from './domain/administrators.js';
import { type MembershipRole, type RoleGrant, refusalsToGive, wrongUntil } from './domain/role-giving.js';
import { lastAdministrator } from './user-access.service.js';
import { UsersRepository } from './users.repository.js';
import { DEPARTMENTS_OF_PEOPLE, type DepartmentsOfPeople } from './users.types.js';

/** Most departments one person works for beside his own; more is a mistake in a form. */
const MEMBERSHIPS_MAX = 15;

type Answer = Promise<Result<{ id: string }, Refused>>;
type MembershipWish = AccountWish & { readonly departmentId: string | undefined; readonly role: MembershipRole };

/** What people may do: roles in their own department, memberships of others. Every change ends the person's sessions. */
@Injectable()
export class UserRoles {
  constructor(
    private readonly repository: UsersRepository,
    private readonly accountActs: AccountActs,
    @Inject(DEPARTMENTS_OF_PEOPLE) private readonly departments: DepartmentsOfPeople,
  ) {}

  /** The account holds these roles and no others in its own department. */
  set(wish: AccountWish & { readonly roles: readonly RoleGrant[] }): Answer {
    const { viewer, scope, roles } = wish;
    const input = { roles: roles.map(({ role, until }) => ({ role, until: until?.toISOString() ?? null })) };
    return this.accountActs.perform('user.setRoles', { ...wish, input }, async (tx, user) => {
      const department = user.departmentId === null ? null : await this.departments.lockOpen(tx, user.departmentId);
      const wrong = refusalsToGive({ userId: viewer.userId, scope }, accountOf(user), roles, {
        now: tx.now,
        departmentLevel: department?.level ?? null,
      });
      if (wrong.length > 0) return refuse(wrong);
      const kind = kindFor(roles.map((grant) => grant.role)) ?? 'ORDINARY';
      const leavesOffice = user.kind !== 'ORDINARY' && kind !== user.kind && user.state === 'ACTIVE';
      if (leavesOffice && (await this.repository.countOfKindForUpdate(tx, user.kind)) <= 1)
        return refuse([lastAdministrator()]);
      await this.repository.replaceRoles(tx, user, kind, roles, viewer.userId);
      await this.repository.endSessions(tx, user.id);
      return ok({
        summary: say(`调整用户 ${user.username} 的角色`, `Changed the roles of user ${user.username}`),
        before: { roles: user.grants },
        after: { roles },
      });
    });
  }

  /** A role in a department that is not the person's own. Given again, it lasts until the new date. */
  addMembership(wish: MembershipWish & { readonly until: Date | null }): Answer {
    const { viewer, scope, departmentId, role, until } = wish;
    const input = { departmentId: departmentId ?? null, role, until: until?.toISOString() ?? null };
    return this.accountActs.perform('user.addMembership', { ...wish, input }, async (tx, user) => {
      const wrong: Refusal[] = wrongUntil(role, until, tx.now, ['until']);
      if (user.kind !== 'ORDINARY') wrong.push(administratorsOnlyOffice());
      if (user.memberships.length >= MEMBERSHIPS_MAX) wrong.push(tooMany());
      if (departmentId !== undefined && departmentId === user.departmentId) wrong.push(ownDepartment());
      const department =
        departmentId !== undefined && covers(scope, departmentId)
          ? await this.departments.lockOpen(tx, departmentId)
          : null;
      if (!department) wrong.push(unknownDepartment(['departmentId']));
      if (!department || wrong.length > 0) return refuse(wrong);
      await this.repository.update(tx, user, {});
      await this.repository.putMembership(
        tx,
        user.id,
        { departmentId: department.id, role, since: tx.now, until },
        viewer.userId,
      );
      await this.repository.endSessions(tx, user.id);
      return ok({
        summary: say(
          `用户 ${user.username} 在${department.name}任职`,
          `User ${user.username} works for ${department.name} too`,
        ),
        after: { departmentId: department.id, role, until },
      });
    });
  }

  endMembership(wish: MembershipWish): Answer {
    const { departmentId, role } = wish;
    const input = { departmentId: departmentId ?? null, role };
    return this.accountActs.perform('user.endMembership', { ...wish, input }, async (tx, user) => {
      const held = user.memberships.find((m) => m.departmentId === departmentId && m.role === role);
      if (!held) return refuse([unknownDepartment(['departmentId'])]);
      await this.repository.update(tx, user, {});
      await this.repository.endMembership(tx, user.id, held.departmentId, role);
      await this.repository.endSessions(tx, user.id);
      return ok({
        summary: say(`结束用户 ${user.username} 的兼职`, `Ended a membership of user ${user.username}`),
        before: held,
      });
    });
  }
}

function administratorsOnlyOffice(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: [],
    rule: 'exclusive',
    message: say('三员不能在其他单位任职', 'An administrator of the three works for no other department'),
  };
}

function ownDepartment(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['departmentId'],
    rule: 'other',
    message: say('这是其所属单位，请直接调整角色', 'This is their own department; change the roles instead'),
  };
}

function tooMany(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: [],
    rule: 'range',
    message: say(`一人最多在 ${MEMBERSHIPS_MAX} 个单位兼职`, `One person has at most ${MEMBERSHIPS_MAX} memberships`),
  };
}
