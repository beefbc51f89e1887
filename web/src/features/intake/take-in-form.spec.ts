import { describe, expect, it } from '@jest/globals';
import { belongsTo, centersOf, missingOf, rowsOf, type TakeInForm } from './take-in-form';

const a = { id: 'center-a', name: 'A' };
const b = { id: 'center-b', name: 'B' };
const machines = [
  { id: 'm1', name: 'web-1', center: a },
  { id: 'm2', name: 'web-2', center: b },
  { id: 'm3', name: 'web-3', center: a },
];
const form: TakeInForm = {
  systemId: 's',
  pools: { 'center-a': 'pa', 'center-b': 'pb' },
  diskGib: '80',
  storageTier: 'SSD',
  startedOn: '2023-01-01',
  days: { m2: '2022-02-02' },
  sourcePlatform: 'VMware',
};

describe('machines that are taken in together', () => {
  it('share what is said of all, with a pool of each center and a day of their own where one is given', () => {
    expect(centersOf(machines)).toEqual([a, b]);
    expect(rowsOf(form, machines)).toMatchObject([
      { machineId: 'm1', poolId: 'pa', startedOn: '2023-01-01', diskGib: 80 },
      { machineId: 'm2', poolId: 'pb', startedOn: '2022-02-02' },
      { machineId: 'm3', poolId: 'pa', startedOn: '2023-01-01' },
    ]);
    expect(missingOf(form, machines)).toEqual([]);
  });

  it('name the machine without a day, the center without a pool, and the one form field where there is one machine', () => {
    const bare = { ...form, systemId: ' ', pools: { 'center-a': 'pa' }, startedOn: '', sourcePlatform: '' };
    expect(missingOf(bare, machines)).toEqual(['systemId', 'pools.center-b', 'days.m1', 'days.m3', 'sourcePlatform']);
    expect(missingOf({ ...form, startedOn: '' }, machines.slice(0, 1))).toEqual(['startedOn']);
  });

  it.each([
    ['items.1.startedOn', { field: 'days.m2', message: 'no' }],
    ['items.1.poolId', { field: 'pools.center-b', message: 'web-2：no' }],
    ['items.2.machineId', { field: '', message: 'web-3：no' }],
    ['items.0.diskGib', { field: 'diskGib', message: 'web-1：no' }],
    ['items', { field: 'items', message: 'no' }],
  ])('are told of %s where it can be put right', (field, told) => {
    expect(belongsTo({ field, message: 'no' }, machines)).toEqual(told);
  });

  it('are told of the one machine at its own field', () => {
    expect(belongsTo({ field: 'items.0.startedOn', message: 'no' }, machines.slice(0, 1))).toEqual({
      field: 'startedOn',
      message: 'no',
    });
  });
});
