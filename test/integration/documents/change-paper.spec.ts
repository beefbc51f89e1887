import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { idOf } from '../../support/request-journey.ts';

let app: TestApplication;
let desk: ChangeDesk;
let papers: PaperDesk;
let centerId: string;
let big: Offer;

beforeAll(async () => {
  app = await openTestApplication();
  const kinds = await KindsDesk.open(app);
  desk = new ChangeDesk(app, kinds.journey);
  papers = new PaperDesk(app.context);
  centerId = (await kinds.openSite('ACTIVE_A', { vcpu: 1_000 })).center.id;
  await kinds.openSite('RECOVERY', { vcpu: 1_000 });
  [big] = (await desk.offers({ vcpu: 4, memoryMib: 4_096 })) as [Offer];
});
afterAll(() => app.close());

const contentOf = async (id: string) => papers.contents.of(await desk.journey.row(id));

describe('the paper of a change', () => {
  it('says of each resource what it is and becomes, and the DR modes before and after', async () => {
    const [id = ''] = await desk.life.delivered(centerId);
    const { code, name } = await desk.life.row(id);
    const change = idOf(await desk.draft(desk.content([id], { offerId: big.id, diskGib: 50, remoteMode: 'DATA' })));
    const { content } = await contentOf(change);
    expect(content.change).toEqual({
      modes: [
        {
          line: 'web',
          from: { localMode: 'SINGLE', remoteMode: 'NONE' },
          to: { localMode: 'SINGLE', remoteMode: 'DATA' },
        },
      ],
      resources: [
        {
          ...{ line: 'web', code, name },
          from: { vcpu: 1, memoryMib: 1_024, diskGib: 20 },
          to: { vcpu: 4, memoryMib: 4_096, diskGib: 50 },
        },
      ],
    });
    const printed = await papers.forms.print(desk.journey.applicant, change);
    expect(printed?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('stays the same one when the change is granted, makes what was missing, and is done', async () => {
    const [id = ''] = await desk.life.delivered(centerId);
    const change = await desk.submitted(desk.content([id], { offerId: big.id, remoteMode: 'APPLICATION' }));
    const held = await contentOf(change);
    idOf(await desk.journey.approve(change));
    expect((await contentOf(change)).contentHash).toBe(held.contentHash);
    for (const row of (await desk.life.resources.ofRequests([(await desk.life.row(id)).requestId]))[0] ?? [])
      await desk.life.observe(row.id, row.standby ? 'STOPPED' : 'RUNNING');
    expect(await desk.state(change)).toBe('CLOSED');
    expect((await contentOf(change)).contentHash).toBe(held.contentHash);
  });

  it('of what is new says nothing of changes', async () => {
    const asked = await desk.journey.sent(desk.journey.content(centerId));
    expect(Object.keys((await contentOf(asked)).content)).not.toContain('change');
  });
});
