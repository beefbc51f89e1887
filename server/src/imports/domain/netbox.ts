/** Decides what the fields of a NetBox library file mean, and keeps aside those that we have no use for. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CellProblem } from './import-table.js';

const GRAMS_OF = { kg: 1_000, g: 1, lb: 453.592_37, oz: 28.349_523_125 } as const;
const MILLIMETRES_OF = { mm: 1, in: 25.4 } as const;

/** The fields of one document. What is read is taken out; the rest is kept aside as it came. */
export class NetboxFields {
  readonly problems: CellProblem[] = [];
  private readonly left: Record<string, unknown>;

  constructor(value: unknown) {
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.left = isMapping ? { ...(value as Record<string, unknown>) } : {};
    if (!isMapping) this.tell(null, say('文档不是键值结构', 'the document is no mapping'));
  }

  /** Required. Numbers count as text: some models are called 2288. */
  text(key: string, charsMax: number): string {
    const value = this.take(key);
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && text.trim() !== '' && text.length <= charsMax) return text.trim();
    this.tell(key, say(`须填写，最多 ${charsMax} 个字符`, `is required, with at most ${charsMax} characters`));
    return '';
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.take(key) ?? fallback;
    if (typeof value === 'boolean') return value;
    this.tell(key, say('须为 true 或 false', 'must be true or false'));
    return fallback;
  }

  /** A height in units, as half-units: 43U is a height, a quarter of a unit is none. */
  halfUnits(key: string, maxUnits: number): number {
    const value = this.take(key);
    const halves = typeof value === 'number' ? value * 2 : Number.NaN;
    if (Number.isInteger(halves) && halves >= 0 && halves <= maxUnits * 2) return halves;
    this.tell(key, say(`须为 0 到 ${maxUnits} 之间、0.5 的整数倍`, `must be a multiple of 0.5 from 0 to ${maxUnits}`));
    return 0;
  }

  whole(key: string, { min, max }: { readonly min: number; readonly max: number }, fallback: number): number {
    const value = this.take(key) ?? fallback;
    if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
    this.tell(key, say(`须为 ${min} 到 ${max} 的整数`, `must be a whole number from ${min} to ${max}`));
    return fallback;
  }

  /** null = the maker does not say. `unitKey` is read, not taken: several weights share it. */
  grams(key: string, unitKey: string, maxGrams: number): number | null {
    return this.measure(key, unitKey, GRAMS_OF, maxGrams);
  }

  millimetres(key: string, unitKey: string, max: number): number | null {
    return this.measure(key, unitKey, MILLIMETRES_OF, max);
  }

  /**
   * What a machine draws at most, by the `maximum_draw` of its power ports. Half of them hang on each feed; with one feed
   * lost the others carry all, so that no more than the half with the larger ports can be drawn. null = none says it.
   */
  nameplateW(key: string): number | null {
    const ports = this.left[key];
    if (!Array.isArray(ports)) return null;
    const draws: number[] = [];
    for (const [index, port] of ports.entries()) {
      const draw: unknown = (port as { maximum_draw?: unknown } | null)?.maximum_draw;
      if (draw === undefined || draw === null) continue;
      if (Number.isInteger(draw) && (draw as number) >= 0) draws.push(draw as number);
      else
        this.tell(
          `${key}[${index}].maximum_draw`,
          say('须为不小于 0 的整数（W）', 'must be a whole number of watts, 0 or more'),
        );
    }
    if (draws.length === 0) return null;
    return draws
      .toSorted((a, b) => b - a)
      .slice(0, Math.ceil(draws.length / 2))
      .reduce((sum, draw) => sum + draw, 0);
  }

  /** Whether the document has such a field; it stays where it is. */
  has(key: string): boolean {
    return this.left[key] !== undefined;
  }

  drop(key: string): void {
    delete this.left[key];
  }

  keptAside(): Record<string, unknown> {
    return { ...this.left };
  }

  tell(column: string | null, message: Bilingual): void {
    this.problems.push({ column, message });
  }

  private measure(key: string, unitKey: string, units: Readonly<Record<string, number>>, max: number): number | null {
    const value = this.take(key);
    if (value === undefined || value === null) return null;
    const factor = units[String(this.left[unitKey])];
    if (factor === undefined) {
      this.tell(
        unitKey,
        say(`须为 ${Object.keys(units).join('、')} 之一`, `must be one of ${Object.keys(units).join(', ')}`),
      );
      return null;
    }
    const amount = typeof value === 'number' ? Math.round(value * factor) : Number.NaN;
    if (amount >= 0 && amount <= max) return amount;
    this.tell(key, say('须为不小于 0 的合理数值', 'must be a number of a sensible size, 0 or more'));
    return null;
  }

  private take(key: string): unknown {
    const value = this.left[key];
    delete this.left[key];
    return value;
  }
}
