import { Injectable } from '@nestjs/common';
import { STORAGE_TIERS } from '../allocation/domain/capacity.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { CatalogService } from '../catalog/catalog.service.js';
import { ZONE_FACTS } from '../catalog/domain/entries.js';
import { imagesForServers } from '../catalog/domain/server-image.js';
import { ARCHITECTURES, type Center, NETWORK_ZONES } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { LOCAL_MODES, type LocalMode, REMOTE_MODES, type RemoteMode } from '../systems/domain/system.js';
import type { AskedService, BatchChoice, BatchChoices } from './domain/batch-choices.js';

/** What the cells of a table may name now: the same for its template, its check and its screen. */
@Injectable()
export class BatchChoicesService {
  constructor(
    private readonly catalog: CatalogService,
    private readonly facilities: FacilitiesService,
  ) {}

  async of(kind: LineKind): Promise<BatchChoices> {
    if (kind === 'SERVICE') return this.services();
    const [things, centers] = await Promise.all([this.things(kind), this.facilities.centers()]);
    const lists = { ...things, ...PLACES, center: centers.filter(isChosen).map(named) };
    return { lists, services: new Map() };
  }

  private async things(kind: Exclude<LineKind, 'SERVICE'>): Promise<BatchChoices['lists']> {
    if (kind === 'SERVER') {
      const [servers, offered] = await Promise.all([this.catalog.servers(false), this.catalog.catalog()]);
      const fit = ARCHITECTURES.flatMap((architecture) => imagesForServers(offered.images, architecture));
      return {
        offer: servers.map((offer) => ({ ...named(offer), architecture: offer.architecture })),
        image: fit.map((image) => ({ ...named(image), architecture: image.architecture })),
      };
    }
    if (kind === 'CABINET') return { offer: (await this.catalog.cabinets(false)).map(named) };
    const { offers, images } = await this.catalog.catalog();
    return {
      offer: offers.map((offer) => ({ ...named(offer), architecture: offer.architecture })),
      image: images.map((image) => ({
        ...named(image),
        architecture: image.architecture,
        minimumDiskGib: image.minimumDiskGib,
      })),
      zone: NETWORK_ZONES.map((value) => ({ value, title: ZONE_FACTS[value].name })),
      tier: STORAGE_TIERS.map((value) => ({ value, title: say(`${value} 云盘`, value), also: [value] })),
    };
  }

  /** A service with its present questions, also one that was withdrawn; null = there is none. */
  async service(id: string | null): Promise<AskedService | null> {
    return id === null ? null : ((await this.services()).services.get(id) ?? null);
  }

  private async services(): Promise<BatchChoices> {
    const all = await this.catalog.services(true);
    const versions = await this.catalog.definitionsOf(all.map(({ id }) => id));
    const services = all.flatMap((service, at): AskedService[] => {
      const definition = versions[at]?.find(({ number }) => number === service.definitionNumber);
      if (!definition) return [];
      const { id, code, status } = service;
      return [{ id, code, name: definition.name, offered: status === 'OFFERED', questions: definition.fields }];
    });
    return {
      lists: {
        offer: services
          .filter(({ offered }) => offered)
          .map(({ id, code, name }) => ({ value: id, title: coded(name, code), also: [code, name.zh, name.en] })),
      },
      services: new Map(services.map((service) => [service.id, service])),
    };
  }
}

/** Lines name one of the same-city centers; what goes to the recovery center follows from the modes. */
function isChosen({ role, life }: Center): boolean {
  return role !== 'RECOVERY' && (life === 'IN_SERVICE' || life === 'TRIAL');
}

/** Two offers may have one name: the code behind it tells them apart. */
function coded(name: Bilingual, code: string): Bilingual {
  return say(`${name.zh}（${code}）`, `${name.en} (${code})`);
}

function named({ id, code, name }: { id: string; code: string; name: string }): BatchChoice {
  return { value: id, title: coded(say(name, name), code), also: [code, name] };
}

const LOCAL_NAMES: { readonly [M in LocalMode]: Bilingual } = {
  SINGLE: say('单中心', 'Single center'),
  DUAL_ACTIVE: say('同城双活', 'Dual-active'),
};
const REMOTE_NAMES: { readonly [M in RemoteMode]: Bilingual } = {
  NONE: say('无异地灾备', 'None'),
  DATA: say('异地数据级灾备', 'Data'),
  APPLICATION: say('异地应用级灾备', 'Application'),
};
const PLACES = {
  localMode: LOCAL_MODES.map((value) => ({ value, title: LOCAL_NAMES[value] })),
  remoteMode: REMOTE_MODES.map((value) => ({ value, title: REMOTE_NAMES[value] })),
};
