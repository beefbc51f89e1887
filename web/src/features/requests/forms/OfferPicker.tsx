import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferFamily } from '../../../graphql/enums';
import { machineSize, sizedName } from '../../../lib/quantity';
import { Choose } from '../../../ui/forms/Choose';
import type { ControlProps } from '../../../ui/forms/Field';
import { useOfferMarks } from '../use-offer-marks';
import type { Choices } from './line-draft';
import { PricedName } from './PricedName';

const families: readonly OfferFamily[] = ['GENERAL', 'MEMORY', 'COMPUTE'];

type Props = {
  control: ControlProps;
  offers: Choices['catalog']['offers'];
  value: string | null;
  onChoose: (id: string) => void;
};

type Option = { value: string; search: string; disabled?: boolean; className?: string; label: ReactNode };

/**
 * The catalog, grouped by family, with the price of each; "8c16" and "arm" are found like the full name. A family's heading is an
 * option that cannot be chosen: antd's own groups give the list a role that screen readers may not meet there.
 */
export function OfferPicker({ control, offers, value, onChoose }: Props) {
  const { t } = useTranslation();
  const marksOf = useOfferMarks();
  const options = useMemo(
    () =>
      families.flatMap((family): Option[] => {
        const members = offers
          .filter((offer) => offer.family === family)
          .sort((one, other) => one.vcpu - other.vcpu || one.memoryMib - other.memoryMib)
          .map((offer) => ({
            value: offer.id,
            search: [
              offer.name,
              offer.code,
              machineSize(offer.vcpu, offer.memoryMib),
              t(`family.${family}`),
              t(`architecture.${offer.architecture}`),
            ]
              .join(' ')
              .toLowerCase(),
            label: (
              <PricedName
                name={sizedName(offer.name, offer.vcpu, offer.memoryMib)}
                marks={marksOf(offer)}
                monthlyPrice={offer.monthlyPrice}
              />
            ),
          }));
        if (members.length === 0) return [];
        const heading: Option = {
          value: family,
          disabled: true,
          className: 'jy-option-heading',
          // Shown as long as one of its members is.
          search: members.map((member) => member.search).join('\n'),
          label: t(`family.${family}`),
        };
        return [heading, ...members];
      }),
    [offers, t, marksOf],
  );
  return (
    <Choose
      {...control}
      className="jy-full"
      showSearch={{ filterOption: (input, option) => option?.search.includes(input.trim().toLowerCase()) ?? false }}
      placeholder={t('requestForm.offerPlaceholder')}
      value={value}
      onChange={onChoose}
      options={options}
    />
  );
}
