import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import type { CostChangePart, CostSide } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { useOwnPaging } from '../../../lib/use-key-paging';
import { KeyPages } from '../../../ui/KeyPages';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { WideTable } from '../../../ui/WideTable';
import { ChangeUsePage, CostChangeUsesQuery } from '../changes.gql';
import { amountOf, PARTS } from './change-steps';

const PAGE_SIZE = 20;

type Question = {
  from: string;
  to: string;
  side: CostSide;
  departmentId: string | null;
  systemId: string | null;
  projectId: string | null;
  centerId: string | null;
};

type Props = { question: Question; part: CostChangePart; onClose: () => void };

/** The uses that one part is made of, the largest first; each opens its lines on the later month's statement. */
export function ChangeUses({ question, part, onClose }: Props) {
  const { t } = useTranslation();
  const paging = useOwnPaging(JSON.stringify([question, part]));
  const [{ data, error, stale }, ask] = useQuery({
    query: CostChangeUsesQuery,
    variables: { ...question, part, first: PAGE_SIZE, after: paging.after },
    requestPolicy: 'cache-and-network',
  });
  const page = data && readFragment(ChangeUsePage, data.costChangeUses);
  const name = t('cost.change.uses', { part: t(`cost.change.parts.${part}`) });
  const others = PARTS.filter((one) => one !== part && page?.nodes.some((use) => amountOf(use, one) !== '0'));
  return (
    <Panel
      title={name}
      aside={
        <Button size="small" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <p className="jy-quiet-text">{t(`cost.change.means.${part}`)}</p>
      {!page &&
        (error ? (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState rows={4} />
        ))}
      {page && page.nodes.length === 0 && <p>{t('cost.change.noUses')}</p>}
      {page && page.nodes.length > 0 && (
        <div aria-busy={stale}>
          <WideTable label={name}>
            <table className="jy-small-table" aria-label={name}>
              <thead>
                <tr>
                  <th scope="col">{t('cost.change.use')}</th>
                  <th scope="col">{t('cost.dimensions.KIND')}</th>
                  {[part, ...others].map((one) => (
                    <th key={one} scope="col" className="jy-cell-number">
                      {t(`cost.change.parts.${one}`)}
                    </th>
                  ))}
                  <th scope="col">{t('cost.change.lines')}</th>
                </tr>
              </thead>
              <tbody>
                {page.nodes.map((use) => (
                  <tr key={use.id}>
                    <th scope="row">
                      {use.name} <span className="jy-quiet-text jy-code">{use.code}</span>
                    </th>
                    <td>{t(`statement.kinds.${use.kind}`)}</td>
                    {[part, ...others].map((one) => (
                      <td key={one} className="jy-cell-number">
                        {amountOf(use, one) === '0' ? (
                          <span className="jy-quiet-text">–</span>
                        ) : (
                          <Money fen={amountOf(use, one)} signed />
                        )}
                      </td>
                    ))}
                    <td className="jy-cost-lines">
                      {[question.from, question.to].map((month, at) => (
                        <span key={month}>
                          {at > 0 && ' · '}
                          <Link to={routes.statementOfUse(use.departmentId, month, use.code)}>{month}</Link>
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          <KeyPages label={name} page={page} shown={page.nodes.length} paging={paging} />
        </div>
      )}
    </Panel>
  );
}
