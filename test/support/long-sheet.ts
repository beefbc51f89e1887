import { DeliveriesService } from '../../server/src/documents/deliveries.service.js';
import { toNodeId, uuidOf } from '../../server/src/kernel/node-id.js';
import { WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { RequestsService } from '../../server/src/requests/requests.service.js';
import type { TestConsole } from './console.ts';
import { act, approveToEnd, createDraft, plainContent } from './request-form.ts';

type Row = Record<string, unknown>;
/** Keeps the addresses of cards of two sheets apart. */
let sheets = 0;

/**
 * A request whose delivery sheet lists so many machines, each with a first password to be taken: one was asked for and
 * approved, the others are written beside it, because a thousand approved ones would cost each run a minute.
 */
export async function longSheet(console_: TestConsole, machines: number): Promise<{ requestId: string }> {
  const applicant = await console_.signIn('applicant');
  const draft = (await createDraft(applicant, await plainContent(applicant))).request;
  const sent = (await act(applicant, 'sendRequestForSignOff', draft)).request;
  const submitted = (await act(await console_.signIn('head'), 'submitRequest', sent)).request;
  const { id } = await approveToEnd((name) => console_.signIn(name), submitted);
  const requestId = uuidOf('Request', id) ?? '';
  const { db } = console_.test;
  sheets += 1;
  const nth = sheets;
  await db.query(
    "update resource set state = 'IN_USE', power = 'RUNNING', delivered_at = now(3), name = 'm0', addresses = '[\"10.9.0.0\"]' where request_id = ?",
    [requestId],
  );
  const [first]: (Row & { readonly code: string })[] = await db.query('select * from resource where request_id = ?', [
    requestId,
  ]);
  if (!first) throw new Error('the request has no machine');
  const rows = Array.from({ length: machines - 1 }, (_, index): Row => {
    const at = index + 1;
    const own = nth.toString(16).padStart(4, '0') + at.toString(16).padStart(6, '0');
    return {
      ...first,
      id: newId(),
      claim_id: newId(),
      firmware_uuid: newId(),
      code: `${first.code}-${String(at).padStart(4, '0')}`,
      name: `m${at}`,
      object_name: `m${own}`,
      mac_address: `0e:${own.match(/../g)?.join(':')}`,
      addresses: `["10.9.${Math.floor(at / 256)}.${at % 256}"]`,
    };
  });
  const insert = async (table: string, values: readonly Row[]) => {
    const columns = Object.keys(values[0] ?? {});
    if (columns.length === 0) return;
    await db.query(`insert into ${table} (${columns.join(', ')}) values ?`, [
      values.map((row) => columns.map((column) => asStored(row[column]))),
    ]);
  };
  await insert('resource', rows);
  await insert(
    'first_login',
    [first, ...rows].map(({ id: resourceId }) => ({
      resource_id: resourceId,
      username: 'jiyun',
      password_hash: 'x',
      sealed: Buffer.from('sealed'),
      made_at: new Date(),
      expires_at: new Date(Date.now() + 24 * 60 * 60_000),
    })),
  );
  const get = <T>(type: new (...args: never[]) => T): T => console_.application.get(type, { strict: false });
  const request = await get(RequestsService).inScope(WHOLE_PROVINCE, requestId);
  if (!request) throw new Error(`no request ${requestId}`);
  await get(UnitOfWork).run((tx) => get(DeliveriesService).delivered(tx, request));
  return { requestId: toNodeId('Request', requestId) };
}

function asStored(value: unknown): unknown {
  const plain = value === null || typeof value !== 'object' || value instanceof Date || Buffer.isBuffer(value);
  return plain ? value : JSON.stringify(value);
}
