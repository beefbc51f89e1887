import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';
import { longSheet } from '../support/long-sheet.ts';
import { ERROR_FIELDS } from '../support/request-form.ts';

const MACHINES = 250;
const PAGE = `query S($id: ID!, $first: Int!, $after: String, $filter: DeliverySheetItemFilter) { request(id: $id) { id deliverySheet {
  id version itemCount openObjectionCount checkCode unit system mayConfirm
  items(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
    nodes { resourceId kind name code addresses login { state mayReveal reset { stage } } objections { id answer } } } } } }`;
const LIST = `query L($filter: DeliverySheetFilter) { deliverySheets(first: 100, filter: $filter) {
  totalCount nodes { id unit system state itemCount openObjectionCount mayConfirm } } }`;
interface Item {
  readonly resourceId: string;
  readonly name: string;
  readonly login: { readonly state: string; readonly mayReveal: boolean } | null;
  readonly objections: readonly { readonly id: string; readonly answer: string | null }[];
}

let console_: TestConsole;
let applicant: ConsoleClient;
let long: { requestId: string };
let short: { requestId: string };
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
  short = await longSheet(console_, 2);
  long = await longSheet(console_, MACHINES);
}, 180_000);
afterAll(() => console_?.close());

const sheetOf = async ({ requestId }: { requestId: string }, more: object = {}, client = applicant) =>
  (await client.data(PAGE, { id: requestId, first: 50, after: null, filter: null, ...more })).request.deliverySheet;
const namesOf = ({ items }: { items: { nodes: readonly Item[] } }) => items.nodes.map(({ name }) => name);
const about = (sheet: { version: number }, { requestId }: { requestId: string }) => ({
  ...{ requestId, expectedVersion: sheet.version, idempotencyKey: newId() },
});

describe('the things of a long delivery sheet', () => {
  it('come by pages, each once and in the order of the paper, with their first passwords', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const sheet = await sheetOf(long, { first: 100, after });
      expect([sheet.itemCount, sheet.items.totalCount]).toEqual([MACHINES, MACHINES]);
      for (const { login } of sheet.items.nodes as Item[])
        expect(login).toEqual({ state: 'READY', mayReveal: true, reset: null });
      names.push(...namesOf(sheet));
      after = sheet.items.pageInfo.hasNextPage ? sheet.items.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(Array.from({ length: MACHINES }, (_, at) => `m${at}`));
  });

  it('cost the same statements for a page of two as for one of a hundred, and for a sheet of two', async () => {
    const ask = (of: { requestId: string }, first: number) =>
      countStatements(
        console_.test.db,
        () => sheetOf(of, { first }),
        /delivery_|first_login|login_reset|`?resource`?|request|department|system|center/i,
      );
    await ask(long, 2);
    const [two, hundred, ofTwo] = [await ask(long, 2), await ask(long, 100), await ask(short, 2)];
    expect(hundred.result.items.nodes).toHaveLength(100);
    expect([hundred.statements, ofTwo.statements]).toEqual([two.statements, two.statements]);
  });

  it('are found by name, code and address, however far behind they lie', async () => {
    const [found, byAddress] = [
      await sheetOf(long, { filter: { search: 'M24' } }),
      await sheetOf(long, { filter: { search: '10.9.0.249' } }),
    ];
    expect(namesOf(found)).toEqual(['m24', ...Array.from({ length: 10 }, (_, at) => `m${240 + at}`)]);
    expect([found.items.totalCount, found.itemCount]).toEqual([11, MACHINES]);
    expect(namesOf(byAddress)).toEqual(['m249']);
    const { code } = byAddress.items.nodes[0];
    expect(namesOf(await sheetOf(long, { filter: { search: code } }))).toEqual(['m249']);
    expect((await sheetOf(long, { filter: { kinds: ['SERVER', 'SERVICE'] } })).items.totalCount).toBe(0);
    expect((await sheetOf(long, { filter: { kinds: ['VM'] } })).items.totalCount).toBe(MACHINES);
  });

  it('are no page of more than a hundred, none before the first and none by a text of any length', async () => {
    for (const more of [
      { first: 101 },
      { first: 0 },
      { after: Buffer.from('["-9"]').toString('base64url') },
      { after: 'x' },
      { filter: { search: 'x'.repeat(101) } },
    ]) {
      const variables = { id: long.requestId, first: 50, ...more };
      const answer = await applicant.ask(PAGE, variables);
      expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
    }
  });
});

