import type { NewCabinet, NewCabinetRow } from '../cabinets/cabinets.service.js';
import { CABINET_DEFAULTS, type Room } from '../cabinets/domain/cabinet.js';
import type { PlaceWish } from '../cabinets/space.types.js';
import type { Department } from '../departments/domain/department.js';
import type { Center, NetworkZone } from '../facilities/domain/facility.js';
import type { Seeded } from './seeded.js';

export interface MadeUpCabinets {
  readonly rooms: readonly Room[];
  readonly rows: readonly NewCabinetRow[];
  readonly cabinets: readonly NewCabinet[];
  /** What stands and is promised in them, apart from servers. */
  readonly wishes: readonly PlaceWish[];
}

/** Rooms of the centers A, B and C: name, then the zone of each of its rows. */
const ROOMS: readonly (readonly (readonly [name: string, rows: readonly NetworkZone[]])[])[] = [
  [
    ['一号机房', ['GOVERNMENT_EXTRANET', 'GOVERNMENT_EXTRANET', 'INTERNET']],
    ['二号机房', ['GOVERNMENT_EXTRANET', 'BUSINESS_LINE']],
  ],
  [
    ['主机房', ['GOVERNMENT_EXTRANET', 'GOVERNMENT_EXTRANET', 'INTERNET']],
    ['扩展机房', ['GOVERNMENT_EXTRANET']],
  ],
  [['灾备机房', ['GOVERNMENT_EXTRANET', 'GOVERNMENT_EXTRANET', 'INTERNET']]],
];
const CABINETS_PER_ROW = 12;
const ROOM_TILES = { width: 18, depth: 16 };
/** Three tiles a row: the cabinets and two for the cold and the warm aisle. */
const TILES_PER_ROW = 4;
const FIRST_TILE = 2;
const FLOOR_LIMIT_GRAMS = 9_600_000;
const KILO = 1_000;

/** 32 A on one phase gives 7.3 kW, three phases of 16 A give 11. */
const FEED_WATTS = { usual: 7_300, dense: 11_000 };
const BLOCKED_REASONS = ['上方桥架遮挡', '导轨变形待修', '预留布线空间', '冷热通道封堵'] as const;
const SPACES = [
  [8, 2_000],
  [10, 2_400],
  [12, 3_000],
  [16, 3_600],
] as const;
/** The department of the tour has its space in center A only. */
const TOUR_DEPARTMENT = 'rst';
const SPACES_PER_CENTER = 8;
const HELD_PER_CENTER = 2;
const WHOLE_CABINETS_PER_CENTER = 2;

interface Made {
  readonly rooms: Room[];
  readonly rows: NewCabinetRow[];
  readonly cabinets: NewCabinet[];
  readonly wishes: PlaceWish[];
}

/** 144 cabinets in five rooms, with switches, distribution frames and power strips, some units blocked and some space given away. */
export function makeUpCabinets(
  seeded: Seeded,
  centers: readonly Center[],
  departments: readonly Department[],
): MadeUpCabinets {
  const made: Made = { rooms: [], rows: [], cabinets: [], wishes: [] };
  const provincial = departments.filter(({ level, code }) => level === 'PROVINCE' && code !== TOUR_DEPARTMENT);
  const tour = departments.find(({ code }) => code === TOUR_DEPARTMENT);
  for (const [at, center] of centers.entries()) {
    const first = made.cabinets.length;
    for (const [index, [name, zones]] of (ROOMS[at] ?? []).entries())
      addRoom(seeded, made, center, `${'ABC'[at]}${index + 1}`, name, zones);
    const own = made.cabinets.slice(first);
    const takers = seeded.some(provincial, SPACES_PER_CENTER);
    if (at === 0 && tour) takers.push(tour);
    giveAway(seeded, made, own, takers);
  }
  return made;
}

function addRoom(
  seeded: Seeded,
  made: Made,
  center: Center,
  code: string,
  name: string,
  zones: readonly NetworkZone[],
): void {
  const room: Room = {
    id: seeded.id(),
    centerId: center.id,
    code,
    name,
    widthTiles: ROOM_TILES.width,
    depthTiles: ROOM_TILES.depth,
    version: 1,
  };
  made.rooms.push(room);
  for (const [at, zone] of zones.entries()) {
    const row: NewCabinetRow = {
      id: seeded.id(),
      roomId: room.id,
      code: 'ABCD'[at] as string,
      planX: FIRST_TILE,
      planY: FIRST_TILE + at * TILES_PER_ROW,
      orientation: 'ACROSS',
      floorLimitGrams: FLOOR_LIMIT_GRAMS,
    };
    made.rows.push(row);
    for (let position = 1; position <= CABINETS_PER_ROW; position += 1)
      addCabinet(seeded, made, row, `${code}-${row.code}${String(position).padStart(2, '0')}`, position, zone);
  }
}

