import type { TFunction } from 'i18next';
import type { Choices, LineDraft } from './line-draft';
import type { ChosenSystem, RequestDraft } from './request-draft';

export type Begun = {
  draft: RequestDraft;
  /** What could not be taken over, each for a person to choose again. */
  notes: string[];
};

/** A form that begins like something from before: what is no longer offered is left open and said, never silently replaced. */
export function asStillOffered(draft: RequestDraft, choices: Choices, t: TFunction): Begun {
  const notes: string[] = [];
  const lines = draft.lines.map((line, number) => lineStillOffered(line, number, choices, t, notes));
  const projectId = stillPays(draft.system, draft.projectId);
  if (draft.projectId && projectId !== draft.projectId) notes.push(t('again.projectGone'));
  return { draft: { ...draft, projectId, lines }, notes };
}

function lineStillOffered(line: LineDraft, number: number, choices: Choices, t: TFunction, notes: string[]): LineDraft {
  const { catalog, centers } = choices;
  const offered = {
    VM: catalog.offers,
    SERVER: catalog.serverOffers,
    CABINET: catalog.cabinetOffers,
    SERVICE: catalog.services,
  };
  const where = { line: number + 1, name: line.name };
  const next = { ...line };
  if (line.offerId && !offered[line.kind].some(({ id }) => id === line.offerId)) {
    notes.push(t('again.offerGone', where));
    next.offerId = null;
  }
  if (
    (next.kind === 'VM' || next.kind === 'SERVER') &&
    next.imageId &&
    !catalog.images.some(({ id }) => id === (line as typeof next).imageId)
  ) {
    notes.push(t('again.imageGone', where));
    next.imageId = null;
  }
  const open = centers.some(({ id, life }) => id === line.centerId && (life === 'IN_SERVICE' || life === 'TRIAL'));
  if (line.centerId && !open) {
    notes.push(t('again.centerGone', where));
    next.centerId = null;
  }
  return next;
}

/** A system with one project is paid by that. */
function stillPays(system: ChosenSystem | null, projectId: string | null): string | null {
  if (system?.projects.some(({ id }) => id === projectId)) return projectId;
  return system?.projects.length === 1 ? (system.projects[0]?.id ?? null) : null;
}