describe('the list of delivery sheets', () => {
  it('counts what each lists and reads none of it', async () => {
    const ask = (filter: object | null, meant?: RegExp) =>
      countStatements(console_.test.db, () => applicant.data(LIST, { filter }), meant);
    const { result, statements } = await ask({ states: ['AWAITING'] }, /select .*`content`|first_login|login_reset/is);
    const counted = result.deliverySheets.nodes.map(({ itemCount }: { itemCount: number }) => itemCount);
    expect(counted).toEqual(expect.arrayContaining([2, MACHINES]));
    expect(statements).toBe(0);
  });

  it('costs the same statements for one sheet as for many', async () => {
    const { requestCode } = (
      await applicant.data('query R($id: ID!) { request(id: $id) { deliverySheet { requestCode } } }', {
        id: long.requestId,
      })
    ).request.deliverySheet;
    const ask = (search: string | null) =>
      countStatements(
        console_.test.db,
        () => applicant.data(LIST, { filter: { search, states: ['AWAITING'] } }),
        /delivery_|resource|request|department|system|item_claim/i,
      );
    await ask(null);
    const [one, many] = [await ask(requestCode), await ask(null)];
    expect(one.result.deliverySheets.totalCount).toBe(1);
    expect(many.result.deliverySheets.totalCount).toBeGreaterThan(1);
    expect(many.statements).toBe(one.statements);
  });
});

describe('objections to a long sheet', () => {
  const OBJECT = `mutation O($input: ObjectToDeliveryInput!) { objectToDelivery(input: $input) { request { id } ${ERROR_FIELDS} } }`;
  const ANSWER = `mutation A($input: AnswerObjectionInput!) { answerObjection(input: $input) { request { id deliverySheet { openObjectionCount } } ${ERROR_FIELDS} } }`;
  const CONFIRM = `mutation C($input: ConfirmDeliveryInput!) { confirmDelivery(input: $input) { request { id } ${ERROR_FIELDS} } }`;

  it('stand in front by a filter until they are answered, and what is confirmed then stays as it was', async () => {
    const before = await sheetOf(long, { first: 100 });
    const wrong = ['m7', 'm99'];
    const named = (before.items.nodes as Item[]).filter(({ name }) => wrong.includes(name));
    const objections = named.map(({ resourceId }) => ({ resourceId, reason: '网络不通' }));
    const { objectToDelivery } = await applicant.data(OBJECT, { input: { ...about(before, long), objections } });
    expect(objectToDelivery.errors).toEqual([]);

    const open = await sheetOf(long, { filter: { openObjection: true } });
    expect([namesOf(open), open.openObjectionCount, open.items.totalCount]).toEqual([wrong, 2, 2]);
    const allocator = await console_.signIn('allocator');
    for (const [at, { objections: of }] of (open.items.nodes as Item[]).entries()) {
      const input = { objectionId: of[0]?.id, answer: '已处理', idempotencyKey: newId() };
      const { answerObjection } = await allocator.data(ANSWER, { input });
      expect(answerObjection.errors).toEqual([]);
      expect(answerObjection.request.deliverySheet.openObjectionCount).toBe(1 - at);
    }
    const answered = await sheetOf(long, { filter: { openObjection: true } });
    expect([answered.items.nodes, answered.openObjectionCount]).toEqual([[], 0]);

    const { confirmDelivery } = await applicant.data(CONFIRM, { input: about(answered, long) });
    expect(confirmDelivery.errors).toEqual([]);
    await console_.test.db.query("update resource set name = 'another' where name = 'm99'");
    const confirmed = await sheetOf(long, { filter: { search: 'm99' } });
    expect([namesOf(confirmed), confirmed.itemCount, confirmed.unit, confirmed.system]).toEqual([
      ['m99'],
      MACHINES,
      before.unit,
      before.system,
    ]);
    expect(confirmed.checkCode).not.toBe('');
  });
});