function addCabinet(
  seeded: Seeded,
  made: Made,
  row: NewCabinetRow,
  code: string,
  position: number,
  zone: NetworkZone,
): void {
  const dense = position <= 2;
  const watts = dense ? FEED_WATTS.dense : FEED_WATTS.usual;
  const last = position === CABINETS_PER_ROW;
  const cabinet: NewCabinet = {
    ...CABINET_DEFAULTS,
    id: seeded.id(),
    rowId: row.id,
    code,
    position,
    planX: row.planX + position - 1,
    planY: row.planY,
    // The newer rooms have taller frames, and one row was numbered from the top.
    heightUnits: code.startsWith('A2') ? 47 : CABINET_DEFAULTS.heightUnits,
    numbering: code.startsWith('B2') ? 'DESCENDING' : 'ASCENDING',
    feedAWatts: watts,
    // The last of a row often got one feed only.
    feedBWatts: last && seeded.chance(40) ? null : watts,
    weightLimitGrams: dense ? 1_200_000 : CABINET_DEFAULTS.weightLimitGrams,
    zone,
    status: last && seeded.chance(30) ? 'PLANNED' : 'IN_SERVICE',
    departmentId: null,
    rackType: null,
  };
  made.cabinets.push(cabinet);
  if (cabinet.status === 'IN_SERVICE') furnish(seeded, made, cabinet);
}

/** The n-th unit from the top, by its number on the frame. */
function fromTop({ numbering, startingUnit, heightUnits }: NewCabinet, n: number): number {
  return numbering === 'ASCENDING' ? startingUnit + heightUnits - n : startingUnit + n - 1;
}

function furnish(seeded: Seeded, made: Made, cabinet: NewCabinet): void {
  const put = (startUnit: number | null, wish: Omit<PlaceWish, 'where' | 'state'>): void => {
    made.wishes.push({
      holderId: seeded.id(),
      state: 'OCCUPIED',
      ...wish,
      where: { cabinetId: cabinet.id, startUnit },
    });
  };
  const { code } = cabinet;
  for (const feed of cabinet.feedBWatts === null ? ['A'] : ['A', 'B'])
    put(null, { kind: 'PDU', label: `PDU-${code}-${feed}`, heightHalfUnits: 0, powerW: 0, weightGrams: 6 * KILO });
  const frame = { heightHalfUnits: 2, face: 'FRONT', powerW: 0, weightGrams: 3 * KILO } as const;
  if (cabinet.position === 1) put(fromTop(cabinet, 1), { kind: 'ODF', label: `ODF-${code}`, ...frame });
  for (const n of [1, 2])
    put(fromTop(cabinet, n + 1), {
      kind: 'SWITCH',
      label: `SW-${code}-${n}`,
      heightHalfUnits: 2,
      powerW: 150,
      weightGrams: 8 * KILO,
    });
  if (seeded.chance(18))
    made.wishes.push({
      holderId: seeded.id(),
      kind: 'BLOCK',
      state: 'BLOCKED',
      label: '停用U位',
      reason: seeded.pick(BLOCKED_REASONS),
      heightHalfUnits: seeded.pick([2, 4, 3]),
      powerW: 0,
      weightGrams: 0,
      where: { cabinetId: cabinet.id, startUnit: fromTop(cabinet, 6 + seeded.below(6)) },
    });
}

/** Space for departments at the bottom of some cabinets, some of it still on hold, and a few whole cabinets. */
function giveAway(seeded: Seeded, made: Made, cabinets: NewCabinet[], takers: readonly Department[]): void {
  const open = cabinets.filter(({ status, feedBWatts }) => status === 'IN_SERVICE' && feedBWatts !== null);
  const chosen = seeded.some(open, takers.length + WHOLE_CABINETS_PER_CENTER);
  for (const [at, cabinet] of chosen.entries()) {
    const department = takers[at] ?? (takers[at - takers.length] as Department);
    if (at >= takers.length) {
      made.cabinets[made.cabinets.indexOf(cabinet)] = { ...cabinet, departmentId: department.id };
      continue;
    }
    const [units, powerW] = seeded.pick(SPACES);
    made.wishes.push({
      holderId: seeded.id(),
      kind: 'SPACE',
      state: at < HELD_PER_CENTER ? 'HELD' : 'ALLOCATED',
      label: `${department.name}机柜空间`,
      departmentId: department.id,
      heightHalfUnits: units * 2,
      powerW,
      weightGrams: units * 15 * KILO,
      where: {
        cabinetId: cabinet.id,
        startUnit:
          cabinet.numbering === 'ASCENDING' ? cabinet.startingUnit : cabinet.startingUnit + cabinet.heightUnits - units,
      },
    });
  }
}
