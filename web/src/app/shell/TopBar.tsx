import {
  ApartmentOutlined,
  LogoutOutlined,
  MenuOutlined,
  MoonOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMutation } from 'urql';
import type { PermissionScope } from '../../graphql/enums';
import { type FragmentOf, type ResultOf, readFragment } from '../../graphql/tada';
import { routes } from '../../lib/routes';
import { exactTime } from '../../lib/time';
import { MenuButton } from '../../ui/MenuButton';
import { useNotice } from '../../ui/notice';
import { useSession } from '../../ui/session-context';
import { useTheme } from '../../ui/theme/ThemeProvider';
import { Bell } from './Bell';
import { SignOutMutation, TopBarViewer } from './shell.gql';

type Props = {
  viewer: FragmentOf<typeof TopBarViewer>;
  /** How far the viewer reads. */
  reads: PermissionScope;
  showsApprovals: boolean;
  onMenu: () => void;
  /** false = its words could not be fetched. */
  onLanguage: () => Promise<boolean>;
};

export function TopBar({ viewer: masked, reads, showsApprovals, onMenu, onLanguage }: Props) {
  const { t, i18n } = useTranslation();
  const { name: theme, choose } = useTheme();
  const notice = useNotice();
  const viewer = readFragment(TopBarViewer, masked);
  const scope = viewer.department
    ? t(`shell.reads.${reads}`, { department: viewer.department.name })
    : t('shell.wholeProvince');
  const otherTheme = theme === 'dark' ? t('shell.toLight') : t('shell.toDark');
  // In the other language's own words, with the visible mark in front, so that it is found by ear and by voice.
  const languageLabel = i18n.language === 'en' ? '中 切换到中文' : 'EN Switch to English';
  return (
    <header className="jy-top">
      <Button
        className="jy-only-narrow"
        type="text"
        aria-label={t('shell.openMenu')}
        icon={<MenuOutlined aria-hidden />}
        onClick={onMenu}
      />
      <span className="jy-scope" title={t('shell.scope', { scope })}>
        <ApartmentOutlined aria-hidden />
        <span className="jy-sr-only">{t('shell.scopeLabel')}</span>
        <span className="jy-scope-name">{scope}</span>
      </span>
      <div className="jy-top-tools">
        <Bell work={showsApprovals} />
        <Button
          type="text"
          aria-label={languageLabel}
          title={languageLabel}
          onClick={() => void onLanguage().then((done) => done || notice(t('failure.offline'), 'reason'))}
        >
          <span lang={i18n.language === 'en' ? 'zh-CN' : 'en'}>{i18n.language === 'en' ? '中' : 'EN'}</span>
        </Button>
        <Button
          type="text"
          aria-label={otherTheme}
          title={otherTheme}
          icon={theme === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          onClick={() => choose(theme === 'dark' ? 'light' : 'dark')}
        />
        <MenuButton
          label={t('shell.userMenu', { name: viewer.displayName })}
          icon={<UserOutlined aria-hidden />}
          text={<span className="jy-only-wide">{viewer.displayName}</span>}
        >
          {() => <UserPanel viewer={viewer} scope={scope} />}
        </MenuButton>
      </div>
    </header>
  );
}

type PanelProps = { viewer: ResultOf<typeof TopBarViewer>; scope: string };

/** Who one is here, and when and from where one was last here: the habit of 等保 by which a stolen account is noticed. */
function UserPanel({ viewer, scope }: PanelProps) {
  const { t } = useTranslation();
  const { signedOut } = useSession();
  const [{ fetching }, signOut] = useMutation(SignOutMutation);
  return (
    <div className="jy-user-panel">
      <p className="jy-strong">{viewer.displayName}</p>
      <p className="jy-quiet-text">{`${viewer.username} · ${scope}`}</p>
      <p>{viewer.roles.map((role) => t(`role.${role}`)).join(t('common.comma'))}</p>
      <p className="jy-quiet-text">
        {viewer.lastSignInAt
          ? t('shell.lastSignIn', { time: exactTime(viewer.lastSignInAt), address: viewer.lastSignInAddress ?? '–' })
          : t('shell.firstSignIn')}
      </p>
      <Link className="jy-link-as-button" to={routes.password()}>
        {t('menu.password')}
      </Link>
      <Button
        block
        icon={<LogoutOutlined aria-hidden />}
        loading={fetching}
        // Whatever the server says, this browser forgets: an ended session answers with an error and is over all the same.
        onClick={() => void signOut({}).then(signedOut)}
      >
        {t('shell.signOut')}
      </Button>
    </div>
  );
}
