import { Module } from '@nestjs/common';
import { PricingRepository } from './pricing.repository.js';
import { CatalogPricesResolver, OfferPriceResolver } from './pricing.resolver.js';
import { PricingService } from './pricing.service.js';

@Module({
  providers: [PricingRepository, PricingService, CatalogPricesResolver, OfferPriceResolver],
  exports: [PricingService],
})
export class PricingModule {}
