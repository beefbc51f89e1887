import type { SealablePaper } from '../../server/src/documents/domain/paper-content.js';
import { checkCodeOf } from '../../server/src/documents/domain/scan.js';
import { FormContents } from '../../server/src/documents/form-contents.service.js';
import { FormsService } from '../../server/src/documents/forms.service.js';
import { type Papers, ScansService } from '../../server/src/documents/scans.service.js';
import { SheetsService } from '../../server/src/documents/sheets.service.js';
import { FilesService } from '../../server/src/files/files.service.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { RequestsService } from '../../server/src/requests/requests.service.js';

/** What a scanner gives, as far as anybody looks at it. */
export const SCAN_BYTES = Buffer.from('%PDF-1.7\n% a scan of a sealed form\n');

/** Prints, seals, scans and uploads, as people of a department do. */
export class PaperDesk {
  readonly forms = this.get(FormsService);
  readonly sheets = this.get(SheetsService);
  readonly scans = this.get(ScansService);
  readonly contents = this.get(FormContents);
  private readonly files = this.get(FilesService);
  private readonly requests = this.get(RequestsService);

  constructor(private readonly context: { get<T>(type: new (...args: never[]) => T, options: { strict: false }): T }) {}

  async papers(requestId: string, paper: SealablePaper = 'REQUEST_FORM'): Promise<Papers> {
    const row = await this.requests.inScope(WHOLE_PROVINCE, requestId);
    const of = paper === 'REQUEST_FORM' ? this.scans.papersOf : this.scans.sheetPapersOf;
    const [papers] = row ? await of([row]) : [];
    if (!papers) throw new Error(`no request ${requestId}`);
    return papers;
  }

  async checkCode(requestId: string, paper?: SealablePaper): Promise<string> {
    return checkCodeOf((await this.papers(requestId, paper)).now.contentHash);
  }

  async file(viewer: Viewer, name = 'scan.pdf', bytes: Buffer = SCAN_BYTES): Promise<string> {
    const kept = await this.files.upload({ name, bytes }, viewer);
    if (!kept.ok) throw new Error(JSON.stringify(kept.error));
    return kept.value.id;
  }

  async upload(viewer: Viewer, requestId: string, checkCode: string, fileId?: string, paper?: SealablePaper) {
    const wish = { requestId, paper: paper ?? 'REQUEST_FORM', checkCode, idempotencyKey: newId() };
    return this.scans.upload(viewer, { ...wish, fileId: fileId ?? (await this.file(viewer)) });
  }

  /** The content that the request has now, printed, sealed and uploaded: the scan's id. */
  async seal(viewer: Viewer, requestId: string): Promise<string> {
    await this.forms.print(viewer, requestId);
    const sent = await this.upload(viewer, requestId, await this.checkCode(requestId));
    if (!sent.ok) throw new Error(JSON.stringify(sent.error));
    return sent.value.id;
  }

  /** The delivery sheet as it is now, printed, sealed and uploaded: the scan's id. */
  async sealSheet(viewer: Viewer, requestId: string): Promise<string> {
    await this.sheets.print(viewer, requestId);
    const code = await this.checkCode(requestId, 'DELIVERY_SHEET');
    const sent = await this.upload(viewer, requestId, code, undefined, 'DELIVERY_SHEET');
    if (!sent.ok) throw new Error(JSON.stringify(sent.error));
    return sent.value.id;
  }

  private get<T>(type: new (...args: never[]) => T): T {
    return this.context.get(type, { strict: false });
  }
}
