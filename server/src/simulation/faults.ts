/** Faults that a test or a demonstration asks for, as data. */
import type { ResourcePath, Verb } from './api/request.js';

/**
 * latency             the answer comes `ms` later
 * tooManyRequests     429 with Retry-After, nothing is done
 * serverError         500, or the `code` given, nothing is done
 * timeoutAfterEffect  done, but no answer comes: after `ms` the line is cut
 * dropWatch           a watch's line is cut after `ms`
 * disorderWatch       a watch says changes twice, and two that come close together in the wrong order
 * slowList            a list comes `ms` later for every hundred objects in it
 * stuckFinalizer      controllers take no finalizer away: what is deleted stays, leaving
 * cutOff              nothing is answered and every line is cut, as if the center were away
 */
export const faultEffects = [
  'latency',
  'tooManyRequests',
  'serverError',
  'timeoutAfterEffect',
  'dropWatch',
  'disorderWatch',
  'slowList',
  'stuckFinalizer',
  'cutOff',
] as const;
export type FaultEffect = (typeof faultEffects)[number];

export interface FaultMatch {
  readonly verb?: string;
  readonly plural?: string;
  readonly name?: string;
}

export interface Fault {
  readonly match: FaultMatch;
  readonly effect: FaultEffect;
  /** How many requests it meets; for ever when not said. */
  readonly times?: number;
  readonly ms?: number;
  /** Of serverError. */
  readonly code?: number;
}

interface Standing {
  readonly fault: Fault;
  left: number;
}

export class Faults {
  #standing: Standing[] = [];

  /** @param cut called when the cluster is cut off: lines that are open must go too. */
  constructor(private readonly cut: (match: FaultMatch) => void = () => undefined) {}

  add(fault: Fault): void {
    this.#standing.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    if (fault.effect === 'cutOff') this.cut(fault.match);
  }

  /** What stands, with how often it is still to be met. */
  standing(): readonly Fault[] {
    return this.#standing.map(({ fault, left }) => ({ ...fault, ...(Number.isFinite(left) ? { times: left } : {}) }));
  }

  /** Whether finalizers of this object stay. Being looked at is not being met: it holds until it is cleared. */
  holds(plural: string, name: string): boolean {
    return this.#standing.some(
      ({ fault: { effect, match } }) =>
        effect === 'stuckFinalizer' &&
        (match.plural === undefined || match.plural === plural) &&
        (match.name === undefined || match.name === name),
    );
  }

  clear(): void {
    this.#standing = [];
  }

  /** The faults that this request meets, each counted once. */
  meet(verb: Verb, path: ResourcePath | undefined): readonly Fault[] {
    const met = this.#standing.filter(({ fault }) => matches(fault, verb, path));
    for (const each of met) each.left -= 1;
    this.#standing = this.#standing.filter((each) => each.left > 0);
    return met.map((each) => each.fault);
  }
}

export function matches({ effect, match }: Fault, verb: Verb, path: ResourcePath | undefined): boolean {
  if (effect === 'stuckFinalizer') return false;
  if ((effect === 'dropWatch' || effect === 'disorderWatch') && verb !== 'watch') return false;
  if (effect === 'slowList' && verb !== 'list') return false;
  return (
    (match.verb === undefined || match.verb === verb) &&
    (match.plural === undefined || match.plural === path?.plural) &&
    (match.name === undefined || match.name === path?.name)
  );
}
