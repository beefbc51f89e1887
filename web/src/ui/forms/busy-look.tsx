import { LoadingOutlined } from '@ant-design/icons';

/**
 * A button that works. The icon says nothing by itself: antd takes its own away by a motion that does not always end, and
 * would leave the button called "loading" for who hears it.
 */
export const busyLook = (busy: boolean) => busy && { icon: <LoadingOutlined aria-hidden /> };
