import type { WorkOrderKind } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import type { WorkOrderParts } from '../workorders.gql';
import { momentOf, textOfMoment } from './moments';

export type EntrantDraft = { name: string; idLastFour: string; vendor: string };
export type ThingDraft = {
  owner: string;
  label: string;
  serial: string;
  heightUnits: number | null;
  powerW: number | null;
  weightKg: number | null;
  domestic: boolean;
  targetId: string;
  targetUnit: number | null;
};
export type PortDraft = { portSetId: string; count: number | null };

export type OrderDraft = {
  kind: WorkOrderKind;
  title: string;
  instructions: string;
  departmentId: string;
  centerId: string;
  roomIds: string[];
  windowFrom: string;
  windowTo: string;
  escort: string;
  entrants: EntrantDraft[];
  /** Named here for the first time. */
  things: ThingDraft[];
  /** Known already. */
  known: string[];
  /** Where those that are known are to go. */
  targetId: string;
  ports: PortDraft[];
};

export const emptyEntrant: EntrantDraft = { name: '', idLastFour: '', vendor: '' };
export const emptyThing: ThingDraft = {
  owner: '',
  label: '',
  serial: '',
  heightUnits: 2,
  powerW: null,
  weightKg: null,
  domestic: true,
  targetId: '',
  targetUnit: null,
};

export const appliedKinds: readonly WorkOrderKind[] = [
  'MOVE_IN',
  'RACK',
  'CABLE',
  'POWER_ON',
  'UNRACK',
  'MOVE_OUT',
  'ENTRY',
];
const NEW_THINGS: readonly WorkOrderKind[] = ['MOVE_IN', 'RACK'];
/** Which states things are in that work of a kind is about; as the server keeps it. */
const KNOWN: Partial<Record<WorkOrderKind, readonly string[]>> = {
  MOVE_IN: ['EXPECTED'],
  RACK: ['EXPECTED', 'ON_SITE'],
  CABLE: ['PLANNED', 'STANDING'],
  POWER_ON: ['STANDING'],
  UNRACK: ['STANDING'],
  MOVE_OUT: ['ON_SITE', 'STANDING'],
};
const WITH_PORTS: readonly WorkOrderKind[] = ['RACK', 'CABLE', 'POWER_ON'];

export const namesNewThings = (kind: WorkOrderKind): boolean => NEW_THINGS.includes(kind);
export const claimsPorts = (kind: WorkOrderKind): boolean => WITH_PORTS.includes(kind);
export const statesFor = (kind: WorkOrderKind): readonly string[] => KNOWN[kind] ?? [];

export function emptyOrder(kind: WorkOrderKind, departmentId: string): OrderDraft {
  return {
    kind,
    title: '',
    instructions: '',
    departmentId,
    centerId: '',
    roomIds: [],
    windowFrom: '',
    windowTo: '',
    escort: '',
    entrants: kind === 'ENTRY' ? [emptyEntrant] : [],
    things: [],
    known: [],
    targetId: '',
    ports: [],
  };
}

type Order = ResultOf<typeof WorkOrderParts>;

/** What a draft that is edited begins with: things that it named first are written anew, as the server forgets them. */
export function draftOfOrder(order: Order): OrderDraft {
  const isNew = ({ equipment }: Order['equipment'][number]) =>
    equipment.state === 'EXPECTED' && namesNewThings(order.kind);
  const known = order.equipment.filter((thing) => !isNew(thing));
  return {
    kind: order.kind,
    title: order.title,
    instructions: order.instructions,
    departmentId: order.department?.id ?? '',
    centerId: order.center?.id ?? '',
    roomIds: order.rooms.map((room) => room.id),
    windowFrom: textOfMoment(order.windowFrom),
    windowTo: textOfMoment(order.windowTo),
    escort: order.escort ?? '',
    entrants: order.entrants.map(({ name, idLastFour, vendor }) => ({ name, idLastFour, vendor })),
    things: order.equipment.filter(isNew).map(({ equipment, place }) => ({
      owner: equipment.owner,
      label: equipment.label,
      serial: equipment.serial,
      heightUnits: equipment.heightUnits,
      powerW: equipment.powerW,
      weightKg: equipment.weightGrams / 1000,
      domestic: equipment.domestic,
      targetId: place?.spaceId ?? '',
      targetUnit: place?.startUnit ?? null,
    })),
    known: known.map(({ equipment }) => equipment.id),
    targetId: known[0]?.place?.spaceId ?? '',
    ports: order.portClaims.map(({ portSetId, count }) => ({ portSetId, count })),
  };
}

/** What is sent; things that are known come first, as the form shows them. */
export function contentOfOrder(draft: OrderDraft) {
  const racks = draft.kind === 'RACK';
  return {
    kind: draft.kind,
    title: draft.title,
    instructions: draft.instructions,
    departmentId: draft.departmentId,
    centerId: draft.centerId || null,
    roomIds: draft.roomIds,
    windowFrom: momentOf(draft.windowFrom),
    windowTo: momentOf(draft.windowTo),
    escort: draft.escort.trim() || null,
    entrants: draft.entrants,
    equipment: [
      ...draft.known.map((equipmentId) => ({ equipmentId, targetId: racks ? draft.targetId || null : null })),
      ...(namesNewThings(draft.kind) ? draft.things : []).map(({ targetId, targetUnit, ...facts }) => ({
        ...facts,
        targetId: racks ? targetId || null : null,
        targetUnit: racks ? targetUnit : null,
      })),
    ],
    ports: claimsPorts(draft.kind)
      ? draft.ports.flatMap(({ portSetId, count }) => (portSetId ? [{ portSetId, count: count ?? 0 }] : []))
      : [],
  };
}
