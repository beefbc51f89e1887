import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { yuanOfFen } from '../../../lib/money';
import { routes } from '../../../lib/routes';
import { SharedSpreadSums } from '../statements.gql';

const sum = (amounts: readonly string[]) => amounts.reduce((total, one) => total + BigInt(one), 0n);

/** What of the common costs is on the statements of a month, and what nobody bears. */
export function SharedNote({ spreads, month }: { spreads: FragmentOf<typeof SharedSpreadSums>[]; month: string }) {
  const { t } = useTranslation();
  const all = readFragment(SharedSpreadSums, spreads);
  const unallocated = sum(all.map((one) => one.unallocated));
  if (all.length === 0) return null;
  return (
    <ul className="jy-statement-notes">
      <li>
        <Link to={routes.sharedCosts(month)}>
          {t('sharedCost.note', { spread: yuanOfFen(sum(all.map((one) => one.spread)).toString()) })}
          {unallocated > 0n && t('sharedCost.noteUnallocated', { unallocated: yuanOfFen(unallocated.toString()) })}
        </Link>
      </li>
    </ul>
  );
}
