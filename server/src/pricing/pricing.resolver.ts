import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CatalogNode, OfferNode } from '../catalog/catalog.types.js';
import { CabinetOfferNode, ServerOfferNode, ServiceDefinitionNode } from '../catalog/catalog-kinds.types.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import type { Fen } from '../kernel/money.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { PricingService } from './pricing.service.js';
import { PriceGapNode, PriceVersionNode, UnitPriceNode } from './pricing.types.js';

/** Who reads the catalog reads its prices: the form shows the cost while it is being filled in. */
@Resolver(() => CatalogNode)
export class CatalogPricesResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => [UnitPriceNode])
  async unitPrices(@Context() ctx: RequestContext): Promise<UnitPriceNode[]> {
    const prices = await this.pricing.unitPrices();
    return prices.map((price) => new UnitPriceNode(price, ctx.locale));
  }
}

@Resolver(() => OfferNode)
export class OfferPriceResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => FenScalar, {
    nullable: true,
    description:
      "Per machine and month, with its accelerators and without disks, at the province's price of today; null = no price.",
  })
  async monthlyPrice(@Context() ctx: RequestContext, @Parent() offer: OfferNode): Promise<Fen | null> {
    const { architecture, vcpu, memoryMib, accelerator, acceleratorCount } = offer;
    const accelerators = accelerator === null ? {} : { [accelerator]: acceleratorCount };
    const machine = { architecture, vcpu, memoryMib, accelerators, disk: null };
    const quote = await ctx.loader(this.pricing.quotes).load(machine);
    return quote.ok ? quote.value.monthly : null;
  }
}

@Resolver(() => ServerOfferNode)
export class ServerOfferPriceResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => FenScalar, { nullable: true, description: 'Per server and month; null = no price.' })
  monthlyPrice(@Context() ctx: RequestContext, @Parent() offer: ServerOfferNode): Promise<Fen | null> {
    return ctx.loader(this.pricing.unitMonthly).load(offer.priceMeter);
  }
}

@Resolver(() => CabinetOfferNode)
export class CabinetOfferPriceResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => FenScalar, { nullable: true, description: 'Per U or whole cabinet and month; null = no price.' })
  monthlyPrice(@Context() ctx: RequestContext, @Parent() offer: CabinetOfferNode): Promise<Fen | null> {
    return ctx.loader(this.pricing.unitMonthly).load(offer.priceMeter);
  }
}

@Resolver(() => ServiceDefinitionNode)
export class ServicePriceResolver {
  constructor(private readonly pricing: PricingService) {}

  @ResolveField(() => FenScalar, {
    nullable: true,
    description: 'Per unit and month; null = no price. What has no price meter is free.',
  })
  async monthlyPrice(
    @Context() ctx: RequestContext,
    @Parent() { priceMeter }: ServiceDefinitionNode,
  ): Promise<Fen | null> {
    return priceMeter === null ? 0n : ctx.loader(this.pricing.unitMonthly).load(priceMeter);
  }
}

/** Which center a price is for; null = whichever. */
abstract class OfCenter {
  protected abstract readonly facilities: FacilitiesService;

  protected async centerOf(ctx: RequestContext, centerId: string | null): Promise<CenterNode | null> {
    const center = centerId === null ? null : await ctx.loader(this.facilities.centersByIds).load(centerId);
    return center && new CenterNode(center);
  }
}

@Resolver(() => UnitPriceNode)
export class UnitPriceCenterResolver extends OfCenter {
  constructor(protected readonly facilities: FacilitiesService) {
    super();
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Null = whichever the center.' })
  center(@Context() ctx: RequestContext, @Parent() price: UnitPriceNode): Promise<CenterNode | null> {
    return this.centerOf(ctx, price.centerId);
  }
}

@Resolver(() => PriceVersionNode)
export class PriceVersionCenterResolver extends OfCenter {
  constructor(protected readonly facilities: FacilitiesService) {
    super();
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Null = whichever the center.' })
  center(@Context() ctx: RequestContext, @Parent() version: PriceVersionNode): Promise<CenterNode | null> {
    return this.centerOf(ctx, version.centerId);
  }
}

@Resolver(() => PriceGapNode)
export class PriceGapCenterResolver extends OfCenter {
  constructor(protected readonly facilities: FacilitiesService) {
    super();
  }

  @ResolveField(() => CenterNode, { nullable: true, description: 'Null = whichever the center.' })
  center(@Context() ctx: RequestContext, @Parent() gap: PriceGapNode): Promise<CenterNode | null> {
    return this.centerOf(ctx, gap.centerId);
  }
}
