import { CabinetsService, type NewCabinet, type NewCabinetRow } from '../../server/src/cabinets/cabinets.service.js';
import type { Room } from '../../server/src/cabinets/domain/cabinet.js';
import { SpaceService } from '../../server/src/cabinets/space.service.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { cabinetDescription } from '../support/builders/cabinet.ts';
import type { TestConsole } from '../support/console.ts';
import { wishFor } from '../support/rooms.ts';
import { benchListPage } from './list-page.ts';
import type { Row } from './table.ts';

/** As many as design §13 lists: 20 rooms of 20 rows of 50. */
const ROOMS = 20;
const ROWS_PER_ROOM = 20;
const CABINETS_PER_ROW = 50;
const PAGE = 50;

const FIELDS = `totalCount pageInfo { hasNextPage endCursor }
  nodes { id code status zone usedUnits heldUnits blockedUnits freeUnits longestFreeRunUnits
    power { limitW usedW freeW singleFed } weight { limitGrams usedGrams freeGrams } }`;
const QUERY = `query CabinetList($first: Int!, $filter: CabinetFilter) { cabinets(first: $first, filter: $filter) { ${FIELDS} } }`;

/** Each cabinet with three things in it; the list by code, and the question of issue W2 by what must be free. */
export async function benchCabinetList(console_: TestConsole): Promise<Row[]> {
  const began = performance.now();
  await fill(console_);
  const seconds = (performance.now() - began) / 1_000;
  const [{ n }] = await console_.test.db.query('select count(*) as n from cabinet');
  const page = { username: 'reviewer', query: QUERY, first: PAGE };
  return [
    { what: `${n} cabinets with three things each, placed and written`, value: seconds, unit: ' s' },
    ...(await benchListPage(console_, { ...page, what: `list of cabinets at ${n}` })),
    ...(await benchListPage(console_, {
      ...page,
      what: `cabinets with 20 U in one piece, 2 kW and 300 kg free, of ${n}`,
      variables: {
        filter: {
          zone: 'GOVERNMENT_EXTRANET',
          minimumFreeUnits: 20,
          minimumFreeWatts: 2_000,
          minimumFreeGrams: 300_000,
        },
      },
    })),
  ];
}

async function fill({ application, test }: TestConsole): Promise<void> {
  const get = <T>(type: new (...args: never[]) => T): T => application.get(type, { strict: false });
  const [cabinets, space, work] = [get(CabinetsService), get(SpaceService), get(UnitOfWork)];
  const [center] = await test.db.query('select id from center order by code limit 1');
  for (let at = 1; at <= ROOMS; at += 1) {
    const made = roomOf(center.id, at);
    await work.run(async (tx) => {
      await cabinets.add(tx, made);
      const wishes = made.cabinets.flatMap(({ id }, n) =>
        [1, 10 + (n % 7), 30].map((startUnit) =>
          wishFor({ where: { cabinetId: id, startUnit }, heightHalfUnits: 4, powerW: 400 + n, weightGrams: 30_000 }),
        ),
      );
      const placed = await space.placeAll(tx, wishes);
      if (!placed.ok) throw new Error(placed.error[0]?.message.en);
    });
  }
}

function roomOf(centerId: string, at: number): { rooms: Room[]; rows: NewCabinetRow[]; cabinets: NewCabinet[] } {
  const room: Room = {
    id: newId(),
    centerId,
    code: `BENCH${at}`,
    name: '机房',
    widthTiles: 60,
    depthTiles: 60,
    version: 1,
  };
  const rows = Array.from({ length: ROWS_PER_ROOM }, (_, y): NewCabinetRow => {
    return {
      id: newId(),
      roomId: room.id,
      code: `R${y}`,
      planX: 0,
      planY: y,
      orientation: 'ACROSS',
      floorLimitGrams: null,
    };
  });
  const cabinets = rows.flatMap((row) =>
    Array.from({ length: CABINETS_PER_ROW }, (_, x) => ({
      ...cabinetDescription({ code: `${room.code}-${row.code}-${x}`, position: x + 1, planX: x, planY: row.planY }),
      id: newId(),
      rowId: row.id,
    })),
  );
  return { rooms: [room], rows, cabinets };
}
