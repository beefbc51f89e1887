import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ChoiceBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { StandardParts, StandardsQuery } from '../plans.gql';

type Props = { chosen: string; errors: readonly FormError[]; onChange: (key: string) => void };

/** Which standard change: what is done and how it is taken back are the catalog's, and are shown as they were approved. */
export function StandardChoice({ chosen, errors, onChange }: Props) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: StandardsQuery });
  const catalogs = readFragment(StandardParts, data?.dutyStandardCatalogs ?? []);
  const entries = catalogs.find(({ inForce }) => inForce)?.entries ?? [];
  const entry = entries.find(({ key }) => key === chosen);
  return (
    <>
      <ChoiceBox
        field="standardKey"
        label={t('standardChange.choose')}
        hint={
          entries.length === 0 ? (
            <>
              {t('standardChange.nothingInForce')} <Link to={routes.dutyStandards()}>{t('standardChange.title')}</Link>
            </>
          ) : (
            t('standardChange.chooseHint')
          )
        }
        errors={errors}
        value={chosen}
        options={entries.map(({ key, title }) => ({ value: key, label: `${key} ${title}` }))}
        onChange={onChange}
      />
      {entry && (
        <dl className="jy-plan-approved">
          <dt>{t('desk.plan')}</dt>
          <dd className="jy-desk-words">{entry.plan}</dd>
          <dt>{t('desk.rollbackPlan')}</dt>
          <dd className="jy-desk-words">{entry.rollbackPlan}</dd>
          <dt>{t('standardChange.bounds')}</dt>
          <dd>
            {t('standardChange.minutes', { n: entry.maxMinutes })} ·{' '}
            {t('standardChange.subjects', { n: entry.maxSubjects })}
          </dd>
        </dl>
      )}
    </>
  );
}
