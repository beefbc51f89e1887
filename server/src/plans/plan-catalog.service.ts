import { Injectable } from '@nestjs/common';
import { CatalogService } from '../catalog/catalog.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import type { UnitPrice } from '../pricing/domain/quote.js';
import { PricingService } from '../pricing/pricing.service.js';
import type { PlanLineContent } from './domain/plan-line.js';
import { unitMonthly } from './domain/plan-price.js';

interface ServiceFacts {
  readonly quotaMeter: QuotaMeter | null;
  readonly priceMeter: string | null;
}

/** Classes of servers and services that may be planned, and the prices of today: read once for any number of lines. */
export interface PlanShelf {
  /** Architectures by code; withdrawn ones too, because old plans name them. */
  readonly servers: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, ServiceFacts>;
  readonly prices: readonly UnitPrice[];
}

/** What plans take from the catalog and its prices. */
@Injectable()
export class PlanCatalog {
  constructor(
    private readonly catalog: CatalogService,
    private readonly pricing: PricingService,
  ) {}

  async shelf(): Promise<PlanShelf> {
    const [servers, services, prices] = await Promise.all([
      this.catalog.servers(true),
      this.catalog.services(true),
      this.pricing.unitPrices(),
    ]);
    const definitions = await this.catalog.definitionsOf(services.map((service) => service.id));
    return {
      prices,
      servers: new Map(servers.map(({ code, architecture }) => [code, architecture])),
      services: new Map(
        services.flatMap(({ code, definitionNumber }, at) => {
          const current = definitions[at]?.find((definition) => definition.number === definitionNumber);
          return current ? [[code, current] as const] : [];
        }),
      ),
    };
  }
}

/** null = the catalog has it, or the kind needs nothing of it. */
export function unknownOffer(shelf: PlanShelf, line: Pick<PlanLineContent, 'kind' | 'offerCode'>): Bilingual | null {
  const { kind, offerCode } = line;
  const known = kind === 'SERVER' ? shelf.servers : kind === 'SERVICE' ? shelf.services : null;
  if (known === null || offerCode === null || known.has(offerCode)) return null;
  return say(`服务目录中没有 ${offerCode}`, `The catalog has no ${offerCode}`);
}

/** With what the catalog says of it. */
export function withCatalog<L extends PlanLineContent>(
  line: L,
  shelf: PlanShelf,
): L & { readonly unitFen: bigint | null } {
  const service = line.kind === 'SERVICE' ? shelf.services.get(line.offerCode ?? '') : undefined;
  const known = { ...line, quotaMeter: service?.quotaMeter ?? null };
  return { ...known, unitFen: unitMonthly(known, shelf.prices, service?.priceMeter ?? null) };
}
