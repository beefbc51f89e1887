import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FilesService } from '../files/files.service.js';
import { say } from '../kernel/bilingual.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { unknownLine } from '../requests/domain/named-line.js';
import { LineTerms } from '../requests/line-terms.service.js';
import { checkEvidence } from './domain/evidence.js';
import { ReclaimRepository } from './reclaim.repository.js';
import {
  type Answer,
  CASE_OWNER,
  type CaseWishes,
  caseOpen,
  checkFiles,
  openingAudit,
  ReclaimService,
  unknownFile,
} from './reclaim.service.js';

export interface OpenLineWish extends CaseWishes {
  readonly lineId: string | undefined;
}

/** A person of the center opens a case about servers, places in cabinets or services that seem idle. */
@Injectable()
export class LineCaseOpening {
  constructor(
    private readonly repository: ReclaimRepository,
    private readonly reclaim: ReclaimService,
    private readonly terms: LineTerms,
    private readonly files: FilesService,
    private readonly acts: Acts,
  ) {}

  async open(viewer: Viewer, scope: TenantScope, wish: OpenLineWish): Answer {
    const wrong = [...checkEvidence(wish), ...checkFiles(wish.fileIds)];
    const ground = await this.reclaim.ground();
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name: 'reclaim.open', actor: viewer, idempotencyKey, input }, async (tx) => {
      if (wrong.length > 0) return refuse(wrong);
      // Under its request's lock, as whoever gives it back: what has gone meanwhile is in no case.
      const term = await this.terms.locked(tx, scope, wish.lineId);
      if (!term) return refuse([unknownLine()]);
      if ((await this.repository.runningOfLines([term.lineId], tx.manager)).length > 0)
        return refuse([caseOpen(say('这条明细已有一个在办的回收案件', 'A case about this line is already open'))]);
      const row = await this.reclaim.beginOfLine(tx, term, 'IDLE', wish, viewer, ground);
      const fileIds = wish.fileIds as string[];
      if (!(await this.files.attach(tx, fileIds, CASE_OWNER, row.id, viewer.userId))) return refuse([unknownFile()]);
      await this.reclaim.appendOpening(tx, row, fileIds);
      tx.changed('request', term.requestId);
      return ok({ value: { id: row.id }, audit: openingAudit(row, { code: term.requestCode, name: term.name }) });
    });
  }
}
