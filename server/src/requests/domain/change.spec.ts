import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeOpen } from '../../resources/domain/release.js';
import {
  type ChangedMachine,
  cheaper,
  checkChangeContent,
  encumberedParts,
  objections,
  ofOneSystem,
  type PricedChange,
  resizeWays,
  tierObjection,
  wishObjections,
} from './change.js';

const machine = (over: Partial<ChangedMachine> = {}): ChangedMachine => ({
  ...{ id: 'm', name: 'web-1', state: 'IN_USE', management: 'DRIVEN', systemId: 's', projectId: 'p', lineId: 'l' },
  ...{ standby: false, openChangeId: null, openChangeCode: null, vcpu: 2, memoryMib: 4_096, diskGib: 100 },
  ...over,
});
const line = { resourceIds: ['m'], offerId: null, diskGib: null, localMode: null, remoteMode: null, centerId: null };
const rules = (refusals: readonly { code: string }[]) =>
  refusals.map((one) => ('rule' in one ? one.rule : 'reason' in one ? one.reason : one.code));

describe('what a change asks', () => {
  it('says why, of some resources, each once', () => {
    const content = { purpose: '扩容', restartAgreed: true, lines: [line] };
    expect(checkChangeContent(content)).toEqual([]);
    expect(rules(checkChangeContent({ ...content, purpose: ' ' }))).toEqual(['length']);
    expect(rules(checkChangeContent({ ...content, lines: [] }))).toEqual(['range', 'resources']);
    expect(rules(checkChangeContent({ ...content, lines: [line, line] }))).toEqual(['unique']);
    expect(rules(checkChangeContent({ ...content, lines: [{ ...line, diskGib: 1.5 }] }))).toEqual(['range']);
  });

  it('is refused for what is not in use, not driven, or changed by another request', () => {
    const of = (over: Partial<ChangedMachine>, own: string | null = null) =>
      rules(objections([machine(over)], 0, own, changeOpen));
    expect(of({})).toEqual([]);
    expect(of({ state: 'IN_BIN' })).toEqual(['ILLEGAL_TRANSITION']);
    expect(of({ management: 'OBSERVED' })).toEqual(['NOT_DRIVEN']);
    expect(of({ openChangeId: 'r', openChangeCode: 'SQ-1' })).toEqual(['CHANGE_OPEN']);
    expect(of({ openChangeId: 'r', openChangeCode: 'SQ-1' }, 'r')).toEqual([]);
  });

  it('is asked of what people look after on a foreign platform too', () => {
    expect(objections([machine({ management: 'RECORDED' })], 0, null, changeOpen)).toEqual([]);
  });

  it('leaves the storage tier as it is, and says what to do instead', () => {
    expect([tierObjection('HDD', null, 0), tierObjection('HDD', 'HDD', 0)]).toEqual([[], []]);
    const [refused] = tierObjection('HDD', 'SSD', 1);
    expect(refused).toMatchObject({ rule: 'tierFixed', path: ['content', 'lines', '1', 'storageTier'] });
    expect(refused?.message.zh).toContain('请新申请 SSD 云主机');
  });

  it('is of one system and one project', () => {
    expect(rules(ofOneSystem([machine(), machine({ systemId: 't' })]))).toEqual(['oneSystem']);
    expect(rules(ofOneSystem([machine(), machine({ projectId: 'q' })]))).toEqual(['oneProject']);
  });

  it('changes something, shrinks no disk, and needs a restart for vCPU and memory of what runs', () => {
    const size = { vcpu: 2, memoryMib: 4_096, diskGib: 100 };
    expect(rules(wishObjections([machine()], { ...size, modesChange: false }, 0))).toEqual(['nothingChanges']);
    expect(wishObjections([machine()], { ...size, modesChange: true }, 0)).toEqual([]);
    expect(rules(wishObjections([machine()], { ...size, diskGib: 99, modesChange: true }, 0))).toEqual(['diskShrinks']);
    const liveRoom = { vcpuMax: 8, memoryMibMax: null };
    const ways = (machines: ChangedMachine[], over: Partial<typeof size>) => {
      const { live, restarting } = resizeWays(machines, { ...size, ...over });
      return [live, restarting];
    };
    expect(ways([machine()], { vcpu: 4 })).toEqual([0, 1]);
    expect(ways([machine()], { diskGib: 200 })).toEqual([0, 0]);
    expect(ways([machine({ standby: true })], { vcpu: 4 })).toEqual([0, 0]);
    expect(ways([machine({ liveRoom }), machine(), machine({ standby: true })], { vcpu: 4 })).toEqual([1, 1]);
    expect(ways([machine({ liveRoom })], { vcpu: 16 })).toEqual([0, 1]);
    expect(ways([machine({ liveRoom })], { vcpu: 1 })).toEqual([0, 1]);
    expect(ways([machine({ liveRoom })], { vcpu: 4, memoryMib: size.memoryMib * 2 })).toEqual([0, 1]);
  });
});

describe('who reserved what of a price', () => {
  it('adds up to what the machine costs after any changes, and nothing is ever given back twice', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1_000_000n), fc.array(fc.bigInt(0n, 1_000_000n), { maxLength: 8 }), (first, prices) => {
        const changes = prices.map((toFen, at): PricedChange => {
          return { requestId: `change-${at}`, fromFen: at === 0 ? first : (prices[at - 1] as bigint), toFen };
        });
        const now = prices.at(-1) ?? first;
        const parts = encumberedParts('made', now, changes);
        expect(parts.reduce((sum, { fen }) => sum + fen, 0n)).toBe(now);
        expect(parts.every(({ fen }) => fen > 0n)).toBe(true);
        expect(new Set(parts.map(({ requestId }) => requestId)).size).toBe(parts.length);
      }),
    );
  });

  it('gives back the newest first, and never more than there is', () => {
    const parts = [
      { requestId: 'made', fen: 100n },
      { requestId: 'dearer', fen: 30n },
    ];
    expect(cheaper(parts, 50n)).toEqual({
      off: [
        { requestId: 'dearer', fen: 30n, rest: 0n },
        { requestId: 'made', fen: 20n, rest: 80n },
      ],
      left: [{ requestId: 'made', fen: 80n }],
    });
    expect(cheaper(parts, 1_000n).left).toEqual([]);
  });
});
