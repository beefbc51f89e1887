import type { consoleData as zh } from '../zh-CN/console-data.ts';

export const consoleData: typeof zh = {
  consoleData: {
    title: 'The console’s own data',
    lead: 'Whether the console’s own database takes writes, through which node, and how its own backups and restore tests stand.',
    refresh: 'Refresh',
    database: 'Database',
    mode: 'Writes',
    modes: { WRITABLE: 'Taken', SWITCHING: 'Changing node', READ_ONLY: 'Read-only' },
    reason: 'Why',
    reasons: {
      MINORITY:
        'A minority stands here: the majority is in other centers, or nowhere. Work from the console of a center with the majority.',
      OLDER_HISTORY:
        'A primary was forced elsewhere and an older history stands here: nothing is written to it. Let its nodes join again by state transfer, as the manual says.',
      NOT_READY: 'The majority is locked, or not yet complete. Wait a moment.',
      NO_NODE: 'No node answers. Look at the network and the databases.',
    },
    epoch: 'Epoch',
    neverForced: 'Never forced',
    oneServer: 'The database is one server. deploy/galera says how it stands in three centers.',
    nodes: 'Nodes by center',
    node: 'Node',
    standing: 'Standing',
    standings: {
      WRITER: 'Written through',
      MEMBER: 'Member',
      JOINING: 'Synchronizing',
      MINORITY: 'Minority',
      OLDER_HISTORY: 'Older history',
      SILENT: 'Silent',
    },
    backups: 'Backups of the console',
    backupsText:
      'A dump each day, the log every five minutes, and each week both are made into a database again on a server of its own, whose audit chain is verified. What never succeeded is never shown as fresh.',
    notSetUp:
      'No console has made one yet: give the console of the recovery center JIYUN_BACKUP_DIRECTORY and JIYUN_BACKUP_URL, and it begins within five minutes.',
    kind: 'Kind',
    kinds: { DUMP: 'Dump', BINLOG: 'Log', RESTORE_TEST: 'Restore test' },
    age: 'Age',
    levels: { FRESH: 'Fresh', OVERDUE: 'Overdue', CRITICAL: 'Long overdue', NEVER: 'Never succeeded' },
    lastDone: 'Last that succeeded',
    last: 'Since then',
    underWay: 'Under way',
    latest: 'Latest dumps and restore tests',
    started: 'Begun',
    outcome: 'Outcome',
    succeeded: 'Succeeded',
    failed: 'Failed',
    size: 'Size',
    file: 'File',
    ofResources: 'Backups of resources',
  },
};
