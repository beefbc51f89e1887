import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import type { FormError } from '../../../ui/forms/form-errors';
import type {
  ChangeGroupFields,
  ChangeServiceFields,
  ChangeThingsFields,
  CreateChangeMutation,
  SavedChangeQuery,
} from '../change.gql';
import type { Choices } from './line-draft';

export type ChangeGroup = ResultOf<typeof ChangeGroupFields>;
export type ChangeService = ResultOf<typeof ChangeServiceFields>;
export type ChangeThings = ResultOf<typeof ChangeThingsFields>;
export type ChangedMachine = ChangeGroup['resources'][number];
export type ChangeInput = VariablesOf<typeof CreateChangeMutation>['input']['content'];
type SavedChange = ResultOf<typeof SavedChangeQuery>['request'];

/** What the machines of one group shall be; at first what they are. */
export type GroupDraft = {
  offerId: string | null;
  /** null = every machine as it is: they differ. */
  diskGib: number | null;
  localMode: LocalMode;
  remoteMode: RemoteMode;
  /** Of dual-active that becomes single: the center that stays. */
  centerId: string | null;
};

/** What a service shall be; at first what it is. */
export type ServiceWish = { count: number | null; answers: Record<string, string> };

/** What servers or places shall be; at first what they are. Sizes are null of servers, and while a field is empty. */
export type ThingsDraft = Pick<GroupDraft, 'localMode' | 'remoteMode' | 'centerId'> & {
  heightUnits: number | null;
  powerW: number | null;
  weightKg: number | null;
};

export type ChangeDraft = {
  purpose: string;
  restartAgreed: boolean;
  groups: GroupDraft[];
  services: ServiceWish[];
  things: ThingsDraft[];
};

export type Size = { vcpu: number; memoryMib: number; diskGib: number };

/** What all have, or null where they differ. */
const common = <T>(values: readonly T[]): T | null => {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
};

export function asItIs({ resources, localMode, remoteMode }: ChangeGroup): GroupDraft {
  return {
    offerId: common(resources.map(({ offer }) => offer?.id ?? null)),
    diskGib: common(resources.map(({ diskGib }) => diskGib)),
    ...{ localMode, remoteMode, centerId: null },
  };
}

export const answersOf = (answers: readonly { key: string; value: string }[]): Record<string, string> =>
  Object.fromEntries(answers.map(({ key, value }) => [key, value]));

export const serviceAsItIs = ({ count, answers }: ChangeService): ServiceWish => ({
  count,
  answers: answersOf(answers),
});

export const thingsAsTheyAre = ({ size, localMode, remoteMode }: ChangeThings): ThingsDraft => ({
  heightUnits: size?.heightUnits ?? null,
  powerW: size?.powerW ?? null,
  weightKg: size?.weightKg ?? null,
  ...{ localMode, remoteMode, centerId: null },
});

export function beginChange(
  groups: readonly ChangeGroup[],
  services: readonly ChangeService[],
  things: readonly ChangeThings[],
  saved: SavedChange | null,
): ChangeDraft {
  return {
    purpose: saved?.purpose ?? '',
    restartAgreed: saved?.restartAgreed ?? false,
    services: services.map((service) => {
      const line = saved?.lines.find(({ changedLineId }) => changedLineId === service.id);
      return line?.service ? { count: line.count, answers: answersOf(line.service.answers) } : serviceAsItIs(service);
    }),
    things: things.map((thing) => {
      const line = saved?.lines.find(({ changedLineId }) => changedLineId === thing.id);
      const now = thingsAsTheyAre(thing);
      if (!line) return now;
      const { localMode, remoteMode, center, cabinet } = line;
      const leaves = thing.localMode === 'DUAL_ACTIVE' && localMode === 'SINGLE';
      return { ...now, ...cabinet, localMode, remoteMode, centerId: leaves ? (center?.id ?? null) : null };
    }),
    groups: groups.map((group) => {
      const ids = new Set(group.resources.map(({ id }) => id));
      const line = saved?.lines.find(({ changes }) => changes.some(({ resource }) => resource && ids.has(resource.id)));
      const now = asItIs(group);
      if (!line?.vm) return now;
      const { localMode, remoteMode, center, vm } = line;
      const leaves = group.localMode === 'DUAL_ACTIVE' && localMode === 'SINGLE';
      return {
        offerId: vm.offer.id,
        diskGib: vm.diskGib,
        localMode,
        remoteMode,
        centerId: leaves ? (center?.id ?? null) : null,
      };
    }),
  };
}

/** Begun with a size that was suggested, where the catalog has it; whoever asks may still choose another. */
export function withOffer(draft: ChangeDraft, offerId: string | null, choices: Choices): ChangeDraft {
  if (!choices.catalog.offers.some(({ id }) => id === offerId)) return draft;
  return { ...draft, groups: draft.groups.map((group) => ({ ...group, offerId })) };
}

/** What one machine becomes. */
export function sizeAfter(machine: ChangedMachine, { offerId, diskGib }: GroupDraft, choices: Choices): Size {
  const offer = choices.catalog.offers.find(({ id }) => id === offerId);
  const stays = !offer || offer.id === machine.offer?.id;
  return {
    vcpu: stays ? machine.vcpu : offer.vcpu,
    memoryMib: stays ? machine.memoryMib : offer.memoryMib,
    diskGib: diskGib ?? machine.diskGib,
  };
}

