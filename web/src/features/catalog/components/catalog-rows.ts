import type { TFunction } from 'i18next';
import type { Architecture } from '../../../graphql/enums';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { count, gibOfMib } from '../../../lib/quantity';
import {
  CabinetOfferRow,
  type CatalogPageQuery,
  ImageRow,
  OfferRow,
  ServerOfferRow,
  ServiceOfferRow,
} from '../catalog.gql';

export const architectures: readonly Architecture[] = ['AMD64', 'ARM64'];

/** What stands in the catalog, in the order of the page. */
export const kinds = ['Offer', 'ServerOffer', 'CabinetOffer', 'ServiceOffer', 'Image'] as const;
export type Kind = (typeof kinds)[number];
type Service = ResultOf<typeof ServiceOfferRow>['definition'];

/** One row, whatever its kind: what all have in common, and the rest in words. */
export type CatalogRow = {
  id: string;
  kind: Kind;
  code: string;
  name: string;
  status: 'OFFERED' | 'WITHDRAWN';
  version: number;
  architecture: Architecture | null;
  domestic: boolean;
  /** What it is, e.g. "通用型 · 8 vCPU · 32 GiB". */
  facts: string[];
  /** undefined = this kind is not priced. */
  monthlyPrice: string | null | undefined;
  service: Service | null;
};

type Catalog = ResultOf<typeof CatalogPageQuery>['catalog'];

export function catalogRows(t: TFunction, catalog: Catalog, kind: Kind): CatalogRow[] {
  const common = { kind, architecture: null, domestic: false, monthlyPrice: undefined, service: null };
  switch (kind) {
    case 'Offer':
      return readFragment(OfferRow, catalog.offers).map((offer) => ({
        ...common,
        ...offer,
        domestic: offer.domesticCpu,
        facts: [
          t(`family.${offer.family}`),
          `${count(offer.vcpu)} vCPU`,
          `${gibOfMib(offer.memoryMib)} GiB`,
          ...(offer.accelerator ? [`${offer.accelerator} × ${count(offer.acceleratorCount)}`] : []),
          t('catalog.standby', { percent: offer.standbyRatioPercent }),
        ],
      }));
    case 'ServerOffer':
      return readFragment(ServerOfferRow, catalog.serverOffers).map((offer) => ({
        ...common,
        ...offer,
        facts: [
          t(`catalog.maker.${offer.cpuMaker}`),
          t('catalog.cores', { count: offer.cores }),
          `${gibOfMib(offer.memoryMib)} GiB`,
          offer.disks,
          ...(offer.accelerator === null ? [] : [`${offer.acceleratorCount}×${offer.accelerator}`]),
        ],
      }));
    case 'CabinetOffer':
      return readFragment(CabinetOfferRow, catalog.cabinetOffers).map((offer) => ({
        ...common,
        ...offer,
        facts: [
          t(`catalog.form.${offer.form}`),
          `${offer.heightUnits} U`,
          t('catalog.includedW', { watts: count(offer.includedW) }),
          t(`zone.${offer.zone}`),
        ],
      }));
    case 'ServiceOffer':
      return readFragment(ServiceOfferRow, catalog.services).map((offer) => ({
        ...common,
        ...offer,
        service: offer.definition,
        monthlyPrice: offer.definition.monthlyPrice,
        facts: [
          offer.definition.summary,
          t('catalog.per', { unit: offer.definition.unit }),
          t(`catalog.fulfilment.${offer.definition.fulfilment}`),
        ],
      }));
    case 'Image':
      return readFragment(ImageRow, catalog.images).map((image) => ({
        ...common,
        ...image,
        facts: [
          t('catalog.diskFrom', { gib: image.minimumDiskGib }),
          image.checksum === null ? t('catalog.noChecksum') : `${image.checksum.slice(0, 19)}…`,
          ...(image.devicePreference === null ? [] : [t('catalog.devicesBy', { name: image.devicePreference })]),
        ],
      }));
  }
}
