import { Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { imagesForServers } from '../catalog/domain/server-image.js';
import type { LineContent } from '../requests/domain/content.js';
import { RECORDED_POOL } from './recorded-work.js';

const NO_PART = { vm: null, server: null, cabinet: null, service: null } as const;
const AS_SYSTEM = { centerId: null, localMode: null, remoteMode: null } as const;
const SINGLE = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const DISK = { zone: 'GOVERNMENT_EXTRANET', storageTier: 'SSD', diskGib: 100 } as const;
const SECURITY = [
  { key: 'kind', value: 'host' },
  { key: 'contact', value: '顾文清' },
];
const DOMAIN = [
  { key: 'domain', value: 'jyzt.js-demo.gov.cn' },
  { key: 'address', value: '10.21.8.30' },
  { key: 'certificate', value: 'both' },
];

/** What the tour's department asks for this morning, of each kind the least that the catalog offers. */
@Injectable()
export class JourneyLines {
  constructor(private readonly catalog: CatalogService) {}

  async ofCatalog() {
    const [{ offers, images }, servers, cabinets, services] = await Promise.all([
      this.catalog.catalog(),
      this.catalog.servers(false),
      this.catalog.cabinets(false),
      this.catalog.services(false),
    ]);
    const offer = offers.find((one) => one.architecture === 'ARM64' && one.vcpu === 2);
    const image = images.find((one) => one.architecture === 'ARM64');
    const { architecture, zone } = RECORDED_POOL;
    const x86 = offers.find((one) => one.architecture === architecture && one.vcpu === 4);
    const x86Image = images.find((one) => one.architecture === architecture);
    // The least of the class that the made-up centers have most of.
    const [server] = servers
      .filter(({ acceleratorCount, cpuMaker }) => cpuMaker === 'KUNPENG' && acceleratorCount === 0)
      .toSorted((a, b) => a.cores - b.cores);
    const serverImage = server && imagesForServers(images, server.architecture)[0];
    const cabinet = cabinets.find((one) => one.form === 'UNIT' && one.zone === 'GOVERNMENT_EXTRANET');
    const security = services.find(({ code }) => code === 'host-security');
    const domain = services.find(({ code }) => code === 'domain-certificate');
    if (!offer || !image || !server || !cabinet || !x86 || !x86Image || !security || !domain)
      throw new Error('the made-up catalog lacks an offer');
    const ofService =
      (offerId: string, answers: { key: string; value: string }[]) =>
      (name: string, count: number): LineContent => ({
        ...line('SERVICE', name, count),
        service: { offerId, answers },
      });
    return {
      vm: (name: string, count: number): LineContent => ({
        ...line('VM', name, count),
        ...SINGLE,
        vm: { offerId: offer.id, imageId: image.id, ...DISK },
      }),
      recorded: (name: string, count: number, centerId: string): LineContent => ({
        ...{ ...line('VM', name, count), ...SINGLE, centerId },
        vm: { offerId: x86.id, imageId: x86Image.id, ...DISK, zone },
      }),
      server: (name: string, count: number): LineContent => ({
        ...line('SERVER', name, count),
        ...SINGLE,
        server: { offerId: server.id, imageId: serverImage?.id ?? null },
      }),
      cabinet: (name: string, heightUnits: number): LineContent => ({
        ...line('CABINET', name, 1),
        ...SINGLE,
        cabinet: { offerId: cabinet.id, heightUnits, powerW: heightUnits * 150, weightKg: heightUnits * 12 },
      }),
      service: ofService(security.id, SECURITY),
      domain: ofService(domain.id, DOMAIN),
    };
  }
}

function line(kind: LineContent['kind'], name: string, count: number) {
  return { kind, name, count, ...NO_PART, ...AS_SYSTEM };
}
