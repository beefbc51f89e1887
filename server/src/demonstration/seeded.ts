/** Everything made up comes out of one number: the same seed gives the same province, byte by byte. */

/** Ids carry a time; a made-up one, so that they too are the same every time. */
const BEGINNING_MS = Date.UTC(2026, 0, 1);

export class Seeded {
  private state: number;
  private ids = 0;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number, 0 to 2^32 - 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 to below - 1. */
  below(below: number): number {
    return this.next() % below;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** Some of the choices, each at most once, in their own order. */
  some<T>(choices: readonly T[], count: number): T[] {
    const left = choices.map((_, index) => index);
    const taken = Array.from(
      { length: Math.min(count, left.length) },
      () => left.splice(this.below(left.length), 1)[0],
    );
    return choices.filter((_, index) => taken.includes(index));
  }

  /** A uuid of version 7, like every other id. */
  id(): string {
    this.ids += 1;
    return this.idAt(BEGINNING_MS + this.ids);
  }

  /** A uuid of version 7 that carries that time. */
  idAt(timeMs: number): string {
    const time = timeMs.toString(16).padStart(12, '0');
    const hex = [this.next(), this.next(), this.next()].map((word) => word.toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[Number.parseInt(hex[3] as string, 16) & 3];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(8, 20)}`;
  }
}
