import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { byClients } from '../../support/by-clients.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { codesOf, idOf, RequestJourney } from '../../support/request-journey.ts';

const FREE = 30;
const MACHINES = 20;

let app: TestApplication;
let journey: RequestJourney;
let desk: ChangeDesk;
/** Three vCPU more than the journey's machines. */
let big: Offer;

beforeAll(async () => {
  app = await openTestApplication();
  journey = await RequestJourney.begin(app);
  desk = new ChangeDesk(app, journey);
  [big] = (await desk.offers({ vcpu: 4, memoryMib: 1_024 })) as [Offer];
});
afterEach(async () => expect(await desk.imbalances()).toEqual([]));
afterAll(() => app.close());

describe('changes at once', () => {
  it.each([1, 8, 32, 64])(
    'of many machines grow exactly what their pool has room for, by %i clients',
    async (clients) => {
      const { center, pool } = await journey.openCenter(`growth-${clients}`, MACHINES + FREE);
      const ids = await desk.life.delivered(center.id, MACHINES);
      const sent = await byClients(4, ids, (id) => desk.sent(desk.content([id], { offerId: big.id })));
      const answers = await byClients(clients, sent, (id) => desk.submit(id));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(FREE / 3);
      for (const refused of answers.filter(({ ok }) => !ok)) expect(codesOf(refused)).toEqual(['CAPACITY_SHORTAGE']);
      expect(await desk.pool(pool.id)).toMatchObject({ vcpu: MACHINES + FREE });
    },
  );

  it('of one machine let one through, and tell the others which', async () => {
    const { center } = await journey.openCenter('one', 100);
    const [id = ''] = await desk.life.delivered(center.id);
    const drafts = await byClients(
      4,
      Array.from({ length: 16 }, (_, n) => n),
      async (n) => idOf(await desk.draft(desk.content([id], { diskGib: 30 + n }))),
    );
    const answers = await byClients(16, drafts, async (draft) => ({ draft, answer: await desk.send(draft) }));
    const through = answers.filter(({ answer }) => answer.ok);
    expect(through).toHaveLength(1);
    for (const { answer } of answers.filter((one) => !one.answer.ok))
      expect(answer).toMatchObject({ error: [{ code: 'CHANGE_OPEN', requestId: through[0]?.draft }] });
  });

  it('and a release: one of both is done, and the other is told why not', async () => {
    const { center } = await journey.openCenter('either', 1_000);
    const ids = await desk.life.delivered(center.id, 12);
    const drafts = new Map<string, string>();
    for (const id of ids) drafts.set(id, idOf(await desk.draft(desk.content([id], { offerId: big.id }))));
    const answers = await Promise.all(
      ids.map(async (id) => {
        const [changed, released] = await Promise.all([desk.send(drafts.get(id) ?? ''), desk.life.release(id)]);
        return { id, changed, released };
      }),
    );
    for (const { id, changed, released } of answers) {
      expect([changed.ok, released.ok].filter(Boolean)).toHaveLength(1);
      const row = await desk.life.row(id);
      if (changed.ok) {
        expect([row.state, row.openChangeId]).toEqual(['IN_USE', drafts.get(id)]);
        expect(codesOf(released)).toEqual(['CHANGE_OPEN']);
      } else {
        expect([row.state, row.openChangeId]).toEqual(['IN_BIN', null]);
        expect(codesOf(changed)).toEqual(['ILLEGAL_TRANSITION']);
      }
    }
  });

  it('that take their hold while others are withdrawn leave the books even', async () => {
    const { center, pool } = await journey.openCenter('back', 60);
    const ids = await desk.life.delivered(center.id, 10);
    const before = await desk.pool(pool.id);
    const sent = await byClients(4, ids, (id) => desk.sent(desk.content([id], { offerId: big.id })));
    const next = async (id: string) => {
      const { state } = await journey.row(id);
      return state === 'AWAITING_SIGN_OFF' ? desk.submit(id) : desk.withdraw(id);
    };
    expect(await byClients(16, [...sent, ...sent], next)).toHaveLength(2 * sent.length);
    for (const id of sent) if (!(await desk.state(id)).startsWith('WITHDRAWN')) idOf(await desk.withdraw(id));
    expect(await desk.pool(pool.id)).toEqual(before);
  });

  it('are sent once however often the same press arrives', async () => {
    const { center } = await journey.openCenter('press', 100);
    const [id = ''] = await desk.life.delivered(center.id);
    const key = newId();
    const content = desk.content([id], { offerId: big.id });
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.draft(content, key)));
    expect(new Set(answers.map(idOf)).size).toBe(1);
  });
});
