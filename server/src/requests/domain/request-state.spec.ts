import { describe, expect, it } from '@jest/globals';
import { holderOf, REQUEST_STATES, requestTable, waits } from './request-state.js';

const NAMES = { applicant: '张三', department: '省人社厅' };

describe('waits', () => {
  it('is of exactly the states in which somebody has it', () => {
    // Under review the chain's step says who: without a round there is nobody to name.
    for (const state of REQUEST_STATES.filter((one) => one !== 'UNDER_REVIEW'))
      expect([state, waits(state)]).toEqual([state, holderOf(state, NAMES, null) !== null]);
    expect(waits('UNDER_REVIEW')).toBe(true);
  });

  it('ends with the last act that a person may do', () => {
    const left = REQUEST_STATES.filter((state) => Object.keys(requestTable.transitions[state]).length === 0);
    for (const state of left) expect([state, waits(state)]).toEqual([state, false]);
  });
});
