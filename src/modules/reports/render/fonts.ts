/** Files of installed packages that documents and pictures are made with, never of the machine. */
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** SIL Open Font License. */
export const FONT_FILES = {
  regular: resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
} as const;

export const RESVG_WASM = resolve('@resvg/resvg-wasm/index_bg.wasm');
