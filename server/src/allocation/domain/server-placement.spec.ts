import { describe, expect, it } from '@jest/globals';
import { CENTER_A, CENTER_C } from '../../../../test/support/builders/placement.ts';
import { type FreeServer, placeServers, type ServerDemand } from './server-placement.js';

const server = (id: string, more: Partial<FreeServer> = {}): FreeServer => ({
  id,
  centerId: 'a',
  architecture: 'ARM64',
  cpuMaker: 'KUNPENG',
  cores: 64,
  memoryMib: 262_144,
  assetNumber: id,
  accelerators: [],
  ...more,
});
const demand = (more: Partial<ServerDemand> = {}): ServerDemand => ({
  count: 1,
  centerId: 'a',
  share: 'MAIN',
  architecture: 'ARM64',
  cpuMaker: 'KUNPENG',
  cores: 64,
  memoryMib: 262_144,
  accelerator: null,
  ...more,
});
const place = (demands: ServerDemand[], free: FreeServer[]) => placeServers(demands, [CENTER_A, CENTER_C], free);
const criterion = (demands: ServerDemand[], free: FreeServer[]) =>
  place(demands, free).map((v) => v.shortage?.criterion);

describe('placeServers', () => {
  it('refuses a center that is not in service (B1) or of another role (B2)', () => {
    expect(criterion([demand({ centerId: 'x' })], [])).toEqual(['B1']);
    expect(criterion([demand({ centerId: 'c' })], [server('1', { centerId: 'c' })])).toEqual(['B2']);
    expect(criterion([demand({ share: 'RECOVERY' })], [server('1')])).toEqual(['B2']);
    expect(criterion([demand({ centerId: 'c', share: 'RECOVERY' })], [server('1', { centerId: 'c' })])).toEqual([
      undefined,
    ]);
  });

  it('takes the smallest that suffices, and tells how many there are where they are too few (B3)', () => {
    const free = [server('big', { memoryMib: 524_288 }), server('2'), server('1'), server('small', { cores: 32 })];
    expect(place([demand({ count: 2 })], free)[0]?.serverIds).toEqual(['1', '2']);
    expect(place([demand({ count: 4 })], free)[0]?.shortage).toEqual({ criterion: 'B3', requested: 4, free: 3 });
  });

  it('looks at maker, architecture and accelerators', () => {
    const npu = server('npu', { accelerators: [{ name: '昇腾 910B', count: 8 }] });
    expect(criterion([demand({ cpuMaker: 'PHYTIUM' })], [server('1')])).toEqual(['B3']);
    expect(criterion([demand({ architecture: 'AMD64' })], [server('1')])).toEqual(['B3']);
    expect(
      place([demand({ accelerator: { name: '昇腾 910B', countMin: 8 } })], [server('1'), npu])[0]?.serverIds,
    ).toEqual(['npu']);
    expect(criterion([demand({ accelerator: { name: '昇腾 910B', countMin: 9 } })], [npu])).toEqual(['B3']);
  });

  it('takes of equals the nearest to what the system has, and says how near (B8)', () => {
    const at = (cabinetId: string, rowId: string, roomId: string) => ({ at: { cabinetId, rowId, roomId } });
    const near = { cabinetIds: ['c1'], rowIds: ['w1'], roomIds: ['r1'] };
    const free = [
      server('1'),
      server('2', at('c9', 'w9', 'r1')),
      server('3', at('c2', 'w1', 'r1')),
      server('4', at('c1', 'w1', 'r1')),
      server('5', { ...at('c1', 'w1', 'r1'), memoryMib: 524_288 }),
    ];
    const taken = (count: number, to?: typeof near) =>
      placeServers([demand({ count })], [CENTER_A], free, to)[0]?.serverIds;
    expect(taken(3)).toEqual(['1', '2', '3']);
    // The big one stays for who needs it, however near it is.
    expect(taken(4, near)).toEqual(['4', '3', '2', '1']);
    const [verdict] = placeServers([demand({ count: 3 })], [CENTER_A], free, near);
    expect(verdict?.checks.at(-1)).toMatchObject({
      criterion: 'B8',
      passed: true,
      figures: { zh: '同机柜 1，同列 1，同机房 1', en: '1 in one cabinet with it, 1 in one row, 1 in one room' },
    });
    expect(place([demand()], free)[0]?.checks.map(({ criterion: one }) => one)).not.toContain('B8');
  });

  it('leaves out those that stand where maintenance runs, and says how many there are (B7)', () => {
    const free = [server('1', { inMaintenance: true }), server('2'), server('3', { inMaintenance: true })];
    expect(place([demand()], free)[0]?.serverIds).toEqual(['2']);
    const [verdict] = place([demand({ count: 2 })], free);
    expect(verdict?.shortage).toEqual({ criterion: 'B7', requested: 2, free: 1 });
    expect(verdict?.checks.at(-1)?.figures?.zh).toBe('需 2 台，空闲 3 台中 2 台所在处正在维护，可用 1 台');
    // Where the class itself is short, that is what is said.
    expect(criterion([demand({ count: 4 })], free)).toEqual(['B3']);
  });

  it('gives no server to two lines (B4), and lets who has the fewest to choose from take first (B5)', () => {
    const free = [server('1'), server('big', { memoryMib: 524_288 })];
    const [easy, hard] = place([demand(), demand({ memoryMib: 500_000 })], free);
    expect([easy?.serverIds, hard?.serverIds]).toEqual([['1'], ['big']]);
    const both = place([demand(), demand({ count: 2 })], free);
    expect(both.map((v) => v.shortage?.criterion ?? null)).toContain('B4');
    expect(new Set(both.flatMap((v) => v.serverIds)).size).toBe(both.flatMap((v) => v.serverIds).length);
  });
});
