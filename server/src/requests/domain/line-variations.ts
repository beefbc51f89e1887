/** Decides which single changes of a line of machines are worth trying when it does not fit, nearest to the wish first. */
import type { SuggestionKind } from '../../allocation/domain/suggestions.js';
import { type Image, type Offer, sizeName } from '../../catalog/domain/catalog.js';
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { LineContent, VmPart } from './content.js';

/** What is written over the line when the change is taken. */
export interface LineChange {
  readonly count?: number;
  readonly centerId?: string;
  readonly vm?: Partial<VmPart>;
  readonly relations?: readonly [];
}

export interface LineVariation {
  readonly kind: SuggestionKind;
  readonly change: LineChange;
  readonly text: Bilingual;
}

export interface Choices {
  readonly offers: readonly Offer[];
  readonly images: readonly Image[];
  readonly centers: readonly { readonly centerId: string; readonly name: string; readonly role: string }[];
}

type MachineLine = LineContent & { readonly vm: VmPart };

/** Smaller sizes that are tried; more would only be smaller still. */
const SMALLER_OFFERS_MAX = 4;
const ZONE_WORDS: { readonly [Z in NetworkZone]: Bilingual } = {
  GOVERNMENT_EXTRANET: say('政务外网区', 'the government extranet'),
  INTERNET: say('互联网区', 'the internet zone'),
  BUSINESS_LINE: say('业务专网区', 'the business line'),
};

export function changed(line: LineContent, { vm, ...rest }: LineChange): LineContent {
  return { ...line, ...rest, vm: line.vm && { ...line.vm, ...vm } };
}

export function fewerMachines(count: number): LineVariation {
  return { kind: 'FEWER_MACHINES', change: { count }, text: say(`减为 ${count} 台`, `${count} machines instead`) };
}

export function variationsOf(line: MachineLine, dual: boolean, choices: Choices): LineVariation[] {
  const { offers, images, centers } = choices;
  const offer = offers.find(({ id }) => id === line.vm.offerId);
  const image = images.find(({ id }) => id === line.vm.imageId);
  if (!offer || !image) return [];
  return [
    ...(dual ? [] : otherCenters(line, centers)),
    ...imageAndDisk(line, offer, image, images),
    otherTier(line),
    ...smallerOffers(offer, offers),
    ...otherArchitecture(line, offer, offers, images),
    ...withoutRelations(line),
    ...otherZones(line),
  ];
}

function otherCenters(line: LineContent, centers: Choices['centers']): LineVariation[] {
  if (line.centerId === null) return [];
  return centers
    .filter(({ centerId, role }) => centerId !== line.centerId && role !== 'RECOVERY')
    .map(({ centerId, name }) => ({
      kind: 'OTHER_CENTER',
      change: { centerId },
      text: say(`改放 ${name}`, `in ${name} instead`),
    }));
}

function imageAndDisk(line: MachineLine, offer: Offer, image: Image, images: readonly Image[]): LineVariation[] {
  const found: LineVariation[] = [];
  if (line.vm.diskGib < image.minimumDiskGib)
    found.push({
      kind: 'BIGGER_DISK',
      change: { vm: { diskGib: image.minimumDiskGib } },
      text: say(`磁盘加到 ${image.minimumDiskGib} GiB`, `a disk of ${image.minimumDiskGib} GiB`),
    });
  else if (line.vm.diskGib > image.minimumDiskGib)
    found.push({
      kind: 'SMALLER_DISK',
      change: { vm: { diskGib: image.minimumDiskGib } },
      text: say(`磁盘减到 ${image.minimumDiskGib} GiB`, `a disk of ${image.minimumDiskGib} GiB only`),
    });
  const fitting = images.find(({ architecture }) => architecture === offer.architecture);
  if (image.architecture !== offer.architecture && fitting)
    found.push({
      kind: 'OTHER_IMAGE',
      change: withDisk(line, fitting),
      text: say(`改用镜像 ${fitting.name}`, `with the image ${fitting.name}`),
    });
  return found;
}

function otherTier({ vm }: MachineLine): LineVariation {
  const storageTier = vm.storageTier === 'SSD' ? 'HDD' : 'SSD';
  return {
    kind: 'OTHER_TIER',
    change: { vm: { storageTier } },
    text: say(`存储改用 ${storageTier}`, `on ${storageTier} storage`),
  };
}

/** Of the same architecture and promise, no bigger in anything; the biggest of them first. */
function smallerOffers(offer: Offer, offers: readonly Offer[]): LineVariation[] {
  return offers
    .filter(
      (other) =>
        other.architecture === offer.architecture &&
        other.domesticCpu === offer.domesticCpu &&
        other.vcpu <= offer.vcpu &&
        other.memoryMib <= offer.memoryMib &&
        (other.vcpu < offer.vcpu || other.memoryMib < offer.memoryMib),
    )
    .toSorted((a, b) => b.vcpu - a.vcpu || b.memoryMib - a.memoryMib || (a.code < b.code ? -1 : 1))
    .slice(0, SMALLER_OFFERS_MAX)
    .map((other) => ({
      kind: 'SMALLER_OFFER',
      change: { vm: { offerId: other.id } },
      text: say(`规格减为 ${nameOf(other)}`, `the size ${nameOf(other)}`),
    }));
}

/** The same size on the other processors, with an image that is built for them. 信创 is not given up by a click. */
function otherArchitecture(
  line: MachineLine,
  offer: Offer,
  offers: readonly Offer[],
  images: readonly Image[],
): LineVariation[] {
  if (offer.domesticCpu) return [];
  const same = offers.find(
    ({ architecture, vcpu, memoryMib }) =>
      architecture !== offer.architecture && vcpu === offer.vcpu && memoryMib === offer.memoryMib,
  );
  const image = same && images.find(({ architecture }) => architecture === same.architecture);
  if (!same || !image) return [];
  const { vm } = withDisk(line, image);
  return [
    {
      kind: 'OTHER_ARCHITECTURE',
      change: { vm: { ...vm, offerId: same.id } },
      text: say(`改用 ${nameOf(same)}，镜像 ${image.name}`, `${nameOf(same)} with the image ${image.name}`),
    },
  ];
}

function withDisk({ vm }: MachineLine, image: Image): { readonly vm: Partial<VmPart> } {
  return { vm: { imageId: image.id, diskGib: Math.max(vm.diskGib, image.minimumDiskGib) } };
}

function withoutRelations(line: LineContent): LineVariation[] {
  return (line.relations ?? []).length === 0
    ? []
    : [
        {
          kind: 'WITHOUT_RELATIONS',
          change: { relations: [] },
          text: say('不要求与其他明细分开或同处', 'without being apart from or together with other lines'),
        },
      ];
}

/** Last, because another zone is another network. */
function otherZones({ vm }: MachineLine): LineVariation[] {
  return (Object.keys(ZONE_WORDS) as NetworkZone[])
    .filter((zone) => zone !== vm.zone)
    .map((zone) => ({
      kind: 'OTHER_ZONE',
      change: { vm: { zone } },
      text: say(`改放${ZONE_WORDS[zone].zh}`, `in ${ZONE_WORDS[zone].en}`),
    }));
}

function nameOf({ name, family, vcpu, memoryMib }: Offer): string {
  return name || sizeName(family, vcpu, memoryMib);
}
