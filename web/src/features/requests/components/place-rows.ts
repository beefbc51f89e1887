import type { TFunction } from 'i18next';
import { count } from '../../../lib/quantity';
import type { ChangedAnswer } from './ChangedAnswers';

type Size = { heightUnits: number; powerW: number; weightKg: number };

/** What a place has of its cabinet, and what it becomes, as rows of a table. */
export function placeRows(t: TFunction, from: Size, to: Size): ChangedAnswer[] {
  return [
    {
      key: 'heightUnits',
      label: t('requestLine.height'),
      from: `${count(from.heightUnits)} U`,
      to: `${count(to.heightUnits)} U`,
    },
    { key: 'powerW', label: t('requestLine.power'), from: `${count(from.powerW)} W`, to: `${count(to.powerW)} W` },
    {
      key: 'weightKg',
      label: t('requestLine.weight'),
      from: `${count(from.weightKg)} kg`,
      to: `${count(to.weightKg)} kg`,
    },
  ];
}
