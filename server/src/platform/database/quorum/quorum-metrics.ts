/** Decides how the state of the database's nodes is told to a Prometheus. */
import type { QuorumState } from './database-quorum.js';

export function quorumMetrics({ mode, epoch, nodes }: QuorumState): string {
  const gauge = (name: string, help: string, lines: readonly string[]) =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines.map((line) => `${name}${line}`)].join('\n');
  return [
    gauge('jiyun_database_writable', 'Whether this console can write: 1, or 0 while its nodes are a minority.', [
      ` ${mode === 'WRITABLE' ? 1 : 0}`,
    ]),
    gauge('jiyun_database_epoch', 'How often a primary was forced, as this console knows.', [` ${epoch}`]),
    ...(nodes.length === 0
      ? []
      : [
          gauge(
            'jiyun_database_node',
            'How a node stands: 1 for its standing.',
            nodes.map(({ name, standing }) => `{node="${name}",standing="${standing}"} 1`),
          ),
        ]),
    '',
  ].join('\n');
}
