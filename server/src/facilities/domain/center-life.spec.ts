import { describe, expect, it } from '@jest/globals';
import { CENTER_ACTIONS, centerLifeTable } from './center-life.js';
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
