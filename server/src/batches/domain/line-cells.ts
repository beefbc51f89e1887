/** Decides what the cells of a line of a draft are, in the columns of its kind: read back, they mean the same line. */
import type { Locale } from '../../kernel/bilingual.js';
import type { LineContent } from '../../requests/domain/content.js';
import type { AskedService, BatchChoices } from './batch-choices.js';
import { answerColumn, type ChoiceList } from './batch-columns.js';

export type Cells = { readonly [column: string]: string };

export function cellsOf(
  line: LineContent,
  { lists }: BatchChoices,
  service: AskedService | null,
  locale: Locale,
): Cells {
  // What is not offered any more stands there by its id, which no list has: the cell says so when it is read.
  const named = (list: ChoiceList, value: string | null | undefined): string =>
    value ? ((lists[list] ?? []).find((choice) => choice.value === value)?.title[locale] ?? value) : '';
  const common = { name: line.name, count: numberText(line.count) };
  if (line.service) {
    if (!service) return { ...common, offer: named('offer', line.service.offerId), answers: '' };
    const answers = line.service.answers.map(({ key, value }) => {
      const option = service.questions
        .find((question) => question.key === key)
        ?.choices.find((choice) => choice.value === value);
      return [answerColumn(key), option?.label[locale] ?? value] as const;
    });
    return { ...common, ...Object.fromEntries(answers) };
  }
  const placed = {
    ...common,
    center: named('center', line.centerId),
    localMode: named('localMode', line.localMode),
    remoteMode: named('remoteMode', line.remoteMode),
  };
  const { vm, server, cabinet } = line;
  if (vm)
    return {
      ...placed,
      offer: named('offer', vm.offerId),
      image: named('image', vm.imageId),
      zone: named('zone', vm.zone),
      tier: named('tier', vm.storageTier),
      diskGib: numberText(vm.diskGib),
    };
  if (cabinet)
    return {
      ...placed,
      offer: named('offer', cabinet.offerId),
      heightUnits: numberText(cabinet.heightUnits),
      powerW: numberText(cabinet.powerW),
      weightKg: numberText(cabinet.weightKg),
    };
  return { ...placed, offer: named('offer', server?.offerId), image: named('image', server?.imageId) };
}

/** What a table has no column for stays as the line had it. */
export function keepingRest(before: LineContent, typed: LineContent): LineContent {
  const { cabinet } = typed;
  return {
    ...typed,
    ...(before.relations ? { relations: before.relations } : {}),
    ...(cabinet && before.cabinet?.apart ? { cabinet: { ...cabinet, apart: true } } : {}),
  };
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}
