import { LoadingOutlined } from '@ant-design/icons';
import { theme as antdTheme, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStoredChoice } from '../../lib/stored';
import { useMatches } from '../../lib/use-matches';
import { type ThemeName, tokens } from './tokens';

type ThemeChoice = { name: ThemeName; choose: (name: ThemeName) => void };
const ThemeContext = createContext<ThemeChoice>({ name: 'light', choose: () => undefined });

export const useTheme = (): ThemeChoice => useContext(ThemeContext);

/** Without a choice of the user's, the machine's own preference. */
function parseTheme(text: string | null): ThemeName {
  if (text === '"dark"' || text === '"light"') return text === '"dark"' ? 'dark' : 'light';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

// The server stamps each page with a nonce; antd's style tags are refused by the content security policy without it.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [name, choose] = useStoredChoice<ThemeName>('jiyun.theme', parseTheme);
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = name;
  }, [name]);
  const choice = useMemo(() => ({ name, choose }), [name, choose]);
  // Whoever wants no motion has none of antd's, which else waits for the end of each (parts.css has the rest).
  const still = useMatches('(prefers-reduced-motion: reduce)');
  const theme = useMemo(() => {
    const { token, ...more } = tokens[name];
    const algorithm = name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm;
    return { ...more, token: { ...token, motion: !still }, algorithm };
  }, [name, still]);
  return (
    <ThemeContext value={choice}>
      <ConfigProvider
        csp={nonce ? { nonce } : undefined}
        locale={i18n.language === 'en' ? enUS : zhCN}
        // "申请" must stay "申请": antd parts two characters with a space, which breaks search and reading aloud.
        // The icon of a button that works says nothing by itself: antd takes its own away by a motion that does not always end,
        // and would leave the button called "loading" for who hears it.
        button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
        // A press is seen by the button itself; antd's wave around it goes on for two seconds more.
        wave={{ disabled: true }}
        // A modal dialog makes everything outside of it inert, lists that its own selects open included.
        getPopupContainer={(trigger) => trigger?.closest('dialog') ?? document.body}
        theme={theme}
      >
        {children}
      </ConfigProvider>
    </ThemeContext>
  );
}
