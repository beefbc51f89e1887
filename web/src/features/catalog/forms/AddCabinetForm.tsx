import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CabinetForm, NetworkZone } from '../../../graphql/enums';
import { useOutcome } from '../../../ui/forms/use-outcome';
import { AddCabinetOfferMutation } from '../catalog.gql';
import { EntryFrame } from './EntryFrame';
import { useEntryFields } from './use-entry-fields';

const forms: readonly CabinetForm[] = ['UNIT', 'WHOLE'];
const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const meters = { UNIT: 'CABINET_U', WHOLE: 'CABINET_WHOLE' } as const;

/** New cabinet space: by the U, or a cabinet of one's own. */
export function AddCabinetForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { send, busy } = useOutcome(AddCabinetOfferMutation);
  const { texts, numbers, form, text, number, choice } = useEntryFields(
    { code: '', name: '' },
    { heightUnits: 42, includedW: 150 },
  );
  const [given, setGiven] = useState<CabinetForm>('UNIT');
  const [zone, setZone] = useState<NetworkZone>('GOVERNMENT_EXTRANET');
  const add = () =>
    send({
      code: texts.code.trim(),
      name: texts.name.trim(),
      form: given,
      zone,
      heightUnits: given === 'UNIT' ? 1 : numbers.heightUnits,
      includedW: numbers.includedW,
    });
  return (
    <EntryFrame kind="CabinetOffer" name={texts.name} form={form} busy={busy} onSend={add} onClose={onClose}>
      {text('code', t('catalog.code'), { hint: t('catalog.codeHint') })}
      {text('name', t('catalog.name'))}
      <div className="jy-fields-row">
        {choice(
          'form',
          t('catalog.formOf'),
          given,
          forms.map((value) => ({ value, label: t(`catalog.form.${value}`) })),
          setGiven,
        )}
        {choice(
          'zone',
          t('catalog.zone'),
          zone,
          zones.map((value) => ({ value, label: t(`zone.${value}`) })),
          setZone,
        )}
      </div>
      <div className="jy-fields-row">
        {given === 'WHOLE' && number('heightUnits', t('catalog.height'), 'U')}
        {number('includedW', t('catalog.includedPower'), 'W', {
          hint: t(given === 'UNIT' ? 'catalog.perU' : 'catalog.perCabinet'),
        })}
      </div>
      <p className="jy-hint">{t('catalog.pricedBy', { meter: meters[given] })}</p>
    </EntryFrame>
  );
}
