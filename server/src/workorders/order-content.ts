import { toHalfUnits } from '../cabinets/domain/units.js';
import { uuidOf } from '../kernel/node-id.js';
import type { WorkOrderContentInput, WorkThingInput } from './workorder-inputs.graphql.js';
import type { OrderContent, ThingWish } from './workorders.types.js';

/** A number that no rule takes: the row is then refused at its field. */
const NONSENSE = -1;
/** Names nothing. */
const NOTHING = '-';

const idOf = (type: string, id: string | null | undefined): string | null =>
  id ? (uuidOf(type, id) ?? NOTHING) : null;

/** What a form says, as the domain knows it. */
export function toContent(input: WorkOrderContentInput): OrderContent {
  return {
    kind: input.kind,
    title: input.title,
    instructions: input.instructions.trim(),
    departmentId: uuidOf('Department', input.departmentId) ?? NOTHING,
    systemId: idOf('System', input.systemId),
    centerId: idOf('Center', input.centerId),
    roomIds: [...new Set(input.roomIds.map((id) => uuidOf('Room', id) ?? NOTHING))],
    windowFrom: input.windowFrom ?? null,
    windowTo: input.windowTo ?? null,
    escort: input.escort?.trim() || null,
    entrants: input.entrants.map(({ name, idLastFour, vendor }) => ({
      name: name.trim(),
      idLastFour: idLastFour.trim().toUpperCase(),
      vendor: vendor.trim(),
    })),
    things: input.equipment.map(toThing),
    ports: input.ports.map(({ portSetId, count }) => ({ portSetId: uuidOf('PortSet', portSetId) ?? NOTHING, count })),
  };
}

function toThing(thing: WorkThingInput): ThingWish {
  const equipmentId = idOf('HostedEquipment', thing.equipmentId);
  const heightHalfUnits = toHalfUnits(thing.heightUnits ?? NONSENSE) ?? NONSENSE;
  const unit = thing.targetUnit ?? null;
  return {
    equipmentId,
    facts:
      equipmentId === null
        ? {
            owner: thing.owner ?? '',
            label: thing.label ?? '',
            serial: thing.serial ?? '',
            heightHalfUnits,
            powerW: thing.powerW ?? NONSENSE,
            weightGrams: Math.round((thing.weightKg ?? NONSENSE) * 1_000),
            domestic: thing.domestic ?? false,
          }
        : null,
    targetHolderId: idOf('CabinetHolder', thing.targetId),
    targetUnitHalves: unit === null ? null : (toHalfUnits(unit) ?? NONSENSE),
  };
}
