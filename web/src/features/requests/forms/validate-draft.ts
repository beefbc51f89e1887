import type { TFunction } from 'i18next';
import type { FormError } from '../../../ui/forms/form-errors';
import type { Choices, LineDraft, RequestDraft } from './request-draft';

/** The API's own limits of free text. */
export const PURPOSE_LONGEST = 500;
const NAME_LONGEST = 40;
const DNS_LABEL = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** What a person can put right without asking the server; the server judges everything again. */
export function validateDraft(draft: RequestDraft, choices: Choices, t: TFunction): FormError[] {
  const errors: FormError[] = [];
  if (!draft.system) errors.push({ field: 'systemId', message: t('requestForm.systemMissing') });
  if (!draft.projectId) errors.push({ field: 'projectId', message: t('requestForm.projectMissing') });
  if (draft.temporaryUntil === '') errors.push({ field: 'temporaryUntil', message: t('life.dayMissing') });
  if (!draft.purpose.trim()) errors.push({ field: 'purpose', message: t('requestForm.purposeMissing') });
  const names = new Set<string>();
  draft.lines.forEach((line, number) => {
    errors.push(...lineErrors(line, number, choices, t));
    const name = line.name.trim();
    if (name && names.has(name))
      errors.push({ field: `lines.${number}.name`, message: t('requestForm.nameTwice', { line: number + 1, name }) });
    names.add(name);
  });
  return errors;
}

function lineErrors(line: LineDraft, number: number, { catalog }: Choices, t: TFunction): FormError[] {
  const errors: FormError[] = [];
  const at = (field: keyof LineDraft, message: string) => errors.push({ field: `lines.${number}.${field}`, message });
  const where = { line: number + 1 };
  if (!line.offerId) at('offerId', t('requestForm.offerMissing', where));
  if (!line.imageId) at('imageId', t('requestForm.imageMissing', where));
  if (!line.centerId) at('centerId', t('requestForm.centerMissing', where));
  const least = Math.max(
    catalog.diskGibMinimum,
    catalog.images.find((image) => image.id === line.imageId)?.minimumDiskGib ?? 0,
  );
  if (line.diskGib === null || line.diskGib < least || line.diskGib > catalog.diskGibMaximum) {
    at('diskGib', t('requestForm.diskOutside', { ...where, least, most: catalog.diskGibMaximum }));
  }
  if (line.count === null || line.count < 1 || line.count > catalog.countMaximum) {
    at('count', t('requestForm.countOutside', { ...where, most: catalog.countMaximum }));
  }
  const name = line.name.trim();
  if (!DNS_LABEL.test(name) || name.length > NAME_LONGEST) at('name', t('requestForm.nameWrong', where));
  return errors;
}
