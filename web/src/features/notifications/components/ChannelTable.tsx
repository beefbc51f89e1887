import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Time } from '../../../ui/Time';
import type { ChannelParts } from '../notifications.gql';
import { EnabledTag } from './states';

type Channel = ResultOf<typeof ChannelParts>;
type Props = { channels: readonly Channel[]; onEdit: ((channel: Channel) => void) | null };

export function ChannelTable({ channels, onEdit }: Props) {
  const { t } = useTranslation();
  return (
    <div className="jy-plain-scroll">
      <table className="jy-small-table" aria-label={t('channel.title')}>
        <thead>
          <tr>
            <th scope="col">{t('channel.name')}</th>
            <th scope="col">{t('channel.kind')}</th>
            <th scope="col">{t('channel.url')}</th>
            <th scope="col">{t('channel.enabled')}</th>
            <th scope="col">{t('channel.changedAt')}</th>
            {onEdit && (
              <th scope="col">
                <span className="jy-sr-only">{t('channel.edit')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <th scope="row">{channel.name}</th>
              <td>{t(`channel.kinds.${channel.kind}`)}</td>
              <td className="jy-code">{channel.url}</td>
              <td>
                <EnabledTag enabled={channel.enabled} />
              </td>
              <td>
                <Time at={channel.changedAt} />
              </td>
              {onEdit && (
                <td>
                  <Button
                    size="small"
                    aria-label={`${t('channel.edit')} ${channel.name}`}
                    onClick={() => onEdit(channel)}
                  >
                    {t('channel.edit')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
