import type { TFunction } from 'i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { uniqueId } from '../../../lib/unique-id';
import { type PackageContent, type RequestContent, SystemOption } from '../request-form.gql';
import type { Choices, LineDraft } from './line-draft';
import { type ChosenSystem, draftOfContent, emptyDraft, forSystem, type RequestDraft } from './request-draft';
import { asStillOffered, type Begun } from './still-offered';

/** 再次申请: a new form with everything that the old request asked for, as far as it is still offered. */
export function beginAgain(
  content: ResultOf<typeof RequestContent>,
  choices: Choices,
  today: string,
  t: TFunction,
): Begun {
  const system = readFragment(SystemOption, content.system as FragmentOf<typeof SystemOption>);
  const old = draftOfContent(content, system);
  const lines = old.lines.map((line) => ({ ...line, key: uniqueId() }));
  // A day that has passed is no end: another is to be chosen.
  const past = old.temporaryUntil !== null && old.temporaryUntil < today;
  const begun = asStillOffered({ ...old, temporaryUntil: past ? '' : old.temporaryUntil, lines }, choices, t);
  return past ? { ...begun, notes: [...begun.notes, t('again.dayPassed')] } : begun;
}

/** A form that begins with a package: its lines, for the system that was chosen. */
export function beginPackage(
  { lines }: ResultOf<typeof PackageContent>,
  system: ChosenSystem | null,
  choices: Choices,
  t: TFunction,
): Begun {
  const draft: RequestDraft = {
    ...emptyDraft(choices),
    ...(system ? forSystem(system) : {}),
    lines: lines.map(lineOfPackage),
  };
  return asStillOffered(draft, choices, t);
}

function lineOfPackage(line: ResultOf<typeof PackageContent>['lines'][number]): LineDraft {
  const { kind, name, count, localMode, remoteMode, vm, server, cabinet, service } = line;
  const common = {
    ...{ key: uniqueId(), name, count, localMode, remoteMode, centerId: null, relations: [] },
    offerId: (vm ?? server ?? cabinet ?? service)?.offerId ?? null,
  };
  switch (kind) {
    case 'VM':
      return {
        ...common,
        kind,
        imageId: vm?.imageId ?? null,
        zone: vm?.zone ?? 'GOVERNMENT_EXTRANET',
        storageTier: vm?.storageTier ?? 'SSD',
        diskGib: vm?.diskGib ?? null,
      };
    case 'SERVER':
      return { ...common, kind, imageId: server?.imageId ?? null };
    case 'CABINET':
      return {
        ...common,
        kind,
        heightUnits: cabinet?.heightUnits ?? null,
        powerW: cabinet?.powerW ?? null,
        weightKg: cabinet?.weightKg ?? null,
      };
    case 'SERVICE':
      return {
        ...common,
        kind,
        answers: Object.fromEntries((service?.answers ?? []).map(({ key, value }) => [key, value])),
      };
  }
}
