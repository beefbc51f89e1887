import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { Notices } from '../platform/notices/notices.js';
import { wasDecided } from './domain/quarantine-notices.js';
import { mayDecide, reasonOf, unknownObject } from './domain/quarantine-refusals.js';
import { after, type QuarantineAction } from './domain/quarantine-state.js';
import { QuarantineRepository } from './quarantine.repository.js';

export interface QuarantineWish {
  readonly objectId: string | undefined;
  readonly action: QuarantineAction;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

const WORDS: Readonly<Record<QuarantineAction, (name: string) => Bilingual>> = {
  KNOW: (name) => say(`登记知悉 ${name}`, `Known: ${name} is let be`),
  QUARANTINE: (name) => say(`隔离 ${name}，不得运行`, `Quarantine ${name}: it shall not run`),
  LIFT: (name) => say(`解除隔离 ${name}`, `Lift the quarantine of ${name}`),
};

/**
 * What a person decides of an object without a record, in the log that the department reads in whose namespace it stands.
 * To bring it into the books is an intake.
 */
@Injectable()
export class QuarantineActs {
  constructor(
    private readonly repository: QuarantineRepository,
    private readonly acts: Acts,
    private readonly notices: Notices,
  ) {}

  /** The worker stops a quarantined machine with one of its next whole looks; what is lifted it does not start again. */
  async decide(viewer: Viewer, wish: QuarantineWish): Promise<Result<{ id: string }, readonly Refusal[]>> {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'quarantine.decide', actor: viewer, idempotencyKey, input }, async (tx) => {
      const said = reasonOf(wish.reason);
      if ('wrong' in said) return refuse([said.wrong]);
      const row = await this.repository.locked(tx, wish.objectId);
      if (!row) return refuse([unknownObject()]);
      const stopped = mayDecide(row, wish.action, wish.expectedVersion);
      const state = after(row, wish.action);
      if (stopped || state === undefined) return refuse(stopped ? [stopped] : []);
      const decided = { state, decidedBy: viewer.name, decidedAt: tx.now, ...said };
      // What was stopped before is another quarantine's.
      await this.repository.update(tx, row, { ...decided, haltedAt: null, haltTrouble: null });
      await this.repository.note(tx, { objectId: row.id, kind: wish.action, actorName: viewer.name, ...said });
      const did = WORDS[wish.action](`${row.objectKind} ${row.objectNamespace}/${row.objectName}`);
      const notice = wasDecided(row, did, said.reason);
      if (notice) await this.notices.tell(tx, notice);
      return ok({
        value: { id: row.id },
        audit: {
          objectType: 'QuarantinedObject',
          objectId: row.id,
          departmentId: row.departmentId,
          summary: did,
          before: { state: row.state },
          after: { state, ...said },
        },
      });
    });
  }
}
