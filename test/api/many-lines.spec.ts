import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { BatchDesk } from '../support/batch-desk.ts';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { countStatements } from '../support/count-statements.ts';
import { act, createDraft, ERROR_FIELDS, plainContent } from '../support/request-form.ts';

const LINES = 250;
const LINE = `id index name count kind localMode monthlyCost vm { offer { id name } image { id name } } center { id name }
  shares { share count center { id } } placements { count pool { id code } } checks { criterion passed }
  candidates { fits pool { id } } relations { line } resources { id }`;
const PAGE = `query P($id: ID!, $first: Int!, $after: String) { request(id: $id) { id linePage(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { ${LINE} } } plan { kind count lineCount localMode shares { count center { id } } }
  machines(first: $first) { totalCount nodes { id name center { id } } } readyMachineCount } }`;

let console_: TestConsole;
let applicant: ConsoleClient;
let desk: BatchDesk;
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
  desk = new BatchDesk(console_, applicant);
}, 120_000);
afterAll(() => console_.close());

async function draftOf(lines: number): Promise<{ id: string; version: number }> {
  const rows = Array.from({ length: lines }, (_, at) => ({ 名称: `m${at}`, 数量: '1' }));
  const { lineBatch } = await desk.start('VM', await desk.table('VM', rows));
  const { request, errors } = await desk.take(lineBatch, 'ALL');
  if (!request) throw new Error(JSON.stringify(errors));
  return request;
}

describe('the lines of a request, page by page', () => {
  it('come each once and in their order, whatever the size of the page', async () => {
    const { id } = await draftOf(LINES);
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { request } = await applicant.data(PAGE, { id, first: 100, after });
      expect(request.linePage.totalCount).toBe(LINES);
      names.push(...request.linePage.nodes.map(({ name }: { name: string }) => name));
      after = request.linePage.pageInfo.hasNextPage ? request.linePage.pageInfo.endCursor : null;
    } while (after !== null);
    expect(names).toEqual(Array.from({ length: LINES }, (_, at) => `m${at}`));
  }, 60_000);

  it('and what all of them come to cost the same statements for two lines as for a hundred', async () => {
    const { id } = await draftOf(LINES);
    const ask = (first: number) =>
      countStatements(
        console_.test.db,
        () => applicant.data(PAGE, { id, first, after: null }),
        /request_line|resource\b|offer|image|center|pool/i,
      );
    await ask(2);
    const [few, many] = [await ask(2), await ask(100)];
    expect(many.result.request.linePage.nodes).toHaveLength(100);
    expect(many.statements).toBe(few.statements);
    expect(many.result.request.plan).toEqual([
      { kind: 'VM', count: LINES, lineCount: LINES, localMode: expect.any(String), shares: [] },
    ]);
  }, 60_000);

  it('are no page before the first and none of more than a hundred', async () => {
    const { id } = await draftOf(2);
    for (const variables of [
      { id, first: 101 },
      { id, first: 0 },
      { id, first: 5, after: Buffer.from('["-9"]').toString('base64url') },
      { id, first: 5, after: 'x' },
    ]) {
      const answer = await applicant.ask(PAGE, variables);
      expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_INPUT');
    }
  });
});

const HEAD = `mutation H($input: UpdateRequestHeadInput!) { updateRequestHead(input: $input) {
  request { id version purpose temporaryUntil lines { id name localMode } } ${ERROR_FIELDS} } }`;
const head = async (request: { id: string; version: number }, more: object, client = applicant) => {
  const { systemId, projectId } = await plainContent(applicant);
  const input = {
    ...{ id: request.id, expectedVersion: request.version, idempotencyKey: newId() },
    head: { systemId, projectId, purpose: '改了用途', ...more },
  };
  return (await client.data(HEAD, { input })).updateRequestHead;
};

