import { type MadeUpProvince, makeUpProvince } from '../../../server/src/demonstration/province.js';
import { addDays, calendarDate } from '../../../server/src/kernel/calendar.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Of the demonstration, a cabinet in which another department has space, in a center where the tour's has nothing. */
function foreignCabinet({ cabinets, departments }: MadeUpProvince) {
  const tour = departments.find(({ code }) => code === 'rst')?.id;
  const centerOf = (cabinetId: string): string | undefined => {
    const rowId = cabinets.cabinets.find((cabinet) => cabinet.id === cabinetId)?.rowId;
    const roomId = cabinets.rows.find((row) => row.id === rowId)?.roomId;
    return cabinets.rooms.find((room) => room.id === roomId)?.centerId;
  };
  const cabinetOf = (wish: (typeof cabinets.wishes)[number]): string =>
    'cabinetId' in wish.where ? wish.where.cabinetId : '';
  const tourCenters = cabinets.wishes.filter((w) => w.departmentId === tour).map((w) => centerOf(cabinetOf(w)));
  const wish = cabinets.wishes.find((w) => w.kind === 'SPACE' && !tourCenters.includes(centerOf(cabinetOf(w))));
  const cabinet = cabinets.cabinets.find((c) => wish && c.id === cabinetOf(wish));
  const row = cabinets.rows.find((r) => r.id === cabinet?.rowId);
  if (!wish?.holderId || !cabinet || !row) throw new Error('the made-up province has no such cabinet');
  return {
    centerId: toNodeId('Center', centerOf(cabinet.id) as string),
    roomId: toNodeId('Room', row.roomId),
    rowId: toNodeId('CabinetRow', row.id),
    cabinetId: toNodeId('Cabinet', cabinet.id),
    holderId: toNodeId('CabinetHolder', wish.holderId),
    departmentId: toNodeId('Department', wish.departmentId as string),
  };
}

const province = makeUpProvince(readConfiguration({}).demoSeed);
const there = foreignCabinet(province);
const daysFromNow = (days: number): string => addDays(calendarDate(new Date()), days);
const nowhere = (type: string): string => toNodeId(type, newId());

function holderInput(exists: boolean) {
  return { holderId: exists ? there.holderId : nowhere('CabinetHolder'), expectedVersion: 99 };
}

function mutation(name: string, fields: string, input: (exists: boolean) => Record<string, unknown>): Case['ask'] {
  return (_f, exists) => ({
    query:
      `mutation M($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} errors { code message path } } }`.replace(
        /(Unblock|Release)\w+Input/,
        'CabinetHolderInput',
      ),
    variables: { input: { ...input(exists), idempotencyKey: newId() } },
  });
}

/** Refused before anything is looked up, for whoever may change the place; to all others it is closed. */
function wrongAnyway(name: string, fields: string, input: (exists: boolean) => Record<string, unknown>): Cases {
  return { [`Mutation.${name}`]: { ...CLOSED, ask: mutation(name, fields, input) } };
}

/** Who may change the place is told that he is too late. */
function outdated(name: string, fields: string, input: (exists: boolean) => Record<string, unknown>): Cases {
  return {
    [`Mutation.${name}`]: {
      ask: mutation(name, fields, input),
      seen: ['facility'],
      shows: (answer) => JSON.stringify(answer.data).includes('VERSION_CONFLICT'),
    },
  };
}

