import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { ClosedRepository } from '../../../server/src/accounting/closed.repository.js';
import { verifyClosedCommand } from '../../../server/src/accounting/verify-closed-command.js';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../../../server/src/platform/crypto/crypto-provider.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { AccountDesk, scopeOf, shanghai, story, Wall } from '../../support/account-desk.ts';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { SYSTEM } from '../../support/life-desk.ts';

const wall = new Wall();
let app: TestApplication;
let desk: AccountDesk;
let inBureau: ReturnType<typeof story>;
let inOther: ReturnType<typeof story>;
let inCity: ReturnType<typeof story>;

const codes = (answer: { ok: boolean; error?: readonly { code: string }[] }) =>
  answer.ok ? 'OK' : answer.error?.map(({ code }) => code);
const total = async (month: string, side: 'PROVINCE' | 'CITIES' = 'PROVINCE') => {
  const filter = { view: await desk.statements.view(month), departmentId: null };
  const of = await desk.statements.ofSide(WHOLE_PROVINCE, filter, side);
  return desk.statements.total(WHOLE_PROVINCE, of);
};

beforeAll(async () => {
  app = await openTestApplication(wall);
  desk = await AccountDesk.begin(app, wall);
  inBureau = story(desk.bureau.id, '2026-09-01 00:00', 4);
  inOther = story(desk.other.id, '2026-09-11 00:00', 2);
  inCity = story(desk.ofCity.id, '2026-09-01 00:00', 8);
});
afterAll(() => app.close());

describe('the checklist', () => {
  it('keeps a month open that runs, that metering has not passed, or whose lines have no price', async () => {
    wall.set('2026-09-20 10:00');
    await desk.rate([inBureau, inOther, inCity]);
    expect(codes(await desk.request('2026-09'))).toEqual(['CLOSING_BLOCKED', 'CLOSING_BLOCKED']);
    wall.set('2026-10-03 10:00');
    await desk.rate([inBureau, inOther, inCity]);
    expect(codes(await desk.request('2026-09'))).toEqual(['CLOSING_BLOCKED']);
    await desk.passed();
    await desk.sql(
      "update rated_line set state = 'UNPRICED', amount_fen = null where resource_id = ? and month = '2026-09'",
      [inOther.resourceId],
    );
    expect(codes(await desk.request('2026-09'))).toEqual(['CLOSING_BLOCKED']);
    await desk.rate([inOther]);
  });

  it('wants a word on what is not put right, and closes earlier months first', async () => {
    const wish = { month: '2026-09', book: 'PROVINCE', explanations: [], idempotencyKey: newId() };
    const mute = await desk.closings.request(desk.finance, WHOLE_PROVINCE, wish);
    expect(mute).toMatchObject({ error: [{ code: 'INVALID_INPUT', path: ['explanations', 'UNCONFIRMED'] }] });
    wall.set('2026-11-02 10:00');
    await desk.rate([inBureau, inOther, inCity]);
    await desk.passed();
    expect(await desk.request('2026-10')).toMatchObject({ error: [{ code: 'CLOSING_BLOCKED', item: 'EARLIER_OPEN' }] });
  });
});

