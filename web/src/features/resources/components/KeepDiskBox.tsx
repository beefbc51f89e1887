import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';

/** A week is enough to notice what is missed, and costs little. */
const OFFERED_DAYS = 7;

type Life = { keepDiskDays: number | null; keepDiskDaysMost: number | null };

/** Whether the disk outlives its machine, and for how many days. Nothing is shown where it cannot. */
export function useKeepDisk(life: Life, errors: readonly FormError[], onChange: () => void) {
  const { t } = useTranslation();
  const { keepDiskDays, keepDiskDaysMost: most } = life;
  const [days, setDays] = useState<number | null>(keepDiskDays);
  const [isKept, setKept] = useState(keepDiskDays !== null);
  // 0 and not null: what was chosen before is taken back as well.
  const given = most === null ? null : isKept ? days : 0;
  const missing: FormError[] =
    isKept && days === null ? [{ field: 'keepDiskDays', message: t('keptDisk.daysMissing') }] : [];
  const box = most !== null && (
    <>
      <Checkbox
        checked={isKept}
        onChange={(event) => {
          setKept(event.target.checked);
          setDays(days ?? Math.min(OFFERED_DAYS, most));
          onChange();
        }}
      >
        {t('keptDisk.keep')}
      </Checkbox>
      {isKept && (
        <NumberBox
          field="keepDiskDays"
          label={t('keptDisk.days')}
          hint={t('keptDisk.daysHint', { most })}
          errors={errors}
          value={days}
          min={1}
          max={most}
          suffix={t('life.unit.days')}
          onChange={(value) => {
            setDays(value);
            onChange();
          }}
        />
      )}
    </>
  );
  return { box, given, missing };
}
