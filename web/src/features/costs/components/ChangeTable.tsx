import { useTranslation } from 'react-i18next';
import type { CostChangePart, CostDimension } from '../../../graphql/enums';
import type { ResultOf } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { WideTable } from '../../../ui/WideTable';
import type { ChangeTable as ChangeTableParts } from '../changes.gql';
import { amountOf, differenceOf, PARTS, type Sum } from './change-steps';
import { keyWord, narrowed } from './cost-words';

export type Change = ResultOf<typeof ChangeTableParts>;

type Props = {
  change: Change;
  by: Exclude<CostDimension, 'MONTH' | 'QUARTER' | 'YEAR'>;
  from: string;
  to: string;
  onNarrow: (to: NonNullable<ReturnType<typeof narrowed>>, part?: CostChangePart) => void;
};

/** Which parts moved anything: the others would be columns of dashes. */
export const partsIn = ({ groups, parts }: Change): readonly CostChangePart[] =>
  PARTS.filter((part) => [{ parts }, ...groups].some((sum) => amountOf(sum, part) !== '0'));

const isMoved = ({ parts, rest }: Sum) => rest !== '0' || parts.some(({ amount }) => amount !== '0');
const movedIn = ({ groups }: Change) => groups.filter(isMoved);

/** Groups to which nothing happened, as one: a page of dashes says no more. */
function unmovedIn({ groups }: Change): (Sum & { groups: number }) | null {
  const still = groups.filter((group) => !isMoved(group));
  if (still.length === 0) return null;
  const total = still.reduce((sum, { after }) => sum + BigInt(after), 0n).toString();
  return { before: total, after: total, rest: '0', parts: [], groups: still.length };
}

/** The change by groups: each row goes from the one month to the other by its parts, and all rows to the last. */
export function ChangeTable({ change, by, from, to, onNarrow }: Props) {
  const { t } = useTranslation();
  const shown = partsIn(change);
  const still = unmovedIn(change);
  const hasRest = [change, ...change.groups].some(({ rest }) => rest !== '0');
  const cells = (sum: Sum, open?: (part: CostChangePart) => void) => (
    <>
      <td className="jy-cell-number">
        <Money fen={sum.before} />
      </td>
      {shown.map((part) => {
        const amount = amountOf(sum, part);
        return (
          <td key={part} className="jy-cell-number">
            {amount === '0' ? (
              <span className="jy-quiet-text">–</span>
            ) : open ? (
              <button type="button" className="jy-link-button" onClick={() => open(part)}>
                <Money fen={amount} signed />
              </button>
            ) : (
              <Money fen={amount} signed />
            )}
          </td>
        );
      })}
      {hasRest && (
        <td className="jy-cell-number">
          {sum.rest === '0' ? <span className="jy-quiet-text">–</span> : <Money fen={sum.rest} signed />}
        </td>
      )}
      <td className="jy-cell-number">
        <Money fen={sum.after} />
      </td>
      <td className="jy-cell-number">
        <Money fen={differenceOf(sum)} signed />
      </td>
    </>
  );
  const caption = t('cost.change.caption', { by: t(`cost.dimensions.${by}`), from, to });
  return (
    <WideTable label={caption}>
      <table className="jy-small-table jy-cost-table" aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t(`cost.dimensions.${by}`)}</th>
            <th scope="col" className="jy-cell-number">
              {from}
            </th>
            {shown.map((part) => (
              <th key={part} scope="col" className="jy-cell-number" title={t(`cost.change.means.${part}`)}>
                {t(`cost.change.parts.${part}`)}
              </th>
            ))}
            {hasRest && (
              <th scope="col" className="jy-cell-number">
                {t('cost.change.parts.REST')}
              </th>
            )}
            <th scope="col" className="jy-cell-number">
              {to}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('cost.change.difference')}
            </th>
          </tr>
        </thead>
        <tbody>
          {movedIn(change).map((group) => {
            const into = narrowed(by, group.key);
            const word = keyWord(t, by, group);
            return (
              <tr key={group.key ?? ''}>
                <th scope="row">
                  {into ? (
                    <button type="button" className="jy-link-button" onClick={() => onNarrow(into)}>
                      {word}
                    </button>
                  ) : (
                    word
                  )}
                  {group.of && <div className="jy-quiet-text">{group.of}</div>}
                </th>
                {cells(group, into ? (part) => onNarrow(into, part) : undefined)}
              </tr>
            );
          })}
          {still && (
            <tr>
              <th scope="row">{t('cost.change.unmoved', { n: count(still.groups) })}</th>
              {cells(still)}
            </tr>
          )}
          {change.beyond && (
            <tr>
              <th scope="row">{t('cost.restRows', { n: count(change.groupsBeyond) })}</th>
              {cells(change.beyond)}
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('cost.total')}</th>
            {cells(change)}
          </tr>
        </tfoot>
      </table>
    </WideTable>
  );
}
