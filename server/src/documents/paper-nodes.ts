import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/graphql/request-context.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { ScanRow } from './documents.types.js';
import type { PaperContent } from './domain/paper-content.js';
import { ELECTRONIC_SEAL, type ElectronicSeal, OFD_READER, type OfdReader } from './domain/ports.js';
import { checkCodeOf, voidReasons } from './domain/scan.js';
import { type RequestPapersNode, SealedScanNode } from './papers.graphql.js';
import { type Papers, ScansService } from './scans.service.js';

/** What lies on paper of a request, in the viewer's language. */
@Injectable()
export class PaperNodes {
  constructor(
    private readonly scans: ScansService,
    @Inject(ELECTRONIC_SEAL) private readonly seal: ElectronicSeal,
    @Inject(OFD_READER) private readonly ofd: OfdReader,
  ) {}

  of(
    ctx: RequestContext,
    request: RequestRow,
    { now, versions, scans, standing }: Papers,
    where: Pick<RequestPapersNode, 'formUrl' | 'neededBy'>,
  ): RequestPapersNode {
    return {
      ...where,
      standing,
      contentHash: now.contentHash,
      checkCode: checkCodeOf(now.contentHash),
      formNumber: versions.find((version) => version.contentHash === now.contentHash)?.number ?? null,
      mayUpload: this.scans.mayUpload(ctx.requireViewer(), now.paper, request),
      scans: scans.map((scan) => this.scan(ctx, scan, now)),
      ports: [this.seal.state, this.ofd.state].map((port) => ({ ...port, text: ctx.say(port.text) })),
    };
  }

  scan(ctx: RequestContext, scan: ScanRow, now: PaperContent): SealedScanNode {
    return new SealedScanNode(
      scan,
      voidReasons(scan.version, now).map((reason) => ctx.say(reason)),
    );
  }
}
