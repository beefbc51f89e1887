import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLObjectType, isRequiredArgument } from 'graphql';
import { calendarDate } from '../../server/src/kernel/calendar.js';
import { toNodeId } from '../../server/src/kernel/node-id.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, type ContentInput, CREATE, createDraft, plainContent } from '../support/request-form.ts';

let console_: TestConsole;
let applicant: ConsoleClient;
let head: ConsoleClient;
let reviewer: ConsoleClient;
let content: ContentInput;
let foreign: ContentInput;
/** An id as those of centers are, of none. */
const NO_CENTER = toNodeId('Center', '00000000-0000-7000-8000-000000000000');

beforeAll(async () => {
  console_ = await startTestConsole();
  [applicant, head, reviewer] = (await Promise.all(
    ['applicant', 'head', 'reviewer'].map((u) => console_.signIn(u)),
  )) as [ConsoleClient, ConsoleClient, ConsoleClient];
  content = await plainContent(applicant);
  // Any other department's system with a payer, as only the center sees it.
  const { systems } = await reviewer.data('{ systems(first: 100) { nodes { id department { id } projects { id } } } }');
  const own = (await applicant.data('{ viewer { department { id } } }')).viewer.department.id;
  const other = systems.nodes.find(
    (s: { department: { id: string }; projects: unknown[] }) => s.department.id !== own && s.projects.length > 0,
  );
  foreign = { ...content, systemId: other.id, projectId: other.projects[0].id };
});
afterAll(() => console_.close());

async function written(): Promise<Record<string, number>> {
  const tables = ['request', 'request_line', 'request_step', 'claim'];
  const counts = await Promise.all(tables.map((t) => console_.test.db.query(`select count(*) as n from ${t}`)));
  const [live] = await console_.test.db.query('select coalesce(sum(live_amount), 0) as n from capacity_counter');
  return { ...Object.fromEntries(tables.map((t, i) => [t, Number(counts[i][0].n)])), live: Number(live.n) };
}

const withLine = (more: Record<string, unknown>): ContentInput => ({
  ...content,
  lines: [{ ...content.lines[0], ...more } as never],
});

/** So many lines, each with a name of its own; some of them changed. */
const withLines = (count: number, changes: Record<number, Record<string, unknown>> = {}): ContentInput => ({
  ...content,
  lines: Array.from({ length: count }, (_, at) => ({ ...content.lines[0], name: `web${at}`, ...changes[at] }) as never),
});

/** The shortest that a line can be, so that thousands come through the limit of a body. */
const tiny = (count: number): ContentInput['lines'] =>
  Array.from({ length: count }, (_, at) => ({ kind: 'VM', name: `a${at}`, count: 1 }));

const until = (temporaryUntil: string): ContentInput => ({ ...content, temporaryUntil }) as ContentInput;

const withVm = (more: Record<string, unknown>): ContentInput => withLine({ vm: { ...content.lines[0]?.vm, ...more } });

