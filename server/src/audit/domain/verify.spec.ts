import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AuditRecord, recordText, type SealedAuditRecord } from './audit-record.js';
import {
  CHAIN_BEGINNING,
  type ChainLink,
  chainBehind,
  checkpointHash,
  checkpointText,
  nextCheckpoint,
  type SignedCheckpoint,
} from './chain.js';
import { type Anchor, type Finding, isNotice, type Seals, type Verified, verifyTrail } from './verify.js';

const KEY_ID = 'k-1';
const keyed = (purpose: string, text: string): string => createHmac('sm3', purpose).update(text).digest('hex');
const seals: Seals = {
  sm3: (data) => createHash('sm3').update(data).digest(),
  verifyMac: async (text, { keyId, mac }) => keyId === KEY_ID && mac === keyed('mac', text),
  // A MAC in place of SM2: here only "not to be made without the key" matters.
  verifySignature: async (text, { keyId, signature }) => keyId === KEY_ID && signature === keyed('sign', text),
};

const START = Date.parse('2026-11-24T08:00:00.000Z');
const RECORDS = 12;
const RECORDS_PER_CHECKPOINT = 4;
const NOW = new Date(START + 30_000);

interface Database {
  records: SealedAuditRecord[];
  links: ChainLink[];
  checkpoints: SignedCheckpoint[];
}

function sealed(record: AuditRecord): SealedAuditRecord {
  return { ...record, macKeyId: KEY_ID, mac: keyed('mac', recordText(record)) };
}

function record(n: number): SealedAuditRecord {
  return sealed({
    id: `id-${String(n).padStart(4, '0')}`,
    occurredAt: new Date(START + n * 100),
    actorUserId: `user-${n}`,
    actorName: '张三',
    actorDepartmentId: null,
    address: n % 2 ? '10.0.0.8' : null,
    traceId: `trace-${n}`,
    action: 'request.submit',
    outcome: 'DONE',
    objectType: 'Request',
    objectId: `r-${n}`,
    departmentId: `d-${n}`,
    summaryZh: `提交 ${n}`,
    summaryEn: `Submitted ${n}`,
    beforeJson: null,
    afterJson: `{"n":${n}}`,
  });
}

function sign(checkpoint: Omit<SignedCheckpoint, 'keyId' | 'signature'>): SignedCheckpoint {
  return { ...checkpoint, keyId: KEY_ID, signature: keyed('sign', checkpointText(checkpoint)) };
}

function wholeDatabase(signedRecords = RECORDS): Database {
  const records = Array.from({ length: RECORDS }, (_, n) => record(n));
  const links = chainBehind(seals, CHAIN_BEGINNING, records);
  const checkpoints: SignedCheckpoint[] = [];
  for (let end = RECORDS_PER_CHECKPOINT; end <= signedRecords; end += RECORDS_PER_CHECKPOINT)
    checkpoints.push(
      sign(nextCheckpoint(seals, checkpoints.at(-1) ?? null, links[end - 1] as ChainLink, new Date(START + end * 100))),
    );
  return { records, links, checkpoints };
}

