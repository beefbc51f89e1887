import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ResultOf, readFragment } from '../../../graphql/tada';
import { type CsvCell, yuanCell } from '../../../lib/csv';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { Dialog } from '../../../ui/Dialog';
import { Money } from '../../../ui/Money';
import { SaveTable } from '../../../ui/SaveTable';
import { StatementCorrectionRow, StatementLineRow, type StatementResourceRow } from '../statements.gql';
import { CorrectionsTable } from './CorrectionsTable';
import { DisputeLineForm } from './DisputeLineForm';
import {
  freeText,
  lineTierText,
  plainPrice,
  portionText,
  priceText,
  sharedAmountText,
  spanText,
  weightText,
} from './statement-words';

type Use = ResultOf<typeof StatementResourceRow>;

const headers = ['meter', 'period', 'quantity', 'unitPrice', 'portion', 'amount'] as const;

/** How a resource's cost came about: each interval of use under each price, with the figures it is the product of. */
export function LinesDialog({
  use,
  month,
  mayDispute,
  onClose,
}: {
  use: Use;
  month: string;
  mayDispute: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const lines = readFragment(StatementLineRow, use.lines);
  const corrections = readFragment(StatementCorrectionRow, use.corrections);
  const [disputing, setDisputing] = useState<string | null>(null);
  const disputed = lines.find((line) => lineKey(line) === disputing);
  const page = use.subjectId === null ? null : pages[use.kind]?.(use.subjectId);
  const table = () => ({
    header: [
      ...headers.map((key) => t(`statement.${key}`)),
      ...[t('price.kind'), t('statement.listAmount'), t('price.tiers')],
    ],
    rows: lines.map((line): CsvCell[] => [
      line.name,
      `${exactTime(line.from)} – ${exactTime(line.to)}`,
      `${line.quantity} ${line.unit}`,
      line.unitPrice === null ? null : plainPrice(line.unitPrice),
      portionText(t, line),
      line.amount === null ? t(`statement.states.${line.state}`) : yuanCell(line.amount),
      line.price && line.price.kind !== 'STANDARD' ? t(`price.kinds.${line.price.kind}`) : null,
      line.listAmount === null ? null : yuanCell(line.listAmount),
      lineTierText(t, line),
    ]),
  });
  return (
    <Dialog kind="wide" title={t('statement.linesOf', { name: use.name, month })} onClose={onClose}>
      <p className="jy-quiet-text">{t(use.kind === 'SHARED' ? 'sharedCost.lead' : 'statement.linesLead')}</p>
      <div className="jy-table-head jy-statement-use">
        <p>
          {page ? <Link to={page}>{use.code}</Link> : <span className="jy-code">{use.code}</span>} ·{' '}
          {t(`statement.shares.${use.share}`)} · <Money fen={use.amount} />
        </p>
        <div className="jy-row-acts">
          <SaveTable name={`${use.code}-${month}`} table={table} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noRedundantRoles: as cards the elements lose their table layout, and browsers then drop the roles. */}
      <table className="jy-table" role="table" aria-label={t('statement.lines')}>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
          <tr role="row">
            <Head>{t('statement.meter')}</Head>
            <Head>{t('statement.period')}</Head>
            <Head numeric>{t('statement.quantity')}</Head>
            <Head>{t('statement.unitPrice')}</Head>
            <Head numeric>{t('statement.portion')}</Head>
            <Head numeric>{t('statement.amount')}</Head>
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above. */}
        <tbody role="rowgroup">
          {lines.map((line) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above.
            <tr key={lineKey(line)} role="row">
              <Cell label={t('statement.meter')} leading>
                {line.name}
              </Cell>
              <Cell label={t('statement.period')}>
                <span className="jy-number">{spanText(line)}</span>
                {line.minimum && <div className="jy-quiet-text">{t('statement.minimum')}</div>}
              </Cell>
              <Cell label={t('statement.quantity')} numeric>
                {use.kind === 'SHARED' ? '–' : `${count(line.quantity)} ${line.unit}`}
                {line.priceTier && <div className="jy-quiet-text">{lineTierText(t, line)}</div>}
              </Cell>
              <Cell label={t('statement.unitPrice')}>
                {use.kind === 'SHARED' ? sharedAmountText(t, line) : (priceText(t, line) ?? '–')}
                {line.price && line.price.kind !== 'STANDARD' && <div>{freeText(t, line.price)}</div>}
                {line.price && <div className="jy-quiet-text">{t('statement.priceOf', line.price)}</div>}
              </Cell>
              <Cell label={t('statement.portion')} numeric>
                {use.kind === 'SHARED' ? weightText(t, line) : portionText(t, line)}
              </Cell>
              <Cell label={t('statement.amount')} numeric>
                {line.amount === null ? t(`statement.states.${line.state}`) : <Money fen={line.amount} />}
                {line.listAmount !== null && line.listAmount !== '0' && (
                  <div className="jy-quiet-text">
                    {t('statement.listAmount')} <Money fen={line.listAmount} />
                  </div>
                )}
                {line.state === 'SUSPENDED' && line.ratedAmount !== null && (
                  <div className="jy-quiet-text">
                    <Money fen={line.ratedAmount} />
                  </div>
                )}
                {mayDispute && line.state === 'RATED' && line.amount !== '0' && (
                  <div>
                    <button type="button" className="jy-link-button" onClick={() => setDisputing(lineKey(line))}>
                      {t('statement.dispute')}
                    </button>
                  </div>
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
      {corrections.length > 0 && <CorrectionsTable corrections={corrections} />}
      {disputed && (
        <DisputeLineForm
          key={disputing}
          line={disputed}
          month={month}
          useId={use.useId}
          onDone={() => setDisputing(null)}
        />
      )}
    </Dialog>
  );
}

/** Where the thing itself is looked at. */
const pages: { readonly [K in Use['kind']]?: (id: string) => string } = {
  MACHINE: routes.resource,
  DISK: routes.resource,
  SERVER: routes.server,
  DATA: routes.request,
};

const lineKey = ({ meter, from, tier }: { meter: string; from: string; tier: number }) => `${meter} ${from} ${tier}`;

function Head({ numeric, children }: { numeric?: boolean; children: string }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: kept when the table turns into cards.
    <th role="columnheader" scope="col" className={numeric ? 'jy-cell-number' : undefined}>
      {children}
    </th>
  );
}

type CellProps = { label: string; numeric?: boolean; leading?: boolean; children: React.ReactNode };

function Cell({ label, numeric, leading, children }: CellProps) {
  const className = [numeric ? 'jy-cell-number' : '', leading ? 'jy-cell-leading' : ''].join(' ').trim();
  return (
    // biome-ignore lint/a11y/noRedundantRoles: kept when the table turns into cards.
    <td role="cell" data-label={label} className={className || undefined}>
      {children}
    </td>
  );
}
