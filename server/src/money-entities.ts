import { ProrationRuleEntity, RatedLineEntity } from './accounting/accounting.entity.js';
import {
  ClosingEntity,
  ConfirmationRuleEntity,
  CorrectionLineEntity,
  LineDisputeAnswerEntity,
  LineDisputeEntity,
  RatingBasisEntity,
  StatementIssueEntity,
} from './accounting/closing.entity.js';
import { SharedSpreadEntity } from './accounting/shared-spread.entity.js';
import {
  BudgetAdjustmentEntity,
  BudgetEntity,
  BudgetPolicyEntity,
  BudgetWarningEntity,
  CentralItemEntity,
  EncumbranceEntity,
} from './budgets/budgets.entity.js';
import {
  BudgetCarryRuleEntity,
  BudgetOpeningEntity,
  BudgetOpeningUseEntity,
  BudgetPostingEntity,
  BudgetUnpaidEntity,
  BudgetYearEndBookEntity,
  BudgetYearEndEntity,
} from './budgetyears/budget-years.entity.js';
import { CostChangeEntity, CostChangeMonthEntity } from './costchanges/cost-changes.entity.js';
import { CostCellEntity, CostSourceEntity, CostVcpuEntity } from './costs/costs.entity.js';
import {
  MeteredIntervalEntity,
  MeteredResourceEntity,
  MeteringPassEntity,
  MeteringStartEntity,
} from './metering/metering.entity.js';
import type { EntityList } from './platform/database/data-source.js';
import { PriceItemEntity, PriceTierEntity, PriceVersionEntity } from './pricing/pricing.entity.js';
import { SelfBuildEditionEntity } from './selfbuild/self-build.entity.js';
import { SharedPoolEntity, SharedPoolVersionEntity } from './sharedcosts/shared-costs.entity.js';
import {
  OwnedAssetDisposalEntity,
  OwnedAssetEntity,
  OwnedAssetUpkeepEntity,
  SpendDifferenceEntity,
} from './spend/assets.entity.js';
import {
  ContractAssessmentRuleEntity,
  ContractEntity,
  ContractEntryEntity,
  ContractInstalmentEntity,
  ContractServiceEntity,
  ContractShareEntity,
  SupplierEntity,
} from './spend/contracts.entity.js';
import { ContractSupplementEntity } from './spend/supplements.entity.js';

/** Of 核算 and what it stands on: prices, what is metered, budgets, costs and spend. */
export const moneyEntities: EntityList = [
  SupplierEntity,
  ContractEntity,
  ContractServiceEntity,
  ContractShareEntity,
  ContractInstalmentEntity,
  ContractAssessmentRuleEntity,
  ContractEntryEntity,
  ContractSupplementEntity,
  OwnedAssetEntity,
  OwnedAssetUpkeepEntity,
  OwnedAssetDisposalEntity,
  SpendDifferenceEntity,
  PriceItemEntity,
  PriceVersionEntity,
  PriceTierEntity,
  BudgetEntity,
  BudgetAdjustmentEntity,
  BudgetPolicyEntity,
  BudgetWarningEntity,
  CentralItemEntity,
  BudgetOpeningEntity,
  BudgetOpeningUseEntity,
  BudgetPostingEntity,
  BudgetUnpaidEntity,
  BudgetCarryRuleEntity,
  BudgetYearEndBookEntity,
  BudgetYearEndEntity,
  EncumbranceEntity,
  MeteredIntervalEntity,
  MeteredResourceEntity,
  MeteringPassEntity,
  MeteringStartEntity,
  SharedPoolEntity,
  SharedPoolVersionEntity,
  SharedSpreadEntity,
  ProrationRuleEntity,
  RatedLineEntity,
  CostCellEntity,
  CostSourceEntity,
  CostVcpuEntity,
  CostChangeEntity,
  CostChangeMonthEntity,
  ClosingEntity,
  ConfirmationRuleEntity,
  CorrectionLineEntity,
  LineDisputeAnswerEntity,
  LineDisputeEntity,
  RatingBasisEntity,
  StatementIssueEntity,
  SelfBuildEditionEntity,
];
