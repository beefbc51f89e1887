import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Offer } from '../../../server/src/catalog/domain/catalog.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { ChangeDesk } from '../../support/change-desk.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';
import { PaperDesk } from '../../support/paper-desk.ts';
import { idOf } from '../../support/request-journey.ts';
import { WorkDesk } from '../../support/work-desk.ts';

let app: TestApplication;
let kinds: KindsDesk;
let desk: ChangeDesk;
let work: WorkDesk;
let papers: PaperDesk;
let centerId: string;
let big: Offer;

beforeAll(async () => {
  app = await openTestApplication();
  kinds = await KindsDesk.open(app);
  work = await new WorkDesk(app).open();
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

  it('says of a service how much there is and what is answered, now and then, and stays the same once it is done', async () => {
    const carryOut = async (requestId: string): Promise<string> => {
      const line = (await desk.journey.requests.linesOf([requestId]))[0]?.[0]?.id ?? '';
      await work.carryOutMade((await work.orderFor('line_id', line)).id);
      return line;
    };
    const asked = await desk.journey.submitted(kinds.content([kinds.line('SERVICE', { count: 2 })]));
    idOf(await desk.journey.approve(asked));
    const lineId = await carryOut(asked);
    const to = { lineId, count: 5, answers: [{ key: 'domain', value: 'www.other.gov.cn' }] };
    const change = await desk.submitted(desk.content([], { service: to }));
    const held = await contentOf(change);
    expect(held.content.change).toEqual({
      ...{ modes: [], resources: [] },
      services: [
        {
          ...{ line: expect.any(String), service: expect.any(String), unit: '个' },
          count: { from: 2, to: 5 },
          answers: [{ label: expect.any(String), from: 'www.example.gov.cn', to: 'www.other.gov.cn' }],
        },
      ],
    });
    const printed = await papers.forms.print(desk.journey.applicant, change);
    expect(printed?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    idOf(await desk.journey.approve(change));
    await carryOut(change);
    expect(await desk.state(change)).toBe('CLOSED');
    expect((await contentOf(change)).contentHash).toBe(held.contentHash);
  });

  it('of what is new says nothing of changes', async () => {
    const asked = await desk.journey.sent(desk.journey.content(centerId));
    expect(Object.keys((await contentOf(asked)).content)).not.toContain('change');
  });
});
