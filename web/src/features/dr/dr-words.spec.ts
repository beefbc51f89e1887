import { describe, expect, it } from '@jest/globals';
import i18next, { type TFunction } from 'i18next';
import { withTranslations } from '../../lib/i18n/for-tests';
import { lagText, sourceText } from './dr-words';

const t = ((key: string, { time }: { time: string }) => `${time} ${key}`) as unknown as TFunction;

describe('how far a link is behind', () => {
  it('is said as the least that it can be while some of it is unknown', () => {
    expect(lagText(t, 30, 0)).toBe('30 dr.time.seconds');
    expect(lagText(t, 30, 2)).toBe('≥ 30 dr.time.seconds');
  });
});

describe('who said it', () => {
  it('is in the reader’s words where the console knows it of itself, and as operators call it elsewhere', async () => {
    await withTranslations();
    const words = i18next.t;
    expect(sourceText(words, 'record of both centers')).toBe('两中心台账比对');
    expect(sourceText(words, 'capacity center-c')).toBe('容量台账 center-c');
    expect(sourceText(words, 'VolSync ReplicationSource')).toBe('VolSync ReplicationSource');
  });
});
