import type { AlertCallEntity, AlertEntity, AlertEventEntity } from './alerts.entity.js';
import type { AlertSeverity, AlertState } from './domain/alert-state.js';
import type { LogKind } from './domain/shift-log.js';
import type { DutyHandOverEntity, DutyShiftEntity } from './roster.entity.js';
import type { DutyHandOverPointEntity, DutyLogEntryEntity } from './shift-log.entity.js';

export type AlertRow = AlertEntity;
export type CallRow = Omit<AlertCallEntity, 'alert'>;
export type EventRow = Omit<AlertEventEntity, 'alert'>;
export type ShiftRow = DutyShiftEntity;
export type HandOverRow = Omit<DutyHandOverEntity, 'shift'>;

export interface AlertFilter {
  readonly states: readonly AlertState[];
  readonly severities: readonly AlertSeverity[];
  readonly groupId: string | null;
  readonly headsOnly: boolean;
  readonly search: string | null;
}

export type LogRow = DutyLogEntryEntity;
export type PointRow = Omit<DutyHandOverPointEntity, 'handOver'>;

export interface LogFilter {
  readonly kinds: readonly LogKind[];
  readonly openOnly: boolean;
  readonly search: string | null;
}
