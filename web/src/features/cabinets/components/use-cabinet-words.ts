import { useTranslation } from 'react-i18next';
import { count } from '../../../lib/quantity';
import type { PlanCabinet } from '../elevation/plan';

const WATTS_PER_KILOWATT = 1_000;
const GRAMS_PER_KILOGRAM = 1_000;

export const kilowatts = (watts: number): string =>
  (watts / WATTS_PER_KILOWATT).toLocaleString('en', { maximumFractionDigits: 2 });
export const kilograms = (grams: number): string => count(Math.round(grams / GRAMS_PER_KILOGRAM));

export function useCabinetWords() {
  const { t } = useTranslation();
  /** "Cabinet A01, 12U free, 1.2 of 4 kW, Department of Finance" */
  const ofTile = ({ code, freeUnits, power, department, holderDepartments }: PlanCabinet): string =>
    [
      t('cabinet.named', { code }),
      ...(freeUnits === null ? [] : [t('cabinet.freeUnits', { units: freeUnits })]),
      ...(!power || power.usedW === null
        ? []
        : [t('cabinet.powerOf', { used: kilowatts(power.usedW), limit: kilowatts(power.limitW) })]),
      ...(department ? [department.name] : []),
      ...holderDepartments
        .filter((inside) => inside.department.id !== department?.id)
        .map((inside) => t('space.departmentUnits', { name: inside.department.name, units: inside.units })),
    ].join(t('common.comma'));
  return { ofTile };
}
