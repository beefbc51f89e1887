import { describe, expect, it } from '@jest/globals';
import type { TFunction } from 'i18next';
import { lagText } from './dr-words';

const t = ((key: string, { time }: { time: string }) => `${time} ${key}`) as unknown as TFunction;

describe('how far a link is behind', () => {
  it('is said as the least that it can be while some of it is unknown', () => {
    expect(lagText(t, 30, 0)).toBe('30 dr.time.seconds');
    expect(lagText(t, 30, 2)).toBe('≥ 30 dr.time.seconds');
  });
});
