import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { act, createDraft, ERROR_FIELDS, type LineInput, plainContent } from '../support/request-form.ts';

const SHOWN = `request { id version state machineCount lines { id index name count } } ${ERROR_FIELDS}`;

let console_: TestConsole;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
}, 120_000);
afterAll(() => console_.close());

async function edit(mutation: string, request: { id: string; version: number }, more: object, key = newId()) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const input = { id: request.id, expectedVersion: request.version, idempotencyKey: key, ...more };
  const query = `mutation M($input: ${type}!) { ${mutation}(input: $input) { ${SHOWN} } }`;
  return (await applicant.data(query, { input }))[mutation];
}
async function draft() {
  const content = await plainContent(applicant);
  const { request } = await createDraft(applicant, content);
  return { request, line: content.lines[0] as LineInput };
}
const names = ({ request }: { request: { lines: { name: string }[] } }) => request.lines.map(({ name }) => name);

describe('lines of a draft, one by one', () => {
  it('are added, changed, moved and taken out, each keeping its id and the rest as it was', async () => {
    const { request, line } = await draft();
    const added = await edit('addRequestLines', request, { lines: ['app', 'db'].map((name) => ({ ...line, name })) });
    expect(names(added)).toEqual(['web', 'app', 'db']);
    const [web, app, db] = added.request.lines;
    const changed = await edit('changeRequestLine', added.request, {
      lineId: app.id,
      line: { ...line, name: 'api', count: 3 },
    });
    expect(changed.request.lines[1]).toMatchObject({ id: app.id, name: 'api', count: 3 });
    expect(changed.request.machineCount).toBe(5);
    const moved = await edit('moveRequestLine', changed.request, { lineId: db.id, to: 0 });
    expect(names(moved)).toEqual(['db', 'web', 'api']);
    const fewer = await edit('removeRequestLines', moved.request, { lineIds: [web.id, db.id] });
    expect(fewer.request.lines).toEqual([{ id: app.id, index: 0, name: 'api', count: 3 }]);
    expect(fewer.request.version).toBe(request.version + 4);
  });

  it('are refused at their own field, and nothing of the edit is kept', async () => {
    const { request, line } = await draft();
    const lines = [
      { ...line, name: 'app' },
      { ...line, name: 'Web_1', count: 0 },
    ];
    const refused = await edit('addRequestLines', request, { lines });
    expect(refused.errors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'lines.1.name',
      'lines.1.count',
    ]);
    const after = await applicant.data('query R($id: ID!) { request(id: $id) { version lines { name } } }', {
      id: request.id,
    });
    expect(after.request).toEqual({ version: request.version, lines: [{ name: 'web' }] });
  });

  it('of a version that is old are told what is kept', async () => {
    const { request, line } = await draft();
    await edit('addRequestLines', request, { lines: [{ ...line, name: 'app' }] });
    const late = await edit('addRequestLines', request, { lines: [{ ...line, name: 'db' }] });
    expect(late.request).toBeNull();
    expect(late.errors[0]).toMatchObject({ code: 'VERSION_CONFLICT', expected: 1, current: 2 });
    expect(late.errors[0].message).toMatch(/this change was not saved, all that was saved before is kept/);
  });

  it('pressed a hundred times at once under one key come once', async () => {
    const { request, line } = await draft();
    const key = newId();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => edit('addRequestLines', request, { lines: [{ ...line, name: 'app' }] }, key)),
    );
    for (const answer of answers) expect(names(answer)).toEqual(['web', 'app']);
  });

  it('by ten edits of a hundred make a request of a thousand, and no more', async () => {
    let { request, line } = await draft();
    for (let part = 0; part < 10; part += 1) {
      const lines = Array.from({ length: part === 9 ? 99 : 100 }, (_, at) => ({ ...line, name: `m${part}-${at}` }));
      const added = await edit('addRequestLines', request, { lines });
      expect(added.errors).toEqual([]);
      request = added.request;
    }
    expect(request.lines).toHaveLength(1_000);
    const more = await edit('addRequestLines', request, { lines: [{ ...line, name: 'one-more' }] });
    expect(more.errors[0]).toMatchObject({ code: 'INVALID_INPUT', rule: 'linesMax' });
  });
});

describe('a draft', () => {
  const ASK = 'query R($id: ID!) { request(id: $id) { id } node(id: $id) { id } }';

  it('is its own department’s until it is sent, also to those who see every request', async () => {
    const { request } = await draft();
    for (const username of ['reviewer', 'acceptance', 'allocator', 'authority', 'leader', 'finance']) {
      const client = await console_.signIn(username);
      const answer = await client.ask('query R($id: ID!) { request(id: $id) { id } }', { id: request.id });
      expect([username, answer.errors?.[0]?.extensions?.code]).toEqual([username, 'NOT_FOUND']);
      const { node } = (await client.ask('query N($id: ID!) { node(id: $id) { id } }', { id: request.id })).data;
      expect([username, node]).toEqual([username, null]);
      // Nor does an act on it tell that it is there.
      const refused = await act(client, 'withdrawRequest', request, '不需要了');
      expect([username, refused.errors[0].code]).toEqual([username, 'UNKNOWN_REFERENCE']);
    }
    const head = await console_.signIn('head');
    expect((await head.data(ASK, { id: request.id })).request.id).toBe(request.id);
    await act(applicant, 'sendRequestForSignOff', request, null);
    const reviewer = await console_.signIn('reviewer');
    expect((await reviewer.data(ASK, { id: request.id })).request.id).toBe(request.id);
  });
});
