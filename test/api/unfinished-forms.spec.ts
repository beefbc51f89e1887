import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { createDraft, ERROR_FIELDS, plainContent } from '../support/request-form.ts';

const SAVE = `mutation S($input: SaveUnfinishedFormInput!) { saveUnfinishedForm(input: $input) {
  unfinishedForm { id version form requestVersion } ${ERROR_FIELDS} } }`;
const MINE = '{ unfinishedForms { id form version } }';

let console_: TestConsole;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
}, 120_000);
afterAll(() => console_.close());

async function save(input: object, client = applicant) {
  const more = { requestId: null, requestVersion: null, expectedVersion: 0 };
  return (await client.data(SAVE, { input: { ...more, ...input } })).saveUnfinishedForm;
}
const form = (purpose: string): string => JSON.stringify({ purpose, lines: [{ kind: 'VM', diskGib: null }] });

describe('a half-filled form', () => {
  it('is kept word by word, incomplete as it is, and is there after signing in anew', async () => {
    const startKey = newId();
    const first = await save({ startKey, form: form('报表') });
    expect(first.unfinishedForm).toMatchObject({ version: 1, form: form('报表') });
    const second = await save({ startKey, form: form('报表服务'), expectedVersion: 1 });
    expect(second.unfinishedForm).toMatchObject({ id: first.unfinishedForm.id, version: 2 });
    const later = await console_.signIn('applicant');
    const { unfinishedForms } = await later.data(MINE);
    expect(unfinishedForms).toContainEqual({ id: first.unfinishedForm.id, form: form('报表服务'), version: 2 });
    // A colleague of the same department has forms of his own.
    const head = await console_.signIn('head');
    expect((await head.data(MINE)).unfinishedForms).toEqual([]);
  });

  it('says so when another window has saved it, and keeps what that one saved', async () => {
    const startKey = newId();
    await save({ startKey, form: form('一') });
    await save({ startKey, form: form('二'), expectedVersion: 1 });
    const late = await save({ startKey, form: form('三'), expectedVersion: 1 });
    expect(late.errors[0]).toMatchObject({ code: 'VERSION_CONFLICT', expected: 1, current: 2 });
    expect(late.errors[0].message).toMatch(/saved from another window.*kept.*still on the page/s);
    // A save whose answer was lost is the same save.
    const again = await save({ startKey, form: form('二'), expectedVersion: 1 });
    expect(again.unfinishedForm.version).toBe(2);
  });

  it('begun by one press twice at once is one form', async () => {
    const startKey = newId();
    const answers = await Promise.all(Array.from({ length: 16 }, () => save({ startKey, form: form('并发') })));
    expect(new Set(answers.map(({ unfinishedForm }) => unfinishedForm?.id)).size).toBe(1);
  });

  it('is bounded, and must be a form', async () => {
    const rules = async (text: string) =>
      (await save({ startKey: newId(), form: text })).errors.map(({ rule }: { rule: string }) => rule);
    expect(await rules(JSON.stringify({ purpose: 'x'.repeat(100_001) }))).toEqual(['length']);
    expect(await rules('[1]')).toEqual(['json']);
    expect(await rules('{')).toEqual(['json']);
  });

  it('beside a draft is seen by whoever may change the draft, and leaves when the draft is saved', async () => {
    const content = await plainContent(applicant);
    const { request } = await createDraft(applicant, content);
    const beside = { requestId: request.id, requestVersion: request.version, startKey: newId() };
    await save({ ...beside, form: form('改') });
    const ASK = 'query R($id: ID!) { request(id: $id) { version unfinishedForm { form requestVersion } } }';
    const head = await console_.signIn('head');
    const kept = { form: form('改'), requestVersion: request.version };
    expect((await head.data(ASK, { id: request.id })).request.unfinishedForm).toEqual(kept);
    const UPDATE = `mutation U($input: UpdateRequestDraftInput!) { updateRequestDraft(input: $input) { request { version } ${ERROR_FIELDS} } }`;
    const input = { id: request.id, expectedVersion: request.version, idempotencyKey: newId(), content };
    expect((await applicant.data(UPDATE, { input })).updateRequestDraft.errors).toEqual([]);
    expect((await head.data(ASK, { id: request.id })).request.unfinishedForm).toBeNull();
    const old = await save({ ...beside, form: form('旧'), expectedVersion: 1 });
    expect(old.errors[0].code).toBe('VERSION_CONFLICT');
  });

  it('leaves with the draft that it becomes', async () => {
    const { unfinishedForm } = await save({ startKey: newId(), form: form('成稿') });
    const CREATE = `mutation C($input: CreateRequestDraftInput!) { createRequestDraft(input: $input) { request { id } ${ERROR_FIELDS} } }`;
    const input = { idempotencyKey: newId(), formId: unfinishedForm.id, content: await plainContent(applicant) };
    expect((await applicant.data(CREATE, { input })).createRequestDraft.errors).toEqual([]);
    const { unfinishedForms } = await applicant.data(MINE);
    expect(unfinishedForms.map(({ id }: { id: string }) => id)).not.toContain(unfinishedForm.id);
  });
});