describe('createRequestDraft', () => {
  it.each([
    ['a count of 0', () => withLine({ count: 0 }), 'InvalidInput', 'content.lines.0.count'],
    ['a negative count', () => withLine({ count: -3 }), 'InvalidInput', 'content.lines.0.count'],
    ['a count of 10^9', () => withLine({ count: 1_000_000_000 }), 'InvalidInput', 'content.lines.0.count'],
    ['a name that is no DNS label', () => withLine({ name: 'Web_1.example' }), 'InvalidInput', 'content.lines.0.name'],
    ['a disk of less than nothing', () => withVm({ diskGib: -1 }), 'InvalidInput', 'content.lines.0.vm.diskGib'],
    ['a disk of 1 GiB', () => withVm({ diskGib: 1 }), 'InvalidInput', 'content.lines.0.vm.diskGib'],
    ['an empty purpose', () => ({ ...content, purpose: ' ' }), 'InvalidInput', 'content.purpose'],
    ['no lines', () => ({ ...content, lines: [] }), 'InvalidInput', 'content.lines'],
    ['more lines than a form carries', () => withLines(21), 'InvalidInput', 'content.lines'],
    ['5,000 lines', () => ({ ...content, lines: tiny(5_000) }), 'InvalidInput', 'content.lines'],
    [
      'a count of 0 in the eighth of twelve lines',
      () => withLines(12, { 7: { count: 0 } }),
      'InvalidInput',
      'content.lines.7.count',
    ],
    [
      'a center that does not exist, in the third line',
      () => withLines(4, { 2: { centerId: NO_CENTER } }),
      'UnknownReference',
      'content.lines.2.centerId',
    ],
    [
      "a system's id where a center's belongs",
      () => withLine({ centerId: content.systemId }),
      'UnknownReference',
      'content.lines.0.centerId',
    ],
    ['a last day in the past', () => until('2020-01-01'), 'InvalidInput', 'content.temporaryUntil'],
    ['a last day that is today', () => until(calendarDate(new Date())), 'InvalidInput', 'content.temporaryUntil'],
    ['a last day that no calendar has', () => until('2027-02-30'), 'InvalidInput', 'content.temporaryUntil'],
    ['a last day in words', () => until('下周五'), 'InvalidInput', 'content.temporaryUntil'],
    ['a last day a century ahead', () => until('2126-01-01'), 'InvalidInput', 'content.temporaryUntil'],
    [
      'an offer that does not exist',
      () => withVm({ offerId: 'T2ZmZXI6eA' }),
      'UnknownReference',
      'content.lines.0.vm.offerId',
    ],
    [
      "an image's id where an offer's belongs",
      () => withVm({ offerId: content.lines[0]?.vm?.imageId }),
      'UnknownReference',
      'content.lines.0.vm.offerId',
    ],
    [
      'a center that does not exist',
      () => withLine({ centerId: 'nonsense' }),
      'UnknownReference',
      'content.lines.0.centerId',
    ],
    ['a system that does not exist', () => ({ ...content, systemId: 'x' }), 'UnknownReference', 'content.systemId'],
    ["another department's system", () => foreign, 'UnknownReference', 'content.systemId'],
    [
      'a project that does not pay for the system',
      () => ({ ...content, projectId: foreign.projectId }),
      'UnknownReference',
      'content.projectId',
    ],
  ] as const)('refuses %s, writes nothing, holds nothing', async (_what, make, type, path) => {
    const before = await written();
    const { request, errors } = await createDraft(applicant, make() as ContentInput);
    expect(request).toBeNull();
    expect(errors.map((e: { __typename: string; path: string[] }) => [e.__typename, e.path.join('.')])).toContainEqual([
      type,
      path,
    ]);
    expect(errors.every((e: { message: string }) => e.message.length > 5)).toBe(true);
    expect(await written()).toEqual(before);
  });

  it('answers an unknown system and a foreign one with the same words', async () => {
    const unknown = await createDraft(applicant, {
      ...foreign,
      systemId: 'U3lzdGVtOjAwMDAwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMA',
    });
    const other = await createDraft(applicant, foreign);
    expect(other.errors).toEqual(unknown.errors);
  });

  it('refuses an idempotency key used again with other input, and answers the same input the same', async () => {
    const key = newId();
    const first = await createDraft(applicant, content, key);
    const again = await createDraft(applicant, content, key);
    expect(again.request.id).toBe(first.request.id);
    const before = await written();
    const other = await createDraft(applicant, { ...content, purpose: '别的用途' }, key);
    expect(other.errors.map((e: { code: string }) => e.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await written()).toEqual(before);
  });

  it('is refused as a whole where thousands of full lines make it too large to be read', async () => {
    const before = await written();
    const input = { idempotencyKey: newId(), content: withLines(5_000) };
    const answer = await applicant.post({ query: CREATE, variables: { input } });
    expect(answer.status).toBe(413);
    expect(await answer.text()).not.toMatch(/stack|node_modules|select /i);
    expect(await written()).toEqual(before);
  });

  it('is bad input where the type is wrong, with a trace id and nothing of the inside', async () => {
    const answer = await applicant.ask(
      'mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) { request { id } } }',
      {
        input: { idempotencyKey: newId(), content: { ...content, lines: [{ ...content.lines[0], count: 'many' }] } },
      },
    );
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
    expect(answer.errors?.[0]?.extensions?.traceId).toBeTruthy();
    expect(JSON.stringify(answer)).not.toMatch(/stack|node_modules|select /i);
  });
});

describe('submitRequest', () => {
  it('refuses what does not fit with its figures, and holds nothing', async () => {
    const big = {
      ...content,
      lines: Array.from({ length: 20 }, (_, i) => ({
        ...content.lines[0],
        name: `big${i}`,
        count: 100,
        vm: { ...content.lines[0]?.vm, diskGib: 8192 },
      })),
    } as ContentInput;
    const { request } = await createDraft(applicant, big);
    const sent = await act(applicant, 'sendRequestForSignOff', request);
    const before = await written();
    const { errors } = await act(head, 'submitRequest', sent.request);
    const shortage = errors.find((e: { code: string }) => e.code === 'CAPACITY_SHORTAGE');
    expect(shortage.requested - shortage.free).toBe(shortage.short);
    expect(shortage.path.slice(0, 2)).toEqual(['content', 'lines']);
    expect(await written()).toEqual(before);
  });

  it('refuses an older version, an illegal step, the applicant as signer, a foreign request', async () => {
    const { request } = await createDraft(applicant, content);
    const codes = async (
      client: ConsoleClient,
      name: string,
      seen: { id: string; version: number },
      opinion?: string | null,
    ) => (await act(client, name, seen, opinion)).errors.map((e: { code: string }) => e.code);
    expect(await codes(applicant, 'sendRequestForSignOff', { ...request, version: 7 })).toEqual(['VERSION_CONFLICT']);
    expect(await codes(head, 'submitRequest', request)).toEqual(['ILLEGAL_TRANSITION']);
    const sent = (await act(applicant, 'sendRequestForSignOff', request)).request;
    expect(await codes(applicant, 'submitRequest', sent)).toEqual(['NOT_PERMITTED']);
    expect(await codes(reviewer, 'approveRequest', sent)).toEqual(['ILLEGAL_TRANSITION']);
    const submitted = (await act(head, 'submitRequest', sent)).request;
    expect(submitted.state).toBe('UNDER_REVIEW');
    // Not his step: the center's acceptance has it.
    expect(await codes(reviewer, 'rejectRequest', submitted, '不需要')).toEqual(['NOT_PERMITTED']);
    const acceptance = await console_.signIn('acceptance');
    expect(await codes(acceptance, 'rejectRequest', submitted, ' ')).toEqual(['INVALID_INPUT']);
    expect(await codes(applicant, 'approveRequest', submitted)).toEqual(['NOT_PERMITTED']);
    const city = await console_.signIn('city');
    expect(await codes(city, 'withdrawRequest', submitted)).toEqual(['UNKNOWN_REFERENCE']);
  });
});

describe('one press that arrives 100 times', () => {
  it('makes one draft, one sign-off and one hold, and is answered the same each time', async () => {
    const before = await written();
    const key = newId();
    const drafts = await Promise.all(Array.from({ length: 100 }, () => createDraft(applicant, content, key)));
    expect(new Set(drafts.map((draft) => draft.request?.id)).size).toBe(1);
    const [{ request }] = drafts;
    const sendKey = newId();
    const sends = await Promise.all(
      Array.from({ length: 100 }, () => act(applicant, 'sendRequestForSignOff', request, '同意', sendKey)),
    );
    expect(new Set(sends.map((sent) => `${sent.request?.id} ${sent.errors.length}`))).toEqual(
      new Set([`${request.id} 0`]),
    );
    const submitKey = newId();
    const submits = await Promise.all(
      Array.from({ length: 100 }, () => act(head, 'submitRequest', sends[0].request, '同意', submitKey)),
    );
    expect(new Set(submits.map((one) => `${one.request?.state} ${one.errors.length}`))).toEqual(
      new Set(['UNDER_REVIEW 0']),
    );
    const after = await written();
    const more = Object.fromEntries(Object.entries(after).map(([table, n]) => [table, n - (before[table] ?? 0)]));
    expect(more).toMatchObject({ request: 1, request_line: 1, claim: 1 });
    const [steps] = await console_.test.db.query(
      'select count(*) as n, count(distinct action) as actions from request_step where request_id = (select id from request where code = ?)',
      [request.code],
    );
    expect(Number(steps.n)).toBe(Number(steps.actions));
  });
});

describe('lists', () => {
  it.each([0, -1, 101, 1_000_000_000])('refuse a page of %i', async (first) => {
    const answer = await applicant.ask(`{ requests(first: ${first}) { totalCount } }`);
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
  });

  it('search by Chinese and by code, and take wildcards literally', async () => {
    const { request } = await createDraft(applicant, { ...content, purpose: '防汛会商系统扩容' });
    const found = async (search: string): Promise<string[]> =>
      (
        await applicant.data(
          'query R($s: String) { requests(filter: { search: $s }) { nodes { code } } resources(filter: { search: $s }) { totalCount } }',
          { s: search },
        )
      ).requests.nodes.map((r: { code: string }) => r.code);
    expect(await found('防汛会商')).toEqual([request.code]);
    expect(await found(request.code.toLowerCase())).toEqual([request.code]);
    expect(await found('%')).toEqual([]);
    expect(await found('没有这样的字')).toEqual([]);
  });

  it('refuse a cursor of another list', async () => {
    const answer = await applicant.ask('{ requests(after: "bm9wZQ") { totalCount } }');
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
  });
});

describe('a filter', () => {
  it('by a kind of import that is no kind finds nothing, in whatever characters', async () => {
    const RUNS = 'query R($kind: String) { importRuns(kind: $kind) { totalCount } }';
    for (const kind of ['汉字', '🚀\0', 'x'.repeat(3_000), "servers' or 1 = 1 -- "])
      expect(await head.data(RUNS, { kind })).toEqual({ importRuns: { totalCount: 0 } });
  });
});

describe('a cursor that was made by hand', () => {
  it('is refused or finds nothing, in every list, and breaks none', async () => {
    const query = console_.application.get(GraphQLSchemaHost).schema.getQueryType() as GraphQLObjectType;
    const lists = Object.values(query.getFields()).filter(
      ({ args }) => args.some(({ name }) => name === 'after') && !args.some(isRequiredArgument),
    );
    expect(lists.length).toBeGreaterThan(15);
    const broken: string[] = [];
    for (const { name } of lists)
      for (const part of ['汉字', 'x', '9999999999999999999'])
        for (const parts of [1, 2, 3]) {
          const after = Buffer.from(JSON.stringify(Array.from({ length: parts }, () => part))).toString('base64url');
          const { errors = [] } = await reviewer.ask(
            `query L($after: String) { ${name}(after: $after) { totalCount } }`,
            {
              after,
            },
          );
          for (const { extensions } of errors)
            if (extensions?.code !== 'BAD_INPUT' && extensions?.code !== 'FORBIDDEN')
              broken.push(`${name} ${part} ${parts}: ${extensions?.code}`);
        }
    expect(broken).toEqual([]);
  });
});