async function verify(
  { records, links, checkpoints }: Database,
  { now = NOW, anchor }: { now?: Date; anchor?: Anchor } = {},
): Promise<{ findings: Finding[]; verified: Verified }> {
  const chained = new Set(links.map((link) => link.auditId));
  const steps = verifyTrail(
    {
      entries: each(
        links
          .toSorted((a, b) => a.seq - b.seq)
          .map((link) => ({ link, record: records.find((r) => r.id === link.auditId) ?? null })),
      ),
      checkpoints: each(checkpoints.toSorted((a, b) => a.toSeq - b.toSeq)),
      strays: each(records.filter((r) => !chained.has(r.id))),
    },
    seals,
    { now, ...(anchor && { anchor }) },
  );
  const findings: Finding[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { findings, verified: value };
    findings.push(value);
  }
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

async function placesOf(database: Database, options?: Parameters<typeof verify>[1]): Promise<string[]> {
  const { findings } = await verify(database, options);
  return findings.map(
    ({ kind, seq, toSeq }) => `${kind} ${seq}${toSeq === undefined || toSeq === seq ? '' : `-${toSeq}`}`,
  );
}

/** Another value of the same kind. */
function changed(value: unknown): unknown {
  if (value instanceof Date) return new Date(value.getTime() + 1);
  if (typeof value === 'number') return value + 1_000;
  if (value === null) return 'x';
  return /^[0-9a-f]{64}$/.test(String(value)) ? `${String(value).slice(1)}${value === '0' ? '1' : 'a'}` : `${value}x`;
}

/** What an attacker without the keys can do to the chain: compute it anew over whatever is there. */
function rechain(records: readonly SealedAuditRecord[]): ChainLink[] {
  return chainBehind(seals, CHAIN_BEGINNING, records);
}

const place = fc.nat(RECORDS - 1);

describe(verifyTrail, () => {
  it('finds nothing in what is whole', async () => {
    const { findings, verified } = await verify(wholeDatabase());
    expect(findings).toEqual([]);
    expect(verified).toMatchObject({ records: RECORDS, checkpoints: 3, waiting: 0, end: { seq: RECORDS } });
  });

  it('finds nothing in an empty database', async () => {
    expect((await verify({ records: [], links: [], checkpoints: [] })).findings).toEqual([]);
  });

  it('finds any change of any column of any record', async () => {
    const columns = Object.keys(record(0)) as (keyof SealedAuditRecord)[];
    for (let n = 0; n < RECORDS; n += 1)
      for (const column of columns) {
        const database = wholeDatabase();
        const victim = database.records[n] as SealedAuditRecord;
        database.records[n] = { ...victim, [column]: changed(victim[column]) };
        const { findings } = await verify(database);
        if (column === 'id') expect(findings.map((f) => f.kind)).toEqual(['DELETED', 'INSERTED']);
        else {
          const kind = column === 'mac' || column === 'macKeyId' ? 'MAC_MISMATCH' : 'MODIFIED';
          expect(findings).toEqual([{ kind, seq: n + 1, auditId: victim.id }]);
        }
      }
  });

  it('finds any change of any column of any link and checkpoint', async () => {
    const whole = wholeDatabase();
    for (const table of ['links', 'checkpoints'] as const)
      for (const [n, row] of whole[table].entries())
        for (const column of Object.keys(row)) {
          const database = wholeDatabase();
          const other = { ...row, [column]: changed(row[column as keyof typeof row]) };
          const rows: object[] = database[table];
          rows[n] = other;
          const { findings } = await verify(database);
          expect({ table, n, column, found: findings.some((f) => !isNotice(f)) }).toMatchObject({ found: true });
        }
  });

  it('finds a changed record even when the whole chain is computed anew over it', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (n) => {
        const database = wholeDatabase(0);
        database.records[n] = { ...(database.records[n] as SealedAuditRecord), actorName: '李四' };
        database.links = rechain(database.records);
        expect(await placesOf(database)).toEqual([`MAC_MISMATCH ${n + 1}`]);
      }),
    );
  });

  it('finds a record deleted alone, with its link, and with the chain computed anew', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (n) => {
        const seq = n + 1;
        const alone = wholeDatabase();
        alone.records.splice(n, 1);
        expect(await placesOf(alone)).toEqual([`DELETED ${seq}`]);

        const withLink = wholeDatabase();
        withLink.records.splice(n, 1);
        withLink.links.splice(n, 1);
        expect(await placesOf(withLink)).toContain(`${n === RECORDS - 1 ? 'TRUNCATED' : 'GAP'} ${seq}`);

        const anew = wholeDatabase();
        anew.records.splice(n, 1);
        anew.links = rechain(anew.records);
        const findings = await placesOf(anew);
        // From the segment of the deleted record on, nothing is what was signed.
        const from = seq - ((seq - 1) % RECORDS_PER_CHECKPOINT);
        const segment = `${from}-${from + RECORDS_PER_CHECKPOINT - 1}`;
        expect(findings[0]).toBe(
          from + RECORDS_PER_CHECKPOINT > RECORDS ? `TRUNCATED ${RECORDS}` : `REWRITTEN ${segment}`,
        );
      }),
    );
  });

  it('finds two records in each other’s place, also with the chain computed anew', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        fc.pre(a !== b);
        const swapped = wholeDatabase();
        const [first, second] = [swapped.links[a] as ChainLink, swapped.links[b] as ChainLink];
        swapped.links[a] = { ...first, auditId: second.auditId };
        swapped.links[b] = { ...second, auditId: first.auditId };
        const [low, high] = [Math.min(a, b) + 1, Math.max(a, b) + 1];
        expect(await placesOf(swapped)).toEqual([`REORDERED ${low}`, `REORDERED ${high}`]);

        const anew = wholeDatabase();
        const order = [...anew.records];
        [order[a], order[b]] = [order[b] as SealedAuditRecord, order[a] as SealedAuditRecord];
        anew.links = rechain(order);
        expect((await placesOf(anew)).some((found) => found.startsWith('REWRITTEN'))).toBe(true);
      }),
    );
  });

  it('finds a planted record outside the chain and inside', async () => {
    const planted = { ...record(99), mac: 'f'.repeat(64) };
    const outside = wholeDatabase();
    outside.records.push(planted);
    expect(await placesOf(outside)).toEqual(['INSERTED null']);
    const inside = wholeDatabase();
    inside.records.push(planted);
    inside.links = rechain(inside.records);
    expect(await placesOf(inside)).toEqual([`MAC_MISMATCH ${RECORDS + 1}`]);
  });

  it('lets a young record wait for its place, for a minute', async () => {
    const database = wholeDatabase();
    const waiting = record(50);
    database.records.push(waiting);
    const at = (ms: number) => ({ now: new Date(waiting.occurredAt.getTime() + ms) });
    expect((await verify(database, at(60_000))).verified.waiting).toBe(1);
    expect(await placesOf(database, at(60_000))).toEqual([]);
    expect(await placesOf(database, at(60_001))).toEqual(['UNSEQUENCED null']);
  });

  it('finds a tail cut off behind, at and before the last signature', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: RECORDS - 1 }), async (kept) => {
        const database = wholeDatabase();
        database.records.length = kept;
        database.links.length = kept;
        const findings = await placesOf(database);
        expect(findings.at(-1)).toBe(`TRUNCATED ${kept + 1}${kept + 1 === RECORDS ? '' : `-${RECORDS}`}`);
      }),
    );
  });

  it('finds a chain whose checkpoints were done away with', async () => {
    const later = { now: new Date(START + 11 * 60_000) };
    const none = wholeDatabase(0);
    expect(await placesOf(none, later)).toEqual([`UNSIGNED 1-${RECORDS}`]);
    const middle = wholeDatabase();
    middle.checkpoints.splice(1, 1);
    expect(await placesOf(middle)).toEqual(['GAP 5-8']);
    const last = wholeDatabase();
    last.checkpoints.pop();
    expect(await placesOf(last, later)).toEqual(['UNSIGNED 9-12']);
  });

  it('finds the database of yesterday only by a checkpoint noted outside', async () => {
    const today = wholeDatabase();
    const noted = today.checkpoints.at(-1) as SignedCheckpoint;
    const anchor = { toSeq: noted.toSeq, hash: checkpointHash(seals, noted) };
    expect(await placesOf(today, { anchor })).toEqual([]);
    const yesterday = wholeDatabase();
    yesterday.records.length = 8;
    yesterday.links.length = 8;
    yesterday.checkpoints.length = 2;
    expect(await placesOf(yesterday)).toEqual([]);
    expect(await placesOf(yesterday, { anchor })).toEqual(['TRUNCATED 9-12']);
    expect(await placesOf(today, { anchor: { ...anchor, hash: 'a'.repeat(64) } })).toEqual(['REWRITTEN 1-12']);
  });

  it('finds a checkpoint signed with another key', async () => {
    const database = wholeDatabase();
    const forged = database.checkpoints[1] as SignedCheckpoint;
    database.checkpoints[1] = { ...forged, signature: keyed('another key', checkpointText(forged)) };
    expect(await placesOf(database)).toEqual(['FORGED_CHECKPOINT 5-8']);
  });

  it('tells of a clock that ran backwards, but calls the trail whole', async () => {
    const late = sealed({ ...record(5), occurredAt: new Date(START - 11 * 60_000) });
    const records = Array.from({ length: RECORDS }, (_, n) => (n === 5 ? late : record(n)));
    const { findings } = await verify({ records, links: rechain(records), checkpoints: [] });
    expect(findings).toEqual([{ kind: 'CLOCK_REGRESS', seq: 6, auditId: late.id }]);
    expect(findings.every(isNotice)).toBe(true);
  });

  it('reads days that no calendar has', async () => {
    const database = wholeDatabase();
    database.records[2] = { ...record(2), occurredAt: new Date(Number.NaN) };
    database.checkpoints[2] = { ...(database.checkpoints[2] as SignedCheckpoint), signedAt: new Date(Number.NaN) };
    expect(await placesOf(database)).toEqual(['MODIFIED 3', 'FORGED_CHECKPOINT 9-12']);
  });
});
