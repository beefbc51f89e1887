import { expect, it } from '@jest/globals';
import { descriptionOf, entryText, titleOf } from './ticket-words.js';

it('says what it does not know how to say as it was kept: a newer console beside it may have written it', () => {
  const words = { kind: 'OF_A_LATER_VERSION' } as never;
  const kept = { zh: '原文', en: '原文' };
  expect(titleOf({ title: '原文', words })).toEqual(kept);
  expect(descriptionOf({ description: '原文', words })).toEqual(kept);
  expect(entryText({ text: '原文', words })).toEqual(kept);
  expect(entryText({ text: null, words })).toBeNull();
  // So is what was written before there were words, and what people typed.
  expect(titleOf({ title: '原文', words: null })).toEqual(kept);
  expect(entryText({ text: '原文', words: null })).toEqual(kept);
  expect(entryText({ text: '', words: { kind: 'FAULT', minutes: 1, outageCode: 'GZ-1' } })?.en).toBe(
    '1 minute, recorded as GZ-1',
  );
});
