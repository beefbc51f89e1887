import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { createDraft, ERROR_FIELDS, type LineInput, plainContent } from '../support/request-form.ts';

const PACKAGE = `requestPackage { id state version number published { name lines { name count vm { offerId diskGib } } } } ${ERROR_FIELDS}`;
const LIST = `{ requestPackages { id state number content { name } published { name summary
  lines { kind name count localMode remoteMode vm { offerId imageId zone storageTier diskGib } } } } }`;

let console_: TestConsole;
let keeper: ConsoleClient;
let applicant: ConsoleClient;
beforeAll(async () => {
  console_ = await startTestConsole();
  [keeper, applicant] = [await console_.signIn('allocator'), await console_.signIn('applicant')];
}, 120_000);
afterAll(() => console_.close());

async function act(mutation: string, type: string, input: object, client = keeper) {
  const query = `mutation M($input: ${type}!) { ${mutation}(input: $input) { ${PACKAGE} } }`;
  return client.ask(query, { input: { idempotencyKey: newId(), ...input } });
}
const save = async (input: object) => (await act('savePackage', 'SavePackageInput', input)).data.savePackage;
const publish = async (found: { id: string; version: number }) =>
  (await act('publishPackage', 'PackageActInput', { id: found.id, expectedVersion: found.version })).data
    .publishPackage;

async function line(): Promise<LineInput> {
  const [plain] = (await plainContent(applicant)).lines;
  return { ...(plain as LineInput), centerId: null };
}

describe('packages', () => {
  it('of the demonstration can be asked for as they are', async () => {
    const { requestPackages } = await applicant.data(LIST);
    expect(requestPackages.length).toBeGreaterThanOrEqual(3);
    for (const { published, content } of requestPackages) {
      // Only whoever keeps them sees what is being edited.
      expect(content).toBeNull();
      const { request, errors } = await createDraft(applicant, {
        ...(await plainContent(applicant)),
        lines: published.lines,
      });
      expect([published.name, errors]).toEqual([published.name, []]);
      expect(request.state).toBe('DRAFT');
    }
  });

  it('are edited apart from what is offered, and published version by version', async () => {
    const made = await save({ expectedVersion: 0, name: '报表', summary: '一台', lines: [await line()] });
    const seen = async () =>
      (await applicant.data(LIST)).requestPackages.find(({ id }: { id: string }) => id === made.requestPackage.id);
    expect(await seen()).toBeUndefined();
    const first = await publish(made.requestPackage);
    expect(first.requestPackage).toMatchObject({ state: 'PUBLISHED', number: 1 });
    const { id, version } = first.requestPackage;
    const edited = await save({ id, expectedVersion: version, name: '报表二', summary: '两台', lines: [await line()] });
    expect((await seen()).published.name).toBe('报表');
    const late = await save({ id, expectedVersion: version, name: '三', summary: '三', lines: [await line()] });
    expect(late.errors[0]).toMatchObject({ code: 'VERSION_CONFLICT' });
    const second = await publish(edited.requestPackage);
    expect(second.requestPackage.number).toBe(2);
    expect((await seen()).published.name).toBe('报表二');
    const input = { id, expectedVersion: second.requestPackage.version };
    await act('withdrawPackage', 'PackageActInput', input);
    expect(await seen()).toBeUndefined();
    const [{ n }] = await console_.test.db.query('select count(*) as n from request_package_version');
    expect(Number(n)).toBe(5);
  });

  it('are refused where nobody could ask for them, at the line that is wrong', async () => {
    const plain = await line();
    const rules = (answer: { errors: { path: string[]; rule?: string; code: string }[] }) =>
      answer.errors.map(({ path, rule, code }) => `${path.join('.')} ${rule ?? code}`);
    expect(rules(await save({ expectedVersion: 0, name: '', summary: '', lines: [] }))).toEqual([
      'name length',
      'summary length',
      'lines range',
    ]);
    const { centers } = await keeper.data('{ centers { id } }');
    const named = { ...plain, centerId: centers[0].id };
    expect(rules(await save({ expectedVersion: 0, name: 'x', summary: 'x', lines: [named] }))).toEqual([
      'lines.0.centerId noCenter',
    ]);
    const twice = await save({ expectedVersion: 0, name: 'x', summary: 'x', lines: [plain, plain] });
    expect(rules(await publish(twice.requestPackage))).toEqual(['lines.1.name unique']);
  });

  it('are kept by whoever keeps the catalog, and by nobody else', async () => {
    const answer = await act(
      'savePackage',
      'SavePackageInput',
      { expectedVersion: 0, name: 'x', summary: 'x', lines: [] },
      applicant,
    );
    expect(answer.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
