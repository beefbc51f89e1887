import { newId } from '../../server/src/platform/database/ids.js';
import { readSheet } from '../../server/src/platform/spreadsheet/read-sheet.js';
import type { TestConsole } from './console.ts';
import type { ConsoleClient } from './console-client.ts';
import { ERROR_FIELDS, plainContent } from './request-form.ts';
import { textRow, workbookOf } from './workbook.ts';

const BATCH = `lineBatch { id state version rowCount takenCount openRowCount wrongRowCount problemCount sm3 request { id code version }
  rows(first: 100) { totalCount nodes { id number cells problems { column kind message } } } }`;
const START = `mutation S($input: StartLineBatchInput!) { startLineBatch(input: $input) { ${BATCH} ${ERROR_FIELDS} } }`;
const EDIT = `mutation E($input: EditLineBatchInput!) { editLineBatch(input: $input) { ${BATCH} ${ERROR_FIELDS} } }`;
const ADD = `mutation A($input: AddLineBatchRowInput!) { addLineBatchRow(input: $input) { rowNumber ${BATCH} ${ERROR_FIELDS} } }`;
const REMOVE = `mutation R($input: RemoveLineBatchRowsInput!) { removeLineBatchRows(input: $input) { ${BATCH} ${ERROR_FIELDS} } }`;
const TAKE = `mutation T($input: TakeLineBatchInput!) { takeLineBatch(input: $input) { request { id code version state machineCount
  lines { id index name count } } ${BATCH} ${ERROR_FIELDS} } }`;

export interface BatchProblem {
  readonly column: string | null;
  readonly kind: string;
  readonly message: string;
}

/** Tables of lines as a person of a department sends and mends them, over the API. */
export class BatchDesk {
  constructor(
    readonly console_: TestConsole,
    readonly client: ConsoleClient,
  ) {}

  /** Bytes go to POST /files as a browser sends them. */
  async upload(name: string, bytes: Buffer): Promise<{ id?: string; message?: string }> {
    const response = await fetch(`${this.console_.url}/files`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'accept-language': 'en',
        'x-file-name': encodeURIComponent(name),
        cookie: this.client.cookie ?? '',
      },
      body: new Uint8Array(bytes),
    });
    return (await response.json()) as { id?: string; message?: string };
  }

  async templateBytes(kind: string, locale = 'zh-CN'): Promise<Buffer> {
    const response = await fetch(`${this.console_.url}/requests/templates/${kind.toLowerCase()}.xlsx`, {
      headers: { cookie: this.client.cookie ?? '', 'accept-language': locale },
    });
    if (response.status !== 200) throw new Error(`template of ${kind}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Heading and example row of the template that is offered now. */
  async template(kind: string): Promise<{ heading: readonly string[]; example: readonly string[] }> {
    const read = await readSheet(await this.templateBytes(kind), 'XLSX');
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const [heading, example] = read.value.rows;
    return { heading: heading?.cells ?? [], example: example?.cells ?? [] };
  }

  /** A workbook with the template's heading and rows like its example, each changed where it says so. */
  async table(kind: string, changes: readonly Readonly<Record<string, string>>[]): Promise<Buffer> {
    const { heading, example } = await this.template(kind);
    const rows = changes.map((change, at) =>
      textRow(
        at + 2,
        heading.map((title, column) => change[title.replace('*', '')] ?? example[column] ?? ''),
      ),
    );
    return workbookOf({ rows: [textRow(1, heading), ...rows].join('') });
  }

  /** What the lines are for: a system of the person's own, and who pays. */
  async target(): Promise<{ systemId: string; projectId: string; purpose: string }> {
    const { systemId, projectId, purpose } = await plainContent(this.client);
    return { systemId, projectId, purpose };
  }

  async start(
    kind: string,
    bytes: Buffer,
    more: { readonly requestId?: string; readonly name?: string; readonly idempotencyKey?: string } = {},
  ) {
    const sent = await this.upload(more.name ?? '明细.xlsx', bytes);
    if (!sent.id) throw new Error(sent.message);
    const target = more.requestId ? { requestId: more.requestId } : await this.target();
    const input = { kind, fileId: sent.id, ...target, idempotencyKey: more.idempotencyKey ?? newId() };
    return (await this.client.data(START, { input })).startLineBatch;
  }

  async edit(
    batch: { id: string; version: number },
    cells: readonly { row: number; column: string; value: string }[],
    client = this.client,
  ) {
    const input = { id: batch.id, expectedVersion: batch.version, cells, idempotencyKey: newId() };
    return (await client.data(EDIT, { input })).editLineBatch;
  }

  async add(batch: { id: string; version: number }, like: number | null = null, idempotencyKey = newId()) {
    const input = { id: batch.id, expectedVersion: batch.version, like, idempotencyKey };
    return (await this.client.data(ADD, { input })).addLineBatchRow;
  }

  async remove(batch: { id: string; version: number }, rows: readonly number[]) {
    const input = { id: batch.id, expectedVersion: batch.version, rows, idempotencyKey: newId() };
    return (await this.client.data(REMOVE, { input })).removeLineBatchRows;
  }

  async take(
    batch: { id: string; version: number },
    take: 'ALL' | 'RIGHT',
    more: { readonly requestVersion?: number; readonly idempotencyKey?: string } = {},
  ) {
    const { requestVersion = null, idempotencyKey = newId() } = more;
    const input = { id: batch.id, expectedVersion: batch.version, take, requestVersion, idempotencyKey };
    return (await this.client.data(TAKE, { input })).takeLineBatch;
  }
}
