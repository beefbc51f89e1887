import { AlertCallEntity, AlertEntity, AlertEventEntity } from './alerts/alerts.entity.js';
import { DutyDeskEntity, DutyHandOverEntity, DutyShiftEntity } from './alerts/roster.entity.js';
import { DutyHandOverPointEntity, DutyLogEntryEntity } from './alerts/shift-log.entity.js';
import { ClaimEntity } from './allocation/allocation.entity.js';
import { ItemClaimEntity } from './allocation/item-claims.entity.js';
import {
  ApprovalEditionEntity,
  ApprovalNoticeEntity,
  ApprovalParticipantEntity,
  ApprovalRoundEntity,
  ApprovalSeatEntity,
  ApprovalStepEntity,
  DelegationEntity,
} from './approvals/approvals.entity.js';
import { ConsoleBackupEntity } from './backups/backups.entity.js';
import { LineBatchEntity, LineBatchRowEntity } from './batches/batches.entity.js';
import {
  CabinetEntity,
  CabinetHolderEntity,
  CabinetHolderEventEntity,
  CabinetRowEntity,
  CabinetSlotEntity,
  RoomEntity,
} from './cabinets/cabinets.entity.js';
import { RackTypeEntity } from './cabinets/rack-types.entity.js';
import { CalendarDayEntity, CalendarYearEntity } from './calendars/calendars.entity.js';
import { ImageEntity, OfferEntity } from './catalog/catalog.entity.js';
import {
  CabinetOfferEntity,
  ServerOfferEntity,
  ServiceDefinitionEntity,
  ServiceOfferEntity,
} from './catalog/catalog-kinds.entity.js';
import { ClusterVitalsEntity } from './clusterhealth/cluster-health.entity.js';
import { DepartmentEntity } from './departments/departments.entity.js';
import {
  DeliveryObjectionEntity,
  DeliverySheetEntity,
  FirstLoginEntity,
  HandOverPolicyEntity,
  LoginResetEntity,
} from './documents/hand-over.entity.js';
import { PaperVersionEntity, SealedScanEntity } from './documents/papers.entity.js';
import { DrDebtEntity, DrDebtPolicyEntity } from './drdebts/drdebts.entity.js';
import { DriftEntity, DriftPolicyEntity } from './drift/drift.entity.js';
import {
  DrDrillEntity,
  DrDrillItemEntity,
  DrDrillMachineEntity,
  DrDrillMarkEntity,
  DrDrillRuleEditionEntity,
  DrDrillTicketEntity,
} from './drills/drills.entity.js';
import { DutyNoticeEntity, DutyNoticeReceiptEntity } from './duty/duty-notices.entity.js';
import { DutyStandardEditionEntity } from './duty/standard-changes.entity.js';
import { DutyTicketEntity, DutyTicketEntryEntity, DutyTicketLinkEntity } from './duty/tickets.entity.js';
import {
  EnergyMonthEntity,
  PowerHourEntity,
  PowerReadingEntity,
  PueTargetEntity,
  ReadingSourceCenterEntity,
  ReadingSourceEntity,
} from './energy/energy.entity.js';
import { DrApprovalEntity, DrExecutionEntity, DrFenceEntity, DrStepEntity } from './executions/executions.entity.js';
import { DrReturningSideEntity } from './executions/returning-sides.entity.js';
import { DrRunbookEntity, DrRunbookVersionEntity, DrStandingOrderEntity } from './executions/runbooks.entity.js';
import { ExportTokenEntity } from './exports/tokens.entity.js';
import {
  CenterEntity,
  ClusterEntity,
  ConsolidationCountEntity,
  MaintenanceWindowEntity,
  PoolEntity,
} from './facilities/facilities.entity.js';
import { StoredFileEntity } from './files/files.entity.js';
import { ChangeFreezeCenterEntity, ChangeFreezeEntity, ChangeFreezeReleaseEntity } from './freezes/freezes.entity.js';
import { GateEditionEntity } from './gates/gates.entity.js';
import {
  GoLiveCaseEntity,
  GoLiveDocumentEntity,
  GoLiveEntryEntity,
  GoLiveEventEntity,
  GoLivePolicyEntity,
  GoLiveReadingEntity,
  GoLiveSignatureEntity,
} from './golive/go-live.entity.js';
import { StandingGradeEntity } from './grades/grades.entity.js';
import {
  MembershipEntity,
  SessionEntity,
  SignInFailureEntity,
  UserEntity,
  UserRoleEntity,
} from './identity/identity.entity.js';
import { ImportRunEntity } from './imports/imports.entity.js';
import { IntakeBatchEntity, IntakeItemEntity } from './intake/intake.entity.js';
import { moneyEntities } from './money-entities.js';
import { AddressClaimEntity, NetworkEntity, NetworkPlanEntity } from './networks/networks.entity.js';
import {
  ChannelEntity,
  DeliveryEntity,
  NotificationEntity,
  PreferenceEntity,
} from './notifications/notifications.entity.js';
import { OutageEntity, OutageSystemEntity } from './outages/outages.entity.js';
import { RequestPackageEntity, RequestPackageVersionEntity } from './packages/packages.entity.js';
import {
  AvailabilityReadingEntity,
  PerformanceAppealEntity,
  PerformanceConsequenceEntity,
  PerformanceEditionEntity,
  PerformanceEvaluationEntity,
  PerformanceRunEntity,
  QuotaBonusEntity,
} from './performance/performance.entity.js';
import { SelfEvaluationEntity, UsageNoticeEntity } from './performance/usage.entity.js';
import { PlanEntity, PlanLineEntity, PlanStepEntity, PlanYearEntity } from './plans/plans.entity.js';
import { CapacityCounterEntity } from './platform/counters/counters.entity.js';
import type { EntityList } from './platform/database/data-source.js';
import { QuarantinedObjectEntity } from './quarantine/quarantine.entity.js';
import { QuarantineEventEntity } from './quarantine/quarantine-event.entity.js';
import { QuotaTakingEntity } from './quotas/quota-takings.entity.js';
import { QuotaEntity } from './quotas/quotas.entity.js';
import { ReclaimCaseEntity, ReclaimEventEntity } from './reclaim/reclaim.entity.js';
import { ReplaceTaskEntity } from './replacements/replacements.entity.js';
import { ReplicationObjectEntity, ReplicationReportEntity } from './replication/replication.entity.js';
import { RequestJudgementEntity } from './requests/judgements.entity.js';
import { RequestLineTermEntity } from './requests/line-terms.entity.js';
import { RequestAttachmentEntity } from './requests/request-attachments.entity.js';
import { RequestChangeEntity } from './requests/request-changes.entity.js';
import { RequestItemChangeEntity } from './requests/request-item-changes.entity.js';
import { RequestEntity, RequestLineEntity, RequestStepEntity } from './requests/requests.entity.js';
import { UnfinishedFormEntity } from './requests/unfinished-forms.entity.js';
import { DrGroupOccupationEntity } from './resilience/occupation.entity.js';
import { DrProbeEntity } from './resilience/probes.entity.js';
import {
  DrDataPlaceEntity,
  DrDataSetEntity,
  DrGroupEntity,
  DrLevelEditionEntity,
  DrLinkEntity,
  DrLinkModeChangeEntity,
  DrLinkModeRequestEntity,
  DrTierEntity,
  DrTierMemberEntity,
} from './resilience/resilience.entity.js';
import { DrSignalChangeEntity, DrSignalEntity, DrSignalRollupEntity } from './resilience/signals.entity.js';
import { KeptDiskEntity } from './resources/kept-disk.entity.js';
import { LifePolicyEntity } from './resources/life-policy.entity.js';
import { ResourceSnapshotEntity } from './resources/resource-snapshot.entity.js';
import { ResourceTaskEntity } from './resources/resource-task.entity.js';
import { ResourceEntity, ResourceEventEntity } from './resources/resources.entity.js';
import { UnrecordedMachineEntity } from './resources/unrecorded-machine.entity.js';
import { ResourceUseWindowEntity } from './resources/use-window.entity.js';
import { HostMismatchEntity } from './servers/host-mismatches.entity.js';
import { ServerHostEntity } from './servers/server-hosts.entity.js';
import { ServerLoginEntity } from './servers/server-logins.entity.js';
import { ServerTaskEntity } from './servers/server-task.entity.js';
import {
  HardwareModelEntity,
  ServerAcceleratorEntity,
  ServerEntity,
  ServerEventEntity,
} from './servers/servers.entity.js';
import { ProjectFundingEntity } from './systems/project-funding.entity.js';
import { ProjectEntity, SystemEntity, SystemProjectEntity, VendorBindingEntity } from './systems/systems.entity.js';
import { TakeOverEntity } from './takeovers/take-overs.entity.js';
import { ResourceReviewEntity, TermExtensionEntity } from './terms/terms.entity.js';
import { ResourceUseDayEntity, ResourceUseHourEntity } from './utilisation/utilisation.entity.js';
import { SavedViewEntity } from './views/views.entity.js';
import { BackupEntity, BackupResourceEntity, BackupRunEntity } from './workorders/backups.entity.js';
import {
  GivenSpaceEntity,
  HostedEquipmentEntity,
  PortClaimEntity,
  PortSetEntity,
  WorkOrderEquipmentEntity,
} from './workorders/hosting.entity.js';
import { NetworkPolicyEntity, NetworkPolicySiteEntity } from './workorders/network-policies.entity.js';
import {
  ProviderCompanyEntity,
  ProviderMemberEntity,
  RoomCalendarEntity,
  WorkOrderEntity,
  WorkOrderEntrantEntity,
  WorkOrderEventEntity,
  WorkOrderRoomEntity,
  WorkOrderStepEntity,
} from './workorders/workorders.entity.js';

