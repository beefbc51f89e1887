import { describe, expect, it } from '@jest/globals';
import { revealServerObstacle, serverLoginUntil, stateOfServerLogin, takerOfServerLogin } from './server-login.js';

const NOW = new Date('2026-11-29T04:00:00Z');
const DAY_MS = 86_400_000;
const DAYS = 30;
const ready = { askedById: null, readyAt: NOW, revealedAt: null, destroyedAt: null };
const facts = { applicantId: 'applicant', viewerId: 'applicant', days: DAYS, now: NOW };
const codeOf = (login: Parameters<typeof revealServerObstacle>[0], more: Partial<typeof facts> = {}) => {
  const refusal = revealServerObstacle(login, { ...facts, ...more });
  return refusal && [refusal.code, 'state' in refusal ? refusal.state : null];
};

describe('the first password of a server’s installation', () => {
  it('is the applicant’s; of one that somebody had installed anew it is theirs', () => {
    expect(takerOfServerLogin(ready, 'applicant')).toBe('applicant');
    expect(codeOf(ready)).toBeNull();
    expect(codeOf(ready, { viewerId: 'colleague' })).toEqual(['NOT_PERMITTED', null]);
    const anew = { ...ready, askedById: 'colleague' };
    expect(codeOf(anew)).toEqual(['NOT_PERMITTED', null]);
    expect(codeOf(anew, { viewerId: 'colleague' })).toBeNull();
  });

  it('is fetched once it stands ready, once, and within its days', () => {
    expect(codeOf({ ...ready, readyAt: null })).toEqual(['ILLEGAL_TRANSITION', 'READY']);
    expect(codeOf({ ...ready, revealedAt: NOW })).toEqual(['ILLEGAL_TRANSITION', 'REVEALED']);
    expect(codeOf({ ...ready, destroyedAt: NOW })).toEqual(['ILLEGAL_TRANSITION', 'DESTROYED']);
    const until = serverLoginUntil(ready, DAYS, NOW);
    expect(until.getTime()).toBe(NOW.getTime() + DAYS * DAY_MS);
    expect(codeOf(ready, { now: new Date(until.getTime() - 1) })).toBeNull();
    expect(codeOf(ready, { now: until })).toEqual(['ILLEGAL_TRANSITION', 'DESTROYED']);
    expect(codeOf(null)).toEqual(['ILLEGAL_TRANSITION', 'NONE']);
  });

  it('says what became of it', () => {
    expect(stateOfServerLogin(ready)).toBe('READY');
    expect(stateOfServerLogin({ ...ready, revealedAt: NOW })).toBe('REVEALED');
    expect(stateOfServerLogin({ ...ready, destroyedAt: NOW })).toBe('DESTROYED');
  });
});
