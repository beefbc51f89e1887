/** Decides how long ago what a group relies on was proved: by a drill that passed, by a restore test, by a copy that came when it was due. */
import { calendarDate } from '../../../kernel/calendar.js';
import type { Reading, SignalName } from '../dr-signal.js';
import type { GroupFacts } from '../dr-words.js';
import type { SignalGround, SignalSource } from './ground.js';

/** Reckoned from the database at every look. */
const MAX_AGE_S = 300;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export class DrillAge implements SignalSource {
  read({ groups, now }: SignalGround): Reading[] {
    // What never was drilled is on the calendar: it has no age.
    return groups.flatMap(({ drilledAt, id }) =>
      drilledAt
        ? [of(id, 'DRILL_DAYS', 'drills', Math.floor((now.getTime() - drilledAt.getTime()) / DAY_MS), now)]
        : [],
    );
  }
}

export class BackupProofs implements SignalSource {
  read({ groups, now }: SignalGround): Reading[] {
    return groups.flatMap((group) => this.ofGroup(group, now));
  }

  private ofGroup({ id, kept }: GroupFacts, now: Date): Reading[] {
    if (!kept) return [];
    const { missedSince, restoreTestOn } = kept;
    const late = missedSince === null ? 0 : Math.max(1, Math.ceil((now.getTime() - missedSince.getTime()) / HOUR_MS));
    return [
      of(id, 'BACKUP_LATE_HOURS', 'backups', late, now),
      ...(restoreTestOn === null
        ? []
        : [of(id, 'RESTORE_TEST_DAYS', 'backups', daysBetween(calendarDate(now), restoreTestOn), now)]),
    ];
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

function of(groupId: string, name: SignalName, source: string, value: number, now: Date): Reading {
  return {
    ...{ subjectKind: 'GROUP', subjectId: groupId, name, towards: null, source, value },
    ...{ observedAt: now, maxAgeSeconds: MAX_AGE_S },
  };
}
