/** What a simulated machine uses at a moment: made up of its name, so that the same machine is the same one again. */
import { fnv1a, Random } from './random.js';

/** OFFICE: follows the working day. STEADY: the same day and night. NIGHT: batches after midnight. IDLE: forgotten. */
const KINDS = [
  { kind: 'OFFICE', weight: 58 },
  { kind: 'STEADY', weight: 22 },
  { kind: 'NIGHT', weight: 12 },
  { kind: 'IDLE', weight: 8 },
] as const;
type LoadKind = (typeof KINDS)[number]['kind'];

export interface Load {
  /** Share of its vCPU, 0 to 1. */
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
  /** Bytes a second. */
  readonly diskRead: number;
  readonly diskWrite: number;
  readonly netIn: number;
  readonly netOut: number;
}

interface Character {
  readonly kind: LoadKind;
  readonly base: number;
  readonly peak: number;
  readonly memory: number;
  readonly disk: number;
  readonly traffic: number;
}

const HOUR_MS = 3_600_000;
const SHANGHAI_MS = 8 * HOUR_MS;
const SLOT_MS = 300_000;
const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;

/** @param name what tells it from all others, e.g. "dept-fin/vm-1". */
export function characterOf(name: string): Character {
  const random = new Random(`load ${name}`);
  const kind = random.pickWeighted(KINDS, ({ weight }) => weight)?.kind ?? 'STEADY';
  const idle = kind === 'IDLE';
  const base = idle ? random.between(0.004, 0.015) : random.between(0.04, 0.18);
  return {
    kind,
    base,
    peak: idle ? base + 0.01 : base + random.between(0.15, 0.6),
    memory: idle ? random.between(0.07, 0.15) : random.between(0.3, 0.82),
    disk: random.between(0.12, 0.78),
    traffic: idle ? random.between(200, 2_000) : random.between(40_000, 4_000_000),
  };
}

export function loadAt(name: string, character: Character, ms: number): Load {
  const local = ms + SHANGHAI_MS;
  const hour = (local / HOUR_MS) % 24;
  const day = Math.floor(local / (24 * HOUR_MS));
  const weekday = (day + THURSDAY) % DAYS_PER_WEEK;
  const noise = (fnv1a(`${name} ${Math.floor(ms / SLOT_MS)}`) % 1_000) / 1_000;
  const busy = shapeOf(character.kind, hour, weekday === 0 || weekday === 6);
  const cpu = clamp((character.base + (character.peak - character.base) * busy) * (0.8 + 0.4 * noise));
  const traffic = character.traffic * (0.15 + busy) * (0.6 + 0.8 * noise);
  return {
    cpu,
    memory: clamp(character.memory * (0.94 + 0.06 * busy + 0.04 * noise)),
    // A disk fills slowly, and is cleared now and then.
    disk: clamp(character.disk + ((day % 60) / 60) * 0.04),
    diskRead: traffic * 0.3,
    diskWrite: traffic * 0.5,
    netIn: traffic,
    netOut: traffic * 1.4,
  };
}

/** 0 = at rest, 1 = at its busiest. */
function shapeOf(kind: LoadKind, hour: number, weekend: boolean): number {
  switch (kind) {
    case 'OFFICE': {
      if (weekend) return 0.05;
      // Two humps: the forenoon and the afternoon, with lunch between.
      const hump = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));
      return Math.min(1, hump(10, 1.7) + 0.9 * hump(15.2, 2));
    }
    case 'STEADY':
      return 0.45;
    case 'NIGHT':
      return hour >= 1 && hour < 5 ? 1 : 0.06;
    case 'IDLE':
      return 0.1;
  }
}

function clamp(share: number): number {
  return Math.min(0.995, Math.max(0, share));
}
