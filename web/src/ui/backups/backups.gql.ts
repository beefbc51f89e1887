import { graphql } from '../../graphql/tada';

export const BackupLine = graphql(`
  fragment BackupLine on Backup {
    id
    code
    name
    state
    health
    object
    cycle
    weekday
    startMinute
    keepDays
    keepCopies
    lastEndedAt
    lastResult
    missedSince
    nextRestoreTestOn
    targetCenter { id name role }
  }
`);

export const BackupsPanelQuery = graphql(
  `
    query BackupsPanel($filter: BackupFilterInput!) {
      backups(first: 20, filter: $filter) {
        totalCount
        nodes { id ...BackupLine }
      }
    }
  `,
  [BackupLine],
);