/** Every entity of the server. Tables without one (audit, keys, feed, leases) are reached by plain SQL. */
export const entities: EntityList = [
  ...moneyEntities,
  GoLivePolicyEntity,
  GoLiveCaseEntity,
  GoLiveEntryEntity,
  GoLiveDocumentEntity,
  GoLiveSignatureEntity,
  GoLiveReadingEntity,
  GoLiveEventEntity,
  NetworkPlanEntity,
  NetworkEntity,
  AddressClaimEntity,
  ReadingSourceCenterEntity,
  ReadingSourceEntity,
  PowerReadingEntity,
  PowerHourEntity,
  PaperVersionEntity,
  SealedScanEntity,
  HandOverPolicyEntity,
  DeliverySheetEntity,
  DeliveryObjectionEntity,
  FirstLoginEntity,
  LoginResetEntity,
  ResourceUseDayEntity,
  ResourceUseHourEntity,
  EnergyMonthEntity,
  PueTargetEntity,
  UserEntity,
  UserRoleEntity,
  MembershipEntity,
  SessionEntity,
  SignInFailureEntity,
  SavedViewEntity,
  StoredFileEntity,
  ImportRunEntity,
  DepartmentEntity,
  SystemEntity,
  ProjectEntity,
  SystemProjectEntity,
  ProjectFundingEntity,
  VendorBindingEntity,
  QuotaEntity,
  QuotaTakingEntity,
  CenterEntity,
  ClusterEntity,
  PoolEntity,
  HardwareModelEntity,
  ServerEntity,
  ServerAcceleratorEntity,
  ServerEventEntity,
  ServerHostEntity,
  HostMismatchEntity,
  ServerLoginEntity,
  ServerTaskEntity,
  RoomEntity,
  CabinetRowEntity,
  CabinetEntity,
  CabinetHolderEntity,
  CabinetHolderEventEntity,
  CabinetSlotEntity,
  MaintenanceWindowEntity,
  ConsolidationCountEntity,
  RackTypeEntity,
  OfferEntity,
  ImageEntity,
  ServerOfferEntity,
  CabinetOfferEntity,
  ServiceOfferEntity,
  ServiceDefinitionEntity,
  PlanYearEntity,
  PlanEntity,
  PlanLineEntity,
  PlanStepEntity,
  CapacityCounterEntity,
  ClaimEntity,
  ItemClaimEntity,
  ResourceEntity,
  ResourceEventEntity,
  UnrecordedMachineEntity,
  ResourceSnapshotEntity,
  KeptDiskEntity,
  ResourceTaskEntity,
  LifePolicyEntity,
  ResourceUseWindowEntity,
  IntakeBatchEntity,
  IntakeItemEntity,
  CalendarYearEntity,
  CalendarDayEntity,
  ApprovalEditionEntity,
  ApprovalRoundEntity,
  ApprovalStepEntity,
  ApprovalSeatEntity,
  ApprovalParticipantEntity,
  ApprovalNoticeEntity,
  DelegationEntity,
  GateEditionEntity,
  RequestJudgementEntity,
  RequestEntity,
  RequestLineEntity,
  RequestStepEntity,
  RequestChangeEntity,
  RequestItemChangeEntity,
  RequestLineTermEntity,
  TermExtensionEntity,
  ResourceReviewEntity,
  DrDebtEntity,
  DrDebtPolicyEntity,
  DriftEntity,
  DriftPolicyEntity,
  QuarantinedObjectEntity,
  QuarantineEventEntity,
  ReplaceTaskEntity,
  RequestAttachmentEntity,
  ClusterVitalsEntity,
  ReplicationReportEntity,
  ReplicationObjectEntity,
  DrLevelEditionEntity,
  DrLinkEntity,
  DrGroupEntity,
  DrTierEntity,
  DrTierMemberEntity,
  DrDataSetEntity,
  DrDataPlaceEntity,
  DrSignalEntity,
  DrProbeEntity,
  ChangeFreezeEntity,
  ChangeFreezeCenterEntity,
  ChangeFreezeReleaseEntity,
  DutyStandardEditionEntity,
  DutyTicketEntity,
  DutyTicketLinkEntity,
  DutyTicketEntryEntity,
  DutyLogEntryEntity,
  DutyHandOverPointEntity,
  DutyNoticeEntity,
  DutyNoticeReceiptEntity,
  AlertEntity,
  AlertCallEntity,
  AlertEventEntity,
  DutyDeskEntity,
  DutyShiftEntity,
  DutyHandOverEntity,
  DrSignalChangeEntity,
  DrSignalRollupEntity,
  DrGroupOccupationEntity,
  DrDrillRuleEditionEntity,
  DrDrillEntity,
  DrDrillItemEntity,
  DrDrillMarkEntity,
  DrDrillMachineEntity,
  DrDrillTicketEntity,
  DrLinkModeRequestEntity,
  DrLinkModeChangeEntity,
  DrRunbookEntity,
  DrRunbookVersionEntity,
  DrStandingOrderEntity,
  DrExecutionEntity,
  DrApprovalEntity,
  DrStepEntity,
  DrFenceEntity,
  DrReturningSideEntity,
  ReclaimCaseEntity,
  ReclaimEventEntity,
  NotificationEntity,
  PreferenceEntity,
  ChannelEntity,
  DeliveryEntity,
  ProviderCompanyEntity,
  ProviderMemberEntity,
  WorkOrderEntity,
  WorkOrderRoomEntity,
  RoomCalendarEntity,
  WorkOrderEntrantEntity,
  WorkOrderStepEntity,
  WorkOrderEventEntity,
  HostedEquipmentEntity,
  WorkOrderEquipmentEntity,
  GivenSpaceEntity,
  PortSetEntity,
  PortClaimEntity,
  NetworkPolicyEntity,
  NetworkPolicySiteEntity,
  LineBatchEntity,
  LineBatchRowEntity,
  BackupEntity,
  BackupResourceEntity,
  BackupRunEntity,
  UnfinishedFormEntity,
  RequestPackageEntity,
  RequestPackageVersionEntity,
  TakeOverEntity,
  ConsoleBackupEntity,
  OutageEntity,
  OutageSystemEntity,
  StandingGradeEntity,
  PerformanceEditionEntity,
  PerformanceRunEntity,
  PerformanceEvaluationEntity,
  PerformanceAppealEntity,
  PerformanceConsequenceEntity,
  QuotaBonusEntity,
  AvailabilityReadingEntity,
  UsageNoticeEntity,
  SelfEvaluationEntity,
  ExportTokenEntity,
];
