import type { TFunction } from 'i18next';
import { count, decimal, sizedName } from '../../../lib/quantity';
import type { Choices, LineDraft } from './line-draft';

/** What a line asks for, in one sentence, as the check before sending reads it back. */
export function lineWords(line: LineDraft, { catalog }: Choices, t: TFunction): string {
  switch (line.kind) {
    case 'VM': {
      const offer = catalog.offers.find(({ id }) => id === line.offerId);
      const image = catalog.images.find(({ id }) => id === line.imageId);
      return join(
        offer && sizedName(offer.name, offer.vcpu, offer.memoryMib),
        image?.name,
        `${t(`tier.${line.storageTier}`)} ${count(line.diskGib ?? 0)} GiB`,
        t(`zone.${line.zone}`),
      );
    }
    case 'SERVER':
      return join(
        catalog.serverOffers.find(({ id }) => id === line.offerId)?.name,
        catalog.images.find(({ id }) => id === line.imageId)?.name,
      );
    case 'CABINET':
      return join(
        catalog.cabinetOffers.find(({ id }) => id === line.offerId)?.name,
        `${decimal(line.heightUnits ?? 0)} U`,
        `${count(line.powerW ?? 0)} W`,
        `${count(line.weightKg ?? 0)} kg`,
        line.apart ? t('requestLine.apartPlaces') : undefined,
      );
    case 'SERVICE': {
      const service = catalog.services.find(({ id }) => id === line.offerId);
      const answers = service?.definition.fields.flatMap(({ key, label, choices }) => {
        const value = line.answers[key]?.trim();
        return value ? [`${label} ${choices.find((choice) => choice.value === value)?.label ?? value}`] : [];
      });
      return join(service?.name, ...(answers ?? []));
    }
  }
}

const join = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

/** "3 台", of a service in its own unit. */
export function countWords(line: LineDraft, { catalog }: Choices, t: TFunction): string {
  const service = line.kind === 'SERVICE' && catalog.services.find(({ id }) => id === line.offerId);
  return `${count(line.count ?? 0)} ${service ? service.definition.unit : t(`lineUnit.${line.kind}`, { count: line.count ?? 0 })}`;
}
