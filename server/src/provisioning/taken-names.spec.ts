import { describe, expect, it } from '@jest/globals';
import { diskNameOf } from './domain/desired-manifests.js';
import { TakenNames } from './taken-names.js';

describe('names that somebody else’s objects bear', () => {
  it('tells who waits for a machine’s name and for its disk’s, in its namespace alone', () => {
    const taken = new TakenNames();
    taken.note('r1', { namespace: 'dept-a', name: 'vm-1' });
    expect(taken.waiterFor({ namespace: 'dept-a', name: 'vm-1' })).toBe('r1');
    expect(taken.waiterFor({ namespace: 'dept-a', name: diskNameOf('vm-1') })).toBe('r1');
    expect(taken.waiterFor({ namespace: 'dept-b', name: 'vm-1' })).toBeUndefined();
  });

  it('keeps nothing of whoever no longer waits, and takes nothing from who waits since', () => {
    const taken = new TakenNames();
    taken.note('r1', { namespace: 'dept-a', name: 'vm-1' });
    taken.note('r2', { namespace: 'dept-a', name: 'vm-1' });
    taken.forget('r1');
    expect(taken.waiterFor({ namespace: 'dept-a', name: 'vm-1' })).toBe('r2');
    taken.forget('r2');
    expect(taken.waiterFor({ namespace: 'dept-a', name: 'vm-1' })).toBeUndefined();
  });
});
