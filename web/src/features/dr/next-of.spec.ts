import { describe, expect, it } from '@jest/globals';
import { drWords as english } from '../../lib/i18n/en/dr';
import { drWords as chinese } from '../../lib/i18n/zh-CN/dr';
import { nextOf, type Why } from './next-of';

const group = { id: 'g', systemId: 's' };
const everything = () => true;
const why = (of: Partial<Why>): Why => ({
  code: 'SIGNAL_UNKNOWN',
  signal: null,
  isProbed: false,
  resourceIds: [],
  ...of,
});

describe('what to do next about a reason', () => {
  it('is the filled-in request wherever one would put it right', () => {
    const next = nextOf(why({ code: 'MACHINES_MISSING', resourceIds: ['r1', 'r2'] }), group, everything);
    expect(next.word).toBe('FIX');
    expect(next.to).toContain('r1');
  });

  it.each([
    ['REPLICATION_COVERAGE', false, 'CLUSTERS', undefined],
    ['REPLICATION_COVERAGE', true, 'PROBE', '#dr-probes'],
    ['CLUSTER_SILENCE', true, 'CLUSTERS', undefined],
    ['SERVICE_ANSWER', false, 'PROBE', '#dr-probes'],
  ] as const)('of %s that nobody knows of (probed: %s) is %s', (signal, isProbed, word, href) => {
    const next = nextOf(why({ signal, isProbed }), group, everything);
    expect(next).toMatchObject({ word, ...(href ? { href } : {}) });
  });

  it('is to wait for what has only begun to be read, wherever it is read from', () => {
    for (const isProbed of [false, true])
      expect(
        nextOf(why({ code: 'SIGNAL_AWAITED', signal: 'REPLICATION_COVERAGE', isProbed }), group, everything),
      ).toEqual({ word: 'WAIT', href: '#dr-signals' });
  });

  it('is no look at history where two write, or where a day is set', () => {
    const bad = (signal: Why['signal']) => nextOf(why({ code: 'SIGNAL_BAD', signal }), group, everything);
    expect(bad('WRITER_COUNT')).toMatchObject({ word: 'WRITERS', to: expect.stringContaining('/dr-picture') });
    expect(bad('CERTIFICATE_DAYS').word).toBe('CERTIFICATE');
    expect(bad('REPLICATION_LAG').word).toBe('GROWTH');
    expect(nextOf(why({ signal: 'WRITER_COUNT' }), group, everything).word).toBe('CLUSTERS');
  });

  it('says it, without a way that is closed to whoever reads', () => {
    const nothing = () => false;
    expect(nextOf(why({ code: 'OWED' }), group, nothing)).toEqual({ word: 'DEBTS' });
    expect(nextOf(why({ code: 'OWED' }), group, everything).to).toContain('s');
    expect(nextOf(why({ code: 'SIDE_STANDS_BY' }), group, nothing)).toEqual({ word: 'FAIL_BACK' });
  });

  it('has words in both languages for each', () => {
    expect(Object.keys(english.dr.next)).toEqual(Object.keys(chinese.dr.next));
  });
});
