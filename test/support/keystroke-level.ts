import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const RESULTS = resolve(import.meta.dirname, '../../test-results/browser');

/** Card, Moran and Newell (1980), in seconds: a key or a button, pointing with a mouse, the hand's way between the two, a thought. */
export const OPERATOR_SECONDS = { K: 0.28, P: 1.1, H: 0.4, M: 1.35 } as const;
type Operator = keyof typeof OPERATOR_SECONDS;

/** A pinyin of some three letters and the choice of its character. */
const KEYS_PER_HANZI = 4;
const HANZI = /\p{Script=Han}/u;

/**
 * Somebody who knows the page, as the keystroke-level model has him: what he does is done in the browser, and counted in
 * operators. So a way through pages has its seconds without anybody's holding a watch: the same on every machine.
 */
export class KeystrokeLevel {
  readonly steps: { readonly step: string; readonly operators: string; readonly seconds: number }[] = [];
  clicks = 0;
  private hand: 'MOUSE' | 'KEYS' = 'MOUSE';

  constructor(private readonly page: Page) {}

  get seconds(): number {
    return this.steps.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Finds it, points at it, presses it. */
  async press(step: string, target: Locator): Promise<void> {
    this.count(step, 'M', ...this.handTo('MOUSE'), 'P', 'K');
    this.clicks += 1;
    await target.click();
  }

  /** Into the field that has the focus; what to say is one thought for every clause. */
  async type(step: string, text: string): Promise<void> {
    const thoughts = text.split(/[，。；]/).filter(Boolean).length;
    const keys = [...text].reduce((sum, letter) => sum + (HANZI.test(letter) ? KEYS_PER_HANZI : 1), 0);
    this.count(step, ...this.handTo('KEYS'), ...all('M', thoughts), ...all('K', keys));
    await this.page.keyboard.type(text);
  }

  /** Looks at each of these once. */
  async read(step: string, facts: Locator): Promise<void> {
    await facts.first().waitFor();
    this.count(step, ...all('M', await facts.count()));
  }

  /** Beside the pictures of the same walk. */
  async keep(name: string, title: string): Promise<void> {
    await mkdir(RESULTS, { recursive: true });
    await writeFile(join(RESULTS, `${name}.txt`), `${this.table(title)}\n`);
  }

  /** A line a step, and their sum. */
  private table(title: string): string {
    const line = (step: string, operators: string, seconds: number) =>
      `  ${seconds.toFixed(1).padStart(6)} s  ${step}  ${operators}`;
    return [
      `${title}: ${this.clicks} clicks, ${this.seconds.toFixed(1)} s by the keystroke-level model`,
      ...this.steps.map(({ step, operators, seconds }) => line(step, operators, seconds)),
    ].join('\n');
  }

  private count(step: string, ...operators: Operator[]): void {
    const seconds = operators.reduce((sum, operator) => sum + OPERATOR_SECONDS[operator], 0);
    const counted = Map.groupBy(operators, (operator) => operator);
    const said = [...counted].map(([operator, { length }]) => (length === 1 ? operator : `${length}${operator}`));
    this.steps.push({ step, operators: said.join(' '), seconds });
  }

  private handTo(place: KeystrokeLevel['hand']): Operator[] {
    if (this.hand === place) return [];
    this.hand = place;
    return ['H'];
  }
}

const all = (operator: Operator, times: number): Operator[] => Array.from({ length: times }, () => operator);