describe('what a draft of many lines is for', () => {
  it('is changed by itself: the lines stay the same ones, with their own modes', async () => {
    const draft = await draftOf(30);
    const before = (await applicant.data(PAGE, { id: draft.id, first: 100 })).request.linePage.nodes;
    const { request, errors } = await head(draft, { temporaryUntil: '2027-06-30' });
    expect(errors).toEqual([]);
    expect(request).toMatchObject({ version: draft.version + 1, purpose: '改了用途', temporaryUntil: '2027-06-30' });
    expect(request.lines).toEqual(
      before.map(({ id, name, localMode }: { id: string; name: string; localMode: string }) => ({
        id,
        name,
        localMode,
      })),
    );
  });

  it('gives all lines one mode where one is chosen, and a center that was named gives way to both', async () => {
    const { request: draft } = await createDraft(applicant, await plainContent(applicant));
    const { request } = await head(draft, { localMode: 'DUAL_ACTIVE' });
    expect(request.lines.map(({ localMode }: { localMode: string }) => localMode)).toEqual(['DUAL_ACTIVE']);
    const after = await applicant.data(PAGE, { id: draft.id, first: 5 });
    expect(after.request.linePage.nodes[0].center).toBeNull();
  });

  it('is refused at its field, and for a version that is old, and nothing is written', async () => {
    const draft = await draftOf(25);
    const empty = await head(draft, { purpose: ' ' });
    expect(empty.errors[0].path.at(-1)).toBe('purpose');
    const late = await head({ ...draft, version: draft.version + 5 }, {});
    expect(late.errors[0].code).toBe('VERSION_CONFLICT');
    const past = await head(draft, { temporaryUntil: '2001-01-01' });
    expect(past.errors[0].path.at(-1)).toBe('temporaryUntil');
    const { request } = await applicant.data('query R($id: ID!) { request(id: $id) { version } }', { id: draft.id });
    expect(request.version).toBe(draft.version);
  });
});

const REPEAT = `mutation R($input: RepeatRequestInput!) { repeatRequest(input: $input) {
  request { id version state linePage(first: 100) { totalCount nodes { name } } } ${ERROR_FIELDS} } }`;

describe('a request of many lines, again', () => {
  const again = async (likeId: string, more: object = {}, idempotencyKey = newId()) => {
    const { systemId, projectId } = await plainContent(applicant);
    const input = { likeId, idempotencyKey, head: { systemId, projectId, purpose: '再来一次' }, ...more };
    return (await applicant.data(REPEAT, { input })).repeatRequest;
  };

  it('is a draft of its own with all of its lines, once however often it is pressed', async () => {
    const old = await draftOf(60);
    const key = newId();
    const first = await again(old.id, {}, key);
    expect(first.errors).toEqual([]);
    expect(first.request.id).not.toBe(old.id);
    expect(first.request.linePage.totalCount).toBe(60);
    expect((await again(old.id, {}, key)).request.id).toBe(first.request.id);
    const sent = await act(applicant, 'sendRequestForSignOff', first.request, null);
    expect(sent.request.state).toBe('AWAITING_SIGN_OFF');
  });

  it('says which lines can no longer be asked for, and leaves them out where that is wished', async () => {
    const { heading, example } = await desk.template('VM');
    const offers = (await applicant.data('{ catalog { offers { id name code architecture } } }')).catalog.offers;
    const named = String(example[heading.indexOf('规格*')]);
    const [used] = offers.filter(({ code }: { code: string }) => named.includes(code));
    const other = offers.find(
      (one: { id: string; architecture: string }) => one.id !== used.id && one.architecture === used.architecture,
    );
    const rows = Array.from({ length: 24 }, (_, at) => ({ 名称: `m${at}`, ...(at < 3 ? { 规格: other.code } : {}) }));
    const { lineBatch } = await desk.start('VM', await desk.table('VM', rows));
    const { request: old } = await desk.take(lineBatch, 'ALL');
    await console_.test.db.query("update offer set status = 'WITHDRAWN' where code = ?", [other.code]);
    try {
      // What is offered is remembered for a second; asking for what is not on the shelf has it looked at again.
      const content = await plainContent(applicant);
      const [line] = content.lines;
      if (line?.vm)
        await createDraft(applicant, { ...content, lines: [{ ...line, vm: { ...line.vm, offerId: 'x' } }] });
      const refused = await again(old.id);
      expect(refused.request).toBeNull();
      expect(refused.errors.map(({ path }: { path: string[] }) => path.slice(1, 3).join('.'))).toEqual([
        'lines.0',
        'lines.1',
        'lines.2',
      ]);
      const asked = await applicant.data(
        `query P($input: PreviewRequestInput!) { previewRequest(input: $input) { refusals(first: 2) { totalCount
          pageInfo { hasNextPage endCursor } nodes { message path } } } }`,
        { input: { like: { likeId: old.id, head: await plainHead() } } },
      );
      expect(asked.previewRequest.refusals).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
      expect(asked.previewRequest.refusals.nodes).toHaveLength(2);
      const { request } = await again(old.id, { withoutRefused: true });
      expect(request.linePage.totalCount).toBe(21);
    } finally {
      await console_.test.db.query("update offer set status = 'OFFERED' where code = ?", [other.code]);
    }
  });

  const plainHead = async () => {
    const { systemId, projectId } = await plainContent(applicant);
    return { systemId, projectId, purpose: '再来一次' };
  };
});

