import { Inject, Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { accountingYear } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { scopeFor, type Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ChangeQuotations } from './change-quotations.service.js';
import { ChangesService } from './changes.service.js';
import { nextSmaller } from './domain/smaller-offer.js';
import type { Quotation } from './quotation.service.js';

/** A change to the next smaller size, ready to be written down. */
export interface PreparedShrink {
  readonly quotation: Quotation;
  readonly code: string;
}

/** Whoever finds at a review that less would do gets the change request begun: he looks at it and sends it, or throws it away. */
@Injectable()
export class ShrinkDrafts {
  constructor(
    private readonly changes: ChangesService,
    private readonly quotations: ChangeQuotations,
    private readonly resources: ResourcesService,
    private readonly catalog: CatalogService,
    private readonly codes: CodeSequence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Before the unit of work. null = nothing smaller is offered, it cannot be changed now, or the viewer may ask for nothing. */
  async prepare(viewer: Viewer, resourceId: string | undefined, purpose: string): Promise<PreparedShrink | null> {
    const scope = scopeFor(viewer, 'REQUEST', 'CREATE');
    if (!scope || resourceId === undefined) return null;
    const [row] = await this.resources.rows([resourceId]);
    const [present] = await this.catalog.offers([row?.offerId ?? '']);
    if (!row || !present) return null;
    const smaller = nextSmaller(
      { ...present, vcpu: row.vcpu, memoryMib: row.memoryMib },
      (await this.catalog.catalog()).offers,
    );
    if (!smaller) return null;
    const asItIs = { diskGib: null, localMode: null, remoteMode: null, centerId: null };
    const lines = [{ ...asItIs, resourceIds: [row.id], offerId: smaller.id }];
    const quotation = await this.quotations.quote(scope, { purpose, restartAgreed: false, lines }, null);
    if (!quotation.ok) return null;
    return { quotation: quotation.value, code: await this.codes.next('SQ', accountingYear(this.clock.now())) };
  }

  draft(tx: Tx, viewer: Viewer, { quotation, code }: PreparedShrink): Promise<string> {
    // Whether it may be started anew is his to say when he sends it.
    return this.changes.draft(tx, viewer, quotation, false, code);
  }
}
