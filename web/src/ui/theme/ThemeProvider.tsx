import { theme as antdTheme, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStoredChoice } from '../../lib/stored';
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
  return (
    <ThemeContext value={choice}>
      <ConfigProvider
        csp={nonce ? { nonce } : undefined}
        locale={i18n.language === 'en' ? enUS : zhCN}
        // "申请" must stay "申请": antd parts two characters with a space, which breaks search and reading aloud.
        button={{ autoInsertSpace: false }}
        // A modal dialog makes everything outside of it inert, lists that its own selects open included.
        getPopupContainer={(trigger) => trigger?.closest('dialog') ?? document.body}
        theme={{ ...tokens[name], algorithm: name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm }}
      >
        {children}
      </ConfigProvider>
    </ThemeContext>
  );
}
