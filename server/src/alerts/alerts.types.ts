import type { AlertCallEntity, AlertEntity, AlertEventEntity } from './alerts.entity.js';
import type { AlertSeverity, AlertState } from './domain/alert-state.js';
import type { DutyHandOverEntity, DutyShiftEntity } from './roster.entity.js';

export type AlertRow = AlertEntity;
export type CallRow = Omit<AlertCallEntity, 'alert'>;
export type EventRow = Omit<AlertEventEntity, 'alert'>;
export type ShiftRow = DutyShiftEntity;
export type HandOverRow = Omit<DutyHandOverEntity, 'shift'>;

export interface AlertFilter {
  readonly states: readonly AlertState[];
  readonly severities: readonly AlertSeverity[];
  readonly groupId: string | null;
  readonly search: string | null;
}
