import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceMatch } from '../../../graphql/enums';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { Panel } from '../../../ui/Panel';
import { PlaceMark } from '../../../ui/three-centers/PlaceMark';
import { ReconciliationRow } from '../intake.gql';

const FIGURES = ['recorded', 'matched', 'notChecked', 'different', 'missing', 'unrecorded'] as const;

/** What the page behind a figure shows of it. */
const MATCH_OF = { different: 'DIFFERENT', missing: 'MISSING' } satisfies Record<string, ResourceMatch>;

/** 账 / 实 / 差异 by center; what needs a person is a link. */
export function ReconciliationTable({ rows }: { rows: readonly FragmentOf<typeof ReconciliationRow>[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('intake.byCenter')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard. */}
      <section className="jy-scroll-x" aria-label={t('intake.byCenter')} tabIndex={0}>
        <table className="jy-small-table">
          <thead>
            <tr>
              <th scope="col">{t('resource.center')}</th>
              {FIGURES.map((figure) => (
                <th key={figure} scope="col" className="jy-cell-number">
                  {t(`intake.figure.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {readFragment(ReconciliationRow, rows).map((row) => (
              <tr key={row.center?.id ?? ''}>
                <th scope="row">
                  <PlaceMark center={row.center} />
                </th>
                {FIGURES.map((figure) => (
                  <td key={figure} className="jy-cell-number">
                    {(figure === 'different' || figure === 'missing') && row[figure] > 0 && row.center ? (
                      <Link to={routes.intakeDifferences({ center: row.center.id, match: MATCH_OF[figure] })}>
                        {count(row[figure])}
                      </Link>
                    ) : (
                      count(row[figure])
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
