import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Architecture } from '../../graphql/enums';
import { unsaid } from '../../lib/quantity';

type Marked = {
  name: string;
  architecture: Architecture;
  domesticCpu: boolean;
  accelerator: string | null;
  acceleratorCount: number;
};

/** Processor, accelerators and 信创, as far as the offer's own name does not say them. */
export function useOfferMarks(): (offer: Marked) => string[] {
  const { t } = useTranslation();
  return useCallback(
    (offer) =>
      unsaid(
        offer.name,
        t(`architecture.${offer.architecture}`),
        ...(offer.accelerator === null ? [] : [`${offer.accelerator} × ${offer.acceleratorCount}`]),
        ...(offer.domesticCpu ? [t('request.domestic')] : []),
      ),
    [t],
  );
}
