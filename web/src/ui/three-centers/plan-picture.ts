import type { TFunction } from 'i18next';
import type {
  CenterLife,
  CenterRole,
  LocalMode,
  RemoteMode,
  RequestLineKind,
  ShareStanding,
} from '../../graphql/enums';
import { count } from '../../lib/quantity';

type Line = {
  kind: RequestLineKind;
  count: number;
  localMode: LocalMode;
  remoteMode: RemoteMode;
  center: { id: string } | null;
  shares: readonly { center: { id: string } | null; count: number; standing: ShareStanding; owed: boolean }[];
};
type Center = { id: string; role: CenterRole; life: CenterLife };
/** What of a request stands in one center, and as what; owed = nothing is held for it yet. */
type Part = { centerId: string; kind: RequestLineKind; count: number; standing: ShareStanding | 'OWED' };

export type PlanPicture = {
  planned: Map<string, string[]>;
  linked: { sameCity: boolean; remote: boolean };
};

const STANDINGS = ['RUNNING', 'STANDBY', 'DATA', 'OWED'] as const;
const wordOf = {
  RUNNING: 'planPicture.running',
  STANDBY: 'planPicture.standby',
  DATA: 'planPicture.data',
  OWED: 'planPicture.owed',
} as const;
const thingOf = {
  VM: 'planPicture.machines',
  SERVER: 'planPicture.servers',
  CABINET: 'planPicture.cabinets',
  SERVICE: null,
} as const;

/** The request's things center by center, in words, from lines that stand alike: where submit has placed them, else where their modes lead. */
export function planPicture(lines: readonly Line[], centers: readonly Center[], t: TFunction): PlanPicture {
  const parts = lines.flatMap((line) => (line.shares.length > 0 ? placed(line) : expected(line, centers)));
  const planned = new Map<string, string[]>();
  for (const { id } of centers)
    for (const standing of STANDINGS) {
      const here = parts.filter((part) => part.centerId === id && part.standing === standing);
      const things = (['VM', 'SERVER', 'CABINET'] as const).flatMap((kind) => {
        const total = here.filter((part) => part.kind === kind).reduce((sum, part) => sum + part.count, 0);
        return total > 0 ? [t(thingOf[kind], { things: count(total) })] : [];
      });
      if (things.length > 0)
        planned.set(id, [...(planned.get(id) ?? []), t(wordOf[standing], { things: things.join(' · ') })]);
    }
  // A link is drawn for what stands at its end: a share that is owed protects nothing yet.
  const standsIn = (role: CenterRole) =>
    centers.some((center) => center.role === role && parts.some(isThere(center.id)));
  const located = lines.filter(({ kind }) => kind !== 'SERVICE');
  return {
    planned,
    linked: {
      sameCity:
        located.some(({ localMode }) => localMode === 'DUAL_ACTIVE') && standsIn('ACTIVE_A') && standsIn('ACTIVE_B'),
      remote: located.some(({ remoteMode }) => remoteMode !== 'NONE') && standsIn('RECOVERY'),
    },
  };
}

const isThere = (centerId: string) => (part: Part) => part.centerId === centerId && part.standing !== 'OWED';

const takes = (life: CenterLife): boolean => life === 'IN_SERVICE' || life === 'TRIAL';

function placed({ kind, shares }: Line): Part[] {
  return shares.flatMap(({ center, count: things, standing, owed }) =>
    center ? [{ centerId: center.id, kind, count: things, standing: owed ? 'OWED' : standing }] : [],
  );
}

/** Before submit: where a mode leaves the choice open, nothing is drawn. */
function expected({ kind, count: things, localMode, remoteMode, center }: Line, centers: readonly Center[]): Part[] {
  if (kind === 'SERVICE') return [];
  const of = (role: CenterRole, standing: ShareStanding): Part[] =>
    centers
      .filter((one) => one.role === role)
      .slice(0, 1)
      // What is not in service yet cannot take it: it would be owed, if it is accepted at all.
      .map(({ id, life }) => ({ centerId: id, kind, count: things, standing: takes(life) ? standing : 'OWED' }));
  const main: Part[] =
    localMode === 'DUAL_ACTIVE'
      ? [...of('ACTIVE_A', 'RUNNING'), ...of('ACTIVE_B', 'RUNNING')]
      : center
        ? [{ centerId: center.id, kind, count: things, standing: 'RUNNING' }]
        : [];
  if (remoteMode === 'NONE' || (remoteMode === 'DATA' && kind !== 'VM')) return main;
  return [...main, ...of('RECOVERY', remoteMode === 'DATA' ? 'DATA' : 'STANDBY')];
}
