import type { Machine } from './machine.ts';
import type { ModelRequest } from './request.ts';
import type { Share, Site } from './shares.ts';

/** Another DR mode of one line: what it adds or takes away. */
export interface ModesChange {
  readonly of: ModelRequest;
  readonly line: number;
  readonly to: {
    readonly localMode: 'SINGLE' | 'DUAL_ACTIVE' | null;
    readonly remoteMode: 'NONE' | 'DATA' | 'APPLICATION' | null;
    /** Where it stays, of two. */
    readonly keep: Site | null;
  };
  readonly up: readonly Share[];
  readonly leaving: readonly Machine[];
  readonly staying: readonly Machine[];
  readonly withoutData: boolean;
}

/** Every change of modes that a line can have now: none while anything of it is on its way, owed, in the bin or gone. */
export function modesChangesOf(of: ModelRequest, line: number, recoveryIsOpen: boolean): ModesChange[] {
  const all = of.machines.filter(({ share }) => share.line === line);
  const settled = all.every(
    ({ state, isProtected, changing }) => state === 'IN_USE' && !isProtected && changing === null,
  );
  const owes = of.debts.some(({ share }) => share.line === line);
  if (all.length === 0 || !settled || owes || of.until !== null || all.some(({ share }) => share.foreign)) return [];
  // Of one size: a change of one machine's made them differ, and a mode is the whole line's.
  if (of.resized.has(line)) return [];
  const at = (site: Site) => all.filter(({ share }) => share.site === site);
  const data = of.shares.some((share) => share.line === line && share.standing === 'DATA');
  const count = Math.max(at('A').length, at('B').length);
  const share = (site: Site, standing: Share['standing']): Share => ({
    ...{ line, kind: 'VM', site, standing, count, foreign: false, card: all[0]?.share.card ?? false, form: 'PLAIN' },
  });
  const none = { up: [], leaving: [], withoutData: false };
  const as = (to: Partial<ModesChange['to']>, more: Partial<typeof none> | object): ModesChange => {
    const what = { ...none, ...more } as Pick<ModesChange, 'up' | 'leaving' | 'withoutData'>;
    const staying = all.filter((machine) => !what.leaving.includes(machine));
    return { of, line, to: { localMode: null, remoteMode: null, keep: null, ...to }, staying, ...what };
  };
  const isDual = at('A').length > 0 && at('B').length > 0;
  const other = at('A').length > 0 ? 'B' : 'A';
  const isAlone = at('R').length === 0 && !data;
  return [
    ...(isDual
      ? (['A', 'B'] as const).map((keep) =>
          as({ localMode: 'SINGLE', keep }, { leaving: at(keep === 'A' ? 'B' : 'A') }),
        )
      : [as({ localMode: 'DUAL_ACTIVE' }, { up: [share(other, 'RUNNING')] })]),
    ...(isAlone && recoveryIsOpen
      ? [
          as({ remoteMode: 'DATA' }, { up: [share('R', 'DATA')] }),
          as({ remoteMode: 'APPLICATION' }, { up: [share('R', 'STANDBY')] }),
        ]
      : []),
    ...(at('R').length > 0 ? [as({ remoteMode: 'NONE' }, { leaving: at('R') })] : []),
    ...(data ? [as({ remoteMode: 'NONE' }, { withoutData: true })] : []),
  ];
}