describe('two people', () => {
  let id: string;

  it('one asks, and cannot decide; another approves, and every line is frozen under one hash', async () => {
    const asked = await desk.request('2026-09');
    id = asked.ok ? asked.value.id : '';
    expect(codes(await desk.request('2026-09'))).toEqual(['NOT_PERMITTED']);
    expect(await desk.approve(id, desk.finance)).toMatchObject({ error: [{ reason: 'OWN_CLOSING' }] });
    expect(codes(await desk.approve(id))).toBe('OK');
    expect(await desk.stateOf(id)).toBe('CLOSED');
    const [document] = await desk.sql(`select * from ${desk.audit}.closed_document where id = ?`, [id]);
    // 4 vCPU the whole month, 2 for 20 of 30 days, at 30 yuan.
    expect(document).toMatchObject({ line_count: 2, amount_fen: '16000', statement_count: 2, book: 'PROVINCE' });
    expect(document?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await total('2026-09')).amount).toBe(16_000n);
  });

  it('is held by the database itself, too', async () => {
    await expect(desk.sql('update closing set decided_by_id = requested_by_id where id = ?', [id])).rejects.toThrow(
      /ck_closing_second/,
    );
  });

  it('nobody of the province closes a city, nor a city the province; the city’s own two do', async () => {
    expect(codes(await desk.request('2026-09', desk.finance, desk.city.id))).toEqual(['UNKNOWN_REFERENCE']);
    expect(codes(await desk.request('2026-10', desk.cityFinance, 'PROVINCE'))).toEqual(['UNKNOWN_REFERENCE']);
    const closed = await desk.close('2026-09', desk.city.id);
    const [document] = await desk.sql(`select book, amount_fen from ${desk.audit}.closed_document where id = ?`, [
      closed,
    ]);
    expect(document).toEqual({ book: desk.city.id, amount_fen: '24000' });
    expect([(await total('2026-09')).amount, (await total('2026-09', 'CITIES')).amount]).toEqual([16_000n, 24_000n]);
    const [provinces] = await desk.amounts.documents(null, 10);
    expect(provinces).toMatchObject({ cityId: null, amount: 16_000n });
  });

  it('an administrator may do neither', () => {
    for (const role of ['SYSTEM_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR', 'AUDIT_ADMINISTRATOR'] as const)
      expect(viewerWith([role], null).permissions.filter(({ object }) => object === 'CLOSING')).toEqual([]);
  });

  it('a closed month is refused for whatever would close it again (a period that is closed)', async () => {
    expect(await desk.request('2026-09')).toMatchObject({ error: [{ code: 'PERIOD_CLOSED', month: '2026-09' }] });
  });

  it('what changed between the request and the approval is not signed for', async () => {
    const asked = await desk.request('2026-10');
    const wanted = asked.ok ? asked.value.id : '';
    const late = story(desk.other.id, '2026-10-30 00:00', 1);
    await desk.rate([late]);
    expect(await desk.approve(wanted)).toMatchObject({ error: [{ reason: 'FIGURES_MOVED' }] });
    const wish = { id: wanted, expectedVersion: 1, opinion: '请按最新数据重提', idempotencyKey: newId() };
    expect(codes(await desk.closings.decide(desk.second, WHOLE_PROVINCE, 'RETURN', wish))).toBe('OK');
    expect(await desk.stateOf(wanted)).toBe('RETURNED');
  });
});

describe('what was closed', () => {
  it.each([
    'update {}.closed_document set amount_fen = 0',
    'update {}.closed_statement set amount_fen = 0',
    'update {}.closed_line set amount_fen = 0',
    'delete from {}.closed_document',
    'delete from {}.closed_statement',
    'delete from {}.closed_line',
    'truncate table {}.closed_line',
    'drop table {}.closed_line',
    'replace into {}.closed_line select * from {}.closed_line',
  ])('invariant 10: the application’s account may not %s', async (statement) => {
    const before = await desk.closedText();
    await expect(desk.sql(statement.replaceAll('{}', desk.audit))).rejects.toThrow(/denied/i);
    expect(await desk.closedText()).toBe(before);
  });

  it('invariant 7: lines = statements = document, and what others are offered of it, to the fen', async () => {
    const documents = await desk.amounts.documents(null, 100);
    expect(documents.length).toBeGreaterThan(1);
    for (const { amount, id, lines } of documents) {
      const [row] = await desk.sql(
        `select (select sum(amount_fen) from ${desk.audit}.closed_line where document_id = ?) as by_lines,
           (select sum(amount_fen) from ${desk.audit}.closed_statement where document_id = ?) as by_statements,
           (select count(*) from ${desk.audit}.closed_line where document_id = ?) as n`,
        [id, id, id],
      );
      const offered = (await desk.amounts.amountsOf(id)).reduce((sum, one) => sum + one.amount, 0n);
      const uses = (await desk.amounts.usesOf(id, null, 1_000)).reduce((sum, one) => sum + one.amount, 0n);
      expect([BigInt(row?.by_lines as string), BigInt(row?.by_statements as string), offered, uses]).toEqual(
        Array.from({ length: 4 }, () => amount),
      );
      expect(Number(row?.n)).toBe(lines);
    }
  });

  it('says whether it is what was hashed: each single change is found, by act and by command', async () => {
    const [document] = await desk.amounts.documents(null, 1);
    const id = document?.id ?? '';
    expect((await desk.verification.document(id))?.findings).toEqual([]);
    const printed: string[] = [];
    const crypto = app.context.get<CryptoProvider>(CRYPTO, { strict: false });
    expect(await verifyClosedCommand(desk.verification, crypto, (line) => printed.push(line))).toBe(0);
    // The application cannot do this: whoever owns the database can, and is found out.
    const { database, password, socketPath, user } = app.test.owner;
    const owner = await mysql.createConnection({
      database,
      password,
      socketPath,
      user,
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: true,
    });
    try {
      const changes: [string, string, string[]][] = [
        ['closed_line', 'amount_fen = amount_fen + 1', ['STATEMENT', 'SUM']],
        ['closed_line', "meter = 'MEMORY_GIB'", ['STATEMENT']],
        ['closed_statement', 'amount_fen = amount_fen + 1', ['SUM', 'DOCUMENT']],
        ['closed_statement', "department_name = '别的厅'", ['STATEMENT']],
        ['closed_document', "previous_hash = repeat('0', 64)", ['DOCUMENT', 'CHAIN']],
      ];
      for (const [table, change, found] of changes) {
        const key = table === 'closed_document' ? 'id' : 'document_id';
        const [column = ''] = change.split(' ');
        const all = (await owner.query(`select * from ${desk.audit}.${table} where ${key} = ? limit 1`, [id])) as never;
        const [[row]] = all as [Record<string, unknown>[]];
        const where = Object.entries(row ?? {}).filter(([name, value]) => name !== column && value !== null);
        const values = where.map(([, value]) => value);
        const condition = where.map(([name]) => `${name} = ?`).join(' and ');
        await owner.query(`update ${desk.audit}.${table} set ${change} where ${condition}`, values);
        const kinds = (await desk.verification.document(id))?.findings.map(({ kind }) => kind) ?? [];
        expect([change, kinds.toSorted()]).toEqual([change, found.toSorted()]);
        await owner.query(`update ${desk.audit}.${table} set ${column} = ? where ${condition}`, [
          row?.[column],
          ...values,
        ]);
      }
      expect((await desk.verification.document(id))?.findings).toEqual([]);
    } finally {
      await owner.end();
    }
  });
});

