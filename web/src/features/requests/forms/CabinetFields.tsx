import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { NumberBox } from '../../../ui/forms/fields';
import { type CabinetDraft, withCabinetOffer } from './line-draft';
import type { KindFieldsProps } from './line-fields';
import { PricedName } from './PricedName';
import { PLACE_MOST } from './validate-draft';

/** Space in a cabinet: one run of units, or a whole one, with what will be drawn there and what it weighs. */
export function CabinetFields({ line, at, choices, errors, onChange }: KindFieldsProps<CabinetDraft>) {
  const { t } = useTranslation();
  const { cabinetOffers } = choices.catalog;
  const offer = cabinetOffers.find((candidate) => candidate.id === line.offerId);
  const whole = offer?.form === 'WHOLE';
  return (
    <>
      <Field field={at('offerId')} label={t('requestLine.cabinetOffer')} errors={errors}>
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            placeholder={t('requestLine.cabinetPlaceholder')}
            value={line.offerId}
            onChange={(offerId: string) => onChange(withCabinetOffer(line, offerId, choices))}
            options={cabinetOffers.map((one) => ({
              value: one.id,
              label: (
                <PricedName
                  name={one.name}
                  marks={[t(`zone.${one.zone}`)]}
                  monthlyPrice={one.monthlyPrice}
                  per={one.form === 'UNIT' ? t('requestLine.perUnitMonth') : undefined}
                />
              ),
            }))}
          />
        )}
      </Field>
      <div className="jy-fields-row">
        {whole ? (
          <div className="jy-field">
            <span className="jy-field-name">{t('requestLine.height')}</span>
            <p className="jy-field-fixed">{t('requestLine.wholeHeight', { units: offer.heightUnits })}</p>
          </div>
        ) : (
          <NumberBox
            field={at('heightUnits')}
            label={t('requestLine.height')}
            errors={errors}
            decimals
            step={0.5}
            max={PLACE_MOST.heightUnits}
            suffix="U"
            value={line.heightUnits}
            onChange={(heightUnits) => onChange({ ...line, heightUnits })}
          />
        )}
        <NumberBox
          field={at('powerW')}
          label={t('requestLine.power')}
          errors={errors}
          step={100}
          suffix="W"
          value={line.powerW}
          onChange={(powerW) => onChange({ ...line, powerW })}
        />
        <NumberBox
          field={at('weightKg')}
          label={t('requestLine.weight')}
          errors={errors}
          suffix="kg"
          value={line.weightKg}
          onChange={(weightKg) => onChange({ ...line, weightKg })}
        />
      </div>
      {!whole && (line.count ?? 1) > 1 && (
        <Checkbox
          checked={line.apart ?? false}
          onChange={(event) => onChange({ ...line, apart: event.target.checked })}
        >
          {t('requestLine.apartPlaces')}
        </Checkbox>
      )}
      {offer && (
        <p className="jy-hint">
          {t(whole ? 'requestLine.includedWhole' : 'requestLine.includedUnit', { watts: offer.includedW })}
        </p>
      )}
    </>
  );
}
