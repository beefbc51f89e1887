import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BudgetsModule } from '../budgets/budgets.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { DrDebtsModule } from '../drdebts/drdebts.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { GatesModule } from '../gates/gates.module.js';
import { GradesModule } from '../grades/grades.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { AddressQuotes } from './address-quotes.service.js';
import { BeyondQuotaUses } from './beyond-quota-uses.service.js';
import { BudgetFits } from './budget-fits.service.js';
import { ChainActsResolver } from './chain-acts.resolver.js';
import { ChainActs } from './chain-acts.service.js';
import { ChangeDebts } from './change-debts.service.js';
import {
  ChangeableServiceResolver,
  ChangeableThingsResolver,
  ChangedResourceResolver,
  ChangeGroupResolver,
  RequestChangesResolver,
  ResourceOpenChangeResolver,
  ServiceNowChangeResolver,
  ServiceNowResolver,
} from './change-edges.resolver.js';
import { ChangeFollowUp } from './change-follow-up.service.js';
import { ChangeGranting } from './change-granting.service.js';
import { ChangeLocks } from './change-locks.service.js';
import { ChangeQuotations } from './change-quotations.service.js';
import { ChangeRecord } from './change-record.service.js';
import { ChangeableGroups } from './changeable-groups.service.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { ChangedThingsRepository } from './changed-things.repository.js';
import { ChangesResolver } from './changes.resolver.js';
import { ChangesService } from './changes.service.js';
import { DataCosts } from './data-costs.service.js';
import { DeadlinesService } from './deadlines.service.js';
import { DebtSettlementResolver, DrDebtRequestResolver, RequestLineDebtsResolver } from './debt-settlement.resolver.js';
import { DebtSettlement } from './debt-settlement.service.js';
import { DecisionsService } from './decisions.service.js';
import { DeliveredLines } from './delivered-lines.service.js';
import { DraftHeadsResolver } from './draft-heads.resolver.js';
import { DraftHeads } from './draft-heads.service.js';
import { DraftLinesResolver } from './draft-lines.resolver.js';
import { DraftLines } from './draft-lines.service.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { FrozenGrants } from './frozen-grants.service.js';
import { GatingService } from './gating.service.js';
import { GivingBack } from './giving-back.service.js';
import { GivingBackLinesResolver } from './giving-back-lines.resolver.js';
import { GivingBackLines } from './giving-back-lines.service.js';
import { GrantingService } from './granting.service.js';
import { HeldNow } from './held-now.service.js';
import { HoldKeeping } from './hold-keeping.service.js';
import { HoldingService } from './holding.service.js';
import { JudgementsRepository } from './judgements.repository.js';
import {
  CabinetLineResolver,
  LineShareResolver,
  RequestLineEdgesResolver,
  ServerLineResolver,
  ServiceLineResolver,
  SharePreviewResolver,
  VmLineResolver,
} from './line-edges.resolver.js';
import { LineTermsRepository } from './line-terms.repository.js';
import { LineTerms } from './line-terms.service.js';
import { LinesOfSystems } from './lines-in-use.service.js';
import { MovedMachines } from './moved-machines.service.js';
import { PlacementGrounds } from './placement-grounds.service.js';
import { PlacesResolver } from './places.resolver.js';
import { PlacesService } from './places.service.js';
import { PlacesInChange } from './places-in-change.service.js';
import { QuotaSplits } from './quota-splits.service.js';
import { QuotationService } from './quotation.service.js';
import { RequestAttachmentsResolver } from './request-attachments.resolver.js';
import { RequestAttachments } from './request-attachments.service.js';
import { RequestChainEdgesResolver } from './request-chain-edges.resolver.js';
import { RequestChains } from './request-chains.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import { RequestCustodyRepository } from './request-custody.repository.js';
import { RequestCustody } from './request-custody.service.js';
import { ResourceRequestResolver } from './request-edges.resolver.js';
import { RequestEncumbranceResolver, RequestFundingResolver } from './request-funding.resolver.js';
import { RequestGatesResolver } from './request-gates.resolver.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { PlanGroupResolver, PlanShareResolver, RequestLinePagesResolver } from './request-line-pages.resolver.js';
import { RequestLinePages } from './request-line-pages.service.js';
import { RequestLinesRepository } from './request-lines.repository.js';
import { RequestNews } from './request-news.service.js';
import { RequestEdgesResolver } from './request-own-edges.resolver.js';
import { RequestPreviewPagesResolver } from './request-preview-pages.resolver.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsResolver } from './requests.resolver.js';
import { RequestsService } from './requests.service.js';
import { ReservingRequests } from './reserving-requests.service.js';
import { ReviewService } from './review.service.js';
import { SavedQuotations } from './saved-quotations.service.js';
import { ServiceChangesDone } from './service-changes-done.service.js';
import { ServiceQuotations } from './service-quotations.service.js';
import { ServiceRecord } from './service-record.service.js';
import { ServiceUseRepository } from './service-use.repository.js';
import { Shelves } from './shelves.service.js';
import { ShrinkDrafts } from './shrink-drafts.service.js';
import { SubmissionService } from './submission.service.js';
import { SuggestionsService } from './suggestions.service.js';
import { ThingChangesDone } from './thing-changes-done.service.js';
import { ThingGranting } from './thing-granting.service.js';
import { ThingLocks } from './thing-locks.service.js';
import { ThingQuotations } from './thing-quotations.service.js';
import { UnfinishedFormsRepository } from './unfinished-forms.repository.js';
import { UnfinishedFormsResolver } from './unfinished-forms.resolver.js';
import { UnfinishedForms } from './unfinished-forms.service.js';

