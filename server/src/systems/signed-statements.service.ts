import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { FieldChecks } from './domain/field-checks.js';
import { checkReliability, type ReliabilityEntry } from './domain/reliability.js';
import { FILE, unknown } from './domain/system-acts.js';
import { type ActOn, type Answer, done, lockedAsSeen } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';

/** A paper that the department signed, uploaded by who acts, and the last day on which it holds. */
interface Signed extends ActOn {
  readonly fileId: string | undefined;
  readonly validUntil: string;
}

/** What a department signs of its systems: that nothing in one is classified, and what of it is domestic. */
@Injectable()
export class SignedStatements {
  constructor(
    private readonly writes: SystemWrites,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  /** 非涉密声明: the signed file, uploaded by who declares, and the last day on which it holds. */
  async declareNotClassified(viewer: Viewer, scope: TenantScope, wish: Signed): Answer {
    return this.acts.perform(
      { name: 'system.declare', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = await lockedAsSeen(this.writes, tx, scope, wish);
        if (!system.ok) return system;
        const checks = new FieldChecks([]);
        checks.date('validUntil', wish.validUntil);
        if (checks.refusals.length === 0 && wish.validUntil <= calendarDate(tx.now))
          checks.refuse('validUntil', 'future', say('有效期须晚于今天', 'It must be valid beyond today'));
        if (checks.refusals.length > 0) return refuse(checks.refusals);
        const { id, version, name } = system.value;
        if (wish.fileId === undefined || !(await this.attach(tx, wish.fileId, id, viewer)))
          return refuse([unknown(['fileId'], FILE)]);
        const after = {
          declarationFileId: wish.fileId,
          declarationValidUntil: wish.validUntil,
          version: version + 1,
        };
        await this.writes.updateSystem(tx, id, after);
        const { declarationFileId, declarationValidUntil } = system.value;
        return ok(
          done(
            system.value,
            say(
              `${name} 非涉密声明，有效期至 ${wish.validUntil}`,
              `Declare ${name} not classified until ${wish.validUntil}`,
            ),
            { declarationFileId, declarationValidUntil },
            after,
          ),
        );
      },
    );
  }

  /** 安全可靠情况说明: the signed file, its last day, and product by product what is domestic. */
  async stateReliability(
    viewer: Viewer,
    scope: TenantScope,
    wish: Signed & { readonly entries: readonly ReliabilityEntry[] },
  ): Answer {
    return this.acts.perform(
      { name: 'system.stateReliability', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = await lockedAsSeen(this.writes, tx, scope, wish);
        if (!system.ok) return system;
        const entries = checkReliability(wish.entries, wish.validUntil, calendarDate(tx.now));
        if (!entries.ok) return entries;
        const { id, version, name } = system.value;
        if (wish.fileId === undefined || !(await this.attach(tx, wish.fileId, id, viewer)))
          return refuse([unknown(['fileId'], FILE)]);
        const after = {
          reliabilityFileId: wish.fileId,
          reliabilityValidUntil: wish.validUntil,
          reliabilityEntries: entries.value,
          version: version + 1,
        };
        await this.writes.updateSystem(tx, id, after);
        const { reliabilityFileId, reliabilityValidUntil, reliabilityEntries } = system.value;
        return ok(
          done(
            system.value,
            say(
              `${name} 安全可靠情况说明，有效期至 ${wish.validUntil}`,
              `State what of ${name} is domestic, until ${wish.validUntil}`,
            ),
            { reliabilityFileId, reliabilityValidUntil, reliabilityEntries },
            after,
          ),
        );
      },
    );
  }

  private attach(tx: Tx, fileId: string, systemId: string, viewer: Viewer): Promise<boolean> {
    return this.files.attach(tx, [fileId], 'System', systemId, viewer.userId);
  }
}
