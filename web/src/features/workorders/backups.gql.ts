import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const BackupRow = graphql(`
  fragment BackupRow on Backup {
    id
    code
    name
    state
    health
    object
    contents
    cycle
    weekday
    startMinute
    keepDays
    keepCopies
    lastResult
    lastEndedAt
    lastSizeMib
    nextRestoreTestOn
    requestCode
    department { id name }
    system { id name }
    targetCenter { id name role }
  }
`);

export const BackupListQuery = graphql(
  `
    query BackupList($first: Int!, $after: String, $filter: BackupFilterInput) {
      backups(first: $first, after: $after, filter: $filter) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id ...BackupRow }
      }
    }
  `,
  [BackupRow],
);

/** Everything that the page of one backup shows, and its order beside. */
export const BackupParts = graphql(`
  fragment BackupParts on Backup {
    id
    code
    name
    state
    stateSince
    version
    health
    object
    contents
    cycle
    weekday
    startMinute
    keepDays
    keepCopies
    remote
    encrypted
    encryptionNote
    restoreTestMonths
    lastRestoreTestOn
    nextRestoreTestOn
    lastResult
    lastEndedAt
    lastGoodAt
    lastSizeMib
    deadlineAt
    missedSince
    copiesUntil
    endedAt
    reason
    requestId
    requestCode
    availableActions
    department { id name }
    system { id name }
    targetCenter { id name role }
    machines { id code name released }
    runs { endedAt result sizeMib note source toldBy }
    orders { id code kind title state createdAt }
  }
`);

export const BackupPageQuery = graphql(
  `
    query BackupPage($id: ID!) {
      backup(id: $id) { id ...BackupParts }
    }
  `,
  [BackupParts],
);

/** What can be chosen for it, asked when somebody sets it up. */
export const BackupChoicesQuery = graphql(`
  query BackupChoices($id: ID!) {
    centers { id code name role }
    workOrder(id: $id) { id backup { id candidates { id code name } } }
  }
`);

export const BackupOwnChoicesQuery = graphql(`
  query BackupOwnChoices($id: ID!) {
    centers { id code name role }
    backup(id: $id) { id candidates { id code name } }
  }
`);

export const SetUpBackupMutation = graphql(
  `
    mutation SetUpBackup($input: SetUpBackupInput!) {
      outcome: setUpBackup(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

export const RecordBackupRunMutation = graphql(
  `
    mutation RecordBackupRun($input: RecordBackupRunInput!) {
      outcome: recordBackupRun(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

export const SuspendBackupMutation = graphql(
  `
    mutation SuspendBackup($input: BackupActInput!) {
      outcome: suspendBackup(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

export const ResumeBackupMutation = graphql(
  `
    mutation ResumeBackup($input: BackupActInput!) {
      outcome: resumeBackup(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

export const EndBackupMutation = graphql(
  `
    mutation EndBackup($input: BackupActInput!) {
      outcome: endBackup(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

export const RequestRestoreMutation = graphql(
  `
    mutation RequestRestore($input: RequestRestoreInput!) {
      outcome: requestRestore(input: $input) {
        backup { id ...BackupParts }
        errors { ...UserErrorFields }
      }
    }
  `,
  [BackupParts, UserErrorFields],
);

/** The console's own, beside those of systems. */
export const OwnBackupsQuery = graphql(`
  query OwnBackups {
    consoleData { backups { kind level lastDone { key endedAt } } }
  }
`);

/** What VolSync and csi-addons carry of machines' disks: no backup of a system, but looked after by the same people. */
export const DataCopiesQuery = graphql(`
  query DataCopies($filter: DataCopyFilter) {
    dataCopies(filter: $filter) {
      total
      counts { level copies }
      copies {
        kind
        object
        machineId
        machineName
        systemId
        systemName
        center { id name role }
        towards { id name role }
        level
        lastSyncAt
        ageSeconds
        intervalSeconds
        rpoSeconds
        problem
        readAt
      }
    }
  }
`);
