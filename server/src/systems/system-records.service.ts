import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { type NamedUser, UserNames } from '../identity/user-names.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { typed } from './domain/field-checks.js';
import { type GovernmentSystem, UNKNOWN_DETAILS } from './domain/system.js';
import { changedMeanwhile, codeTaken, DEPARTMENT, PERSON, SYSTEM, unknown } from './domain/system-acts.js';
import { checkSystem, type SystemContent } from './domain/system-record.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsService } from './systems.service.js';

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** What a person sends with every act on something that exists. Ids are undefined where the text was no such id. */
export interface ActOn {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** What a form says of a system: its record, and who answers for it, by user name. */
export interface SystemForm {
  readonly content: SystemContent;
  readonly ownerUsername: string | null;
}

/** Writes the records of systems: registering and editing. What is signed of them is in signed-statements. */
@Injectable()
export class SystemRecords {
  constructor(
    private readonly systems: SystemsService,
    private readonly writes: SystemWrites,
    private readonly departments: DepartmentsService,
    private readonly users: UserNames,
    private readonly acts: Acts,
  ) {}

  async register(
    viewer: Viewer,
    scope: TenantScope,
    departmentId: string | undefined,
    form: SystemForm,
    idempotencyKey: string,
  ): Answer {
    const department = departmentId === undefined ? null : await this.departments.department(scope, departmentId);
    const owner = await this.ownerOf(form, department?.id);
    return this.acts.perform(
      { name: 'system.register', actor: viewer, idempotencyKey, input: { departmentId, ...form } },
      async (tx) => {
        if (!department || !(await this.departments.lockOpen(tx, department.id)))
          return refuse([unknown(['departmentId'], DEPARTMENT)]);
        const checked = checkSystem(form.content, calendarDate(tx.now));
        if (!checked.ok || !owner.ok) return refuse([checked, owner].flatMap((part) => (part.ok ? [] : part.error)));
        const system: GovernmentSystem = {
          ...UNKNOWN_DETAILS,
          ...checked.value,
          id: newId(tx.now.getTime()),
          departmentId: department.id,
          ownerUserId: owner.value?.id ?? null,
          frozen: false,
        };
        if (!(await codeWasFree(() => this.writes.insert(tx, { systems: [system] })))) return refuse([codeTaken()]);
        return ok(done(system, say(`登记系统 ${system.name}`, `Register system ${system.name}`), null, system));
      },
    );
  }

  async edit(viewer: Viewer, scope: TenantScope, wish: ActOn, form: SystemForm): Answer {
    const seen = wish.id === undefined ? null : await this.systems.system(scope, wish.id);
    const owner = await this.ownerOf(form, seen?.departmentId);
    return this.acts.perform(
      { name: 'system.edit', actor: viewer, idempotencyKey: wish.idempotencyKey, input: { ...wish, ...form } },
      async (tx) => {
        const system = await lockedAsSeen(this.writes, tx, scope, wish);
        if (!system.ok) return system;
        const checked = checkSystem(form.content, calendarDate(tx.now));
        if (!checked.ok || !owner.ok) return refuse([checked, owner].flatMap((part) => (part.ok ? [] : part.error)));
        const { id, version } = system.value;
        const after = { ...checked.value, ownerUserId: owner.value?.id ?? null, version: version + 1 };
        if (!(await codeWasFree(() => this.writes.updateSystem(tx, id, after)))) return refuse([codeTaken()]);
        return ok(done(system.value, say(`修改系统 ${after.name}`, `Edit system ${after.name}`), system.value, after));
      },
    );
  }

  /** Who answers for a system works in its department or in one above it. */
  private async ownerOf(
    { ownerUsername }: SystemForm,
    departmentId: string | undefined,
  ): Promise<Result<NamedUser | null, readonly Refusal[]>> {
    const username = typed(ownerUsername);
    if (username === null || departmentId === undefined) return ok(null);
    const [user, above] = await Promise.all([
      this.users.activeByName(username),
      this.departments.lineage(departmentId),
    ]);
    if (user?.departmentId && above.some(({ id }) => id === user.departmentId)) return ok(user);
    return refuse([unknown(['ownerUsername'], PERSON)]);
  }
}

/** The system, locked, as whoever acts on it has seen it. */
export async function lockedAsSeen(
  writes: SystemWrites,
  tx: Tx,
  scope: TenantScope,
  wish: ActOn,
): Promise<Result<GovernmentSystem, readonly Refusal[]>> {
  const system = wish.id === undefined ? null : await writes.lockedSystem(tx, scope, wish.id);
  if (!system) return refuse([unknown(['id'], SYSTEM)]);
  if (system.version !== wish.expectedVersion) return refuse([changedMeanwhile(wish.expectedVersion, system.version)]);
  return ok(system);
}

/** Tries the write; false = its code is taken. */
export async function codeWasFree(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (errnoOf(error) === DUPLICATE_KEY_ERRNO) return false;
    throw error;
  }
}

export function done(
  { id, departmentId }: Pick<GovernmentSystem, 'id' | 'departmentId'>,
  summary: Bilingual,
  before: unknown,
  after: unknown,
) {
  return { value: { id }, audit: { objectType: 'System', objectId: id, departmentId, summary, before, after } };
}
