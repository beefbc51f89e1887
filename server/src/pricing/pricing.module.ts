import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { PriceEditor } from './price-editor.service.js';
import { PriceItemsResolver } from './price-items.resolver.js';
import { PricingRepository } from './pricing.repository.js';
import {
  CabinetOfferPriceResolver,
  CatalogPricesResolver,
  OfferPriceResolver,
  PriceGapCenterResolver,
  PriceVersionCenterResolver,
  ServerOfferPriceResolver,
  ServicePriceResolver,
  UnitPriceCenterResolver,
} from './pricing.resolver.js';
import { PricingService } from './pricing.service.js';

@Module({
  imports: [AuditModule, CatalogModule, FacilitiesModule],
  providers: [
    PricingRepository,
    PricingService,
    PriceEditor,
    PriceItemsResolver,
    CatalogPricesResolver,
    OfferPriceResolver,
    ServerOfferPriceResolver,
    CabinetOfferPriceResolver,
    ServicePriceResolver,
    UnitPriceCenterResolver,
    PriceVersionCenterResolver,
    PriceGapCenterResolver,
  ],
  exports: [PricingService],
})
export class PricingModule {}