describe('a late fact after the close', () => {
  const grown = () => ({
    ...inBureau,
    steps: [...inBureau.steps, { at: shanghai('2026-09-16 00:00'), vcpu: 8 }],
  });

  it('invariant 5: closed lines and hash stay; the difference stands in the open month with month and cause', async () => {
    const before = await desk.closedText();
    await desk.rate([grown()]);
    expect(await desk.closedText()).toBe(before);
    const [correction, ...more] = await desk.corrections();
    expect(more).toEqual([]);
    // Eight instead of four for half a month.
    expect(correction).toMatchObject({
      ...{ of_month: '2026-09', month: '2026-10', cause: 'LATE_FACT', before_fen: '12000', amount_fen: '6000' },
      ...{ resource_id: inBureau.resourceId, meter: 'VCPU' },
    });
    expect(await desk.chargedOf('2026-09')).toBe(await desk.ratedOf('2026-09'));
    expect((await total('2026-09')).amount).toBe(16_000n);
    expect((await total('2026-10')).correctedAmount).toBe(6_000n);
  });

  it('invariant 6: asked again, nothing is written; taken back, nothing is left', async () => {
    const once = JSON.stringify(await desk.corrections());
    await desk.rate([grown()]);
    expect(JSON.stringify(await desk.corrections())).toBe(once);
    await desk.rate([inBureau]);
    expect(await desk.corrections()).toEqual([]);
    await desk.rate([grown()]);
    expect(JSON.stringify(await desk.corrections())).toBe(once);
  });

  it('a price that was changed for closed days corrects them, and rates open drafts again (killbill’s repair, once)', async () => {
    desk.price('2026-09-21', '60');
    const again = { repriced: new Map([['VCPU', '2026-09-21']]) };
    await desk.rate([grown(), inOther, inCity], again);
    const causes = (await desk.corrections()).map(({ cause, month, resource_id }) => [resource_id, cause, month]);
    expect(causes).toEqual(
      [
        [inBureau.resourceId, 'LATE_FACT', '2026-10'],
        [inOther.resourceId, 'PRICE', '2026-10'],
        [inCity.resourceId, 'PRICE', '2026-10'],
      ].toSorted(),
    );
    expect(await desk.chargedOf('2026-09')).toBe(await desk.ratedOf('2026-09'));
    // Eight vCPU of October at 60 yuan: the draft follows the price.
    expect(await desk.ratedOf('2026-10', inBureau.resourceId)).toBe(48_000n);
  });

  it('is frozen with the month that it stands in, and later facts correct on from there', async () => {
    await desk.passed();
    const drafted = await desk.sql("select sum(amount_fen) as fen from correction_line where book = 'PROVINCE'");
    const october = await desk.close('2026-10');
    expect(await desk.sql("select 1 from correction_line where book = 'PROVINCE'")).toEqual([]);
    const [frozen] = await desk.sql(
      `select sum(amount_fen) as fen from ${desk.audit}.closed_line where document_id = ? and line_kind = 'CORRECTION'`,
      [october],
    );
    expect(frozen?.fen).toBe(drafted[0]?.fen);
    expect((await desk.verification.document(october))?.findings).toEqual([]);
    await desk.rate([{ ...grown(), ends: shanghai('2026-09-26 00:00') }]);
    expect(await desk.chargedOf('2026-09')).toBe(await desk.ratedOf('2026-09'));
    for (const { resourceId } of [inBureau, inOther])
      expect(await desk.chargedOf('2026-10', resourceId)).toBe(await desk.ratedOf('2026-10', resourceId));
    const standing = await desk.sql("select distinct month from correction_line where book = 'PROVINCE'");
    expect(standing).toEqual([{ month: '2026-11' }]);
    await desk.rate([grown()]);
  });

  it('a use that was another’s all along is taken from the one and charged to the other', async () => {
    const moved = { ...grown(), departmentId: desk.other.id };
    await desk.rate([moved]);
    const rows = (await desk.corrections()).filter(
      ({ of_month, resource_id }) => of_month === '2026-09' && resource_id === moved.resourceId,
    );
    expect(rows.map(({ cause, department_id }) => [cause, department_id]).toSorted()).toEqual(
      [
        ['OWNER', desk.bureau.id],
        ['OWNER', desk.other.id],
      ].toSorted(),
    );
    expect(rows.reduce((sum, { amount_fen }) => sum + BigInt(amount_fen as string), 0n)).toBe(0n);
    await desk.rate([grown()]);
    expect(await desk.sql("select 1 from correction_line where book = 'PROVINCE'")).toEqual([]);
  });
});

