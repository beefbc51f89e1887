import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EXECUTION_KINDS, STEP_ACTIONS } from './execution-words.js';
import { stepsBack, usualSteps } from './usual-steps.js';
import { keptText, sayUsual, USUAL } from './usual-texts.js';

const every = [
  ...EXECUTION_KINDS.flatMap((kind) => [...usualSteps(kind), ...usualSteps(kind, true)]),
  ...stepsBack(new Set(STEP_ACTIONS)),
].flatMap(({ instruction, title }) => (instruction === '' ? [title] : [title, instruction]));

describe('what the console proposes for a runbook', () => {
  it('is said in the reader’s language, every title and instruction of it', () => {
    expect(every.length).toBeGreaterThan(50);
    for (const text of every) {
      const { en, zh } = sayUsual(text);
      expect(zh).toBe(text);
      expect(en).toMatch(/^[\x20-\x7e’“”]+$/);
    }
  });

  it('is kept as one text, whichever language its editor read it in', () => {
    for (const text of every) expect(keptText(` ${sayUsual(text).en} `)).toBe(text);
    expect(new Set(Object.values(USUAL).map(({ en }) => en)).size).toBe(Object.keys(USUAL).length);
  });

  it('leaves what people write as they wrote it', () => {
    const known = new Set(Object.values(USUAL).flatMap(({ en, zh }) => [en, zh]));
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!known.has(text.trim()));
        expect(sayUsual(text)).toEqual({ zh: text, en: text });
        expect(keptText(text)).toBe(text.trim());
      }),
    );
  });
});
