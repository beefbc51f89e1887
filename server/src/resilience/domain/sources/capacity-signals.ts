/** Decides whether the center that would take a group over has the room: what is free there against what would have to be started. */
import type { Reading } from '../dr-signal.js';
import type { GroupFacts } from '../dr-words.js';
import type { SignalGround, SignalSource } from './ground.js';

/** Reckoned from the database at every look. */
const MAX_AGE_S = 300;
const PERCENT = 100;
/** More than enough is enough: figures beyond say nothing more. */
const PERCENT_MAX = 1_000;

export class TargetCapacity implements SignalSource {
  read({ centers, groups, now }: SignalGround): Reading[] {
    const target = centers.find(({ role }) => role === 'RECOVERY');
    const free = target?.free;
    if (!target || !free) return [];
    return groups.flatMap((group) => {
      const needs = startedElsewhere(group);
      if (!needs) return [];
      const shares = [share(free.vcpu, needs.vcpu), share(free.memoryMib, needs.memoryMib)];
      return [
        {
          ...({ subjectKind: 'GROUP', subjectId: group.id, name: 'TARGET_CAPACITY', towards: 'RECOVERY' } as const),
          ...{ source: `capacity ${target.code}`, value: Math.min(...shares) },
          ...{ observedAt: now, maxAgeSeconds: MAX_AGE_S },
        },
      ];
    });
  }
}

const share = (free: number, needed: number) =>
  needed <= 0 ? PERCENT_MAX : Math.min(PERCENT_MAX, Math.floor((free * PERCENT) / needed));

/** Where the application is to run in the recovery center: one side's compute, less what stands by already. */
function startedElsewhere(group: GroupFacts): { vcpu: number; memoryMib: number } | null {
  const tiers = group.tiers.filter(({ remoteMode }) => remoteMode === 'APPLICATION');
  if (tiers.length === 0) return null;
  let [vcpu, memoryMib] = [0, 0];
  for (const { localMode, members } of tiers) {
    const running = members.filter(({ standby }) => !standby);
    const sides = localMode === 'DUAL_ACTIVE' ? 2 : 1;
    const ready = members.filter(({ standby }) => standby);
    for (const one of running) {
      vcpu += one.vcpu / sides;
      memoryMib += one.memoryMib / sides;
    }
    for (const one of ready) {
      vcpu -= one.vcpu;
      memoryMib -= one.memoryMib;
    }
  }
  return { vcpu: Math.max(0, vcpu), memoryMib: Math.max(0, memoryMib) };
}
