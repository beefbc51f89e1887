import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Panel } from '../../../ui/Panel';
import { EmptyState } from '../../../ui/page-states';
import { SaveTable } from '../../../ui/SaveTable';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { WideTable } from '../../../ui/WideTable';
import { ServerParts } from '../capacity.gql';
import { type Trend, TrendCells, TrendHeads } from './TrendCells';
import { UsedBar } from './UsedBar';

/** Named as the answer names them, and as the columns are. */
const PARTS = [
  ['total', 'serverTotal'],
  ['inUse', 'serverInUse'],
  ['held', 'serverHeld'],
  ['free', 'serverFree'],
  ['other', 'serverOther'],
] as const;

type Line = {
  key: string;
  center: { name: string; role: 'ACTIVE_A' | 'ACTIVE_B' | 'RECOVERY' };
  name: string;
  amounts: { [P in (typeof PARTS)[number][0]]: number };
  /** Of accelerators nothing is written down from month to month. */
  trend: Trend | null;
};

/** Standalone servers by architecture, and the accelerators in them by class. */
export function ServersPanel({ report }: { report: FragmentOf<typeof ServerParts> }) {
  const { t } = useTranslation();
  const { servers, accelerators } = readFragment(ServerParts, report);
  const machines = servers.map(
    (row): Line => ({
      key: `${row.center.id} ${row.architecture}`,
      center: row.center,
      name: t(`architecture.${row.architecture}`),
      amounts: row,
      trend: row.trend,
    }),
  );
  const cards = accelerators.map(
    (row): Line => ({
      key: `${row.center.id} ${row.kind} ${row.name}`,
      center: row.center,
      name: row.name,
      amounts: row,
      trend: null,
    }),
  );
  return (
    <>
      <LinePanel title={t('capacity.servers')} file="servers" named={t('pool.architecture')} lines={machines}>
        <EmptyState title={t('capacity.noServers')} />
      </LinePanel>
      {cards.length > 0 && (
        <LinePanel
          title={t('capacity.accelerators')}
          file="accelerators"
          named={t('capacity.acceleratorClass')}
          lines={cards}
        />
      )}
    </>
  );
}

type Props = { title: string; file: string; named: string; lines: readonly Line[]; children?: React.ReactNode };

function LinePanel({ title, file, named, lines, children }: Props) {
  const { t } = useTranslation();
  const trends = lines.some((line) => line.trend !== null);
  const table = () => ({
    header: [
      t('capacity.center'),
      named,
      ...PARTS.map(([, word]) => t(`capacity.${word}`)),
      ...(trends ? [t('capacity.perMonth'), t('capacity.daysToFull')] : []),
    ],
    rows: lines.map((line) => [
      line.center.name,
      line.name,
      ...PARTS.map(([part]) => line.amounts[part]),
      ...(line.trend ? [line.trend.perMonth, line.trend.daysToFull] : []),
    ]),
  });
  return (
    <Panel title={title} aside={lines.length > 0 && <SaveTable name={file} table={table} />}>
      {lines.length === 0 ? (
        children
      ) : (
        <WideTable label={title}>
          <table className="jy-small-table" aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{t('capacity.center')}</th>
                <th scope="col">{named}</th>
                {PARTS.map(([part, word]) => (
                  <th key={part} scope="col" className="jy-cell-number">
                    {t(`capacity.${word}`)}
                  </th>
                ))}
                <th scope="col">{t('capacity.used')}</th>
                {trends && <TrendHeads />}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row">
                    <CenterMark role={line.center.role} name={line.center.name} />
                  </th>
                  <td>{line.name}</td>
                  {PARTS.map(([part]) => (
                    <td key={part} className="jy-cell-number">
                      {count(line.amounts[part])}
                    </td>
                  ))}
                  <td>
                    <UsedBar taken={line.amounts.inUse + line.amounts.held} total={line.amounts.total} />
                  </td>
                  {line.trend && (
                    <TrendCells
                      trend={line.trend}
                      name={`${line.center.name} ${line.name}`}
                      scale={1}
                      total={line.amounts.total}
                    />
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}
