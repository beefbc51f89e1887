import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { RequestsService } from '../requests/requests.service.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { ObjectionRow, SheetHead, SheetRow } from './documents.types.js';
import type { SheetContent } from './domain/sheet-content.js';
import { HandOverRepository, type SheetFilter } from './hand-over.repository.js';
import { printDeliverySheet } from './paper/delivery-sheet.js';
import { PaperVersions } from './paper-versions.service.js';
import type { PrintedFile } from './printing.service.js';
import { SheetContents } from './sheet-contents.service.js';

/** A sheet with what it lists: as it was confirmed, before that as things are. */
export interface Sheet {
  readonly row: SheetRow;
  readonly content: SheetContent;
  readonly contentHash: string;
  readonly objections: readonly ObjectionRow[];
}

/** Delivery sheets with all of their things. Where a head will do, ask `SheetHeads`. */
@Injectable()
export class SheetsService {
  constructor(
    private readonly repository: HandOverRepository,
    private readonly contents: SheetContents,
    private readonly requests: RequestsService,
    private readonly versions: PaperVersions,
  ) {}

  /** Batch for loaders; callers have let the viewer see the requests. */
  readonly sheetsOf = async (requests: readonly RequestRow[]): Promise<(Sheet | null)[]> => {
    const rows = await this.repository.sheets(requests.map((request) => request.id));
    const rowOf = new Map(rows.map((row) => [row.requestId, row]));
    const open = requests.filter(({ id }) => rowOf.get(id)?.content === null);
    const [objections, contents] = await Promise.all([
      this.repository.objections(rows.map((row) => row.id)),
      this.contents.ofAll(open),
    ]);
    const objectionsOf = Map.groupBy(objections, ({ sheetId }) => sheetId);
    const asThingsAre = new Map(open.map(({ id }, at) => [id, contents[at]]));
    return requests.map(({ id }) => {
      const row = rowOf.get(id);
      const { content, contentHash } = row?.content
        ? row
        : (asThingsAre.get(id) ?? { content: null, contentHash: null });
      if (!row || !content || !contentHash) return null;
      return { row, content, contentHash, objections: objectionsOf.get(row.id) ?? [] };
    });
  };

  /** What the department has not confirmed yet, without its things. */
  unconfirmed(scope: TenantScope, page: PageRequest): Promise<Page<SheetHead>> {
    const filter: SheetFilter = { states: ['AWAITING', 'OBJECTED'], byRule: null, search: null };
    return this.repository.page(scope, filter, page);
  }

  async print(viewer: Viewer, requestId: string): Promise<PrintedFile | null> {
    const found = await this.ofRequest(viewer, requestId);
    if (!found) return null;
    const { row, ...rest } = found.sheet;
    const { content, contentHash } = rest;
    const printed = await this.versions.enter(
      viewer,
      found.request,
      { paper: 'DELIVERY_SHEET', content, contentHash },
      {
        act: 'document.printSheet',
        objectType: 'DeliverySheet',
        objectId: row.id,
        name: { zh: `${row.code} `, en: row.code },
      },
    );
    const bytes = await printDeliverySheet({ sheet: row, ...rest, ...printed, printedBy: viewer.name });
    return { name: `政务云资源开通确认单_${row.code}_第${printed.number}版.pdf`, bytes };
  }

  private async ofRequest(viewer: Viewer, requestId: string) {
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    const request = scope ? await this.requests.inScope(scope, requestId) : null;
    const [sheet] = request ? await this.sheetsOf([request]) : [];
    return request && sheet ? { request, sheet } : null;
  }
}