@Module({
  imports: [
    AuditModule,
    FilesModule,
    IdentityModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    FreezesModule,
    CabinetsModule,
    CatalogModule,
    PricingModule,
    BudgetsModule,
    AllocationModule,
    DrDebtsModule,
    ApprovalsModule,
    GatesModule,
    GradesModule,
    PlansModule,
    NetworksModule,
    ResourcesModule,
  ],
  providers: [
    FrozenGrants,
    RequestCustody,
    RequestCustodyRepository,
    RequestsRepository,
    QuotationService,
    PlacementGrounds,
    Shelves,
    RequestsService,
    DraftLines,
    DraftHeads,
    RequestPreviewPagesResolver,
    DraftHeadsResolver,
    RequestLinesRepository,
    RequestLinePages,
    RequestLinePagesResolver,
    PlanGroupResolver,
    PlanShareResolver,
    UnfinishedFormsRepository,
    UnfinishedForms,
    UnfinishedFormsResolver,
    RequestChains,
    RequestNews,
    HeldNow,
    QuotaSplits,
    AddressQuotes,
    BeyondQuotaUses,
    HoldKeeping,
    HoldingService,
    GrantingService,
    DecisionsService,
    SuggestionsService,
    SubmissionService,
    PlacesService,
    PlacesResolver,
    ReviewService,
    ChainActs,
    FollowUpService,
    DeadlinesService,
    BudgetFits,
    EncumberingService,
    DebtSettlement,
    GivingBack,
    GivingBackLines,
    GivingBackLinesResolver,
    LinesOfSystems,
    LineTermsRepository,
    LineTerms,
    DebtSettlementResolver,
    DrDebtRequestResolver,
    RequestLineDebtsResolver,
    GatingService,
    JudgementsRepository,
    ServiceUseRepository,
    RequestsResolver,
    DraftLinesResolver,
    ChainActsResolver,
    RequestChainEdgesResolver,
    RequestEdgesResolver,
    RequestFundingResolver,
    RequestGatesResolver,
    RequestEncumbranceResolver,
    RequestLineEdgesResolver,
    VmLineResolver,
    ServerLineResolver,
    CabinetLineResolver,
    ServiceLineResolver,
    LineShareResolver,
    SharePreviewResolver,
    ResourceRequestResolver,
    SavedQuotations,
    ChangedServicesRepository,
    ServiceQuotations,
    ServiceChangesDone,
    ChangedThingsRepository,
    RequestItemChangesRepository,
    ThingQuotations,
    ThingLocks,
    ThingGranting,
    ThingChangesDone,
    PlacesInChange,
    ChangeableGroups,
    ChangeDebts,
    ChangeableServiceResolver,
    ChangeableThingsResolver,
    ChangeQuotations,
    ChangeLocks,
    ChangeGranting,
    DataCosts,
    ChangeFollowUp,
    ChangesService,
    ChangeRecord,
    ShrinkDrafts,
    RequestChangesRepository,
    ChangesResolver,
    RequestChangesResolver,
    ChangedResourceResolver,
    ChangeGroupResolver,
    ResourceOpenChangeResolver,
    ServiceNowResolver,
    ServiceNowChangeResolver,
    ServiceRecord,
    DeliveredLines,
    ReservingRequests,
    MovedMachines,
    RequestAttachments,
    RequestAttachmentsResolver,
  ],
  exports: [
    RequestAttachments,
    MovedMachines,
    RequestsService,
    LinesOfSystems,
    DeliveredLines,
    ReservingRequests,
    BeyondQuotaUses,
    LineTerms,
    GivingBackLines,
    RequestLinePages,
    DraftLines,
    FollowUpService,
    DeadlinesService,
    ChangeFollowUp,
    ChangesService,
    ChangeRecord,
    PlacesInChange,
    ShrinkDrafts,
    ReviewService,
    SubmissionService,
  ],
})
export class RequestsModule {}
