import { Injectable } from '@nestjs/common';
import type { RequestRow } from '../requests/requests.types.js';
import type { PaperContent, SealablePaper } from './domain/paper-content.js';
import { FormContents } from './form-contents.service.js';
import { SheetsService } from './sheets.service.js';

type Contents = (PaperContent | null)[];

/** What each paper of a request says now. A paper that is new in the console is entered here, and is scanned like the others. */
@Injectable()
export class PaperContents {
  constructor(
    private readonly forms: FormContents,
    private readonly sheets: SheetsService,
  ) {}

  /**
   * Batch: the same number of statements however many; null = there is no such paper of this request (yet). Asked outside
   * of units of work, by callers who have let the viewer see the requests.
   */
  ofAll(paper: SealablePaper, requests: readonly RequestRow[]): Promise<Contents> {
    const contentsOf: { readonly [P in SealablePaper]: () => Promise<Contents> } = {
      REQUEST_FORM: async () => (await this.forms.ofAll(requests)).map((one) => ({ paper: 'REQUEST_FORM', ...one })),
      DELIVERY_SHEET: async () =>
        (await this.sheets.sheetsOf(requests)).map(
          (sheet) => sheet && { paper: 'DELIVERY_SHEET', content: sheet.content, contentHash: sheet.contentHash },
        ),
    };
    return contentsOf[paper]();
  }
}
