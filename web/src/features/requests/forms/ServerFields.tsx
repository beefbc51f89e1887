import { useTranslation } from 'react-i18next';
import { gibOfMib } from '../../../lib/quantity';
import { Choose } from '../../../ui/forms/Choose';
import { Field } from '../../../ui/forms/Field';
import { type Choices, type ServerDraft, serverImages, withServerOffer } from './line-draft';
import type { KindFieldsProps } from './line-fields';
import { PricedName } from './PricedName';

/** A standalone server is asked for by its class; which machine it becomes is the center's to choose. */
export function ServerFields({ line, at, choices, errors, onChange }: KindFieldsProps<ServerDraft>) {
  const { t } = useTranslation();
  const { serverOffers } = choices.catalog;
  const offer = serverOffers.find((candidate) => candidate.id === line.offerId);
  const images = serverImages(line.offerId, choices);
  return (
    <>
      <Field
        field={at('offerId')}
        label={t('requestLine.serverOffer')}
        hint={offer ? sizeOf(offer) : t('requestLine.serverHint')}
        errors={errors}
      >
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            showSearch={{
              filterOption: (input, option) => Boolean(option?.search?.includes(input.trim().toLowerCase())),
            }}
            placeholder={t('requestLine.serverPlaceholder')}
            value={line.offerId}
            onChange={(offerId: string) => onChange(withServerOffer(line, offerId, choices))}
            options={serverOffers.map((one) => ({
              value: one.id,
              search: [one.name, one.code, sizeOf(one), t(`architecture.${one.architecture}`)].join(' ').toLowerCase(),
              label: (
                <PricedName
                  name={one.name}
                  marks={[t(`architecture.${one.architecture}`)]}
                  note={sizeOf(one)}
                  monthlyPrice={one.monthlyPrice}
                />
              ),
            }))}
          />
        )}
      </Field>
      <Field
        optional
        field={at('imageId')}
        label={t('requestLine.serverImage')}
        hint={t(offer && images.length === 0 ? 'requestLine.serverImageNone' : 'requestLine.serverImageHint')}
        errors={errors}
      >
        {(control) => (
          <Choose
            {...control}
            className="jy-full"
            allowClear
            disabled={images.length === 0}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('requestLine.serverImagePlaceholder')}
            value={line.imageId}
            onChange={(imageId?: string) => onChange({ ...line, imageId: imageId ?? null })}
            options={images.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    </>
  );
}

/** "64C · 256 GiB · 2×480G SSD · 昇腾 910B × 8". */
function sizeOf(offer: Choices['catalog']['serverOffers'][number]): string {
  const accelerator = offer.accelerator && `${offer.accelerator} × ${offer.acceleratorCount}`;
  return [`${offer.cores}C`, `${gibOfMib(offer.memoryMib)} GiB`, offer.disks, accelerator].filter(Boolean).join(' · ');
}
