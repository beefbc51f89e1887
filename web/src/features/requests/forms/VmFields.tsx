import { useTranslation } from 'react-i18next';
import type { NetworkZone, StorageTier } from '../../../graphql/enums';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { ChoiceBox, NumberBox } from '../../../ui/forms/fields';
import { type VmDraft, withImage, withOffer } from './line-draft';
import type { KindFieldsProps } from './line-fields';
import { OfferPicker } from './OfferPicker';

const zones: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
const tiers: readonly StorageTier[] = ['SSD', 'HDD'];

/** What machines that are alike are made of. */
export function VmFields({ line, at, choices, errors, onChange }: KindFieldsProps<VmDraft>) {
  const { t } = useTranslation();
  const { catalog } = choices;
  const offer = catalog.offers.find((candidate) => candidate.id === line.offerId);
  const images = catalog.images.filter((image) => !offer || image.architecture === offer.architecture);
  return (
    <>
      <Field field={at('offerId')} label={t('requestForm.offer')} errors={errors}>
        {(control) => (
          <OfferPicker
            control={control}
            offers={catalog.offers}
            value={line.offerId}
            onChoose={(id) => onChange(withOffer(line, id, choices))}
          />
        )}
      </Field>
      <Field
        field={at('imageId')}
        label={t('requestForm.image')}
        hint={offer ? t('requestForm.imageHint', { architecture: t(`architecture.${offer.architecture}`) }) : undefined}
        errors={errors}
      >
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('requestForm.imagePlaceholder')}
            value={line.imageId}
            onChange={(id: string) => onChange(withImage(line, id, choices))}
            options={images.map((image) => ({ value: image.id, label: image.name }))}
          />
        )}
      </Field>
      <div className="jy-fields-row">
        <ChoiceBox
          field={at('zone')}
          label={t('requestForm.zone')}
          errors={errors}
          value={line.zone}
          options={zones.map((value) => ({ value, label: t(`zone.${value}`) }))}
          onChange={(zone) => onChange({ ...line, zone })}
        />
        <ChoiceBox
          field={at('storageTier')}
          label={t('requestForm.tier')}
          errors={errors}
          value={line.storageTier}
          options={tiers.map((value) => ({ value, label: t(`tier.${value}`) }))}
          onChange={(storageTier) => onChange({ ...line, storageTier })}
        />
        <NumberBox
          field={at('diskGib')}
          label={t('requestForm.disk')}
          errors={errors}
          suffix="GiB"
          value={line.diskGib}
          onChange={(diskGib) => onChange({ ...line, diskGib })}
        />
      </div>
    </>
  );
}
