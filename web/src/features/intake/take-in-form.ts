import type { StorageTier } from '../../graphql/enums';
import type { FormError } from '../../ui/forms/form-errors';

/** What a person says of machines that they take in together. */
export type TakeInForm = {
  systemId: string;
  /** By center: a machine is counted in a pool of where it runs. */
  pools: Readonly<Record<string, string>>;
  diskGib: string;
  storageTier: StorageTier;
  /** The day of all that have none of their own. */
  startedOn: string;
  days: Readonly<Record<string, string>>;
  sourcePlatform: string;
};

type Machine = { id: string; name: string; center: { id: string; name: string } };

/** In the order in which the machines name them. */
export function centersOf(machines: readonly Machine[]): Machine['center'][] {
  return [...new Map(machines.map(({ center }) => [center.id, center])).values()];
}

const dayOf = (form: TakeInForm, { id }: Machine): string => form.days[id] ?? form.startedOn;

/** Fields that still have to be filled in. */
export function missingOf(form: TakeInForm, machines: readonly Machine[]): string[] {
  const words = (['systemId', 'sourcePlatform'] as const).filter((field) => form[field].trim() === '');
  const pools = centersOf(machines).flatMap(({ id }) => (form.pools[id] ? [] : [`pools.${id}`]));
  const days = machines.filter((machine) => dayOf(form, machine) === '');
  const ofDays = machines.length === 1 ? ['startedOn'] : days.map(({ id }) => `days.${id}`);
  return [...words.slice(0, 1), ...pools, ...(days.length > 0 ? ofDays : []), ...words.slice(1)];
}

/** As the API takes them. */
export function rowsOf(form: TakeInForm, machines: readonly Machine[]) {
  const { systemId, storageTier, sourcePlatform } = form;
  return machines.map((machine) => ({
    machineId: machine.id,
    ...{ systemId, storageTier, sourcePlatform },
    poolId: form.pools[machine.center.id] ?? '',
    diskGib: Number(form.diskGib),
    startedOn: dayOf(form, machine),
  }));
}

/** A refusal of one row belongs to that row's day or pool, or to the field that all share; it says which machine it is of. */
export function belongsTo({ field, message }: FormError, machines: readonly Machine[]): FormError {
  const [, at, own = ''] = /^items\.(\d+)\.?(.*)$/.exec(field) ?? [];
  const machine = at === undefined ? undefined : machines[Number(at)];
  if (!machine) return { field, message };
  if (machines.length === 1 && own !== 'poolId') return { field: own, message };
  const of = `${machine.name}：${message}`;
  if (own === 'startedOn') return { field: `days.${machine.id}`, message };
  if (own === 'poolId') return { field: `pools.${machine.center.id}`, message: machines.length === 1 ? message : of };
  return { field: own === 'machineId' ? '' : own, message: of };
}
