import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WHOLE_PROVINCE } from '../../../server/src/kernel/viewer.js';
import type { LineContent, LineRelation } from '../../../server/src/requests/domain/content.js';
import { PlacesService } from '../../../server/src/requests/places.service.js';
import { openTestApplication, type TestApplication } from '../../support/application.ts';
import { KindsDesk } from '../../support/kinds-desk.ts';

let app: TestApplication;
let desk: KindsDesk;
beforeAll(async () => {
  app = await openTestApplication();
  desk = await KindsDesk.open(app);
  for (const role of ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const) await desk.openSite(role);
});
afterAll(() => app.close());

const MODES = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;
const line = (name: string, relations: readonly LineRelation[] = []): LineContent =>
  desk.line('VM', { ...MODES, count: 1, name, relations });

/** The pools of each line, in the order of its shares. */
async function poolsOf(requestId: string): Promise<string[][]> {
  const lines = (await desk.journey.requests.linesOf([requestId]))[0] ?? [];
  return lines.map(({ shares }) => shares.flatMap(({ pools }) => pools.map(({ poolId }) => poolId)));
}

describe('dual-active lines that say how they stand to each other', () => {
  it('are held together, A with A, B with B and standby with standby, and can be granted', async () => {
    for (const scope of ['CENTER', 'POOL'] as const) {
      const content = desk.content([line('web'), line('db', [{ kind: 'TOGETHER', line: 'web', scope }])]);
      const id = await desk.journey.submitted(content);
      const [web, db] = await poolsOf(id);
      expect(web).toHaveLength(3);
      expect(db).toEqual(web);
      const offered = await desk.get(PlacesService).choices(WHOLE_PROVINCE, id);
      expect(offered.map(({ share }) => share).toSorted()).toEqual(
        ['MAIN_A', 'MAIN_A', 'MAIN_B', 'MAIN_B', 'RECOVERY', 'RECOVERY'].toSorted(),
      );
    }
  });

  it('are refused apart in center with the reason, and nothing is held', async () => {
    const before = await desk.books();
    const content = desk.content([line('web'), line('db', [{ kind: 'APART', line: 'web', scope: 'CENTER' }])]);
    const refused = await desk.journey.submit(await desk.journey.sent(content));
    expect(refused).toMatchObject({ ok: false, error: [{ rule: 'P17', path: ['content', 'lines', '1'] }] });
    expect(JSON.stringify(refused)).toContain('按中心分不开');
    expect(await desk.books()).toEqual(before);
  });
});
