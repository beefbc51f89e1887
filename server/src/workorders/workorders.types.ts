import type { TenantScope } from '../kernel/viewer.js';
import type { Entrant } from './domain/entrants.js';
import type { EquipmentFacts, EquipmentState } from './domain/equipment.js';
import type { WorkOrderKind, WorkOrderState } from './domain/work-order.js';
import type { HostedEquipmentEntity, PortClaimEntity, PortSetEntity } from './hosting.entity.js';
import type {
  ProviderCompanyEntity,
  WorkOrderEntity,
  WorkOrderEntrantEntity,
  WorkOrderEventEntity,
  WorkOrderStepEntity,
} from './workorders.entity.js';

export type WorkOrderRow = Omit<WorkOrderEntity, 'company'>;
/** What people do about a policy where no cluster does: one order of each in every center. */
export type PolicyOrderKind = Extract<WorkOrderKind, 'NETWORK_POLICY' | 'POLICY_REMOVAL'>;
export type StepRow = Omit<WorkOrderStepEntity, 'order'>;
export type EventRow = Omit<WorkOrderEventEntity, 'order'>;
export type EntrantRow = Omit<WorkOrderEntrantEntity, 'order'>;
export type EquipmentRow = HostedEquipmentEntity;
export type PortSetRow = PortSetEntity;
export type PortClaimRow = Omit<PortClaimEntity, 'order'>;
export type CompanyRow = ProviderCompanyEntity;

/**
 * Which orders somebody sees: those on the things of his departments, and as a worker those assigned to him or to his
 * company, once they are. A required argument of every read.
 */
export interface OrderSight {
  readonly scope: TenantScope | null;
  readonly worker: { readonly userId: string; readonly companyId: string | null } | null;
}

export const EVERY_ORDER: OrderSight = { scope: { kind: 'PROVINCE' }, worker: null };

export interface OrderFilter {
  readonly states?: readonly WorkOrderState[] | null;
  readonly kinds?: readonly WorkOrderKind[] | null;
  readonly departmentId?: string | null;
  readonly systemId?: string | null;
  readonly requestId?: string | null;
  readonly roomId?: string | null;
  readonly applicantId?: string | null;
  /** Assigned to this person, or to this company and to nobody of it yet. */
  readonly assigned?: { readonly userId: string; readonly companyId: string | null } | null;
  readonly overdueAt?: Date | null;
  readonly windowFrom?: Date | null;
  readonly windowTo?: Date | null;
  readonly search?: string | null;
}

/** One of the things that an order is about: known already, or named here for the first time. */
export interface ThingWish {
  readonly equipmentId: string | null;
  readonly facts: EquipmentFacts | null;
  readonly targetHolderId: string | null;
  /** Twice the lowest number on the frame that it is to cover; null = the lowest place that fits. */
  readonly targetUnitHalves: number | null;
}

export interface OrderContent {
  readonly kind: WorkOrderKind;
  readonly title: string;
  readonly instructions: string;
  readonly departmentId: string;
  readonly systemId: string | null;
  readonly centerId: string | null;
  readonly roomIds: readonly string[];
  readonly windowFrom: Date | null;
  readonly windowTo: Date | null;
  readonly escort: string | null;
  readonly entrants: readonly Entrant[];
  readonly things: readonly ThingWish[];
  readonly ports: readonly { readonly portSetId: string; readonly count: number }[];
}

/** A thing of an order, with where it is to go. */
export interface OrderThing {
  readonly equipment: EquipmentRow;
  readonly position: number;
  readonly targetHolderId: string | null;
  readonly targetUnitHalves: number | null;
}

export interface OrderClaim extends PortClaimRow {
  readonly set: PortSetRow;
}

export interface EquipmentFilter {
  readonly departmentId?: string | null;
  readonly states?: readonly EquipmentState[] | null;
  readonly search?: string | null;
}

export interface KeptRoomWindow {
  readonly orderId: string;
  readonly code: string;
  readonly kind: WorkOrderKind;
  readonly roomId: string;
  readonly from: Date;
  readonly to: Date;
}
