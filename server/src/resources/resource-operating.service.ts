import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done, Json } from '../audit/audit.types.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { checkOperatingReason, type OperatingSide, sideOf } from './domain/operating-side.js';
import { type ActOnResource, changeOf, done, unknownResource } from './resource-life.service.js';
import { type LockedResource, ResourceMoves, type Said } from './resource-moves.service.js';

export type OperatingWish = Omit<ActOnResource, 'expectedVersion'> & {
  /** Asked of the center's people; others may leave it empty. */
  readonly reason: string;
};

/** Who lays hands on the machine: what its log says of him, whatever he does. */
export interface Operator {
  readonly side: OperatingSide;
  said(text: Bilingual): Said;
}

/** Gives what is said of it, or why it is not done. */
export type Work<T> = (
  tx: Tx,
  row: LockedResource,
  operator: Operator,
) => Promise<Result<{ readonly value: T; readonly did: Bilingual; readonly after: object }, readonly Refusal[]>>;

export type Operated<T> = Promise<Result<T, readonly Refusal[]>>;

/**
 * What a freeze is no matter for: it only looks, keeps what is there, or helps what does not serve: a machine that is off, or
 * that waits for a restore which does not end. At night no leader should have to be found first.
 */
const EVEN_DURING_A_FREEZE: ReadonlySet<string> = new Set([
  'resource.showConsole',
  'resource.takeSnapshot',
  'resource.start',
  'resource.giveUpRestore',
]);

/**
 * What all acts on a running machine have in common: the machine within the scope, a reason where the center acts, one
 * line of the department's own log that names the side, and word to the department of what the center did.
 */
@Injectable()
export class ResourceOperating {
  constructor(
    private readonly acts: Acts,
    private readonly moves: ResourceMoves,
    private readonly departments: DepartmentsService,
    private readonly notices: Notices,
    private readonly freezes: FreezeGate,
  ) {}

  async perform<T extends Json>(
    viewer: Viewer,
    scope: TenantScope,
    name: string,
    wish: OperatingWish & object,
    work: Work<T>,
  ): Operated<T> {
    const { idempotencyKey, ...input } = wish;
    const organisation = await this.organisationOf(viewer);
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, scope, wish.resourceId);
      if (!row) return refuse([unknownResource()]);
      const side = sideOf(scope, row);
      const reason = wish.reason.trim();
      const badReason = checkOperatingReason(side, reason);
      if (badReason.length > 0) return refuse(badReason);
      const frozen = EVEN_DURING_A_FREEZE.has(name) ? [] : await this.freezes.refused(tx, changeOf(row));
      if (frozen.length > 0) return refuse(frozen);
      const said = (text: Bilingual): Said => ({
        text,
        by: viewer.name,
        side,
        organisation,
        reason: reason === '' ? null : reason,
      });
      const decided = await work(tx, row, { side, said });
      if (!decided.ok) return decided;
      const { after, did, value } = decided.value;
      if (side === 'PROVIDER') await this.tell(tx, row, did, reason);
      const summary = say(`${did.zh}：${row.code} ${row.name}`, `${did.en}: ${row.code} ${row.name}`);
      const { wishedPower, restoringSnapshotId } = row;
      const { audit } = done(row, summary, { wishedPower, restoringSnapshotId }, { ...after, side, reason });
      return ok<Done<T>>({ value, audit });
    });
  }

  private async tell(tx: Tx, row: LockedResource, did: Bilingual, reason: string): Promise<void> {
    const { code, departmentId, id, name } = row;
    await this.notices.tell(tx, {
      kind: 'WORK_MOVED',
      subject: { type: 'Resource', id },
      audience: {
        roles: [
          { role: 'DEPARTMENT_HEAD', departmentId },
          { role: 'APPLICANT', departmentId },
        ],
      },
      text: say(
        `大数据中心对 ${name}（${code}）做了操作：${did.zh}。原因：${reason}`,
        `The center operated ${name} (${code}): ${did.en}. Reason: ${reason}`,
      ),
      onceKey: null,
    });
  }

  private async organisationOf({ departmentId }: Viewer): Promise<string | null> {
    if (departmentId === null) return null;
    const [department] = await this.departments.departments([departmentId]);
    return department?.name ?? null;
  }
}
