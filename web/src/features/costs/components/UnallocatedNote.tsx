import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { UnallocatedQuery } from '../costs.gql';

/** Common costs that nobody used what they are spread by: they are in no row of the pivot, and said here, of its last month. */
export function UnallocatedNote({ month }: { month: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: UnallocatedQuery, variables: { month } });
  const sum = (data?.sharedSpreads ?? []).reduce((all, { unallocated }) => all + BigInt(unallocated), 0n);
  if (sum === 0n) return null;
  return (
    <p className="jy-quiet-text">
      <Link to={routes.sharedCosts(month)}>{t('cost.unallocated', { month, amount: yuanOfFen(sum.toString()) })}</Link>
    </p>
  );
}
