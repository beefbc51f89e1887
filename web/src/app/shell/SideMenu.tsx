import { DownOutlined, HomeOutlined } from '@ant-design/icons';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import type { Permission } from '../../graphql/permissions';
import { useStoredChoice } from '../../lib/stored';
import { homeEntry, type MenuEntry, type MenuSection, menuFor } from './menu';

type Props = { permissions: readonly Permission[]; head?: ReactNode; onNavigate?: () => void };

/** Sections that this browser has folded, or opened. */
function parseKeys(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((key): key is string => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

/** The pages in sections that fold; each head is an ordinary button, so keyboard and screen reader need to learn nothing. */
export function SideMenu({ permissions, head, onNavigate }: Props) {
  const { t } = useTranslation();
  const [folded, setFolded] = useStoredChoice('jiyun.menu.folded', parseKeys);
  // Two lists, not one of what is open: the next person at this browser begins with other sections.
  const [opened, setOpened] = useStoredChoice('jiyun.menu.opened', parseKeys);
  const turn = (key: string, open: boolean) => {
    const others = (keys: readonly string[]) => keys.filter((other) => other !== key);
    setFolded(open ? others(folded) : [...others(folded), key]);
    setOpened(open ? [...others(opened), key] : others(opened));
  };
  return (
    <nav className="jy-menu" aria-label={t('shell.menu')}>
      {head}
      <ul>
        <li>
          <NavLink to={homeEntry.to} end className="jy-menu-home" onClick={onNavigate}>
            <HomeOutlined aria-hidden />
            <span>{t(plain(homeEntry.label))}</span>
          </NavLink>
        </li>
      </ul>
      {menuFor(permissions).map((section) => (
        <Section
          key={section.key}
          section={section}
          open={!folded.includes(section.key) && (!section.aside || opened.includes(section.key))}
          onOpen={(open) => turn(section.key, open)}
          onNavigate={onNavigate}
        />
      ))}
    </nav>
  );
}

/** Any key is allowed in the menu; none of its texts has a placeholder, which is all that the type is after. */
const plain = (label: MenuEntry['label']) => label as 'shell.menu';

type SectionProps = {
  section: MenuSection;
  open: boolean;
  onOpen: (open: boolean) => void;
  onNavigate?: () => void;
};

function Section({ section: { key, icon: Icon, entries }, open, onOpen, onNavigate }: SectionProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const id = useId();
  // A folded section still says that one is inside it.
  const leadsHere = ({ to }: Pick<MenuEntry, 'to'>) => pathname === to || pathname.startsWith(`${to}/`);
  const here = entries.some(leadsHere);
  // One place is where one is: of two, the one that is further down.
  const isPassed = (to: string) => entries.some((other) => other.to.startsWith(`${to}/`) && leadsHere(other));
  return (
    <div className="jy-menu-section" data-here={here && !open}>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => onOpen(!open)}>
        <Icon aria-hidden />
        <span>{t(`shell.menuSection.${key}`)}</span>
        <DownOutlined aria-hidden className="jy-menu-fold" />
      </button>
      <ul id={id} hidden={!open}>
        {entries.map(({ label, to }) => (
          <li key={to}>
            <NavLink to={to} end={isPassed(to)} onClick={onNavigate}>
              <span>{t(plain(label))}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
