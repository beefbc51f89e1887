import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { checkResults } from '../../../ui/closing-states';
import { StateTag } from '../../../ui/StateTag';
import { ClosingCheckFields } from '../closings.gql';

type Props = {
  checks: readonly FragmentOf<typeof ClosingCheckFields>[];
  /** Where an earlier month that is open is closed. */
  monthAt?: (month: string) => string;
};

/** What keeps a month open, what must be explained, and what is in order. */
export function ChecklistTable({ checks: masked, monthAt }: Props) {
  const { t } = useTranslation();
  const checks = readFragment(ClosingCheckFields, masked);
  return (
    <table className="jy-small-table jy-closing-checks">
      <thead>
        <tr>
          <th scope="col">{t('closing.check')}</th>
          <th scope="col">{t('closing.result')}</th>
          <th scope="col" className="jy-cell-number">
            {t('closing.count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ count: found, examples, explanation, item, result }) => (
          <tr key={item}>
            <th scope="row">
              {t(result === 'CLEAR' ? `closing.clear.${item}` : `closing.items.${item}`)}
              {examples.length > 0 && (
                <div className="jy-quiet-text">
                  {examples.map((example, at) => (
                    <Fragment key={example}>
                      {at > 0 && t('common.comma')}
                      {item === 'EARLIER_OPEN' && monthAt ? <Link to={monthAt(example)}>{example}</Link> : example}
                    </Fragment>
                  ))}
                </div>
              )}
              {explanation && <div>{t('closing.explained', { text: explanation })}</div>}
            </th>
            <td>
              <StateTag look={checkResults[result]} word={t(`closing.results.${result}`)} />
            </td>
            <td className="jy-cell-number">{found === 0 ? '–' : count(found)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
