import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CabinetActs } from '../../../server/src/cabinets/cabinet-acts.service.js';
import { RoomActs } from '../../../server/src/cabinets/room-acts.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { openTestApplication, type TestApplication, viewerWith } from '../../support/application.ts';
import { cabinetDescription } from '../../support/builders/cabinet.ts';
import { Rooms } from '../../support/rooms.ts';

/** Each pair meets once; the outcome differs, the rule does not. */
const PAIRS = 24;

let app: TestApplication;
let rooms: Rooms;
let roomActs: RoomActs;
let cabinetActs: CabinetActs;
const engineer = viewerWith(['FACILITY_ENGINEER'], null);
beforeAll(async () => {
  app = await openTestApplication();
  rooms = new Rooms(app);
  roomActs = app.context.get(RoomActs, { strict: false });
  cabinetActs = app.context.get(CabinetActs, { strict: false });
});
afterAll(() => app.close());

describe('a room made smaller while something is put into it', () => {
  it('is either smaller or holds it, never both', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: PAIRS }, async () => {
        const { roomId, rowIds } = await rooms.open([[{}]]);
        const [rowId] = rowIds as [string];
        const far = cabinetDescription({ code: 'FAR', position: 2, planX: 45, planY: 0 });
        const [shrunk, added, moved] = await Promise.all([
          roomActs.editRoom(engineer, { id: roomId, expectedVersion: 1, change: { widthTiles: 40 } }, newId()),
          cabinetActs.createCabinets(engineer, { rowId, cabinets: [far] }, newId()),
          roomActs.editRow(engineer, { id: rowId, expectedVersion: 1, change: { planX: 2 } }, newId()),
        ]);
        expect(moved.ok).toBe(true);
        expect(shrunk.ok).toBe(!added.ok);
        return rooms.sql<{ out: string }>(
          `select count(*) as \`out\` from cabinet c join room r on r.id = c.room_id
           where r.id = ? and (c.plan_x >= r.width_tiles or c.plan_y >= r.depth_tiles)`,
          [roomId],
        );
      }),
    );
    expect(outcomes.flat().map(({ out }) => Number(out))).toEqual(Array(PAIRS).fill(0));
    expect(await rooms.recount()).toEqual([]);
  });
});
