import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { exactTime } from '../../../lib/time';
import { OriginMark } from '../../../ui/OriginMark';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import type { Column } from '../../../ui/table/columns';
import { addressStates, familyName } from '../network-look';
import type { AddressRow } from '../networks.gql';
import { HolderLink } from './HolderLink';

export type Claim = ResultOf<typeof AddressRow>;

/** @param release null = nobody may release anything here. */
export function addressColumns(t: TFunction, release: ((claim: Claim) => void) | null): Column<Claim>[] {
  const columns: Column<Claim>[] = [
    {
      key: 'address',
      title: t('network.address'),
      leading: true,
      render: (row) => (
        <span className="jy-tags">
          <code>{row.address}</code>
          <OriginMark origin={row.origin} />
        </span>
      ),
      text: (row) => row.address,
    },
    {
      key: 'family',
      title: t('network.family'),
      optional: true,
      render: (row) => familyName[row.family],
      text: (row) => familyName[row.family],
    },
    {
      key: 'state',
      title: t('resource.state'),
      render: (row) => <StateTag look={addressStates[row.state]} word={t(`network.state.${row.state}`)} />,
      text: (row) => t(`network.state.${row.state}`),
    },
    {
      key: 'holder',
      title: t('network.holder'),
      render: (row) => <HolderLink holder={row.holder} />,
      text: (row) =>
        row.holder && `${t(`network.holderKind.${row.holder.kind}`)} ${row.holder.code} ${row.holder.name}`,
    },
    {
      key: 'department',
      title: t('request.department'),
      render: (row) => row.department?.name ?? '–',
      text: (row) => row.department?.name ?? null,
    },
    { key: 'purpose', title: t('network.purpose'), render: (row) => row.purpose, text: (row) => row.purpose },
    {
      key: 'claimedAt',
      title: t('network.claimedAt'),
      render: (row) => <Time at={row.claimedAt} />,
      text: (row) => exactTime(row.claimedAt),
    },
    {
      key: 'usedSince',
      title: t('resource.usedSince'),
      optional: true,
      render: (row) => (row.usedSince ? <Time at={row.usedSince} /> : '–'),
      text: (row) => (row.usedSince ? exactTime(row.usedSince) : null),
    },
    {
      key: 'sourcePlatform',
      title: t('intake.sourcePlatform'),
      optional: true,
      render: (row) => row.sourcePlatform ?? '–',
      text: (row) => row.sourcePlatform,
    },
    {
      key: 'releasedAt',
      title: t('resource.releasedAt'),
      optional: true,
      render: (row) => <Time at={row.releasedAt} />,
      text: (row) => row.releasedAt && exactTime(row.releasedAt),
    },
    {
      key: 'quarantineUntil',
      title: t('network.quarantineUntil'),
      // Days ahead: the day itself is what people plan by.
      render: (row) => (row.quarantineUntil ? <Time at={row.quarantineUntil} exact /> : '–'),
      text: (row) => row.quarantineUntil && exactTime(row.quarantineUntil),
    },
    {
      key: 'actor',
      title: t('network.actor'),
      optional: true,
      render: (row) => row.actorName,
      text: (row) => row.actorName,
    },
  ];
  if (release)
    columns.push({
      key: 'act',
      title: t('network.act'),
      render: (row) =>
        row.availableActions.includes('RELEASE') ? (
          <Button
            size="small"
            aria-label={t('network.releaseOf', { address: row.address })}
            onClick={() => release(row)}
          >
            {t('network.release')}
          </Button>
        ) : (
          ''
        ),
      text: () => '',
    });
  return columns;
}