export const isSameSize = (a: Size, b: Size): boolean =>
  a.vcpu === b.vcpu && a.memoryMib === b.memoryMib && a.diskGib === b.diskGib;

/** Another vCPU or memory of anything: by a restart or while it runs, as the server says. */
export const changesCompute = (groups: readonly ChangeGroup[], draft: ChangeDraft, choices: Choices): boolean =>
  groups.some((group, at) =>
    group.resources.some((machine) => {
      const wished = draft.groups[at];
      const after = wished && sizeAfter(machine, wished, choices);
      return after !== undefined && (after.vcpu !== machine.vcpu || after.memoryMib !== machine.memoryMib);
    }),
  );

const changesModes = (
  group: Pick<ChangeGroup, 'localMode' | 'remoteMode'>,
  wished: Pick<GroupDraft, 'localMode' | 'remoteMode'>,
): boolean => wished.localMode !== group.localMode || wished.remoteMode !== group.remoteMode;

export function changesAnything(group: ChangeGroup, wished: GroupDraft, choices: Choices): boolean {
  return (
    changesModes(group, wished) ||
    group.resources.some((machine) => !isSameSize(machine, sizeAfter(machine, wished, choices)))
  );
}

export function changesService(service: ChangeService, wished: ServiceWish): boolean {
  const now = answersOf(service.answers);
  const keys = new Set([...Object.keys(now), ...Object.keys(wished.answers)]);
  return (
    (wished.count !== null && wished.count !== service.count) ||
    [...keys].some((key) => (now[key] ?? '') !== (wished.answers[key] ?? '').trim())
  );
}

const SIZES = ['heightUnits', 'powerW', 'weightKg'] as const;

export const changesThings = (thing: ChangeThings, wished: ThingsDraft): boolean =>
  changesModes(thing, wished) ||
  (thing.size !== null && SIZES.some((one) => wished[one] !== null && wished[one] !== thing.size?.[one]));

/** Groups and services that stay as they are are left out; services stand behind the groups, servers and places behind these: `numbers` tells which of the form each line is. */
export function contentOfChange(
  groups: readonly ChangeGroup[],
  services: readonly ChangeService[],
  things: readonly ChangeThings[],
  draft: ChangeDraft,
  choices: Choices,
): { content: ChangeInput; numbers: number[] } {
  const numbers: number[] = [];
  const lines = groups.flatMap((group, at) => {
    const wished = draft.groups[at];
    if (!wished || !changesAnything(group, wished, choices)) return [];
    numbers.push(at);
    const now = asItIs(group);
    return [
      {
        resourceIds: group.resources.map(({ id }) => id),
        offerId: wished.offerId === now.offerId ? null : wished.offerId,
        diskGib: wished.diskGib === now.diskGib ? null : wished.diskGib,
        localMode: wished.localMode === group.localMode ? null : wished.localMode,
        remoteMode: wished.remoteMode === group.remoteMode ? null : wished.remoteMode,
        centerId: wished.centerId,
      },
    ];
  });
  const others = services.flatMap((service, at) => {
    const wished = draft.services[at];
    if (!wished || !changesService(service, wished)) return [];
    numbers.push(groups.length + at);
    const answers = Object.entries(wished.answers).flatMap(([key, value]) =>
      value.trim() ? [{ key, value: value.trim() }] : [],
    );
    return [{ resourceIds: [], service: { lineId: service.id, count: wished.count, answers } }];
  });
  const rest = things.flatMap((thing, at) => {
    const wished = draft.things[at];
    if (!wished || !changesThings(thing, wished)) return [];
    numbers.push(groups.length + services.length + at);
    const size = (one: (typeof SIZES)[number]) => (wished[one] === thing.size?.[one] ? null : wished[one]);
    return [
      {
        resourceIds: [],
        localMode: wished.localMode === thing.localMode ? null : wished.localMode,
        remoteMode: wished.remoteMode === thing.remoteMode ? null : wished.remoteMode,
        centerId: wished.centerId,
        things: {
          lineId: thing.id,
          ...(thing.size && { heightUnits: size('heightUnits'), powerW: size('powerW'), weightKg: size('weightKg') }),
        },
      },
    ];
  });
  return {
    content: { purpose: draft.purpose, restartAgreed: draft.restartAgreed, lines: [...lines, ...others, ...rest] },
    numbers,
  };
}

/** Lines of the wish are groups of the form: what is said of one is said at the other. */
export function atGroups(errors: readonly FormError[], numbers: readonly number[]): FormError[] {
  return errors.map((error) => {
    const match = /^lines\.(\d+)(.*)$/.exec(error.field);
    if (!match) return error;
    // What is said of a service, or of servers and places, is said at their fields.
    const rest = (match[2] ?? '').replace(/^\.(service|things)\.lineId$/, '').replace(/^\.(service|things)/, '');
    return { ...error, field: `groups.${numbers[Number(match[1])] ?? match[1]}${rest}` };
  });
}
