import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { routes } from '../../../lib/routes';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { Time } from '../../../ui/Time';
import { HolderEntriesQuery } from '../cabinets.gql';
import { useSpotWords } from './use-spot-words';

type Props = { cabinetId: string; holderId: string };

/** Where a thing stood and what it was, from when; read when somebody asks. */
export function HolderEntries(props: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="jy-holder-record">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('space.entries')}
      </Button>
      {open && <Entries {...props} />}
    </div>
  );
}

function Entries({ cabinetId, holderId }: Props) {
  const { t } = useTranslation();
  const spots = useSpotWords();
  const [{ data, error }, ask] = useQuery({
    query: HolderEntriesQuery,
    variables: { id: cabinetId },
    requestPolicy: 'network-only',
  });
  if (!data)
    return error ? <FailureState failure={failureOf(error)} onRetry={() => ask()} /> : <LoadingState rows={2} />;
  const entries = data.cabinet.holders.find(({ id }) => id === holderId)?.entries ?? [];
  return (
    <ol className="jy-holder-entries">
      {entries.toReversed().map((entry) => (
        <li key={entry.version}>
          <Time at={entry.at} exact />
          <span>
            {entry.state === 'RELEASED' ? t('space.entryGone') : t(`cabinet.state.${entry.state}`)}{' '}
            {entry.spot.cabinet ? (
              <Link to={routes.cabinet(entry.spot.cabinet.id)}>{entry.spot.cabinet.code}</Link>
            ) : (
              t('space.elsewhere')
            )}{' '}
            {spots.units(entry.spot)}
            {entry.department && ` · ${entry.department.name}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
