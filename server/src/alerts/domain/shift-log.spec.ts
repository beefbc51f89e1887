import { expect, it } from '@jest/globals';
import { logText } from './shift-log.js';

it('says a line in both languages, and what it does not know how to say as it was kept', () => {
  const words = { kind: 'HANDED_OVER', from: '甲', to: '乙', note: '无' } as const;
  expect(logText({ text: '原文', words })).toEqual({ zh: '甲 交班，乙 接班：无', en: '甲 hands over to 乙: 无' });
  const kept = { zh: '原文', en: '原文' };
  expect(logText({ text: '原文', words: null })).toEqual(kept);
  // Written by a newer console beside this one.
  expect(logText({ text: '原文', words: { kind: 'OF_A_LATER_VERSION' } as never })).toEqual(kept);
});
