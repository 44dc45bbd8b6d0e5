/** Days as official documents write them: without leading zeros (GB/T 9704). */
import type { Said } from '../model.js';

/** `2024-01-05` → 2024年1月5日. */
export function dayWords(day: string): Said {
  const [year, month, date] = day.split('-').map(Number);
  return { zh: `${year}年${month}月${date}日`, en: day };
}
