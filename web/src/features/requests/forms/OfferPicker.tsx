import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferFamily } from '../../../graphql/enums';
import { machineSize, sizedName } from '../../../lib/quantity';
import type { ControlProps } from '../../../ui/forms/Field';
import { Money } from '../../../ui/Money';
import { useOfferMarks } from '../use-offer-marks';
import type { Choices } from './request-draft';

const families: readonly OfferFamily[] = ['GENERAL', 'MEMORY', 'COMPUTE'];

type Props = {
  control: ControlProps;
  offers: Choices['catalog']['offers'];
  value: string | null;
  onChoose: (id: string) => void;
};

/** The catalog, grouped by family, with the price of each; "8c16" and "kunpeng" are found like the full name. */
export function OfferPicker({ control, offers, value, onChoose }: Props) {
  const { t } = useTranslation();
  const marksOf = useOfferMarks();
  const groups = useMemo(
    () =>
      families.flatMap((family) => {
        const members = offers
          .filter((offer) => offer.family === family)
          .sort((one, other) => one.vcpu - other.vcpu || one.memoryMib - other.memoryMib);
        if (members.length === 0) return [];
        return [
          {
            label: t(`family.${family}`),
            title: family,
            options: members.map((offer) => ({
              value: offer.id,
              search:
                `${offer.name} ${offer.code} ${machineSize(offer.vcpu, offer.memoryMib)} ${t(`architecture.${offer.architecture}`)}`.toLowerCase(),
              label: (
                <span className="jy-offer">
                  <span className="jy-offer-name">
                    {sizedName(offer.name, offer.vcpu, offer.memoryMib)}
                    {marksOf(offer).map((mark) => (
                      <span key={mark} className="jy-mark">
                        {mark}
                      </span>
                    ))}
                  </span>
                  <span className="jy-offer-price">
                    <Money fen={offer.monthlyPrice} />
                    {offer.monthlyPrice !== null && <span className="jy-quiet-text">{t('request.perMonth')}</span>}
                  </span>
                </span>
              ),
            })),
          },
        ];
      }),
    [offers, t, marksOf],
  );
  return (
    <Select
      {...control}
      className="jy-full"
      showSearch={{
        filterOption: (input, option) =>
          option && 'search' in option ? String(option.search).includes(input.trim().toLowerCase()) : false,
      }}
      placeholder={t('requestForm.offerPlaceholder')}
      value={value}
      onChange={onChoose}
      options={groups}
    />
  );
}