const TABLE = `query T($id: ID!, $kind: RequestLineKind!, $serviceId: ID) { request(id: $id) { version
  lineSets { kind serviceId lineCount } lineTable(kind: $kind, serviceId: $serviceId, first: 100) {
  totalCount columns { key required choices } nodes { id number cells } } } }`;
const CELLS = `mutation C($input: EditRequestLineCellsInput!) { editRequestLineCells(input: $input) {
  request { id version machineCount } rows { id cells } problems { lineId column kind message } ${ERROR_FIELDS} } }`;
interface Row {
  readonly id: string;
  readonly number: number;
  readonly cells: readonly string[];
}

describe('lines of a draft as a table', () => {
  interface Table {
    readonly rows: readonly Row[];
    readonly cell: (row: Row, key: string) => string;
  }
  async function tableOf(id: string, kind = 'VM', serviceId: string | null = null): Promise<Table> {
    const { request } = await applicant.data(TABLE, { id, kind, serviceId });
    const keys: string[] = request.lineTable.columns.map(({ key }: { key: string }) => key);
    const cell = (row: Row, key: string): string => row.cells[keys.indexOf(key)] ?? '';
    return { cell, rows: request.lineTable.nodes };
  }
  const type = async (request: { id: string; version: number }, cells: object[], more: object = {}) => {
    const input = {
      ...{ id: request.id, expectedVersion: request.version, idempotencyKey: newId(), kind: 'VM', cells },
      ...more,
    };
    return (await applicant.data(CELLS, { input })).editRequestLineCells;
  };

  it('are typed over cell by cell, several at once, and keep their ids and what has no column', async () => {
    const draft = await draftOf(30);
    const { rows, cell } = await tableOf(draft.id);
    expect(rows.map((row) => cell(row, 'name')).slice(0, 2)).toEqual(['m0', 'm1']);
    const answer = await type(draft, [
      { lineId: rows[0]?.id, column: 'count', value: ' 3 ' },
      { lineId: rows[0]?.id, column: 'name', value: 'first' },
      { lineId: rows[29]?.id, column: 'diskGib', value: '200' },
    ]);
    expect(answer).toMatchObject({
      problems: [],
      errors: [],
      request: { version: draft.version + 1, machineCount: 32 },
    });
    const after = await tableOf(draft.id);
    expect(after.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    const [first, last] = [after.rows[0] as Row, after.rows[29] as Row];
    expect([after.cell(first, 'name'), after.cell(first, 'count'), after.cell(last, 'diskGib')]).toEqual([
      'first',
      '3',
      '200',
    ]);
  });

  it('say at the cell what is wrong, and nothing of the edit is written', async () => {
    const draft = await draftOf(22);
    const { rows } = await tableOf(draft.id);
    const answer = await type(draft, [
      { lineId: rows[0]?.id, column: 'count', value: '5' },
      { lineId: rows[1]?.id, column: 'count', value: '两台' },
      { lineId: rows[2]?.id, column: 'offer', value: 'no-such' },
    ]);
    expect(
      answer.problems.map(({ lineId, column, kind }: Row & { lineId: string; column: string; kind: string }) => [
        lineId,
        column,
        kind,
      ]),
    ).toEqual([
      [rows[1]?.id, 'count', 'FORMAT'],
      [rows[2]?.id, 'offer', 'UNKNOWN'],
    ]);
    expect(answer.request.version).toBe(draft.version);
    // What the rules of the whole draft say stands at its cell too.
    const twice = await type(draft, [{ lineId: rows[4]?.id, column: 'name', value: 'm1' }]);
    expect(twice.problems).toMatchObject([{ lineId: rows[4]?.id, column: 'name', kind: 'DUPLICATE' }]);
    const many = await type(draft, [{ lineId: rows[5]?.id, column: 'count', value: '101' }]);
    expect(many.problems).toMatchObject([{ lineId: rows[5]?.id, column: 'count', kind: 'RANGE' }]);
    const strange = await type(draft, [{ lineId: rows[5]?.id, column: 'answers', value: 'x' }]);
    expect(strange.errors[0]).toMatchObject({ code: 'INVALID_INPUT', rule: 'unknownCell' });
    const late = await type({ ...draft, version: 99 }, [{ lineId: rows[5]?.id, column: 'count', value: '2' }]);
    expect(late.errors[0].code).toBe('VERSION_CONFLICT');
  });
});

describe('a table of one service', () => {
  const balancer = async () => {
    const { catalog } = await applicant.data(
      '{ catalog { services { id code definition { fields { key label type required choices { value label } } } } } }',
    );
    return catalog.services.find(({ code }: { code: string }) => code === 'load-balancer');
  };
  async function templateOf(code: string): Promise<Buffer> {
    const response = await fetch(`${console_.url}/requests/templates/services/${code}.xlsx`, {
      headers: { cookie: applicant.cookie ?? '', 'accept-language': 'zh-CN' },
    });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }

  it('has a column for each of its questions, names its service, and its wrong answers stand at their cells', async () => {
    const service = await balancer();
    const fields: { key: string; type: string; required: boolean }[] = service.definition.fields;
    const { lineBatch } = await desk.start('SERVICE', await templateOf(service.code));
    const { lineBatch: shown } = await applicant.data(
      'query B($id: ID!) { lineBatch(id: $id) { serviceName columns { key required choices } rows { nodes { cells } } } }',
      { id: lineBatch.id },
    );
    expect(shown.serviceName).not.toBeNull();
    expect(shown.columns.map(({ key }: { key: string }) => key)).toEqual([
      'name',
      'count',
      ...fields.map(({ key }) => `answer:${key}`),
    ]);
    const number = fields.find(({ type }) => type === 'NUMBER');
    if (!number) throw new Error('the load balancer asks for a number');
    const edited = await desk.edit(lineBatch, [{ row: 2, column: `answer:${number.key}`, value: '不是数' }]);
    const problems = edited.lineBatch.rows.nodes[0].problems.map(
      ({ column, kind }: { column: string; kind: string }) => `${column} ${kind}`,
    );
    expect(problems).toContain(`answer:${number.key} FORMAT`);
  });

  it('becomes a line with its answers, and the draft shows it as a table of that service', async () => {
    const service = await balancer();
    const fields: { key: string; type: string; choices: { label: string }[] }[] = service.definition.fields;
    const { lineBatch } = await desk.start('SERVICE', await templateOf(service.code));
    const answers: Record<string, string> = {
      NUMBER: '443',
      IP: '10.1.2.3',
      DOMAIN: 'www.example.gov.cn',
      DATE: '2027-01-01',
      TEXT: '门户',
    };
    const cells = fields.map(({ key, type, choices }) => ({
      ...{ row: 2, column: `answer:${key}` },
      value: choices[0]?.label ?? answers[type] ?? '',
    }));
    const edited = await desk.edit(lineBatch, cells);
    expect(edited.lineBatch.rows.nodes[0].problems).toEqual([]);
    const { request } = await desk.take(edited.lineBatch, 'ALL');
    const { request: shown } = await applicant.data(TABLE, { id: request.id, kind: 'SERVICE', serviceId: service.id });
    expect(shown.lineSets).toEqual([{ kind: 'SERVICE', serviceId: service.id, lineCount: 1 }]);
    expect(shown.lineTable.nodes[0].cells.slice(2).filter((text: string) => text !== '')).toHaveLength(fields.length);
  });

  it('of another service, or of one that is not offered, is refused with words', async () => {
    const service = await balancer();
    const bytes = await templateOf(service.code);
    await console_.test.db.query("update service_offer set status = 'WITHDRAWN' where code = ?", [service.code]);
    try {
      const gone = await desk.start('SERVICE', bytes);
      expect(gone.lineBatch).toBeNull();
      expect(gone.errors[0].message).toMatch(/load-balancer/);
    } finally {
      await console_.test.db.query("update service_offer set status = 'OFFERED' where code = ?", [service.code]);
    }
  });
});
