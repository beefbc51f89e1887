import { DelegationsService } from '../../server/src/approvals/delegations.service.js';
import type { Chain, EditionContent, StepDefinition } from '../../server/src/approvals/domain/chain.js';
import { NO_CONDITION } from '../../server/src/approvals/domain/chain.js';
import type { StepRole } from '../../server/src/approvals/domain/step-roles.js';
import { EditionsService } from '../../server/src/approvals/editions.service.js';
import { Accounts } from '../../server/src/identity/accounts.service.js';
import type { Clock } from '../../server/src/kernel/clock.js';
import { type Role, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ChainActs } from '../../server/src/requests/chain-acts.service.js';
import { DeadlinesService } from '../../server/src/requests/deadlines.service.js';
import { type TestApplication, viewerWith } from './application.ts';
import type { RequestJourney } from './request-journey.ts';
import { idOf } from './request-journey.ts';

export const DAY_MS = 86_400_000;

/** A clock that a test moves. It starts on a Monday morning, so that a few days are working days. */
export class MovedClock implements Clock {
  private at = new Date('2026-11-30T02:00:00.000Z');

  now(): Date {
    return this.at;
  }

  pass(days: number): void {
    this.at = new Date(this.at.getTime() + days * DAY_MS);
  }
}

export const step = (key: string, roles: readonly StepRole[], more: Partial<StepDefinition> = {}): StepDefinition => ({
  key,
  title: { zh: key, en: key },
  roles,
  mode: 'ANY',
  count: 1,
  deadlineWorkingDays: 2,
  needsFile: false,
  holdsCapacity: false,
  escalatesTo: 'LEADER',
  ...more,
});

export const SIGN_OFF = step('sign-off', ['DEPARTMENT_HEAD']);
export const ACCEPTANCE = step('acceptance', ['CENTER_ACCEPTANCE'], { holdsCapacity: true });

/** One chain for everything. */
export const oneChain = (...steps: StepDefinition[]): EditionContent => {
  const title = { zh: '测试流程', en: 'test chain' };
  const chain: Chain = { key: 'test', title, steps };
  return { rules: [{ title, condition: NO_CONDITION, chainKey: 'test' }], chains: [chain] };
};

/** Whoever has to do with chains, as accounts of the database: an act that looks at another's rights finds them. */
export class ChainDesk {
  readonly editions = this.app.context.get(EditionsService, { strict: false });
  readonly delegations = this.app.context.get(DelegationsService, { strict: false });
  readonly chainActs = this.app.context.get(ChainActs, { strict: false });
  readonly deadlines = this.app.context.get(DeadlinesService, { strict: false });
  readonly drafter = viewerWith(['CLOUD_AUTHORITY'], null, { name: '云主管' });
  readonly publisher = viewerWith(['SECURITY_ADMINISTRATOR'], null, { name: '安全员' });
  private made = 0;

  constructor(
    private readonly app: TestApplication,
    private readonly journey: RequestJourney,
  ) {}

  async publish(content: EditionContent): Promise<string> {
    const id = idOf(await this.editions.begin(this.drafter, '测试', newId()));
    const wish = (expectedVersion: number) => ({ id, expectedVersion, idempotencyKey: newId() });
    idOf(await this.editions.save(this.drafter, wish(1), { note: '测试', content }));
    return idOf(await this.editions.publish(this.publisher, wish(2)));
  }

  /** An account with these roles; of the journey's department where the role needs one. */
  async person(...roles: Role[]): Promise<Viewer> {
    const own = roles.some((role) => role === 'APPLICANT' || role === 'DEPARTMENT_HEAD');
    return this.personOf(own ? this.journey.department.id : null, ...roles);
  }

  async personOf(departmentId: string | null, ...roles: Role[]): Promise<Viewer> {
    this.made += 1;
    const person = viewerWith(roles, departmentId, { name: `${roles[0]}-${this.made}` });
    await this.app.context.get(UnitOfWork, { strict: false }).run((tx) =>
      this.app.context.get(Accounts, { strict: false }).add(tx, [
        {
          id: person.userId,
          username: `chain-${person.userId.slice(-12)}`,
          displayName: person.name,
          departmentId,
          roles,
          passwordHash: 'x',
        },
      ]),
    );
    return person;
  }

  scopeOf(viewer: Viewer): TenantScope {
    return viewer.departmentId === null ? WHOLE_PROVINCE : this.journey.scope;
  }

  /** One signature on the request as it is now. */
  async sign(viewer: Viewer, id: string, more: { fileId?: string; expectedVersion?: number } = {}) {
    const { version, state } = await this.journey.row(id);
    const wish = { ...this.journey.wish(id, version), ...more };
    const scope = this.scopeOf(viewer);
    return state === 'AWAITING_SIGN_OFF'
      ? this.journey.submission.submit(viewer, scope, wish)
      : this.journey.review.approve(viewer, scope, wish);
  }

  async move(viewer: Viewer, id: string, action: 'RETURN' | 'REJECT' | 'WITHDRAW' | 'SEND_FOR_SIGN_OFF') {
    const { version } = await this.journey.row(id);
    return this.journey.review.move(viewer, this.scopeOf(viewer), action, this.journey.wish(id, version));
  }

  async transfer(viewer: Viewer, id: string, to: Viewer) {
    const { version } = await this.journey.row(id);
    const wish = { ...this.journey.wish(id, version, null), personId: to.userId };
    return this.chainActs.transfer(viewer, this.scopeOf(viewer), wish);
  }

  async add(viewer: Viewer, id: string, person: Viewer, where: 'BEFORE' | 'BESIDE') {
    const { version } = await this.journey.row(id);
    const wish = { ...this.journey.wish(id, version, null), personId: person.userId, where };
    return this.chainActs.add(viewer, this.scopeOf(viewer), wish);
  }

  async remind(viewer: Viewer, id: string) {
    const { version } = await this.journey.row(id);
    return this.chainActs.remind(viewer, this.scopeOf(viewer), this.journey.wish(id, version, null));
  }

  delegate(from: Viewer, to: Viewer, now: Date, days = 5) {
    return this.delegations.delegate(from, {
      delegateId: to.userId,
      from: now,
      until: new Date(now.getTime() + days * DAY_MS),
      reason: '出差',
      idempotencyKey: newId(),
    });
  }

  /** Who decided, in order, with the names that were lent. */
  async decisions(id: string): Promise<{ by: string; for: string | null; verdict: string }[]> {
    const rows = await this.app.test.db.query(
      `select t.decided_by_id as who, t.on_behalf_of_id as whom, t.verdict, t.decided_at as at from approval_seat t
       join approval_step s on s.id = t.step_id join approval_round d on d.id = s.round_id
       where d.subject_id = ? and t.verdict is not null order by d.number, t.decided_at, s.position, t.number`,
      [id],
    );
    return rows.map((row: { who: string; whom: string | null; verdict: string }) => ({
      by: row.who,
      for: row.whom,
      verdict: row.verdict,
    }));
  }
}