describe('a reversal', () => {
  it('takes back a closed month in an open one by two people; the closed lines stay as they are', async () => {
    const [september] = await desk.sql(
      "select id from closing where of_month = '2026-09' and book = 'PROVINCE' and state = 'CLOSED'",
    );
    const before = await desk.closedText();
    const wish = { closingId: september?.id as string, reason: '价格文件有误', idempotencyKey: newId() };
    const asked = await desk.closings.requestReversal(desk.finance, WHOLE_PROVINCE, wish);
    const id = asked.ok ? asked.value.id : '';
    expect(await desk.approve(id, desk.finance)).toMatchObject({ error: [{ reason: 'OWN_CLOSING' }] });
    expect(codes(await desk.approve(id))).toBe('OK');
    const [document] = await desk.sql(`select * from ${desk.audit}.closed_document where id = ?`, [id]);
    expect(document).toMatchObject({ kind: 'REVERSAL', month: '2026-11', of_month: '2026-09', amount_fen: '-16000' });
    expect(document?.reverses_id).toBe(september?.id);
    expect(await desk.stateOf(september?.id as string)).toBe('REVERSED');
    const now = await desk.sql(
      `select * from ${desk.audit}.closed_line where document_id <> ?
       order by document_id, department_id, resource_id, meter, of_month, start_at, part`,
      [id],
    );
    expect(JSON.stringify(now)).toBe(JSON.stringify(JSON.parse(before)[2]));
    // Line by line: what the one charged, the other gives back.
    const [left] = await desk.sql(
      `select sum(amount_fen) as fen, count(*) as n from ${desk.audit}.closed_line where document_id in (?, ?)`,
      [id, september?.id],
    );
    expect(left).toMatchObject({ fen: '0' });
  });

  it('opens the month, which is closed again as it ought to be; what was corrected meanwhile is not charged twice', async () => {
    expect((await total('2026-09')).amount).toBe(
      (await desk.ratedOf('2026-09', inBureau.resourceId)) + (await desk.ratedOf('2026-09', inOther.resourceId)),
    );
    await desk.passed();
    const again = await desk.close('2026-09');
    const [document] = await desk.sql(`select round from ${desk.audit}.closed_document where id = ?`, [again]);
    expect(document?.round).toBe(2);
    for (const { resourceId } of [inBureau, inOther])
      expect(await desk.chargedOf('2026-09', resourceId)).toBe(await desk.ratedOf('2026-09', resourceId));
    for await (const { findings } of desk.verification.all()) expect(findings).toEqual([]);
  });

  it('of what is not closed is refused', async () => {
    const [reversed] = await desk.sql("select id from closing where state = 'REVERSED'");
    const wish = { closingId: reversed?.id as string, reason: '再来', idempotencyKey: newId() };
    expect(codes(await desk.closings.requestReversal(desk.finance, WHOLE_PROVINCE, wish))).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('many at once', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => viewerWith(['FINANCE'], null, { name: `财政${at}` }));

  it.each([8, 32])('%i clients ask for one close and approve it: it is closed once', async (clients) => {
    const month = clients === 8 ? '2026-11' : '2026-12';
    wall.set(clients === 8 ? '2026-12-03 10:00' : '2027-01-04 10:00');
    await desk.rate([inBureau, inOther, inCity]);
    await desk.passed();
    const asked = await byClients(clients, people(clients), (by) => desk.request(month, by));
    const waiting = asked.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    expect(waiting).toHaveLength(1);
    const [id = ''] = waiting;
    const approved = await byClients(clients, people(clients), (by) => desk.approve(id, by));
    expect(approved.filter(({ ok }) => ok)).toHaveLength(1);
    await desk.freezer.run(desk.second);
    const documents = await desk.sql(
      `select id from ${desk.audit}.closed_document where of_month = ? and book = 'PROVINCE'`,
      [month],
    );
    expect(documents).toEqual([{ id }]);
    expect((await desk.verification.document(id))?.findings).toEqual([]);
  });

  it('the same key asks once', async () => {
    wall.set('2027-02-03 10:00');
    await desk.rate([inBureau, inOther, inCity]);
    await desk.passed();
    const key = newId();
    const answers = [
      await desk.request('2027-01', desk.finance, 'PROVINCE', key),
      await desk.request('2027-01', desk.finance, 'PROVINCE', key),
    ];
    expect(answers[1]).toEqual(answers[0]);
    const other = await desk.closings.request(desk.finance, scopeOf(desk.finance), {
      ...{ month: '2027-02', book: 'PROVINCE', explanations: [], idempotencyKey: key },
    });
    expect(codes(other)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('closes that wait to be frozen', () => {
  /** Signed for, with nobody there to freeze it yet. */
  const signed = async (month: string, by = desk.finance, book = 'PROVINCE') => {
    const asked = await desk.request(month, by, book);
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    await desk.sql(
      "update closing set state = 'FREEZING', decided_by_id = ?, decided_by_name = '孙财政', decided_at = utc_timestamp(3), version = 2 where id = ?",
      [desk.second.userId, asked.value.id],
    );
    return asked.value.id;
  };
  const monthIsOver = async (now: string) => {
    wall.set(now);
    await desk.rate([inBureau, inOther, inCity]);
    await desk.passed();
  };

  it('are frozen once, although the one who approves and housekeeping of the same process come at one moment', async () => {
    const [waiting] = await desk.sql("select id from closing where of_month = '2027-01' and state = 'REQUESTED'");
    expect(codes(await desk.approve(waiting?.id as string))).toBe('OK');
    await monthIsOver('2027-03-03 10:00');
    const id = await signed('2027-02');
    const finished = await Promise.all([desk.freezer.run(SYSTEM), desk.freezer.run(SYSTEM)]);
    expect(finished.toSorted()).toEqual([0, 1]);
    expect(await desk.stateOf(id)).toBe('CLOSED');
    expect((await desk.verification.document(id))?.findings).toEqual([]);
  });

  it('keep no other from it where one cannot be, and nobody who approved is told that he did not', async () => {
    await monthIsOver('2027-04-03 10:00');
    const stuck = await signed('2026-10', desk.cityFinance, desk.city.id);
    // Its lines are there without the statement that they belong to, as nothing of the console leaves them.
    await desk.work((tx) => desk.get(ClosedRepository).freezeStatement(tx, stuck, '2026-10', desk.ofCity.id));
    await expect(desk.freezer.run(SYSTEM)).rejects.toThrow();
    const asked = await desk.request('2027-03');
    const id = asked.ok ? asked.value.id : '';
    expect(codes(await desk.approve(id))).toBe('OK');
    expect([await desk.stateOf(stuck), await desk.stateOf(id)]).toEqual(['FREEZING', 'CLOSED']);
    await desk.sql("update closing set state = 'STOPPED', live = null where id = ?", [stuck]);
  });
});
