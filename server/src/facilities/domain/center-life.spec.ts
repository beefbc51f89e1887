import { describe, expect, it } from '@jest/globals';
import { CENTER_ACTIONS, centerLifeTable, stopObjection, takesEquipment, takesPromises } from './center-life.js';
import { CENTER_LIVES, type Center, roleTakenBy } from './facility.js';

describe('centerLifeTable', () => {
  it('allows exactly these ways (written down a second time)', () => {
    const ways = CENTER_LIVES.flatMap((from) =>
      CENTER_ACTIONS.flatMap((action) => {
        const to = centerLifeTable.transitions[from][action];
        return to === undefined ? [] : `${from} ${action} ${to}`;
      }),
    );
    expect(ways).toEqual([
      'PLANNED BEGIN_BUILDING BUILDING',
      'PLANNED STOP STOPPED',
      'BUILDING BEGIN_TRIAL TRIAL',
      'BUILDING STOP STOPPED',
      'TRIAL OPEN IN_SERVICE',
      'TRIAL STOP STOPPED',
      'IN_SERVICE STOP STOPPED',
      'STOPPED REOPEN TRIAL',
    ]);
  });
});

describe('roleTakenBy', () => {
  const center = (id: string, role: Center['role'], life: Center['life'] = 'IN_SERVICE'): Center => ({
    id,
    code: id,
    name: id,
    role,
    life,
    version: 1,
  });

  it('gives an active role to one center at a time, and recovery to any number', () => {
    const centers = [center('a', 'ACTIVE_A'), center('b', 'ACTIVE_B', 'STOPPED'), center('c', 'RECOVERY')];
    expect(roleTakenBy(centers, 'ACTIVE_A', null)?.id).toBe('a');
    expect(roleTakenBy(centers, 'ACTIVE_A', 'a')).toBeUndefined();
    expect(roleTakenBy(centers, 'ACTIVE_B', null)).toBeUndefined();
    expect(roleTakenBy(centers, 'RECOVERY', null)).toBeUndefined();
  });
});

describe('what a center takes', () => {
  it('is promised only in trial and service, and equipment never once it is stopped', () => {
    expect(CENTER_LIVES.filter(takesPromises)).toEqual(['TRIAL', 'IN_SERVICE']);
    expect(CENTER_LIVES.filter(takesEquipment)).toEqual(['PLANNED', 'BUILDING', 'TRIAL', 'IN_SERVICE']);
  });

  it('stands in the way of stopping, each with its count', () => {
    expect(stopObjection([])).toBeNull();
    const objection = stopObjection([
      { kind: 'CLAIM', count: 3 },
      { kind: 'SPACE', count: 1 },
    ]);
    expect(objection?.message.zh).toBe(
      '该数据中心还有：虚拟机占用 3、单位的或预占的机位与整柜 1。迁出或释放后才能停用',
    );
  });
});
