import { graphql } from '../../graphql/tada';

export const ConsoleBackupParts = graphql(`
  fragment ConsoleBackupParts on ConsoleBackup {
    key
    kind
    startedAt
    endedAt
    succeeded
    fileName
    bytes
    sm3
    said
  }
`);

export const ConsoleDataQuery = graphql(
  `
    query ConsoleData {
      consoleData {
        epoch
        database { mode reason since }
        nodes { name standing epoch }
        backups {
          kind
          level
          last { ...ConsoleBackupParts }
          lastDone { ...ConsoleBackupParts }
        }
        latestBackups { ...ConsoleBackupParts }
      }
    }
  `,
  [ConsoleBackupParts],
);