export const cabinetCases: Cases = {
  'Query.rooms': {
    ask: (_f, exists) => ({
      query: 'query R($id: ID!) { rooms(centerId: $id) { id } }',
      variables: { id: exists ? there.centerId : nowhere('Center') },
    }),
    seen: RESOURCES_OF_ALL,
    shows: (answer) => ((answer.data?.rooms as unknown as unknown[] | undefined)?.length ?? 0) > 0,
  },
  'Query.room': {
    ask: byId(
      'room',
      () => there.roomId,
      () => nowhere('Room'),
    ),
    seen: RESOURCES_OF_ALL,
    shows: has('room', 'id'),
  },
  'Query.cabinetRow': {
    ask: byId(
      'cabinetRow',
      () => there.rowId,
      () => nowhere('CabinetRow'),
    ),
    seen: RESOURCES_OF_ALL,
    shows: has('cabinetRow', 'id'),
  },
  'Query.cabinet': {
    ask: byId(
      'cabinet',
      () => there.cabinetId,
      () => nowhere('Cabinet'),
    ),
    seen: RESOURCES_OF_ALL,
    shows: has('cabinet', 'id'),
  },
  'Query.cabinets': {
    ask: (_f, exists) => ({
      query: 'query C($filter: CabinetFilter) { cabinets(filter: $filter) { totalCount } }',
      variables: { filter: { centerId: exists ? there.centerId : nowhere('Center') } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('cabinets'),
  },
  // Frames of the trade belong to nobody.
  'Query.rackTypes': { ...CLOSED, ask: () => ({ query: '{ rackTypes { totalCount } }' }) },
  'Query.spaceUse': {
    ask: () => ({
      query:
        'query U($from: String!, $until: String!) { spaceUse(from: $from, until: $until) { usedUnitDays department { id } } }',
      variables: { from: daysFromNow(-30), until: daysFromNow(1) },
    }),
    seen: RESOURCES_OF_ALL,
    // The foreign department's line is there for whoever sees the province, and for nobody else.
    shows: (answer) => JSON.stringify(answer.data ?? {}).includes(there.departmentId),
  },
  ...wrongAnyway('createRoom', 'room { id }', (exists) => ({
    centerId: exists ? there.centerId : nowhere('Center'),
    code: '',
    name: 'x',
    widthTiles: 1,
    depthTiles: 1,
  })),
  ...wrongAnyway('createCabinetRow', 'cabinetRow { id }', (exists) => ({
    roomId: exists ? there.roomId : nowhere('Room'),
    code: '',
    planX: 0,
    planY: 0,
  })),
  ...wrongAnyway('createCabinets', 'cabinets { id }', (exists) => ({
    rowId: exists ? there.rowId : nowhere('CabinetRow'),
    cabinets: [],
  })),
  ...wrongAnyway('placeOccupant', 'cabinet { id }', (exists) => ({
    cabinetId: exists ? there.cabinetId : nowhere('Cabinet'),
    heightUnits: 1,
    kind: 'OTHER',
    label: 'x',
    powerW: -1,
    weightGrams: 0,
  })),
  ...wrongAnyway('blockUnits', 'cabinet { id }', (exists) => ({
    cabinetId: exists ? there.cabinetId : nowhere('Cabinet'),
    startUnit: 1,
    heightUnits: 0,
    reason: 'x',
  })),
  // A held space is no plan: nobody can tell it from nothing.
  ...wrongAnyway('applyMove', 'cabinet { id }', (exists) => ({
    holderId: exists ? there.holderId : nowhere('CabinetHolder'),
  })),
  ...outdated('editCabinet', 'cabinet { id }', (exists) => ({
    id: exists ? there.cabinetId : nowhere('Cabinet'),
    expectedVersion: 99,
  })),
  ...outdated('editRoom', 'room { id }', (exists) => ({
    id: exists ? there.roomId : nowhere('Room'),
    expectedVersion: 99,
  })),
  ...outdated('editCabinetRow', 'cabinetRow { id }', (exists) => ({
    id: exists ? there.rowId : nowhere('CabinetRow'),
    expectedVersion: 99,
  })),
  ...outdated('unblockUnits', 'cabinet { id }', holderInput),
  ...outdated('releaseHolder', 'cabinet { id }', holderInput),
  ...outdated('moveHolders', 'cabinets { id }', (exists) => ({
    moves: [{ ...holderInput(exists), cabinetId: there.cabinetId }],
  })),
  ...outdated('planMove', 'cabinet { id }', (exists) => ({
    move: { ...holderInput(exists), cabinetId: there.cabinetId },
  })),
};

export async function cabinetNodes(_clients: Clients, _foreign: Foreign): Promise<NodeIds> {
  return {
    Room: [there.roomId, RESOURCES_OF_ALL],
    CabinetRow: [there.rowId, RESOURCES_OF_ALL],
    Cabinet: [there.cabinetId, RESOURCES_OF_ALL],
    CabinetHolder: [there.holderId, []],
    RackType: [
      toNodeId('RackType', province.rackTypes[0]?.id as string),
      [...RESOURCES_OF_ALL, 'applicant', 'head', 'city'],
    ],
  };
}
