import type { ConsoleClient, GraphqlAnswer } from '../console-client.ts';
import type { ContentInput } from '../request-form.ts';

/** Usernames of the demonstration that may see everybody's … */
export const REQUESTS_OF_ALL = ['acceptance', 'reviewer', 'allocator', 'authority', 'leader', 'finance'];
export const RESOURCES_OF_ALL = [...REQUESTS_OF_ALL, 'facility', 'recovery', 'duty'];
export const SYSTEMS_OF_ALL = [...RESOURCES_OF_ALL];
export const DEPARTMENTS_OF_ALL = [...RESOURCES_OF_ALL, 'sysadmin', 'secadmin'];
/** Those who run the place, and those who work on everyone's requests. */
export const SERVERS_OF_ALL = [...RESOURCES_OF_ALL];
export const USERS_OF_ALL = ['sysadmin', 'secadmin'];
export const AUDIT_OF_ALL = ['auditadmin', 'assessor'];

export interface Foreign {
  readonly departmentId: string;
  readonly departmentCode: string;
  readonly systemCode: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly resourceId: string;
  /** The machine is temporary, with a wish to lengthen its term and a reclaim case that wait. */
  readonly resourceCode: string;
  readonly termRequestCode: string;
  readonly taskId: string;
  readonly extensionId: string;
  /** A snapshot of it. */
  readonly snapshotId: string;
  /** A disk that was kept of it. */
  readonly keptDiskId: string;
  readonly reclaimCaseId: string;
  readonly reclaimCaseCode: string;
  readonly drDebtId: string;
  readonly drGroupId: string;
  readonly drTierId: string;
  readonly drLinkId: string;
  readonly drSignalId: string;
  readonly drProbeId: string;
  readonly drAlertId: string;
  readonly dutyShiftId: string;
  readonly handOverId: string;
  readonly freezeId: string;
  readonly dutyTicketId: string;
  readonly dutyNoticeId: string;
  readonly dutyLogId: string;
  readonly drDrillId: string;
  readonly drTicketId: string;
  readonly drRunbookId: string;
  readonly drExecutionId: string;
  readonly drStepId: string;
  readonly drStandingOrderId: string;
  readonly driftId: string;
  readonly quarantinedId: string;
  readonly replaceTaskId: string;
  readonly serverId: string;
  readonly hostMismatchId: string;
  readonly serverTaskId: string;
  readonly budgetId: string;
  /** Spend of the province, which is no department's. */
  readonly supplierId: string;
  readonly contractId: string;
  readonly contractEntryId: string;
  readonly contractSupplementId: string;
  readonly assetDisposalId: string;
  readonly ownedAssetId: string;
  readonly outageId: string;
  readonly workOrderId: string;
  readonly backupId: string;
  readonly planId: string;
  readonly importRunId: string;
  readonly lineBatchId: string;
  readonly lineBatchFileId: string;
  readonly unfinishedFormId: string;
  readonly importFileId: string;
  readonly notificationId: string;
  readonly deliveryId: string;
  readonly scanId: string;
  readonly sheetId: string;
  readonly sheetCode: string;
  readonly objectionId: string;
  /** The trial of the foreign system. */
  readonly goLiveCaseId: string;
  readonly goLiveCaseCode: string;
  /** Published, told and asked of the foreign system and its department. */
  readonly performanceRunId: string;
  readonly evaluationId: string;
  readonly evaluationCode: string;
  readonly usageNoticeId: string;
  readonly usageNoticeName: string;
  readonly selfEvaluationId: string;
  readonly content: ContentInput;
  /** An account of the department that no demonstration account looks after but the province's. */
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  /** Ids of the right kinds that name nothing. */
  readonly nothing: string;
  readonly nothingResource: string;
}

export interface Case {
  /** A document for the foreign thing, and the same for something that does not exist. */
  readonly ask: (foreign: Foreign, exists: boolean) => { query: string; variables?: Record<string, unknown> };
  /** Usernames that see the foreign thing; everyone else gets the answer of what does not exist. */
  readonly seen: readonly string[];
  /** Whether an answer shows the foreign thing. */
  readonly shows: (answer: GraphqlAnswer<Record<string, never>>) => boolean;
}

export const CLOSED: Pick<Case, 'seen' | 'shows'> = { seen: [], shows: () => false };
export const has =
  (...path: string[]) =>
  (answer: GraphqlAnswer<Record<string, never>>): boolean =>
    path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      answer.data ?? null,
    ) != null;
export const listed =
  (field: string) =>
  (answer: GraphqlAnswer<Record<string, never>>): boolean =>
    ((answer.data?.[field] as unknown as { totalCount?: number } | null)?.totalCount ?? 0) > 0;
export const byId =
  (field: string, pick: (f: Foreign) => string, nothing: (f: Foreign) => string): Case['ask'] =>
  (f, exists) => ({
    query: `query Q($id: ID!) { ${field}(id: $id) { id } }`,
    variables: { id: exists ? pick(f) : nothing(f) },
  });

/** Signed-in clients by username, for a case that must first find an id. */
export type Clients = ReadonlyMap<string, ConsoleClient>;

export type Cases = { readonly [field: string]: Case };

/** One foreign id a node type, and the usernames that may have it; 'open' = it belongs to nobody in particular. */
export type NodeIds = { readonly [type: string]: readonly [string, readonly string[] | 'open'] };
