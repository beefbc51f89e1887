import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../../server/src/kernel/viewer.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { SealsService } from '../../../server/src/seals/seals.service.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { ACCEPTANCE, ChainDesk, MovedClock, oneChain, SIGN_OFF, step } from '../../support/chain-desk.ts';
import { countStatements } from '../../support/count-statements.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { idOf, RequestJourney } from '../../support/request-journey.ts';

let app: TestApplication;
let journey: RequestJourney;
let papers: PaperDesk;
let seals: SealsService;
let centerId: string;
let head: Viewer;
let acceptance: Viewer;

beforeAll(async () => {
  app = await openTestApplication(new MovedClock());
  journey = await RequestJourney.begin(app);
  papers = new PaperDesk(app.context);
  seals = app.context.get(SealsService, { strict: false });
  const chains = new ChainDesk(app, journey);
  centerId = (await journey.openCenter('seals', 1_000)).center.id;
  [head, acceptance] = [await chains.person('DEPARTMENT_HEAD'), await chains.person('CENTER_ACCEPTANCE')];
  const sealed = step('review', ['CENTER_REVIEWER'], { needsSeal: true });
  await chains.publish(oneChain(SIGN_OFF, ACCEPTANCE, sealed, step('end', ['LEADER'])));
});
afterAll(() => app.close());

const ALL = { kinds: [], parties: [], blocking: false, search: null } as const;
const listed = async (viewer: Viewer, filter: Partial<Parameters<SealsService['page']>[1]> = {}) =>
  (await seals.page(viewer, { ...ALL, ...filter }, { first: 100, after: null })).rows;
const of = async (viewer: Viewer, id: string) => (await listed(viewer)).find(({ subjectId }) => subjectId === id);

describe('a request form that a step wants sealed', () => {
  it('waits from sending on, blocks once its step has come, and is gone with the scan of the newest content', async () => {
    const draft = await journey.draft(journey.content(centerId));
    expect(await of(journey.applicant, draft)).toBeUndefined();
    const id = await journey.submitted(journey.content(centerId));
    expect(await of(journey.applicant, id)).toMatchObject({
      kind: 'REQUEST_FORM',
      parties: ['DEPARTMENT'],
      blocks: { zh: 'review' },
      blocking: false,
      standing: 'NONE',
    });
    const own = await seals.countOwn(journey.applicant);
    idOf(await journey.approveStep(id));
    expect(await of(journey.applicant, id)).toMatchObject({ blocking: true, dueAt: expect.any(Date) });
    // The tile counts what something waits for now.
    expect(await seals.countOwn(journey.applicant)).toBe((own ?? 0) + 1);
    await papers.seal(journey.applicant, id);
    expect(await of(journey.applicant, id)).toBeUndefined();
    expect(await seals.countOwn(journey.applicant)).toBe(own);
    idOf(await journey.approveStep(id));
    expect(await of(journey.applicant, id)).toBeUndefined();
  });

  it('says that the seal is void where the request was changed after it', async () => {
    const id = await journey.sent(journey.content(centerId));
    await papers.seal(journey.applicant, id);
    expect(await of(journey.applicant, id)).toBeUndefined();
    await app.test.db.query("update request set purpose = '另一用途' where id = ?", [id]);
    expect(await of(journey.applicant, id)).toMatchObject({ standing: 'VOID' });
  });

  it('is shown to whoever sees the request, and to nobody else', async () => {
    const id = await journey.sent(journey.content(centerId));
    const stranger = viewerWith(['DEPARTMENT_HEAD'], newId());
    const vendor = viewerWith(['VENDOR_STAFF'], journey.department.id, {
      boundSystems: [{ systemId: journey.system.id, departmentId: journey.department.id }],
    });
    for (const viewer of [journey.applicant, head, acceptance, vendor]) expect(await of(viewer, id)).toBeDefined();
    expect(await listed(stranger)).toEqual([]);
    // Whose department seals nothing by them is counted nothing.
    expect(await seals.countOwn(acceptance)).toBeNull();
    expect(await seals.countOwn(vendor)).toBeNull();
  });
});

describe('the list of papers', () => {
  it('is filtered by kind, party, what waits now and code, and comes page by page, the longest waiting first', async () => {
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(await journey.sent(journey.content(centerId)));
    const { code } = await journey.row(ids[1] as string);
    expect(await listed(head, { search: code.toLowerCase() })).toMatchObject([{ subjectId: ids[1] }]);
    expect(await listed(head, { search: code, kinds: ['DELIVERY_SHEET'] })).toEqual([]);
    expect(await listed(head, { search: code, parties: ['VENDOR'] })).toEqual([]);
    expect(await listed(head, { search: code, blocking: true })).toEqual([]);
    const whole = await listed(head);
    expect(whole.map(({ since }) => since.getTime())).toEqual(
      whole.map(({ since }) => since.getTime()).toSorted((a, b) => a - b),
    );
    const paged: string[] = [];
    let after: readonly string[] | null = null;
    for (;;) {
      const page = await seals.page(head, ALL, { first: 2, after });
      paged.push(...page.rows.map(({ subjectId }) => subjectId));
      const last = page.rows.at(-1);
      if (!page.hasNextPage || !last) break;
      after = [last.since.toISOString(), `${last.subjectId}/${last.kind}`];
    }
    expect(paged).toEqual(whole.map(({ subjectId }) => subjectId));
  });

  it('asks the same number of statements for one paper and for ten', async () => {
    const count = async () => (await countStatements(app.test.db, () => listed(acceptance))).statements;
    await listed(acceptance);
    const few = await count();
    for (let n = 0; n < 10; n += 1) await journey.sent(journey.content(centerId));
    expect(await count()).toBe(few);
  });
});
