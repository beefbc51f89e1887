import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { DemonstrationAccounts } from '../session.gql';

type Props = {
  console: FragmentOf<typeof DemonstrationAccounts>;
  onChoose: (account: { username: string; password: string }) => void;
};

/** One account a role; pressing one fills the form above, so that nothing has to be copied. */
export function AccountTable({ console: masked, onChoose }: Props) {
  const { t } = useTranslation();
  const { demonstrationAccounts } = readFragment(DemonstrationAccounts, masked);
  if (demonstrationAccounts.length === 0) return null;
  return (
    <section className="jy-accounts" aria-labelledby="demonstration-accounts">
      <h2 id="demonstration-accounts">{t('session.demonstrationAccounts')}</h2>
      <p className="jy-quiet-text">{t('session.demonstrationText')}</p>
      <table className="jy-small-table">
        <thead>
          <tr>
            <th scope="col">{t('session.role')}</th>
            <th scope="col">{t('session.who')}</th>
            <th scope="col">{t('session.account')}</th>
          </tr>
        </thead>
        <tbody>
          {demonstrationAccounts.map((account) => (
            <tr key={account.username}>
              <td>{t(`role.${account.role}`)}</td>
              <td>
                {account.displayName}
                {account.departmentName && <span className="jy-quiet-text"> · {account.departmentName}</span>}
              </td>
              <td>
                <button
                  type="button"
                  className="jy-link-button"
                  title={t('session.fill')}
                  onClick={() => onChoose(account)}
                >
                  {account.username}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
