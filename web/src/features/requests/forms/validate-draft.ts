import type { TFunction } from 'i18next';
import type { FormError } from '../../../ui/forms/form-errors';
import { type Choices, type LineDraft, openQuestions, type VmDraft } from './line-draft';
import type { RequestDraft } from './request-draft';

/** The API's own limits of free text. */
export const PURPOSE_LONGEST = 500;
const NAME_LONGEST = 40;
const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** The API's own: the tallest frame, the hottest and the strongest cabinet. */
export const PLACE_MOST = { heightUnits: 60, powerW: 100_000, weightKg: 3_000 };
const LEAST_UNITS = 0.5;

type At = (field: string, message: string) => void;

/** What a person can put right without asking the server; the server judges everything again. */
export function validateDraft(draft: RequestDraft, choices: Choices, t: TFunction): FormError[] {
  const errors = validateHead(draft, t);
  if (draft.lines.length === 0) errors.push({ field: 'lines', message: t('requestLine.noLines') });
  const names = new Set<string>();
  draft.lines.forEach((line, number) => {
    const at: At = (field, message) => errors.push({ field: `lines.${number}.${field}`, message });
    const where = { line: number + 1 };
    if (!line.offerId) at('offerId', t('requestForm.offerMissing', where));
    ofKind(line, where, choices, t, at);
    const most = countMost(line, choices);
    if (line.count === null || line.count < 1 || line.count > most)
      at('count', t('requestForm.countOutside', { ...where, most }));
    const name = line.name.trim();
    if (!DNS_LABEL.test(name) || name.length > NAME_LONGEST) at('name', t('requestForm.nameWrong', where));
    else if (names.has(name)) at('name', t('requestForm.nameTwice', { ...where, name }));
    names.add(name);
  });
  return errors;
}

/** Of what the request says beside its lines. */
export function validateHead(draft: RequestDraft, t: TFunction): FormError[] {
  const errors: FormError[] = [];
  if (!draft.system) errors.push({ field: 'systemId', message: t('requestForm.systemMissing') });
  if (!draft.projectId) errors.push({ field: 'projectId', message: t('requestForm.projectMissing') });
  if (draft.temporaryUntil === '') errors.push({ field: 'temporaryUntil', message: t('life.dayMissing') });
  if (!draft.purpose.trim()) errors.push({ field: 'purpose', message: t('requestForm.purposeMissing') });
  return errors;
}

/** So many at once: of a service what its definition allows, else what a line of the catalog does. */
export function countMost(line: LineDraft, { catalog }: Choices): number {
  const service = line.kind === 'SERVICE' && catalog.services.find(({ id }) => id === line.offerId);
  return service ? service.definition.quantityMaximum : catalog.countMaximum;
}

function ofKind(line: LineDraft, where: { line: number }, choices: Choices, t: TFunction, at: At): void {
  if (line.kind === 'VM') ofMachine(line, where, choices, t, at);
  if (line.kind === 'CABINET') {
    const { heightUnits, powerW, weightKg } = line;
    if (heightUnits === null || heightUnits < LEAST_UNITS || heightUnits > PLACE_MOST.heightUnits || heightUnits % 0.5)
      at('heightUnits', t('requestLine.heightOutside', { ...where, most: PLACE_MOST.heightUnits }));
    if (powerW === null || powerW < 0 || powerW > PLACE_MOST.powerW)
      at('powerW', t('requestLine.powerOutside', { ...where, most: PLACE_MOST.powerW }));
    if (weightKg === null || weightKg < 0 || weightKg > PLACE_MOST.weightKg)
      at('weightKg', t('requestLine.weightOutside', { ...where, most: PLACE_MOST.weightKg }));
  }
  for (const { key, label } of openQuestions(line, choices))
    at(`answers.${key}`, t('requestLine.answerMissing', { ...where, field: label }));
}

function ofMachine(line: VmDraft, where: { line: number }, { catalog }: Choices, t: TFunction, at: At): void {
  if (!line.imageId) at('imageId', t('requestForm.imageMissing', where));
  const image = catalog.images.find(({ id }) => id === line.imageId);
  const least = Math.max(catalog.diskGibMinimum, image?.minimumDiskGib ?? 0);
  if (line.diskGib === null || line.diskGib < least || line.diskGib > catalog.diskGibMaximum)
    at('diskGib', t('requestForm.diskOutside', { ...where, least, most: catalog.diskGibMaximum }));
}
