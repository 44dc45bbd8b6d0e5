/** Files of installed packages that documents and pictures are made with, never of the machine. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** SIL Open Font License. */
const FONT_FILES = {
  regular: resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
} as const;

type FontName = keyof typeof FONT_FILES;

/** Ten megabytes each: read once, and shared by pictures and documents. */
export const fontBytes = (name: FontName): Promise<Buffer> => (read[name] ??= readFile(FONT_FILES[name]));

const read: Partial<Record<FontName, Promise<Buffer>>> = {};

export const RESVG_WASM = resolve('@resvg/resvg-wasm/index_bg.wasm');
