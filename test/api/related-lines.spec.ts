import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/database/ids.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { type ContentInput, createDraft, ERROR_FIELDS, type LineInput, plainContent } from '../support/request-form.ts';

const SHELF = '{ catalog { serverOffers { id } cabinetOffers { id form } } }';
const PREVIEW = `query P($input: PreviewRequestInput!) { previewRequest(input: $input) { feasible
  lines { index feasible checks { criterion passed figures } } ${ERROR_FIELDS} } }`;

let console_: TestConsole;
let applicant: ConsoleClient;
let content: ContentInput;
let shelf: { serverOffers: { id: string }[]; cabinetOffers: { id: string; form: string }[] };
beforeAll(async () => {
  console_ = await startTestConsole();
  applicant = await console_.signIn('applicant');
  content = await plainContent(applicant);
  shelf = (await applicant.data(SHELF)).catalog;
}, 120_000);
afterAll(() => console_.close());

type Said = { kind: string; scope: string; line: string };
const modes = { count: 1, localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const server = (name: string, ...relations: Said[]): LineInput =>
  ({ ...modes, kind: 'SERVER', name, relations, server: { offerId: shelf.serverOffers[0]?.id } }) as LineInput;
const space = (name: string, ...relations: Said[]): LineInput => {
  const offerId = shelf.cabinetOffers.find(({ form }) => form === 'UNIT')?.id;
  const cabinet = { offerId, heightUnits: 2, powerW: 100, weightKg: 10 };
  return { ...modes, kind: 'CABINET', name, relations, cabinet } as LineInput;
};
const said = (kind: string, scope: string, line: string): Said => ({ kind, scope, line });

/** What is refused of a draft with these lines, as "path rule"; the preview says the same. */
async function refused(lines: readonly LineInput[]): Promise<string[]> {
  const asked = { ...content, lines: [...lines] };
  const { previewRequest } = await applicant.data(PREVIEW, { input: { content: asked } });
  const { errors, request } = await createDraft(applicant, asked, newId());
  const words = (all: { path: string[]; rule: string; message: string }[]) =>
    all.map(({ path, rule }) => `${path.join('.')} ${rule}`);
  expect(words(previewRequest.errors)).toEqual(words(errors));
  expect(request === null).toBe(errors.length > 0);
  for (const { message } of errors) expect(message.length).toBeGreaterThan(10);
  return words(errors);
}

describe('what lines say of each other, over the API', () => {
  it('is refused at its place where it names itself, nobody, a line that has no place, or too much', async () => {
    const at = (n: number, field: string) => `content.lines.1.relations.${n}.${field}`;
    for (const [line, ...words] of [
      ['b', 'otherLine'],
      ['nobody', 'otherLine'],
      ['', 'otherLine'],
      ['长'.repeat(5_000), 'otherLine'],
      ['a\u0000', 'otherLine'],
      ["a' or '1'='1", 'otherLine'],
      ['__proto__', 'otherLine'],
    ])
      expect(await refused([server('a'), server('b', said('APART', 'ROOM', line ?? ''))])).toEqual([
        `${at(0, 'line')} ${words}`,
      ]);
    const six = Array.from({ length: 6 }, () => said('APART', 'ROOM', 'a'));
    expect(await refused([server('a'), server('b', ...six)])).toEqual(['content.lines.1.relations range']);
    expect(await refused([server('a'), server('b', said('APART', 'POOL', 'a'))])).toEqual([`${at(0, 'scope')} scope`]);
  });

  it('is refused where it contradicts itself, with the names of both', async () => {
    const lines = [server('a', said('TOGETHER', 'CABINET', 'b')), space('b', said('APART', 'ROOM', 'a'))];
    expect(await refused(lines)).toEqual(['content.lines.1.relations.0 contradiction']);
    const { errors } = await createDraft(applicant, { ...content, lines });
    expect(errors[0].message).toMatch(/“b” and “a”|“b”与“a”/);
  });

  it('may go round: three lines that stand together each with the next', async () => {
    const round = ['a', 'b', 'c'].map((name, n) => space(name, said('TOGETHER', 'ROOM', ['b', 'c', 'a'][n] ?? '')));
    expect(await refused(round)).toEqual([]);
    const { previewRequest } = await applicant.data(PREVIEW, { input: { content: { ...content, lines: round } } });
    expect(previewRequest.feasible).toBe(true);
    expect(
      previewRequest.lines.map((line: { checks: { criterion: string; passed: boolean }[] }) =>
        line.checks.filter(({ criterion }) => criterion === 'K12').map(({ passed }) => passed),
      ),
    ).toEqual([[true], [true], [true]]);
  });

  it('that holds in no way round the corner is told by its criterion, and nothing else is', async () => {
    const lines = [
      space('a', said('TOGETHER', 'CABINET', 'b')),
      space('b', said('TOGETHER', 'CABINET', 'c')),
      space('c', said('APART', 'CABINET', 'a')),
    ];
    const { previewRequest } = await applicant.data(PREVIEW, { input: { content: { ...content, lines } } });
    expect(previewRequest.feasible).toBe(false);
    expect(
      previewRequest.lines.map((line: { checks: { criterion: string; passed: boolean }[] }) =>
        line.checks.filter(({ passed }) => !passed).map(({ criterion }) => criterion),
      ),
    ).toEqual([['K12'], ['K12'], ['K12']]);
  });
});
