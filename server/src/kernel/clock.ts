/** Time as an argument: domain and services never read the machine's clock themselves, so a test can drive it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Injection token of the clock. */
export const CLOCK = Symbol('CLOCK');
