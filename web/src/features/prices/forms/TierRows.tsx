import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/forms/Field';
import type { FormError } from '../../../ui/forms/form-errors';
import { draftOfTiers, newTier, TIERS_MAX, TIERS_MIN, type TierDraft, type TierInput } from './tier-draft';

type Props = {
  unit: string;
  rows: readonly TierDraft[];
  errors: readonly FormError[];
  onChange: (rows: TierDraft[]) => void;
};

/** 阶梯价: each tier begins where the one before ends, and the last has no end; only ends and prices are typed. */
export function TierRows({ unit, rows, errors, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, patch: Partial<TierDraft>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...patch } : row)));
  const typed = draftOfTiers(rows);
  return (
    <fieldset className="jy-price-tiers" id="field-tiers" tabIndex={-1}>
      <legend>{t('price.tiers')}</legend>
      <p className="jy-hint">{t('price.tiersHint', { unit })}</p>
      {rows.map((row, at) => {
        const last = at === rows.length - 1;
        return (
          <div key={row.key} className="jy-price-tier-row">
            <TierBounds field={`tiers.${at}.from`} at={at} row={typed[at]} unit={unit} errors={errors} />
            {last ? (
              <p className="jy-price-tier-open">{t('price.tierOpen')}</p>
            ) : (
              <Field field={`tiers.${at}.to`} label={t('price.tierTo', { unit })} errors={errors}>
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    maxLength={12}
                    value={row.to}
                    onChange={(event) => put(at, { to: event.target.value })}
                  />
                )}
              </Field>
            )}
            <Field field={`tiers.${at}.unitPrice`} label={t('price.tierPrice', { unit })} errors={errors}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  maxLength={20}
                  value={row.unitPrice}
                  onChange={(event) => put(at, { unitPrice: event.target.value })}
                />
              )}
            </Field>
            <Button
              icon={<DeleteOutlined aria-hidden />}
              aria-label={t('price.tierRemove', { at: at + 1 })}
              disabled={rows.length <= TIERS_MIN}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            />
          </div>
        );
      })}
      {rows.length < TIERS_MAX && (
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, newTier()])}>
          {t('price.tierAdd')}
        </Button>
      )}
    </fieldset>
  );
}

type BoundsProps = {
  field: string;
  at: number;
  row: TierInput | undefined;
  unit: string;
  errors: readonly FormError[];
};

/** Where a tier begins follows from the one above it: read, not typed. */
function TierBounds({ field, at, row, unit, errors }: BoundsProps) {
  const { t } = useTranslation();
  return (
    <Field field={field} label={t('price.tier', { number: at + 1 })} errors={errors} optional={false}>
      {(control) => (
        <output id={control.id} aria-describedby={control['aria-describedby']} className="jy-price-tier-from jy-number">
          {at === 0 ? t('price.tierFirst') : t('price.tierAbove', { from: row?.from || '…', unit })}
        </output>
      )}
    </Field>
  );
}
