import type { ThemeConfig } from 'antd';

export type ThemeName = 'light' | 'dark';

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

type Tokens = NonNullable<ThemeConfig['token']>;

const shared: Tokens = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 4,
  controlHeight: 32,
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
};

// Measured with axe: antd's own greys fall below 4.5:1 for descriptions, tertiary text and placeholders.
const light: Tokens = {
  ...shared,
  colorPrimary: '#0b57d0',
  colorLink: '#0b57d0',
  colorTextDescription: 'rgba(0,0,0,.65)',
  colorTextTertiary: 'rgba(0,0,0,.65)',
  colorTextQuaternary: 'rgba(0,0,0,.6)',
  colorTextPlaceholder: 'rgba(0,0,0,.6)',
  colorBorder: '#8a9099',
  colorError: '#c5221f',
};

// White on the light theme's blue, darkened by antd's algorithm, is below 4.5:1: dark has a primary of its own.
const dark: Tokens = {
  ...shared,
  colorPrimary: '#3d7fe8',
  colorLink: '#8ab4f8',
  colorBgBase: '#111418',
  colorBgContainer: '#1a1e24',
  colorBgElevated: '#22272e',
  colorTextDescription: 'rgba(255,255,255,.7)',
  colorTextTertiary: 'rgba(255,255,255,.68)',
  colorTextQuaternary: 'rgba(255,255,255,.62)',
  colorTextPlaceholder: 'rgba(255,255,255,.62)',
  colorBorder: '#6b737e',
};

// One red cannot be text on a dark ground and a ground for white text at once: here the solid one carries dark text.
const darkDangerButton = {
  colorError: '#f28b82',
  colorErrorHover: '#f6aea9',
  colorErrorActive: '#e46962',
  colorErrorBorderHover: '#f6aea9',
  dangerColor: '#14181d',
};
// Under the pointer antd lightens the ground of a primary button until white on it is below 4.5:1.
const lightPrimaryButton = {
  colorPrimaryHover: '#1a66db',
  colorPrimaryActive: '#0947ab',
  primaryShadow: 'none',
};
const darkPrimaryButton = {
  colorPrimary: '#1f66d6',
  colorPrimaryHover: '#1a5cc4',
  colorPrimaryActive: '#174fa9',
  primaryShadow: 'none',
};

// Under the pointer antd lightens the primary, which as text falls below 4.5:1 on either ground: the links' colour does not.
const underPointer = (color: string) => ({
  defaultHoverColor: color,
  defaultHoverBorderColor: color,
  defaultActiveColor: color,
  defaultActiveBorderColor: color,
});

export const tokens: Record<ThemeName, Pick<ThemeConfig, 'token' | 'components'>> = {
  light: {
    token: light,
    components: {
      Button: {
        ...underPointer('#0b57d0'),
        ...lightPrimaryButton,
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
    },
  },
  dark: {
    token: dark,
    components: {
      Button: {
        ...underPointer('#8ab4f8'),
        ...darkPrimaryButton,
        ...darkDangerButton,
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
    },
  },
};
